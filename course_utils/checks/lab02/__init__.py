"""The checks of lab 02, bias and variance."""

from course_utils.checks.summary import collect

EXERCISES = ("decompose", "diagnose", "predict_more_data", "cut_folds", "validate", "mend_report")
WRITTEN = {"advice": 2}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
