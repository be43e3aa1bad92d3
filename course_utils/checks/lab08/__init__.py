"""The checks of lab 08, an audit."""

from course_utils.checks.summary import collect

EXERCISES = ("audit_size", "paired_effect", "worst_group", "same_gates", "what_follows")
WRITTEN = {"audit_plan": 3}
CHECKS, points_so_far = collect(__name__, EXERCISES, WRITTEN)
