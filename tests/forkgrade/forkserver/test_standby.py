"""The fork server that `course lab` holds ready: as fast as it may be, and never in the way."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from course_utils.notebooks.opening import Opening
from forkgrade.forkserver import client, late_settings, provisioner, standby
from forkgrade.forkserver.origins import Origins
from forkgrade.sandbox.procfs import is_alive
from tests.forkgrade.kernels import eventually

pytestmark = pytest.mark.skipif(not client.can_fork(), reason="kernels are forked on Linux only")
BRANCHED = standby.BRANCHED
WARM = "import sys; 'colorsys' in sys.modules"


def openings(**settings):
    """Return what finds for each notebook its opening: those of `settings`, by its name."""
    def opening(path):
        own = settings.get(Path(path).stem, {})
        return Opening(("numpy", "pandas", "colorsys") if own else ("numpy", "pandas"), own)
    return opening


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A `Standby` that is ready, with a branch for `set.ipynb`; and the folder of notebooks."""
    folder = tmp_path_factory.mktemp("lessons")
    notebooks = [folder / "plain.ipynb", folder / "set.ipynb"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standby, "BRANCHED", ("colorsys",))
        patch.setattr(standby, "NEEDED", 2**20)
        patch.delenv("MPLBACKEND", raising=False)
        held = standby.Standby(openings(set={"TF_ENABLE_THIS": "1"}), notebooks)
        held.start()
        assert eventually(lambda: len(held._addresses) == 2, 60), "it did not get ready"
        held._environment.pop("PYTEST_CURRENT_TEST", None)  # with it ipykernel captures less
        yield held, folder
        held.stop()


@pytest.fixture
def default(course, monkeypatch):
    """Have the default provisioner ask the course's `Standby`."""
    monkeypatch.delenv("MPLBACKEND", raising=False)
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", standby.NAME)
    monkeypatch.setattr(standby, "_standby", course[0])
    return course


class Running:
    """A kernel of a notebook, and what a frontend does with it."""

    def __init__(self, folder, notebook="set.ipynb", **variables):
        self.manager = KernelManager(kernel_name="python3")
        environment = {**(standby.held_ready()._environment or os.environ), **variables,
                       "JPY_SESSION_NAME": str(folder / notebook)}
        self.manager.start_kernel(cwd=str(folder), env=environment)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    def run(self, code, **options):
        shown = []

        def note(message):
            content = message["content"]
            shown.append(content.get("text") or content.get("ename")
                         or content.get("data", {}).get("text/plain"))

        self.client.execute_interactive(code, output_hook=note, timeout=60, **options)
        return "".join(filter(None, shown))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(default):
    with Running(default[1]) as running:
        assert running.run(WARM) == "True"
        yield running


LOOK = textwrap.dedent("""
    import json, os, resource, signal, sys, warnings
    import matplotlib, numpy, pandas, threadpoolctl
    from matplotlib import pyplot
    mask = os.umask(0); os.umask(mask)
    print(json.dumps({
        "path": sys.path, "argv": [part for part in sys.argv if ".json" not in part],
        "folder": os.getcwd(), "flags": list(sys.flags), "executable": sys.executable,
        "environment": {name: value for name, value in os.environ.items()},
        "nice": os.nice(0), "scheduler": os.sched_getscheduler(0), "umask": mask,
        "processors": sorted(os.sched_getaffinity(0)),
        "limits": [resource.getrlimit(number) for number in range(16)],
        "signals": [str(signal.getsignal(number)) for number in (1, 2, 13, 15, 17)],
        "blocked": len(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "name": __name__, "main": sys.modules["__main__"].__dict__ is globals(),
        "backend": matplotlib.get_backend(), "interactive": pyplot.isinteractive(),
        "leader": os.getsid(0) == os.getpid(), "threads": [
            pool["num_threads"] for pool in threadpoolctl.threadpool_info()],
        "float": str(numpy.geterr()), "rc": str(dict(matplotlib.rcParams)),
        "options": pandas.get_option("display.max_rows")}))""")


