"""A forked kernel behaves like a cold one."""

import os
import sys
import tempfile
import time

import pytest

from course_utils.errors import CourseError
from forkgrade.forkserver import client, folder
from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.kernel import Exit
from forkgrade.forkserver.messages import Closed
from forkgrade.sandbox import bubblewrap
from tests.forkgrade.kernels import echo, needs_bubblewrap

pytestmark = needs_bubblewrap


def test_each_has_its_own_random_state(server):
    draw = "import random, numpy as np\nprint(random.random(), np.random.random())"
    drawn = set()
    for _ in range(3):
        with server.kernel() as kernel:
            drawn |= set(echo(kernel, draw).split())
    assert len(drawn) == 6


def test_nothing_is_left_over_from_an_earlier_one(server):
    with server.kernel() as first:
        echo(first, "import os, numpy\nx = 1\nos.environ['X'] = '1'\nnumpy.x = 1\n"
                    "open('file', 'w').close()")
    with server.kernel() as second:
        assert echo(second, "import os, numpy\nprint('x' in globals(), 'X' in os.environ, "
                            "hasattr(numpy, 'x'), os.listdir('.'))").strip() == \
            "False False False []"


def test_environment_folder_and_arguments_are_its_own(server):
    with server.kernel(environment={"MINE": "yes"}) as kernel:
        seen = echo(kernel, "import os, sys\nprint(os.environ['MINE'], os.getcwd(), sys.argv, "
                            "__name__, 'PYTEST_CURRENT_TEST' in os.environ)")
        assert seen.split()[:2] == ["yes", "/job"]
        assert seen.endswith("['ipykernel_launcher.py'] __main__ False\n")


def test_what_was_imported_in_the_server_is_there(server, kernel):
    assert "numpy" in kernel.ask({"do": "modules"})["modules"]
    assert server.more(["fractions", "no_such_module"]) == ["no_such_module"]
    with server.kernel() as later:
        assert "fractions" in later.ask({"do": "modules"})["modules"]


def test_what_the_server_practised_is_forgotten_all_but_the_speed(kernel):
    assert echo(kernel, "import sys\nprint(In[:-1], Out, repr(_), _i, hasattr(sys, 'last_value'), "
                        "'wrong' in globals())").split() == ["['']", "{}", "''", "False", "False"]
    assert int(echo(kernel, "import inspect\nlen(inspect.modulesbyfile)")) > 100
    assert echo(kernel, "import threading\nthreading.active_count()") == "1"


def test_more_modules_than_a_command_line_holds():
    names = [f"no_such_module_{number}_{'x' * 600}" for number in range(400)]
    with ForkServer([*names, "fractions"], sandbox=False) as server:
        assert server.wait().failures == names


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(client.sys, "executable", "/usr/bin/false")
    with pytest.raises(CourseError, match="did not start"):
        ForkServer(sandbox=False).kernel()


def test_outputs_are_those_of_a_notebook(kernel):
    reply = kernel.ask({"do": "execute", "code":
                        "import os, sys\nprint('out')\nprint('err', file=sys.stderr)\n"
                        "display('shown')\nos.write(1, b'deep')\n7"})
    kinds = [(output["output_type"], output.get("name")) for output in reply["outputs"]]
    assert kinds == [("stream", "stdout"), ("stream", "stderr"), ("display_data", None),
                     ("execute_result", None), ("stream", "stderr")]
    assert reply["ok"] and reply["count"] == 1


def test_an_interruption_costs_its_cell_only(kernel):
    echo(kernel, "x = 5")
    kernel.tell({"do": "execute", "code": "while True: pass"})
    with pytest.raises(TimeoutError):
        kernel.hear(timeout=0.3)
    kernel.interrupt()
    assert kernel.hear(timeout=10)["outputs"][0]["ename"] == "KeyboardInterrupt"
    assert echo(kernel, "x") == "5"


@pytest.mark.parametrize("code, end", [
    ("import os; os._exit(3)", Exit("exit", code=3)),
    ("import ctypes; ctypes.string_at(0)", Exit("signal", signal="SIGSEGV")),
])
def test_the_end_of_a_kernel_has_a_reason(kernel, code, end):
    with pytest.raises(Closed):
        echo(kernel, code)
    assert kernel.exit_reason() == end


