"""One event loop runs for all cells of a notebook, as in Jupyter, and `get_ipython().kernel` is
there."""

import pytest

from tests.forkgrade.kernels import echo, needs_bubblewrap

pytestmark = needs_bubblewrap


def shown(kernel, *cells):
    """Return what each cell printed, showed or raised."""
    return [echo(kernel, cell, timeout=30).strip() for cell in cells]


def test_a_task_of_one_cell_is_awaited_in_the_next(kernel):
    begin = "import asyncio\ntask = asyncio.{}(asyncio.sleep(0.01, 7))"
    for way in ("create_task", "ensure_future", "get_running_loop().create_task"):
        assert shown(kernel, begin.format(way), "await task") == ["", "7"]


def test_a_task_goes_on_while_a_cell_waits_and_between_cells_and_no_other_time(kernel):
    assert shown(kernel, "import asyncio, time\nasync def work():\n    await asyncio.sleep(0)\n"
                         "task = asyncio.create_task(work())\ntime.sleep(0.05)\ntask.done()",
                 "await asyncio.sleep(0.01)\ntask.done()") == ["False", "True"]
    assert shown(kernel, "task = asyncio.create_task(work())", "task.done()") == ["", "True"]


def test_the_loop_is_the_same_in_all_cells(kernel):
    assert shown(kernel, "import asyncio\nloop = asyncio.get_running_loop()",
                 "await asyncio.sleep(0)\nloop is asyncio.get_running_loop() "
                 "is asyncio.get_event_loop()", "loop.is_running()") == ["", "True", "True"]


@pytest.mark.parametrize("code, said", [
    ("asyncio.run(asyncio.sleep(0))", "asyncio.run() cannot be called from a running event loop"),
    ("asyncio.get_event_loop().run_until_complete(asyncio.sleep(0))",
     "This event loop is already running"),
])
def test_what_fails_in_jupyter_because_a_loop_runs_fails_here(kernel, code, said):
    (output,) = kernel.ask({"do": "execute", "code": f"import asyncio\n{code}"})["outputs"][:1]
    assert (output["ename"], output["evalue"]) == ("RuntimeError", said)


@pytest.mark.parametrize("code, value", [
    ("await asyncio.gather(asyncio.sleep(0.01, 3), asyncio.sleep(0, 4))", "[3, 4]"),
    ("async def two():\n    yield 1\n    yield 2\n[each async for each in two()]", "[1, 2]"),
    ("await asyncio.to_thread(sum, [1, 2])", "3"),
    ("await (await asyncio.create_subprocess_exec('true')).wait()", "0"),
    ("async with asyncio.timeout(1): await asyncio.sleep(0)\n4", "4"),
])
def test_a_cell_may_await(kernel, code, value):
    assert echo(kernel, f"import asyncio\n{code}") == value


def test_a_loop_within_the_loop_works_as_with_nest_asyncio(kernel):
    pytest.importorskip("nest_asyncio2")
    assert shown(kernel, "import asyncio, nest_asyncio2\nnest_asyncio2.apply()\n"
                         "asyncio.run(asyncio.sleep(0.01, 5))",
                 "await asyncio.sleep(0, 6)", "asyncio.run(asyncio.sleep(0, 7))") == ["5", "6", "7"]


def test_an_interruption_ends_a_cell_that_waits_or_works(kernel):
    for code in ("await asyncio.sleep(100)", "await asyncio.sleep(0)\nwhile True: pass"):
        kernel.tell({"do": "execute", "code": f"import asyncio\n{code}"})
        with pytest.raises(TimeoutError):
            kernel.hear(timeout=0.3)
        kernel.interrupt()
        name = kernel.hear(timeout=10)["outputs"][0]["ename"]
        assert name in ("KeyboardInterrupt", "CancelledError")
    assert echo(kernel, "await asyncio.sleep(0, 5)") == "5"


def test_a_child_of_a_cell_that_waits_answers_nothing(kernel):
    assert shown(kernel, "import asyncio, os\nchild = os.fork()\nawait asyncio.sleep(0.05, 5)",
                 "os.waitpid(child, 0)[1]", "1 + 1") == ["5", "0", "2"]


@pytest.mark.parametrize("harm", [
    "asyncio.get_event_loop().stop()",
    "asyncio.get_event_loop().close()",
    "for task in asyncio.all_tasks(): task.cancel()",
    "async def leave(): raise SystemExit\ntask = asyncio.create_task(leave())",
    "asyncio.set_event_loop(None)",
    "import time\ntime.monotonic = None",
    "for task in asyncio.all_tasks(): task.cancel()\nawait asyncio.sleep(1)",
])
def test_harm_to_the_loop_costs_its_cell_alone(kernel, harm):
    echo(kernel, f"import asyncio\n{harm}")
    assert shown(kernel, "await asyncio.sleep(0.01, 5)", "1 + 1") == ["5", "2"]


def test_a_broken_loop_costs_the_cells_that_need_it_and_they_say_so(kernel):
    echo(kernel, "import asyncio\nasyncio.BaseEventLoop._run_once = None")
    assert echo(kernel, "1 + 1") == "2"
    (output,) = kernel.ask({"do": "execute", "code": "await asyncio.sleep(0)"},
                           timeout=30)["outputs"]
    assert "event loop" in output["evalue"] and "broken by its code" in output["evalue"]
    assert echo(kernel, "1 + 1") == "2"


def test_notebooks_find_their_kernel(kernel):
    code = ("from ipykernel.ipkernel import IPythonKernel\nkernel = get_ipython().kernel\n"
            "print(isinstance(kernel, IPythonKernel), kernel is IPythonKernel.instance(), "
            "kernel.shell is get_ipython(), 'IPKernelApp' in get_ipython().config)\n"
            "kernel.comm_manager.register_target('mine', print)\n"
            "kernel.session.send(kernel.iopub_socket, 'status', {})\n"
            "kernel.io_loop.add_callback(print, 'called')\n"
            "print(kernel.get_parent(), kernel.execution_count)")
    assert echo(kernel, code).split() == ["True"] * 4 + ["{}", "2"]
    assert kernel.ask({"do": "execute", "code": code})["ok"]


def test_a_kernel_that_is_told_to_shut_down_ends_its_notebook(kernel):
    assert not kernel.ask({"do": "execute", "code": "1"})["left"]
    reply = kernel.ask({"do": "execute", "code": "get_ipython().kernel.do_shutdown(True)"})
    assert reply["ok"] and reply["left"]


def test_widgets_are_shown_and_speak_to_the_comm_manager(kernel):
    code = ("import ipywidgets as widgets\nslider = widgets.IntSlider(value=3)\ndisplay(slider)\n"
            "slider.value = 5\nwith widgets.Output(): print('inside')\n"
            "len(get_ipython().kernel.comm_manager.comms) > 2")
    reply = kernel.ask({"do": "execute", "code": code}, timeout=60)
    assert reply["ok"], reply
    assert [output.get("text") or output["data"]["text/plain"] for output in reply["outputs"]][:2] \
        == ["IntSlider(value=3)", "inside\n"]
    assert reply["outputs"][-1]["data"]["text/plain"] == "True"
    assert "4" in echo(kernel, "widgets.interact(lambda x: x + 1, x=3);")
