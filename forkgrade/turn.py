"""Only one command at a time changes the marks of a course."""

import contextlib

from course_utils.errors import CourseError


class Busy(CourseError):
    """Another command is at work."""


@contextlib.contextmanager
def one_at_a_time(path):
    """Hold a lock within a `with` block; it ends with the process, however that ends.

    Parameters
    ----------
    path : path-like
        The lock's file.

    Raises
    ------
    Busy
        If another process holds it.
    """
    import fcntl

    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy("Another `course grade` is at work in this course. Wait until it has "
                       "ended.") from None
        yield