def test_a_warm_kernel_is_like_a_cold_one(default, request):
    # below `nohup` this process ignores SIGHUP, and only the cold kernel would inherit that
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    request.addfinalizer(lambda: signal.signal(signal.SIGHUP, before))
    with Running(default[1]) as warm, Running(default[1], "cold.ipynb", DIFFERS="1") as cold:
        assert (warm.run(WARM), cold.run(WARM)) == ("True", "False")
        seen, wanted = json.loads(warm.run(LOOK)), json.loads(cold.run(LOOK))
    for name in ("DIFFERS", "JPY_SESSION_NAME"):
        wanted["environment"].pop(name), seen["environment"].pop(name, None)
    assert seen == wanted


def test_a_notebook_gets_the_branch_of_its_settings_but_not_the_settings(default):
    look = "import os; os.environ.get('TF_ENABLE_THIS')"
    with Running(default[1], "plain.ipynb") as plain, Running(default[1], "set.ipynb") as branch:
        assert (plain.run(WARM), branch.run(WARM)) == ("False", "True")
        assert branch.run(look) == ""
        assert "numpy" in plain.run("import sys; print(*sys.modules)").split()


def test_settings_that_are_set_already_need_a_branch_too(monkeypatch):
    monkeypatch.setattr(standby, "BRANCHED", BRANCHED)
    for name, value in (("A", "0"), ("B", "1")):
        monkeypatch.setenv(name, value)
    opening = Opening(("keras", "numpy"), {"A": "1", "B": "1"})
    held = standby.Standby(lambda path: opening, [Path("a")])
    held.read()
    assert held._branches() == {"{}": ["keras"]}
    assert standby._group(opening, os.environ) == "{}" != standby.SHARED
    assert standby._group(Opening(("numpy",)), os.environ) == standby.SHARED


def test_no_two_kernels_have_the_same_random_state(default):
    code = ("import random, numpy, uuid, secrets, tempfile\n(random.random(), numpy.random.rand(), "
            "numpy.random.default_rng().random(), uuid.uuid4(), uuid.uuid1(), secrets.token_hex(),"
            " tempfile.mktemp())")
    with Running(default[1]) as one, Running(default[1]) as other:
        assert not set(one.run(code).strip("()").split(",")) \
            & set(other.run(code).strip("()").split(","))


def test_figures_are_shown_inline(kernel):
    shown = []
    kernel.client.execute_interactive("import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
                                      output_hook=shown.append, timeout=60)
    assert any("image/png" in message["content"].get("data", ()) for message in shown)


def test_magics_and_extensions_and_background_output(kernel):
    assert kernel.run("%load_ext autoreload\n%autoreload 2\n%pwd") \
        == repr(str(Path(kernel.run("import os; print(os.getcwd())").strip())))
    assert kernel.run("!echo from the shell").strip() == "from the shell"
    assert "by the library" in kernel.run("import os; os.write(1, b'by the library');"
                                          "import time; time.sleep(0.5)")


def test_a_question_is_answered(kernel):
    def answer(_):
        kernel.client.input("Ada")
    assert kernel.run("input('Who? ')", allow_stdin=True, stdin_hook=answer) == "'Ada'"


def test_widgets_open_their_comms(kernel):
    shown = []
    kernel.client.execute_interactive("import ipywidgets\nipywidgets.IntSlider(value=3)",
                                      output_hook=shown.append, timeout=60)
    assert "comm_open" in {message["msg_type"] for message in shown}


def test_the_debugger_starts(kernel):
    request = kernel.client.session.msg("debug_request", {
        "type": "request", "seq": 1, "command": "initialize", "arguments": {
            "clientID": "test", "clientName": "test", "adapterID": "", "pathFormat": "path",
            "linesStartAt1": True, "columnsStartAt1": True}})
    kernel.client.control_channel.send(request)
    assert kernel.client.get_control_msg(timeout=30)["content"]["success"]


@pytest.mark.parametrize("code", ["while True: pass", "import time; time.sleep(50)",
                                  "import subprocess; subprocess.run(['sleep', '50'])",
                                  "!sleep 50"])
