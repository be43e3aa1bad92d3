"""The first and the last thing that a process forked from the server does."""

import contextlib
import gc
import os
import random
import signal
import sys
import traceback

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


def close_all_but(descriptor):
    """Close what a process inherited, except standard streams and one descriptor.

    Parameters
    ----------
    descriptor : int
    """
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, MOST_DESCRIPTORS)


def run_and_exit(work):
    """Do the last work of this process, which must never return into the server's loop.

    Parameters
    ----------
    work : callable
        Takes no arguments.
    """
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        with contextlib.suppress(BaseException):
            traceback.print_exc(file=sys.__stderr__)
    finally:
        with contextlib.suppress(BaseException):
            sys.__stdout__.flush()
            sys.__stderr__.flush()
        os._exit(code)
