"""Helpers of the course *Plain Sight*.

Importing this package is light: names and submodules load when first used, so that a kernel
pays for TensorFlow, dlib, scikit-learn or matplotlib only when a lesson needs them.
"""

from importlib import import_module

__version__ = "0.1.0"

_MODULES = ("checks", "cli", "data", "faces", "models", "notebooks", "plots", "widgets")
_NAMES = {
    "claim": "course_utils.claims",
    "lesson_seed": "course_utils.claims",
    "quiz": "course_utils.widgets.questions",
    "progress": "course_utils.widgets.progress",
}
__all__ = [*_MODULES, *_NAMES]


def __getattr__(name):
    if name in _MODULES:
        return import_module(f"course_utils.{name}")
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
