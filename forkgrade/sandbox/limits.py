"""Limits that the operating system enforces for each process, and its scheduling priority."""

import contextlib
import os
import resource
import signal

from forkgrade.sandbox import procfs

SPARE_THREADS = 50  # between the number at which the monitor ends a kernel and the hard limit
OPEN_FILES = 512
NICENESS = 5


def set_limits(limits):
    """Set the hard limits of this process, which its children inherit.

    Parameters
    ----------
    limits : dict
        `memory` (bytes beyond what the process has now), `cpu` (seconds), `threads` and `file`
        (bytes for each file).
    """
    data = procfs.status("self")[b"VmData"] * 1024
    for name, value in ((resource.RLIMIT_DATA, data + limits["memory"]),
                        (resource.RLIMIT_CPU, int(limits["cpu"]) + 1),
                        (resource.RLIMIT_NPROC, limits["threads"] + SPARE_THREADS),
                        (resource.RLIMIT_FSIZE, limits["file"]),
                        (resource.RLIMIT_NOFILE, OPEN_FILES),
                        (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(name, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing then fails with an OSError


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
