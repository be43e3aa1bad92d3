"""Calls of the C library that Python 3.11 does not offer."""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)


def call(name, *arguments):
    """Call a function of the C library that returns 0 on success.

    Parameters
    ----------
    name : str
    *arguments
        Integers, bytes, None or `ctypes` objects.

    Raises
    ------
    OSError
        If it returns anything else.
    """
    if getattr(_libc, name)(*arguments) != 0:
        raise _error(name)


def prctl(option, argument):
    """Change one property of this process; arguments and errors as for `call`.

    Parameters
    ----------
    option : int
        A ``PR_`` constant of ``linux/prctl.h``.
    argument : int
    """
    call("prctl", option, argument, 0, 0, 0)


def system_call(number, *arguments):
    """Return the result of a system call for which the C library has no function.

    Parameters
    ----------
    number : int
    *arguments
        As for `call`.

    Returns
    -------
    int
        Zero or more.

    Raises
    ------
    OSError
        If it fails.
    """
    result = _libc.syscall(number, *arguments)
    if result < 0:
        raise _error(f"system call {number}")
    return result


def _error(name):
    code = ctypes.get_errno()
    return OSError(code, f"{name}: {os.strerror(code)}")
