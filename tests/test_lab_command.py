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

from course_utils import cli
from course_utils.cli import lab
from course_utils.errors import CourseError

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


class Server:
    """`course lab` as a process, and a way to ask it."""

    def __init__(self, folder):
        self.port = free_port()
        environ = {**os.environ, "JUPYTER_TOKEN": "for-the-test",
                   "JUPYTER_RUNTIME_DIR": str(folder), "JUPYTERLAB_SETTINGS_DIR": str(folder),
                   "JUPYTERLAB_WORKSPACES_DIR": str(folder)}
        self.process = subprocess.Popen(
            [*COURSE, "lab", "--no-browser", "--port", str(self.port)],
            cwd=ROOT / "course_utils", env=environ, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)

    def get(self, path):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}",
                                         headers={"Authorization": "token for-the-test"})
        return urllib.request.urlopen(request, timeout=10)

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
