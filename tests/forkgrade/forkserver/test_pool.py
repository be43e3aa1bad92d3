"""Kernels one after the other: the next one is there already, and nothing is left behind."""

import os

import psutil
import pytest

from forkgrade.forkserver.client import LIMITS, ForkServer
from forkgrade.forkserver.messages import Closed
from forkgrade.forkserver.pool import KernelPool
from tests.forkgrade.kernels import echo, eventually, needs_bubblewrap

pytestmark = needs_bubblewrap


@pytest.fixture
def pool():
    kernels = KernelPool()
    yield kernels
    kernels.close()


def test_the_next_kernel_is_there_already_and_knows_nothing_of_the_one_before(server, pool):
    with pool.kernel(server.address, LIMITS) as first:
        echo(first, "x = 1\nopen('file', 'w').close()")
        spare = pool._spare
    with pool.kernel(server.address, LIMITS) as second:
        assert second is spare and second is not first
        assert echo(second, "import os\n'x' in globals(), os.listdir('.')") == "(False, [])"


def test_a_kernel_that_died_while_it_waited_is_not_lent(server, pool):
    with pool.kernel(server.address, LIMITS):
        pool._spare.close()
    with pool.kernel(server.address, LIMITS) as kernel:
        assert echo(kernel, "1 + 1") == "2"


def test_one_with_other_limits_is_not_lent(server, pool):
    with pool.kernel(server.address, LIMITS):
        spare = pool._spare
    with pool.kernel(server.address, {**LIMITS, "file": 1000}) as kernel:
        assert kernel is not spare
        assert "OSError" in echo(kernel, "file = open('file', 'wb', 0)\n"
                                         "file.write(b'x' * 5000)\nfile.write(b'x')")


def test_none_outlives_its_server_or_the_end(pool):
    with ForkServer() as server:
        def inside():
            return [each for each in psutil.Process(server.process.pid).children(recursive=True)
                    if each.status() != psutil.STATUS_ZOMBIE]

        server.wait()
        alone = len(inside())
        with pool.kernel(server.address, LIMITS) as kernel:
            echo(kernel, "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(99)")
            assert len(inside()) > alone + 2
        pool.close()
        assert eventually(lambda: len(inside()) == alone)
    with pytest.raises(Closed), pool.kernel(server.address, LIMITS):
        pass


def test_without_a_sandbox_a_scratch_folder_goes_with_the_server_at_the_latest():
    with ForkServer(sandbox=False) as server:
        kernel = server.kernel()
        folder = echo(kernel, "import os\nprint(os.getcwd())").strip()
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)
    kernel.close()
