"""The checks of lab 03, overfitting."""

from course_utils.checks.check import Check
from course_utils.checks.lab03 import (
    luck,
    penalty,
    reading,
    reporting,
    shifting,
    stopping,
    stopping_hints,
)
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab03"

diagnose = Check(LAB, "diagnose", 3, ("diagnosis",), reading.draw_nothing,
                 reading.judge_diagnosis, reading.DIAGNOSIS_HINTS)
stop_early = Check(LAB, "stop_early", 3, ("stop_early",), stopping.draw,
                   stopping.judge, stopping_hints.HINTS, stopping.build)
choose_and_report = Check(LAB, "choose_and_report", 2, ("choose_and_report",), reporting.draw,
                          reporting.judge, reporting.HINTS, reporting.build)
ridge = Check(LAB, "ridge", 3, ("ridge",), penalty.draw,
              penalty.judge, penalty.HINTS, penalty.build)
with_shifts = Check(LAB, "with_shifts", 2, ("with_shifts",), shifting.draw,
                    shifting.judge, shifting.HINTS, shifting.build)
find_leak = Check(LAB, "find_leak", 1, ("leaking_line",), reading.draw_nothing,
                  reading.judge_line, reading.LINE_HINTS)
optimism = Check(LAB, "optimism", 2, ("optimism",), luck.draw, luck.judge, luck.HINTS, luck.build)

CHECKS = (diagnose, stop_early, choose_and_report, ridge, with_shifts, find_leak, optimism)
WRITTEN = {"advice": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
