"""The first and the last thing that a process forked from the server does."""

import contextlib
import faulthandler
import fcntl
import gc
import os
import random
import signal
import sys
import traceback
from pathlib import Path

from forkgrade.sandbox.kernel_process import FAULT

MOST_DESCRIPTORS = 1024


def reset_process(environment, folder):
    """Make a fork of the server look like a process that has just started.

    Parameters
    ----------
    environment : dict of str to str
    folder : path-like
        The working folder.
    """
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher.py"]
    sys.path[0] = ""  # files that were handed in can be imported
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.enable()


def close_all_but(*descriptors):
    """Close what a process inherited, except standard streams and some descriptors.

    Parameters
    ----------
    *descriptors : int
        They get the numbers from 3 on, in this order.
    """
    # not yet among those numbers, where one could cover another
    apart = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 3 + len(descriptors)) for each in descriptors]
    for number, each in enumerate(apart, 3):
        os.dup2(each, number, inheritable=False)
    os.closerange(3 + len(apart), MOST_DESCRIPTORS)


def report_crashes(descriptor):
    """Say on a descriptor which signal ends this process, in the words of `faulthandler`.

    Parameters
    ----------
    descriptor : int
    """
    os.set_blocking(descriptor, False)  # whatever a learner's code writes there
    faulthandler.enable(descriptor, all_threads=False)


def run_and_exit(work, report=None):
    """Do the last work of this process, which must never return into the server's loop.

    Parameters
    ----------
    work : callable
        Takes no arguments.
    report : int, optional
        A descriptor on which to name the exception with which it fails.
    """
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException as error:
        with contextlib.suppress(BaseException):
            os.write(report, f"{FAULT}{_describe(error)}".encode())
        with contextlib.suppress(BaseException):
            traceback.print_exc(file=sys.__stderr__)
    finally:
        with contextlib.suppress(BaseException):
            sys.__stdout__.flush()
            sys.__stderr__.flush()
        os._exit(code)


def _describe(error):
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}"
