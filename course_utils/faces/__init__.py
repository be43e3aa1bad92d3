"""Faces of nobody, the four stages of face recognition, a gallery with consent, and metrics.

Importing this package loads neither dlib nor OpenCV; a name loads what it needs when it is first
used.
"""

from importlib import import_module

_NAMES = {
    "ANATOMY": "course_utils.faces.drawing.anatomy",
    "Identity": "course_utils.faces.drawing.anatomy",
    "View": "course_utils.faces.drawing.view",
    "draw": "course_utils.faces.drawing.picture",
    "make_identities": "course_utils.faces.drawing.people",
    "make_views": "course_utils.faces.drawing.people",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.faces' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
