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
    "available": "course_utils.faces.engine",
    "read_picture": "course_utils.faces.reading",
    "Box": "course_utils.faces.pipeline",
    "detect": "course_utils.faces.pipeline",
    "detect_one": "course_utils.faces.pipeline",
    "align": "course_utils.faces.pipeline",
    "embed": "course_utils.faces.pipeline",
    "match": "course_utils.faces.pipeline",
    "distance": "course_utils.faces.pipeline",
    "Cache": "course_utils.faces.cache",
    "embed_pictures": "course_utils.faces.batch",
    "load_embeddings": "course_utils.faces.shipped",
    "audit_plan": "course_utils.faces.audit",
    "load_audit": "course_utils.faces.audit",
    "Consent": "course_utils.faces.consent",
    "Gallery": "course_utils.faces.gallery",
    "Rate": "course_utils.faces.metrics",
    "rate": "course_utils.faces.metrics",
    "pair_distances": "course_utils.faces.metrics",
    "false_match_rate": "course_utils.faces.metrics",
    "false_non_match_rate": "course_utils.faces.metrics",
    "det_curve": "course_utils.faces.metrics",
    "equal_error_rate": "course_utils.faces.metrics",
    "interval_over_people": "course_utils.faces.metrics",
    "rates_by_group": "course_utils.faces.metrics",
    "rank_one_rate": "course_utils.faces.identification",
    "open_set_rates": "course_utils.faces.identification",
    "false_alarm_chance": "course_utils.faces.identification",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.faces' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
