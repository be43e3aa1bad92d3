"""File descriptors of this process: compiled libraries write to them past `sys.stderr`."""

import contextlib
import os


@contextlib.contextmanager
def descriptor_to_null(number):
    """Discard what is written to a file descriptor inside the block.

    Parameters
    ----------
    number : int
        For example 2, standard error. A descriptor that is closed stays closed.
    """
    try:
        saved = os.dup(number)
    except OSError:
        yield
        return
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, number)
        yield
    finally:
        os.dup2(saved, number)
        os.close(saved)
        os.close(null)
