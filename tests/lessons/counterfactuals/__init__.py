"""For every claim of every lesson: a change that removes the effect, so that the claim must fail.

A lesson's cases stand in the module `lesson_NN`, in its list `CASES`.
"""

from importlib import import_module


def cases(lesson):
    """Return a lesson's cases: (how the claim begins, old source, new source)."""
    return import_module(f"{__name__}.lesson_{lesson[:2]}").CASES
