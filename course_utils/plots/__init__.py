"""Figures of the course: one look, and a text alternative for each.

Importing this package loads no matplotlib; a name loads what it needs when it is first used.
"""

from importlib import import_module

_NAMES = {
    "PALETTE": "course_utils.plots.palette",
    "use_style": "course_utils.plots.style",
    "describe": "course_utils.plots.describing",
    "alternative": "course_utils.plots.describing",
    "missing_alternatives": "course_utils.plots.audit",
    "draw_inset": "course_utils.plots.days",
    "draw_u_curve": "course_utils.plots.errors",
    "plot_accuracy_by_labels": "course_utils.plots.transfer",
    "plot_beside": "course_utils.plots.overfitting",
    "plot_best_of": "course_utils.plots.remedies",
    "plot_boxes": "course_utils.plots.recognition",
    "plot_curves": "course_utils.plots.overfitting",
    "plot_descent": "course_utils.plots.scaling",
    "plot_det": "course_utils.plots.faces",
    "plot_diagnoses": "course_utils.plots.diagnoses",
    "plot_distances": "course_utils.plots.faces",
    "plot_double_descent": "course_utils.plots.errors",
    "plot_errors": "course_utils.plots.errors",
    "plot_errors_by_size": "course_utils.plots.overfitting",
    "plot_gains": "course_utils.plots.ceiling",
    "plot_learning_curve": "course_utils.plots.errors",
    "plot_many_days": "course_utils.plots.days",
    "plot_map": "course_utils.plots.recognition",
    "plot_page": "course_utils.plots.ceiling",
    "plot_parts": "course_utils.plots.errors",
    "plot_pictures": "course_utils.plots.faces",
    "plot_promises": "course_utils.plots.recognition",
    "plot_readings": "course_utils.plots.days",
    "plot_scores": "course_utils.plots.scaling",
    "plot_sheet": "course_utils.plots.transfer",
    "plot_stages": "course_utils.plots.recognition",
    "plot_strips": "course_utils.plots.scaling",
    "plot_threshold": "course_utils.plots.recognition",
    "plot_to_scale": "course_utils.plots.scaling",
    "plot_tones": "course_utils.plots.recognition",
    "plot_ways": "course_utils.plots.remedies",
    "plot_weights": "course_utils.plots.remedies",
    "plot_wins": "course_utils.plots.ceiling",
}
__all__ = [*_NAMES]


def __getattr__(name):
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'course_utils.plots' has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *__all__])
