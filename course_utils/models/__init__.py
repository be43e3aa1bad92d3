"""The models of the course; importing this package loads none of them."""

from importlib import import_module

_NAMES = {
    "ModelCard": "course_utils.models.cards",
    "card": "course_utils.models.cards",
    "compiled": "course_utils.models.training",
    "error": "course_utils.models.training",
    "fetch_imagenet": "course_utils.models.imagenet",
    "have_imagenet": "course_utils.models.imagenet",
    "preprocess": "course_utils.models.backbone",
    "quiet": "course_utils.models.training",
    "resnet50": "course_utils.models.backbone",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.models' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
