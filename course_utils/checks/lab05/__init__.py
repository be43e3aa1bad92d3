"""The checks of lab 05, transfer learning."""

from course_utils.checks.check import Check
from course_utils.checks.lab05 import (
    choosing,
    extracting,
    freezing,
    preparing,
    reading,
    sampling,
)
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab05"

prepare = Check(LAB, "prepare", 3, ("prepare",), preparing.draw,
                preparing.judge, preparing.HINTS, preparing.build)
extract = Check(LAB, "extract", 2, ("extract",), extracting.draw,
                extracting.judge, extracting.HINTS, extracting.build)
choose_head = Check(LAB, "choose_head", 2, ("choose_head",), choosing.draw,
                    choosing.judge, choosing.HINTS, choosing.build)
freeze = Check(LAB, "freeze", 2, ("freeze",), freezing.draw,
               freezing.judge, freezing.HINTS, freezing.build)
count = Check(LAB, "count", 2, ("count",), freezing.draw_counts,
              freezing.judge_counts, freezing.COUNT_HINTS, freezing.build_counts)
draw_labels = Check(LAB, "draw_labels", 2, ("draw_labels",), sampling.draw,
                    sampling.judge, sampling.HINTS, sampling.build)
summarise = Check(LAB, "summarise", 1, ("summarise",), sampling.draw_accuracies,
                  sampling.judge_summary, sampling.SUMMARY_HINTS, sampling.build_accuracies)
read_matrix = Check(LAB, "read_matrix", 2, ("read_matrix",), reading.draw,
                    reading.judge, reading.HINTS, reading.build)

CHECKS = (prepare, extract, choose_head, freeze, count, draw_labels, summarise, read_matrix)
WRITTEN = {"radiographs": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
