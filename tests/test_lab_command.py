"""`course lab`: JupyterLab at the first lesson, and clear words when it cannot start."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from jupyter_client import BlockingKernelClient

from course_utils import cli
from course_utils.cli import lab
from course_utils.errors import CourseError
from forkgrade.forkserver import standby

ROOT = Path(__file__).parents[1]
COURSE = [sys.executable, "-c", "import sys; from course_utils.cli import main; sys.exit(main())"]


@pytest.fixture
def listener():
    """A port on which someone listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def test_a_taken_port_is_one_sentence_and_exit_code_1(listener, capsys, monkeypatch):
    monkeypatch.setattr(lab, "require_lesson", lambda root: None)
    assert cli.main(["lab", "--no-browser", "--port", str(listener)]) == 1
    err = capsys.readouterr().err
    assert f"Port {listener} is taken" in err and "Traceback" not in err
    other = int(err.partition("make lab PORT=")[2].partition("`")[0])
    assert other > listener and lab.is_free(other)


@pytest.mark.parametrize("port", ["0", "-1", "70000"])
def test_what_is_not_a_port(port, capsys, monkeypatch):
    monkeypatch.setattr(lab, "require_lesson", lambda root: None)
    assert cli.main(["lab", f"--port={port}"]) == 1
    assert "Ports go from 1 to 65535" in capsys.readouterr().err


def test_a_missing_lesson_names_the_remedy(tmp_path):
    with pytest.raises(CourseError, match="make build"):
        lab.require_lesson(tmp_path)


