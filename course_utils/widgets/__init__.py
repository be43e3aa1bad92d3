"""Controls around a plot, questions and the progress panel."""

from importlib import import_module

_NAMES = {
    "interactive_figure": "course_utils.widgets.interactive",
    "quiz": "course_utils.widgets.questions",
    "progress": "course_utils.widgets.progress",
    "waiting": "course_utils.widgets.bar",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.widgets' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
