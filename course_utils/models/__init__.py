"""Training small networks, quietly and repeatably. Importing this package loads no TensorFlow."""

from importlib import import_module

_NAMES = {
    "compiled": "course_utils.models.training",
    "error": "course_utils.models.training",
    "quiet": "course_utils.models.training",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.models' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
