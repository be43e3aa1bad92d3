"""The checks of lab 04, ceiling analysis."""

from course_utils.checks.summary import collect

EXERCISES = ("share_right", "one_at_a_time", "from_the_front", "first_failure", "best_fixes",
             "gain_interval", "what_follows")
WRITTEN = {"recommendation": 2}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