def test_an_interrupt_stops_a_cell_and_what_it_started(kernel, code):
    kernel.client.execute(code, stop_on_error=False)  # else what follows at once is left out
    time.sleep(0.7)
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=20)
    assert reply["content"]["status"] == "error" or code.startswith("!")
    assert kernel.run("1 + 1") == "2"


def test_an_interrupt_reaches_what_a_cell_started_as_with_a_cold_kernel(kernel):
    kernel.client.execute("import subprocess\nchild = subprocess.Popen(['sleep', '50'])\n"
                          "child.wait()", stop_on_error=False)
    time.sleep(0.7)
    kernel.manager.interrupt_kernel()
    kernel.client.get_shell_msg(timeout=20)
    assert kernel.run("import time; time.sleep(0.5); child.poll()") == str(-signal.SIGINT)


def test_a_restart_is_a_new_warm_kernel_with_nothing_of_the_old_one(kernel):
    kernel.run("mine = 1\nimport atexit; atexit.register(print, 'over', file=open('over', 'w'))")
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(60)
    assert kernel.run("'mine' in globals()") == "False"
    assert kernel.run(WARM) == "True"
    assert kernel.run("print(open('over').read())").strip() == "over", "exit functions did not run"


def test_a_kernel_that_dies_is_known_to_be_dead_and_starts_again(kernel):
    kernel.client.execute("import os; os.kill(os.getpid(), 9)")
    assert eventually(lambda: not kernel.manager.is_alive(), 20)
    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert kernel.run(WARM) == "True"


def test_shutting_down_leaves_no_process(default):
    with Running(default[1]) as running:
        number = int(running.run("import os, subprocess\nsleeper = subprocess.Popen(['sleep', "
                                 "'77'])\nsleeper.pid"))
        own = int(running.run("os.getpid()"))
        monitor = psutil.Process(own).ppid()
    assert eventually(lambda: not any(map(is_alive, (number, own, monitor))), 10)


def test_waiting_for_a_kernel_costs_no_computing_time(kernel):
    monitor = psutil.Process(int(kernel.run("import os; os.getppid()")))
    before, switches = monitor.cpu_times(), monitor.num_ctx_switches()
    time.sleep(0.5)
    assert monitor.cpu_times()[:2] == before[:2]
    assert monitor.num_ctx_switches().voluntary - switches.voluntary < 3


def test_several_at_once(default):
    kernels = [Running(default[1]) for _ in range(3)]
    try:
        assert [kernel.run(WARM) for kernel in kernels] == ["True"] * 3
        assert len({kernel.run("import os; os.getpid()") for kernel in kernels}) == 3
    finally:
        for kernel in kernels:
            kernel.__exit__()


# what starts cold


def test_nothing_waits_for_a_server_that_is_not_ready(course, default, monkeypatch):
    monkeypatch.setattr(standby, "_standby", standby.Standby(openings(), []))
    begin, environment = time.monotonic(), course[0]._environment
    assert standby._standby.address(course[1] / "a.ipynb", course[1], environment) is None
    assert time.monotonic() - begin < 0.1
    with Running(course[1]) as running:
        assert running.run(WARM) == "False"


@pytest.mark.parametrize("notebook", [None, "no_opening.ipynb"])
def test_what_has_no_opening_starts_cold(course, monkeypatch, notebook):
    monkeypatch.setattr(course[0], "_opening", lambda path: None)
    path = notebook and course[1] / notebook
    assert course[0].address(path, course[1], course[0]._environment) is None


def test_other_variables_than_the_servers_start_cold(course):
    held, folder = course
    notebook, environment = folder / "plain.ipynb", held._environment
    assert held.address(notebook, folder, {**environment, "JPY_SESSION_NAME": "x"})
    assert held.address(notebook, folder, {**environment, "KERAS_BACKEND": "jax"}) is None


