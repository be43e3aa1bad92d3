"""Notebooks of the course, run in a kernel of their own once for all tests that look at them."""

from functools import cache

from course_utils.notebooks.execute import execute


@cache
def executed(path):
    """Return what came of running a notebook from top to bottom."""
    return execute(path)
