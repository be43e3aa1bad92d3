"""For every claim of every lesson: a change that removes the effect, so that the claim must fail.

A lesson's cases stand in the module `lesson_NN`, in its list `CASES`. All are tried within one run,
each from the first cell that it changes to the claim. A lesson that runs for long says
`SLOW = True` there: then `make test` runs it once, as it is, and `make test-all` tries its cases.
`SEEDS` says with which seeds its claims are tried.
"""

from importlib import import_module


def cases(lesson):
    """Return a lesson's cases: (how the claim begins, old source, new source)."""
    return import_module(f"{__name__}.lesson_{lesson[:2]}").CASES


def is_slow(lesson):
    """Tell whether a lesson runs for so long that only `make test-all` runs it repeatedly."""
    return _said(lesson, "SLOW", False)


def seeds(lesson):
    """Return the seeds for which the claims shall hold, besides 1."""
    return _said(lesson, "SEEDS", [2, 3, 4, 5, 6])


def _said(lesson, name, default):
    return getattr(import_module(f"{__name__}.lesson_{lesson[:2]}"), name, default)