@pytest.mark.parametrize("name", ["pandas.py", "matplotlibrc"])
def test_a_file_beside_the_notebook_that_changes_an_import_starts_cold(course, name):
    held, folder = course
    environment = held._environment
    (folder / name).touch()
    assert held.address(folder / "plain.ipynb", folder, environment) is None
    (folder / name).unlink()
    assert held.address(folder / "plain.ipynb", folder, environment)


@pytest.mark.parametrize("command", [
    ["bash", "-m", "ipykernel_launcher", "-f", "x"],
    [sys.executable, "-m", "bash_kernel", "-f", "x"],
    [sys.executable, "-I", "-m", "ipykernel_launcher", "-f", "x"],
    [sys.executable, "-X", "frozen_modules=off", "-m", "ipykernel_launcher", "-f", "x"],
    [sys.executable, "-m"], [sys.executable], ["/no/such/python", "-m", "ipykernel_launcher"]])
def test_other_kernels_start_their_own_way(command):
    assert provisioner._arguments(command) is None


def test_the_python_of_another_environment_starts_its_own_way(tmp_path):
    """In most environments python is a link to one and the same file."""
    other = tmp_path / "bin" / Path(sys.executable).name
    other.parent.mkdir()
    other.symlink_to(os.path.realpath(sys.executable))
    words = ["-m", "ipykernel_launcher", "-f", "x"]
    assert provisioner._arguments([str(other), *words]) is None
    assert provisioner._arguments([sys.executable, *words]) == ["-f", "x"]


def test_whatever_fails_starts_a_cold_kernel(default, monkeypatch):
    def fail(*_):
        raise OSError("no more of anything")
    monkeypatch.setattr(default[0], "address", fail)
    with Running(default[1]) as running:
        assert running.run(WARM) == "False"


def test_a_server_that_is_gone_is_a_cold_kernel(default, monkeypatch):
    gone = {"path": "/no/such/socket", "sandbox": False, "environment": {}}
    monkeypatch.setattr(default[0], "address", lambda *_: gone)
    with Running(default[1]) as running:
        assert running.run(WARM) == "False"


@pytest.mark.parametrize("name, value, reason", [
    ("BINDER_SERVICE_HOST", "x", "Binder"), ("PYTHONPATH", f"/tmp{os.pathsep}lib", "PYTHONPATH"),
    ("PYTHONPATH", f"/tmp{os.pathsep}", "PYTHONPATH"), ("PYTHONSAFEPATH", "1", "PYTHONSAFEPATH")])
def test_where_kernels_stay_cold(monkeypatch, name, value, reason):
    monkeypatch.setattr(standby, "NEEDED", 0)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert standby.refusal() == ""
    monkeypatch.setenv(name, value)
    assert reason in standby.refusal() and standby.hold_ready(openings(), []) == []


def test_where_nothing_can_be_forked_kernels_stay_cold(monkeypatch):
    monkeypatch.setattr(standby, "can_fork", lambda: False)
    assert "Linux" in standby.refusal()


def machine(folder, available, **groups):
    """Write what a machine says about its memory, in GiB."""
    (folder / "proc/self").mkdir(parents=True)
    (folder / "proc/meminfo").write_text(f"MemTotal: 9 kB\nMemAvailable: {available * 2**20} kB\n")
    (folder / "proc/self/cgroup").write_text("0::/a/b\n")
    place = folder / "sys/fs/cgroup/a/b"
    place.mkdir(parents=True)
    for name, value in groups.items():
        (place.parent / name.replace("_", ".")).write_text(value)
    return standby.available_memory(folder) / 2**30


def test_the_memory_of_the_machine_counts(tmp_path):
    assert machine(tmp_path, 7) == 7


def test_the_memory_of_a_container_counts(tmp_path):
    assert machine(tmp_path, 60, memory_max=str(4 * 2**30), memory_current=str(3 * 2**30),
                   memory_stat=f"anon 5\ninactive_file {2**30}\n") == 2


def test_a_container_without_a_limit(tmp_path):
    assert machine(tmp_path, 60, memory_max="max\n", memory_current="5") == 60


