"""Limits that the operating system enforces for each process, and its scheduling priority."""

import contextlib
import functools
import os
import re
import resource
import signal

from forkgrade.sandbox import libc, procfs

# from here on Linux counts the processes of a user for each user namespace, which every kernel has
# one of; before, those of all kernels and of the user's whole session are one number
COUNTED_APART = (5, 14)
OPEN_FILES = 512
# bytes; a thread's stack counts as memory as soon as it is reserved, and with the usual 8 MiB each
# the threads that a notebook may have would leave nothing for anything else
THREAD_STACK = 4 * 2**20
NICENESS = 5


@functools.cache
def counts_processes_apart(release=None):
    """Return whether this Linux counts the processes of each user namespace by themselves.

    Then one more than allowed is refused, and costs the cell that wanted it. Otherwise the monitor
    ends the kernel.

    Parameters
    ----------
    release : str, optional
        Of Linux; by default that of this machine.
    """
    numbers = re.findall(r"\d+", release or os.uname().release)[:2]
    return tuple(map(int, numbers)) >= COUNTED_APART


def set_limits(limits):
    """Set the hard limits of this process, which its children inherit.

    Parameters
    ----------
    limits : dict
        `memory` (bytes beyond what the process has now), `cpu` (seconds), `processes` (of all
        processes together, their threads included) and `file` (bytes for each file).
    """
    data = procfs.status("self")[b"VmData"] * 1024
    for name, value in ((resource.RLIMIT_DATA, data + limits["memory"]),
                        (resource.RLIMIT_CPU, int(limits["cpu"]) + 1),
                        (resource.RLIMIT_FSIZE, limits["file"]),
                        (resource.RLIMIT_NOFILE, OPEN_FILES),
                        (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(name, (value, value))
    with contextlib.suppress(OSError):
        libc.set_thread_stack(THREAD_STACK)
    if counts_processes_apart():
        _lower(resource.RLIMIT_NPROC, limits["processes"])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing then fails with an OSError


def _lower(name, value):
    """Set a hard limit, unless a lower one is set already."""
    hard = resource.getrlimit(name)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(name, (value, value))


def lower_priority(core=None):
    """Let the monitor and the judges run first, however many processes a kernel starts.

    It also becomes a batch process, in which a thread that wakes another one keeps running.
    TensorFlow counts on that: at the end of each `fit`, a thread that is woken too early sleeps
    for up to 0.16 s more.

    Parameters
    ----------
    core : int, optional
        The only processor core to run on: threads that take turns then need not wake each other
        across cores, and do not disturb kernels on other cores.
    """
    os.nice(NICENESS)
    with contextlib.suppress(OSError):  # a container may forbid it; all works without
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        if core in os.sched_getaffinity(0):
            os.sched_setaffinity(0, {core})
