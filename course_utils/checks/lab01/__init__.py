"""The checks of lab 01, feature scaling."""

from course_utils.checks.summary import collect

EXERCISES = ("standardize", "min_max", "choose", "find_leak", "mend_leak", "predict_effect",
             "measure_effect")
WRITTEN = {"advice": 2}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