def test_memory_that_cannot_be_measured_is_none(tmp_path):
    assert standby.available_memory(tmp_path) == 0


def test_too_little_memory_later_starts_no_server(monkeypatch):
    held = standby.Standby(openings(), [])
    monkeypatch.setattr(standby, "available_memory", lambda: standby.NEEDED - 1)
    held.start()
    assert held._server is None


# what changes while it runs


def test_a_package_that_changes_is_seen_after_the_next_restart_and_living_kernels_stay(
        tmp_path, monkeypatch):
    """The next kernel starts cold; the one after it forks from a server with the new code."""
    place = tmp_path / "packages"
    place.mkdir()
    (place / "helper_of_mine.py").write_text("VALUE = 1\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(place), *filter(None, [
        os.environ.get("PYTHONPATH")])]))
    monkeypatch.setattr(standby, "NEEDED", 0)
    monkeypatch.setattr(standby, "ALWAYS", ("ipykernel.ipkernel", "ipykernel.kernelapp"))
    held = standby.Standby(lambda path: Opening(("helper_of_mine",)), [tmp_path / "a.ipynb"])
    monkeypatch.setattr(standby, "_standby", held)
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name",
                        standby.NAME)
    look = ("import sys; was = 'helper_of_mine' in sys.modules\nimport helper_of_mine\n"
            "was, helper_of_mine.VALUE")
    try:
        held.start()
        assert eventually(lambda: held._addresses, 30)
        with Running(tmp_path) as first:
            assert first.run(look) == "(True, 1)"
            (place / "helper_of_mine.py").write_text("VALUE = 22\n")
            with Running(tmp_path) as second:
                assert second.run(look) == "(False, 22)"
            held.start()
            assert eventually(lambda: held._addresses, 30)
            with Running(tmp_path) as third:
                assert third.run(look) == "(True, 22)"
            assert first.run(look) == "(True, 1)", "a running kernel is left alone"
    finally:
        held.stop()


def origins(**changes):
    return Origins(**{"files": {}, "names": (), "paths": (), "since": time.time() + 9, **changes})


@pytest.mark.parametrize("change", [
    lambda path: path.write_text("longer"), lambda path: path.unlink(),
    lambda path: os.utime(path, (1, 1)), lambda path: path.with_name("new").write_text("x")])
def test_what_changes_in_a_package_is_noticed(tmp_path, change):
    from forkgrade.forkserver.origins import _state
    path = tmp_path / "module.py"
    path.write_text("text")
    seen = origins(files={str(place): _state(place) for place in (path, tmp_path)})
    seen = Origins.from_plain(json.loads(json.dumps(seen.to_plain())))
    assert not seen.have_changed()
    change(path)
    assert seen.have_changed()


def test_what_changed_while_it_was_importing_is_noticed(tmp_path):
    from forkgrade.forkserver.origins import _state
    path = tmp_path / "module.py"
    path.write_text("text")
    assert origins(files={str(path): _state(path)}, since=time.time() - 60).have_changed()


def test_the_course_itself_is_not_imported(kernel):
    """An author may be changing it; after a restart the new code must run."""
    assert kernel.run("import sys; 'course_utils.plots' in sys.modules or "
                      "'course_utils.claims' in sys.modules") == "False"


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_when_its_program_ends_nothing_is_left_behind(tmp_path, end):
    code = textwrap.dedent("""
        import signal, sys, time
        from pathlib import Path
        from course_utils.notebooks.opening import Opening
        from forkgrade.forkserver import standby
        from forkgrade.forkserver.provisioner import _fork
        standby.NEEDED, standby.BRANCHED = 0, ("colorsys",)
        standby.ALWAYS = ("ipykernel.kernelapp",)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        standby.hold_ready(lambda path: Opening(("colorsys",), {"A": "1"}), [Path("a")])
        held = standby.held_ready()
        held.start()
        while len(held._addresses) < 2: time.sleep(0.02)
        kernel = _fork(held.address(Path("a"), ".", dict(__import__("os").environ)), [], {}, {})
        print("ready", flush=True)
        time.sleep(60)""")
    environment = {**os.environ, "TMPDIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", code], env=environment,
                               stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.5)
    started = psutil.Process(process.pid).children(recursive=True)
    assert len(started) == 4, "server, branch, monitor, kernel"
    process.send_signal(end)
    process.wait(20)
    process.stdout.close()
    assert eventually(lambda: not any(each.is_running() and each.status() != "zombie"
                                      for each in started), 10)
    assert eventually(lambda: not list(tmp_path.glob("plain-sight-warm-*")), 5)


