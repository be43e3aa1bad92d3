"""Kernels one after the other: the next one is there already, and nothing is left behind."""

import os

import psutil
import pytest

from forkgrade.forkserver.client import LIMITS, ForkServer
from forkgrade.forkserver.messages import Closed
from forkgrade.forkserver.pool import KernelPool
from tests.forkgrade.kernels import eventually, needs_bubblewrap, said

pytestmark = needs_bubblewrap


@pytest.fixture
def ahead():
    found = KernelPool()
    yield found
    found.close()


def test_the_next_kernel_is_there_already_and_knows_nothing_of_the_one_before(parent, ahead):
    with ahead.kernel(parent.address, LIMITS) as first:
        said(first, "x = 1\nopen('file', 'w').close()")
        spare = ahead._spare
    with ahead.kernel(parent.address, LIMITS) as second:
        assert second is spare and second is not first
        assert said(second, "import os\n'x' in globals(), os.listdir('.')") == "(False, [])"


def test_a_kernel_that_died_while_it_waited_is_not_lent(parent, ahead):
    with ahead.kernel(parent.address, LIMITS):
        ahead._spare.close()
    with ahead.kernel(parent.address, LIMITS) as kernel:
        assert said(kernel, "1 + 1") == "2"


def test_one_with_other_limits_is_not_lent(parent, ahead):
    with ahead.kernel(parent.address, LIMITS):
        spare = ahead._spare
    with ahead.kernel(parent.address, {**LIMITS, "file": 1000}) as kernel:
        assert kernel is not spare
        assert "OSError" in said(kernel, "file = open('file', 'wb', 0)\n"
                                         "file.write(b'x' * 5000)\nfile.write(b'x')")


def test_none_outlives_its_parent_or_the_end(ahead):
    with ForkServer() as parent:
        def inside():
            return [each for each in psutil.Process(parent.process.pid).children(recursive=True)
                    if each.status() != psutil.STATUS_ZOMBIE]

        parent.wait()
        alone = len(inside())
        with ahead.kernel(parent.address, LIMITS) as kernel:
            said(kernel, "import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(99)")
            assert len(inside()) > alone + 2
        ahead.close()
        assert eventually(lambda: len(inside()) == alone)
    with pytest.raises(Closed), ahead.kernel(parent.address, LIMITS):
        pass


def test_without_a_sandbox_a_scratch_folder_goes_with_the_parent_at_the_latest():
    with ForkServer(sandbox=False) as parent:
        kernel = parent.kernel()
        folder = said(kernel, "import os\nprint(os.getcwd())").strip()
        assert os.path.isdir(folder)
    assert not os.path.exists(folder)
    kernel.close()
