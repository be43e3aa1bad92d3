"""The checks of lab 08, an audit."""

from course_utils.checks.check import Check
from course_utils.checks.lab08 import (
    conclusions,
    effects,
    gates,
    intersections,
    sizes,
)
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab08"

audit_size = Check(LAB, "audit_size", 2, ("audit_size",), sizes.draw,
                   sizes.judge, sizes.HINTS, sizes.build)
paired_effect = Check(LAB, "paired_effect", 2, ("paired_effect",), effects.draw,
                      effects.judge, effects.HINTS, effects.build)
worst_group = Check(LAB, "worst_group", 2, ("worst_group",), intersections.draw,
                    intersections.judge, intersections.HINTS, intersections.build)
same_gates = Check(LAB, "same_gates", 2, ("same_gates",), gates.draw,
                   gates.judge, gates.HINTS, gates.build)
what_follows = Check(LAB, "what_follows", 2, ("follows",), conclusions.draw,
                     conclusions.judge, conclusions.HINTS)

CHECKS = (audit_size, paired_effect, worst_group, same_gates, what_follows)
WRITTEN = {"audit_plan": 3}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
