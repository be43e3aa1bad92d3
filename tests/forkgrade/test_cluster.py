"""The same grading on a Dask cluster on this machine, and on one whose worker is killed."""

import os
import signal
import subprocess
import sys
import threading
import time

import nbformat
import pytest
from distributed import Client

from course_utils.errors import CourseError
from forkgrade import cluster as cluster_module
from forkgrade.cluster import Cluster
from forkgrade.forkserver.preload import Preload
from forkgrade.grade import Grading, Options
from tests.forkgrade.kernels import eventually, needs_bubblewrap, processes
from tests.forkgrade.test_grade import LAB, RIGHT, everything, note, plain_class  # noqa: F401

pytestmark = [pytest.mark.slow, needs_bubblewrap]
PORT = 18786


@pytest.fixture
def scheduler(tmp_path):
    """Start a scheduler; return its address and what starts one worker more."""
    def start(*words):
        started.append(subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=tmp_path,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return started[-1]

    def worker():
        return start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                     "--local-directory", str(tmp_path / f"w{len(started)}"))

    started, address = [], f"tcp://127.0.0.1:{PORT}"
    start("scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard")
    yield address, worker
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(scheduler):
    """Start a scheduler and two workers; return the address and the workers."""
    address, worker = scheduler
    workers = [worker(), worker()]
    with Client(address, timeout="60s") as client:
        assert eventually(lambda: len(client.scheduler_info()["workers"]) == 2, 60)
    return address, workers


def test_a_cluster_grades_as_one_machine_does_though_a_worker_dies(plain_class, cluster):  # noqa: F811
    address, workers = cluster
    slow = {**RIGHT, "double": "import time\ntime.sleep(2)\n" + RIGHT["double"]}
    room = plain_class({f"s{n}": slow if n < 4 else {} for n in range(6)})
    room.run("course", "grade", LAB)
    alone = everything(room)
    env = {**os.environ, "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    running = subprocess.Popen([sys.executable, "-m", "course_utils.cli", "grade", LAB,
                                "--regrade", "--scheduler", address], cwd=room.root, env=env,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    time.sleep(8)
    workers[0].send_signal(signal.SIGKILL)
    said, _ = running.communicate(timeout=200)
    assert running.returncode == 0 and "6 graded" in said, said
    assert everything(room) == alone


def test_a_worker_that_hangs_is_given_up_and_costs_no_points(plain_class, cluster,  # noqa: F811
                                                             monkeypatch):
    address, workers = cluster
    sent, send = [], cluster_module.Cluster._send
    monkeypatch.setattr(cluster_module.Cluster, "_send",
                        lambda self, job: sent.append(job.student) or send(self, job))
    # a busy machine starts slowly
    monkeypatch.setattr(cluster_module, "_patience", lambda job: 15.0)
    room = plain_class({f"s{n}": RIGHT for n in range(8)})
    workers[0].send_signal(signal.SIGSTOP)
    try:
        assert Grading(room.root, LAB, Options(scheduler=address)).run() == 8
    finally:
        workers[0].send_signal(signal.SIGCONT)
    again = sorted(student for student in set(sent) if sent.count(student) > 1)
    assert again and max(map(sent.count, again)) == 2, sent
    for number in range(8):
        assert room.points(f"s{number}", LAB)["test_double"] == 2
        assert not note(room, f"s{number}")["flags"]


def test_a_worker_may_come_late_and_another_while_it_works(plain_class, scheduler):  # noqa: F811
    address, worker = scheduler
    slow = {**RIGHT, "double": "import time\ntime.sleep(1)\n" + RIGHT["double"]}
    room = plain_class({f"s{n}": slow for n in range(6)})
    seen = []

    def come(kind, data):
        seen.append(kind)
        if seen.count("result") == 1 and kind == "result":
            worker()

    timer = threading.Timer(3, worker)
    timer.start()
    assert Grading(room.root, LAB, Options(scheduler=address), come).run() == 6
    timer.join()
    for number in range(6):
        assert room.points(f"s{number}", LAB)["test_double"] == 2


def test_a_kernel_that_is_killed_from_outside_is_run_once_more(plain_class, scheduler):  # noqa: F811
    address, worker = scheduler
    worker()
    named = "import ctypes, time\nctypes.CDLL(None).prctl(15, b'unlucky', 0, 0, 0)\ntime.sleep(5)\n"
    room = plain_class({"ann": {**RIGHT, "double": named + RIGHT["double"]}})

    def kill():
        assert eventually(lambda: processes("unlucky"), 100)
        for process in processes("unlucky"):
            os.kill(process, signal.SIGKILL)
        killed.append(time.monotonic())

    killed, killer = [], threading.Thread(target=kill)
    killer.start()
    assert Grading(room.root, LAB, Options(scheduler=address)).run() == 1
    killer.join()
    assert killed and room.points("ann", LAB)["test_double"] == 2
    assert not note(room, "ann")["flags"]


def test_a_solution_that_fails_on_the_cluster_grades_nobody(plain_class, scheduler):  # noqa: F811
    address, worker = scheduler
    worker()
    room = plain_class({"ann": RIGHT})
    path = room.root / f"solutions/{LAB}/{LAB}.ipynb"
    nb = nbformat.read(path, 4)
    nb.cells[1].source = "import not_on_that_worker\n" + nb.cells[1].source
    nbformat.write(nb, path)
    with pytest.raises(CourseError, match="test_double: 0 of 2 .*Install not_on_that_worker"):
        Grading(room.root, LAB, Options(scheduler=address)).run()
    assert not (room.root / "autograded").exists()
    assert Grading(room.root, LAB, Options(scheduler=address, even_so=True)).run() == 1


def test_nobody_at_the_address_is_a_sentence(tmp_path):
    with pytest.raises(CourseError, match="no Dask scheduler.*dask worker"):
        Cluster("tcp://127.0.0.1:1", Preload(tmp_path))