# settings that come too late


class Cell:
    def __init__(self, code):
        self.info, self.raw_cell = self, code


@pytest.mark.parametrize("before, value, code, says", [
    ({"TF_ENABLE_X": "1"}, "0", "", True), ({"TF_ENABLE_X": "1"}, "1", "import keras", False),
    ({}, "0", "", True), ({"TF_ENABLE_X": "1"}, None, "1 + 1", False),
    ({"TF_ENABLE_X": "1"}, None, "import keras", True), ({}, None, "import keras", False)])
def test_a_setting_that_comes_too_late_is_said_once(monkeypatch, capsys, before, value, code,
                                                    says):
    monkeypatch.setattr(os, "environ", {})
    late = late_settings.LateSettings(before)
    late._before = {}
    if value:
        os.environ["TF_ENABLE_X"] = value
    late.look(Cell(code))
    late.look(Cell(code))
    told = capsys.readouterr().err
    assert told.count("TF_ENABLE_X is") == (1 if says else 0)


def test_a_package_that_is_installed_in_a_cell_is_said(monkeypatch, capsys):
    monkeypatch.setattr(os, "environ", {})
    late = late_settings.LateSettings({}, origins(files={"/no/such/file": [1, 2, 3]}))
    late._before = {}
    late.look(Cell("1 + 1"))
    assert not capsys.readouterr().err
    late.look(Cell("%pip install -U pandas"))
    assert "Restart the kernel" in capsys.readouterr().err


def test_a_kernel_says_it_in_its_notebook(kernel):
    told = kernel.run("import os; os.environ['TF_ENABLE_THIS'] = '0'")
    assert "restart the kernel" in told
    assert kernel.run("1") == "1"




@pytest.mark.slow
def test_tensorflow_is_loaded_and_has_not_begun_anything(tmp_path, monkeypatch):
    """Slow because it imports TensorFlow. No thread, no device, no state of chance is inherited."""
    monkeypatch.setattr(standby, "NEEDED", 0)
    monkeypatch.setattr(standby, "BRANCHED", BRANCHED)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "1")  # the threads of OpenBLAS end before each fork
    held = standby.Standby(lambda path: Opening(("keras",), {"TF_ENABLE_ONEDNN_OPTS": "0",
                                                             "TF_CPP_MIN_LOG_LEVEL": "3"}),
                           [tmp_path / "a.ipynb"])
    monkeypatch.setattr(standby, "_standby", held)
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name",
                        standby.NAME)
    code = ("import keras, tensorflow as tf\nfrom tensorflow.python.eager import context\n"
            "was = context.context()._initialized\n"
            "was, tf.random.uniform([1]).numpy()[0], keras.random.uniform([1]).numpy()[0]")
    try:
        held.start()
        assert eventually(lambda: len(held._addresses) == 2, 60)
        server = psutil.Process(held._server.process.pid)
        for process in (server, *server.children()):
            assert process.num_threads() == 1
            files = [*os.listdir(f"/proc/{process.pid}/map_files"),
                     *(os.path.realpath(f"/proc/{process.pid}/fd/{number}")
                       for number in os.listdir(f"/proc/{process.pid}/fd"))]
            assert not [name for name in files if "nvidia" in name or "/dev/dri" in name]
        with Running(tmp_path) as one, Running(tmp_path) as other:
            first, second = one.run(code).split(","), other.run(code).split(",")
        assert first[0] == second[0] == "(False"
        assert first[1] != second[1] and first[2] != second[2]
    finally:
        held.stop()
