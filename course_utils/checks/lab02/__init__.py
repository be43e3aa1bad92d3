"""The checks of lab 02, bias and variance."""

from course_utils.checks.check import Check
from course_utils.checks.lab02 import curves, decomposition, folds, report, validation
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab02"

decompose = Check(LAB, "decompose", 3, ("bias_and_variance",), decomposition.draw,
                  decomposition.judge, decomposition.HINTS, decomposition.build)
diagnose = Check(LAB, "diagnose", 3, ("diagnosis",), curves.draw_nothing,
                 curves.judge_diagnosis, curves.DIAGNOSIS_HINTS)
predict_more_data = Check(LAB, "predict_more_data", 2, ("error_will",), curves.draw_nothing,
                          curves.judge_guess, curves.GUESS_HINTS)
cut_folds = Check(LAB, "cut_folds", 3, ("folds",), folds.draw, folds.judge, folds.HINTS,
                  folds.build)
validate = Check(LAB, "validate", 2, ("mean_error",), validation.draw, validation.judge,
                 validation.HINTS, validation.build)
mend_report = Check(LAB, "mend_report", 3, ("report",), report.draw, report.judge, report.HINTS,
                    report.build)

CHECKS = (decompose, diagnose, predict_more_data, cut_folds, validate, mend_report)
WRITTEN = {"advice": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