def test_options(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    options = lab.server_options(ROOT, 8890, browser=True)
    assert "--ServerApp.port=8890" in options and f"--ServerApp.root_dir={ROOT}" in options
    assert "--LabApp.default_url=/lab/tree/lessons/01_feature_scaling.ipynb" in options
    assert "--no-browser" not in options and "--allow-root" not in options
    assert "--no-browser" in lab.server_options(ROOT, 8890, browser=False)


def test_root_in_a_container_is_allowed(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert "--allow-root" in lab.server_options(ROOT, 8890, browser=False)


def test_without_the_grader_kernels_start_cold(monkeypatch):
    """As in the bundle that students get."""
    monkeypatch.setattr(lab, "find_spec", lambda name: None)
    monkeypatch.setattr(lab, "import_module", lambda name: pytest.fail(f"imported {name}"))
    assert lab.warm_options(ROOT) == []


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_where_nothing_is_forked_kernels_start_cold(monkeypatch, platform):
    monkeypatch.setattr(lab.sys, "platform", platform)
    monkeypatch.setattr(lab, "import_module", lambda name: pytest.fail(f"imported {name}"))
    assert lab.warm_options(ROOT) == []


def test_whatever_fails_kernels_start_cold(monkeypatch):
    def fail(name):
        raise AttributeError("an older grader")
    monkeypatch.setattr(lab, "import_module", fail)
    assert lab.warm_options(ROOT) == []


@pytest.mark.parametrize("words", [["--cold"], []])
def test_cold_asks_for_cold_kernels(monkeypatch, words):
    from jupyterlab.labapp import LabApp
    started = []
    monkeypatch.setattr(LabApp, "launch_instance", lambda argv: started.extend(argv))
    monkeypatch.setattr(lab, "warm_options", lambda root: ["--warm"])
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.chdir(ROOT)
    assert cli.main(["lab", "--no-browser", f"--port={free_port()}", *words]) == 0
    assert ("--warm" in started) == (not words)


class Server:
    """`course lab` as a process, and a way to ask it."""

    def __init__(self, folder, *options):
        self.folder = folder
        self.port = free_port()
        # what lessons have set that ran in this process is none of a learner's settings
        inherited = {name: value for name, value in os.environ.items() if name[:3] != "TF_"}
        environ = {**inherited, "JUPYTER_TOKEN": "for-the-test",
                   "JUPYTER_RUNTIME_DIR": str(folder), "JUPYTERLAB_SETTINGS_DIR": str(folder),
                   "JUPYTERLAB_WORKSPACES_DIR": str(folder)}
        self.process = subprocess.Popen(
            [*COURSE, "lab", *options, "--no-browser", "--port", str(self.port)],
            cwd=ROOT / "course_utils", env=environ, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def get(self, path, content=None):
        """Ask for a page; with content, which is sent as JSON, post it."""
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data,
                                         headers={"Authorization": "token for-the-test"})
        return urllib.request.urlopen(request, timeout=30)

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                return self.get("/api").read()
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        self.process.kill()
        pytest.fail(self.process.communicate()[0].decode())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("jupyter"))
    server.wait()
    yield server
    server.stop()


@pytest.mark.slow
def test_the_first_lesson_opens(server):
    with server.get("/") as answer:
        assert answer.url.partition("?")[0].endswith("/lab/tree/lessons/01_feature_scaling.ipynb")


@pytest.mark.slow
def test_the_courses_folder_is_the_root(server):
    names = {item["name"] for item in json.load(server.get("/api/contents"))["content"]}
    assert {"lessons", "labs", "course_utils"} <= names


@pytest.mark.slow
def test_jupyterlab_fetches_no_news(server):
    page = server.get("/lab").read().decode()
    config = json.loads(page.partition('id="jupyter-config-data" type="application/json">')[2]
                        .partition("</script>")[0])
    off = config["disabledExtensions"]
    assert "@jupyterlab/apputils-extension:announcements" in off


@pytest.mark.slow
def test_a_second_one_on_the_same_port_says_so(server):
    done = subprocess.run([*COURSE, "lab", "--no-browser", "--port", str(server.port)],
                          cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 1 and "is taken" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def running(server, lesson):
    """Open a lesson, and return its kernel's address and a client of it."""
    session = json.load(server.get("/api/sessions", {
        "path": f"lessons/{lesson}.ipynb", "name": f"{lesson}.ipynb", "type": "notebook",
        "kernel": {"name": "python3"}}))
    number = session["kernel"]["id"]
    client = BlockingKernelClient(
        connection_file=str(server.folder / f"kernel-{number}.json"))
    client.load_connection_file()
    client.start_channels()
    return f"/api/kernels/{number}", client


def shown(client, code):
    texts = []
    client.execute_interactive(code, timeout=60, output_hook=lambda message: texts.append(
        str(message["content"].get("text") or message["content"].get("data", ""))))
    return "".join(texts)


def answers(client, seconds=60):
    """Wait until a kernel answers; while it starts it has no heartbeat."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return client.wait_for_ready(timeout=seconds)
        except RuntimeError:
            continue
    pytest.fail("the kernel does not answer")


LOADED = """
import sys
before = "tensorflow" in sys.modules
{first}
from tensorflow.python.util._pywrap_util_port import IsMklEnabled
print("loaded", before, "onednn", IsMklEnabled())
"""


@pytest.mark.slow
def test_after_a_restart_a_lesson_has_tensorflow_with_its_own_settings(server):
    """Slow because it waits for TensorFlow to be imported twice, as a learner does who reads."""
    if standby.refusal():
        pytest.skip(standby.refusal())
    for lesson, onednn in (("03_overfitting", False), ("05_transfer_learning", True)):
        kernel, client = running(server, lesson)
        answers(client)
        end = time.monotonic() + 120
        while "False" in shown(client, 'import sys; print("tensorflow" in sys.modules)'):
            assert time.monotonic() < end, "no kernel started warm"
            server.get(f"{kernel}/restart", {})
            answers(client)
        cells = json.loads((ROOT / f"lessons/{lesson}.ipynb").read_text("utf-8"))["cells"]
        first = next("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        assert shown(client, LOADED.format(first=first)).strip() \
            == f"loaded True onednn {onednn}", "it printed more, or has other settings"
        client.stop_channels()
