"""One sandboxed fork server for all tests of kernels, and a short way to run a cell."""

import os
import time

import pytest

from forkgrade.forkserver.client import ForkServer
from forkgrade.sandbox import bubblewrap

needs_bubblewrap = pytest.mark.skipif(not bubblewrap.available(), reason="needs bubblewrap")


@pytest.fixture(scope="session")
def server():
    with ForkServer(["numpy"]) as running:
        yield running


@pytest.fixture
def kernel(server):
    with server.kernel() as running:
        yield running


def echo(kernel, code, timeout=60):
    """Run a cell and return what it printed or raised."""
    reply = kernel.ask({"do": "execute", "code": code}, timeout=timeout)
    return "".join(output.get("text") or output.get("ename", "") or
                   str(output.get("data", {}).get("text/plain", ""))
                   for output in reply["outputs"])


def processes(text):
    """Return the processes of this machine whose name contains `text`."""
    numbers = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/comm") as file:
                numbers += [int(name)] if text in file.read() else []
        except OSError:
            continue
    return numbers


def eventually(condition, seconds=10):
    """Return whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False
