"""The checks of lab 07, a watch list in numbers."""

from course_utils.checks.check import Check
from course_utils.checks.lab07 import alarms, alerts, lengths, repeats, report, trade
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab07"

false_alarms = Check(LAB, "false_alarms", 2, ("false_alarms",), alarms.draw,
                     alarms.judge, alarms.HINTS, alarms.build)
precision = Check(LAB, "precision", 2, ("precision",), alerts.draw,
                  alerts.judge, alerts.HINTS, alerts.build)
read_report = Check(LAB, "read_report", 2, ("report_says",), report.draw,
                    report.judge, report.HINTS)
longest_list = Check(LAB, "longest_list", 2, ("longest_list",), lengths.draw,
                     lengths.judge, lengths.HINTS, lengths.build)
repeats_of = Check(LAB, "repeats_of", 2, ("repeats_of",), repeats.draw,
                   repeats.judge, repeats.HINTS, repeats.build)
choose_threshold = Check(LAB, "choose_threshold", 3, ("choose_threshold",), trade.draw,
                         trade.judge, trade.HINTS, trade.build)

CHECKS = (false_alarms, precision, read_report, longest_list, repeats_of, choose_threshold)
WRITTEN = {"statement": 3}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
