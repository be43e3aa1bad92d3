"""The checks of lab 09, a proposal and its claims."""

from course_utils.checks.summary import collect

EXERCISES = ("accuracies", "wrong_stops", "burden_of", "comparisons", "must_be_gone", "article_5")
WRITTEN = {"assessment": 4, "other_side": 2}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
