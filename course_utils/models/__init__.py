"""The models of the course; importing this package loads none of them."""

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