def test_a_question_to_nobody_is_an_error(kernel):
    assert "StdinNotImplementedError" in echo(kernel, "input('name? ')")


def test_output_is_bounded(kernel):
    reply = kernel.ask({"do": "execute", "code": "print('x' * 100_000_000)"})
    assert len(str(reply["outputs"])) < 300_000
    reply = kernel.ask({"do": "execute", "code": "import os\nfor _ in range(100):\n"
                                                 "    os.write(1, b'y' * 1_000_000)"})
    assert len(str(reply["outputs"])) < 300_000


def test_a_cell_that_forks_answers_once(kernel):
    assert echo(kernel, "import os\nchild = os.fork()\n1") == "1"
    assert echo(kernel, "2") == "2"


def test_a_fork_is_fast(server):
    times = []
    for _ in range(5):
        begin = time.monotonic()
        with server.kernel() as kernel:
            echo(kernel, "1")
            times.append(time.monotonic() - begin)
    assert min(times) < 0.5, "a cold kernel takes over a second"


def test_monitors_and_judges_go_first_and_a_kernel_keeps_to_its_core(server):
    ask = "import os\nprint(os.nice(0), os.sched_getscheduler(0), *os.sched_getaffinity(0))"
    cores, niceness = sorted(os.sched_getaffinity(0)), str(os.nice(0) + 5)
    with server.kernel(limits={"core": cores[-1]}) as kernel:
        assert echo(kernel, ask).split() == [niceness, str(os.SCHED_BATCH), str(cores[-1])]
    with server.kernel(limits={"core": 100_000}) as kernel:  # a core that is gone
        assert echo(kernel, ask).split()[2:] == [str(core) for core in cores]


def test_where_there_is_no_fork_it_says_so(monkeypatch):
    monkeypatch.setattr(client, "can_fork", lambda: False)
    with pytest.raises(CourseError, match="start cold"):
        ForkServer()


def test_without_bubblewrap_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(bubblewrap, "available", lambda: False)
    with pytest.raises(CourseError, match="apt install bubblewrap.*--no-sandbox"):
        ForkServer()


def test_without_a_sandbox_no_process_outlives_its_kernel_either():
    from tests.forkgrade.kernels import eventually, processes

    with ForkServer(sandbox=False) as server:
        with server.kernel() as kernel:
            assert echo(kernel, "1 + 1") == "2"
            echo(kernel, "import os, time, ctypes\nif not os.fork():\n    os.setsid()\n"
                         "    ctypes.CDLL(None).prctl(15, b'leftover', 0, 0, 0)\n"
                         "    time.sleep(100)\ntime.sleep(0.2)")
            assert processes("leftover")
        assert eventually(lambda: not processes("leftover"))
    assert sys.executable


@pytest.mark.parametrize("code, number", [
    ("0.5 + 1", "1.5"), ("3", "3.0"), ("np.float64(2)", "2.0"), ("float('inf')", "inf"),
    ("float('nan')", "nan"), ("True", None), ("np.True_", None), ("'2'", None), ("x = 2", None),
    ("class R(float): pass\nR(2)", None), ("10 ** 400", None),
])
def test_a_tests_last_number_is_sent_as_it_is(kernel, code, number):
    reply = kernel.ask({"do": "execute", "code": f"import numpy as np\n{code}", "is_test": True,
                        "lab": {"imports": {}, "assigned": []}}, timeout=60)
    assert reply["ok"] and reply["result"].get("number") == number


def test_what_killed_servers_left_is_removed_and_what_is_locked_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("left", "new"):
        (tmp_path / f"{folder.PREFIX}{name}/inner").mkdir(parents=True)
    with ForkServer(sandbox=False) as first:
        for path in tmp_path.iterdir():
            if not path.name.endswith("new"):
                os.utime(path, (0, 0))
        with ForkServer(sandbox=False) as second:
            assert set(tmp_path.iterdir()) == {
                tmp_path / f"{folder.PREFIX}new", first._folder.path, second._folder.path}
    assert [path.name for path in tmp_path.iterdir()] == [f"{folder.PREFIX}new"]
