"""The checks of lab 03, overfitting."""

from course_utils.checks.summary import collect

EXERCISES = ("diagnose", "stop_early", "choose_and_report", "ridge", "with_shifts", "find_leak",
             "optimism")
WRITTEN = {"advice": 2}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
