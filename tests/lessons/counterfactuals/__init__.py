"""For every claim of every lesson: a change that removes the effect, so that the claim must fail.

A lesson's cases stand in the module `lesson_NN`, in its list `CASES`. A lesson that runs for long
says `SLOW = True` there: then `make test` runs it once, and `make test-all` once for each case.
With `IN_PASSING = True` all cases are tried within one run, and `SEEDS` says which seeds are tried.
"""

from importlib import import_module


def cases(lesson):
    """Return a lesson's cases: (how the claim begins, old source, new source)."""
    return import_module(f"{__name__}.lesson_{lesson[:2]}").CASES


def is_slow(lesson):
    """Tell whether a lesson runs for so long that only `make test-all` runs it repeatedly."""
    return _said(lesson, "SLOW", False)


def in_passing(lesson):
    """Tell whether all cases of a lesson are tried within one run."""
    return _said(lesson, "IN_PASSING", False)


def seeds(lesson):
    """Return the seeds for which the claims shall hold, besides 1."""
    return _said(lesson, "SEEDS", [2, 3, 4, 5, 6])


def _said(lesson, name, default):
    return getattr(import_module(f"{__name__}.lesson_{lesson[:2]}"), name, default)
