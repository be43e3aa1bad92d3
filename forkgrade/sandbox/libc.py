"""Calls of the C library that Python 3.11 does not offer."""

import ctypes
import os

ATTRIBUTES_SIZE = 256  # bytes; glibc's pthread_attr_t has at most 64
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


def set_thread_stack(size):
    """Set how much address space a new thread of this process takes for its stack.

    Parameters
    ----------
    size : int
        Bytes.

    Raises
    ------
    OSError
        If this C library has no such default.
    """
    attributes = ctypes.create_string_buffer(ATTRIBUTES_SIZE)
    try:
        call("pthread_attr_init", attributes)
        call("pthread_attr_setstacksize", attributes, ctypes.c_size_t(size))
        call("pthread_setattr_default_np", attributes)
    except AttributeError as error:
        raise OSError(str(error)) from None


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
