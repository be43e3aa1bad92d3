"""The checks of lab 06, how face recognition works."""

from course_utils.checks.check import Check
from course_utils.checks.lab06 import interval, keeping, rates, searching, thresholds
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab06"

error_rates = Check(LAB, "error_rates", 2, ("error_rates",), rates.draw,
                    rates.judge, rates.HINTS, rates.build)
equal_error_rate = Check(LAB, "equal_error_rate", 2, ("equal_error_rate",), rates.draw_equal,
                         rates.judge_equal, rates.EQUAL_HINTS, rates.build_equal)
honest_threshold = Check(LAB, "honest_threshold", 3, ("honest_threshold",), thresholds.draw,
                         thresholds.judge, thresholds.HINTS, thresholds.build)
search = Check(LAB, "search", 2, ("search",), searching.draw,
               searching.judge, searching.HINTS, searching.build)
enrol = Check(LAB, "enrol", 2, ("enrol",), keeping.draw,
              keeping.judge, keeping.HINTS, keeping.build)
erase = Check(LAB, "erase", 2, ("erase",), keeping.draw_erase,
              keeping.judge_erase, keeping.ERASE_HINTS, keeping.build_erase)
rate_interval = Check(LAB, "rate_interval", 2, ("rate_interval",), interval.draw,
                      interval.judge, interval.HINTS, interval.build)

CHECKS = (error_rates, equal_error_rate, honest_threshold, search, enrol, erase, rate_interval)
WRITTEN = {"trial": 3}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
