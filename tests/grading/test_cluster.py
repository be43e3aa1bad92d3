"""The same grading on a Dask cluster on this machine, and on one whose worker is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from course_utils.errors import CourseError
from tests.grading.test_grade import LAB, RIGHT, everything, plain_class  # noqa: F401
from tests.kernels.conftest import eventually, needs_bubblewrap

pytestmark = [pytest.mark.slow, needs_bubblewrap]
PORT = 18786


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and two workers; return the address and the workers."""
    def start(*words):
        return subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=tmp_path,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    address = f"tcp://127.0.0.1:{PORT}"
    started = [start("scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard")]
    started += [start("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                      "--local-directory", str(tmp_path / f"w{n}")) for n in range(2)]
    yield address, started[1:]
    for process in started:
        process.kill()
        process.wait()


def test_a_cluster_grades_as_one_machine_does_though_a_worker_dies(plain_class, cluster):  # noqa: F811
    from distributed import Client

    address, workers = cluster
    slow = {**RIGHT, "double": "import time\ntime.sleep(2)\n" + RIGHT["double"]}
    room = plain_class({f"s{n}": slow if n < 4 else {} for n in range(6)})
    room.run("course", "grade", LAB)
    alone = everything(room)
    with Client(address, timeout="60s") as client:
        assert eventually(lambda: len(client.scheduler_info()["workers"]) == 2, 60)
    env = {**os.environ, "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    running = subprocess.Popen([sys.executable, "-m", "course_utils.cli", "grade", LAB,
                                "--regrade", "--scheduler", address], cwd=room.root, env=env,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    time.sleep(8)
    workers[0].send_signal(signal.SIGKILL)
    said, _ = running.communicate(timeout=200)
    assert running.returncode == 0 and "6 graded" in said, said
    assert everything(room) == alone


def test_nobody_at_the_address_is_a_sentence(tmp_path):
    from course_utils.grading.cluster import Cluster

    with pytest.raises(CourseError, match="no Dask scheduler.*dask worker"):
        Cluster("tcp://127.0.0.1:1", tmp_path, True)
