"""The checks of lab 04, ceiling analysis."""

from course_utils.checks.check import Check
from course_utils.checks.lab04 import (
    budget,
    budget_hints,
    failures,
    interval,
    reading,
    tables,
    tables_hints,
)
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab04"

share_right = Check(LAB, "share_right", 1, ("share_right",), tables.draw_totals,
                    tables.judge_share, tables_hints.SHARE_HINTS, tables.build_totals)
one_at_a_time = Check(LAB, "one_at_a_time", 2, ("one_at_a_time",), tables.draw_log,
                      tables.judge_alone, tables_hints.ALONE_HINTS, tables.build_log)
from_the_front = Check(LAB, "from_the_front", 2, ("from_the_front",), tables.draw_log,
                       tables.judge_front, tables_hints.FRONT_HINTS, tables.build_log)
first_failure = Check(LAB, "first_failure", 2, ("first_failure",), failures.draw,
                      failures.judge, failures.HINTS, failures.build)
best_fixes = Check(LAB, "best_fixes", 3, ("best_fixes",), budget.draw,
                   budget.judge, budget_hints.HINTS, budget.build)
gain_interval = Check(LAB, "gain_interval", 2, ("gain_interval",), interval.draw,
                      interval.judge, interval.HINTS, interval.build)
what_follows = Check(LAB, "what_follows", 2, ("follows",), reading.draw,
                     reading.judge, reading.HINTS)

CHECKS = (share_right, one_at_a_time, from_the_front, first_failure, best_fixes, gain_interval,
          what_follows)
WRITTEN = {"recommendation": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
