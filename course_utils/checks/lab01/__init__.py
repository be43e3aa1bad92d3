"""The checks of lab 01, feature scaling."""

from course_utils.checks.check import Check
from course_utils.checks.lab01 import choosing, effect, leak, scaling
from course_utils.checks.lab01.scaling_hints import MIN_MAX_HINTS, STANDARDIZE_HINTS
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab01"

standardize = Check(LAB, "standardize", 3, ("standardize",), scaling.draw,
                    scaling.judge_standardize, STANDARDIZE_HINTS, scaling.build)
min_max = Check(LAB, "min_max", 2, ("min_max",), scaling.draw,
                scaling.judge_min_max, MIN_MAX_HINTS, scaling.build)
choose = Check(LAB, "choose", 2, ("scaling_for",), choosing.draw,
               choosing.judge, choosing.HINTS)
find_leak = Check(LAB, "find_leak", 1, ("leaking_line",), leak.draw_nothing,
                  leak.judge_line, leak.LINE_HINTS)
mend_leak = Check(LAB, "mend_leak", 2, ("honest_predictions",), leak.draw,
                  leak.judge_predictions, leak.PREDICTION_HINTS, leak.build)
predict_effect = Check(LAB, "predict_effect", 2, ("accuracy_will",), effect.draw_nothing,
                       effect.judge_guess, effect.GUESS_HINTS)
measure_effect = Check(LAB, "measure_effect", 2, ("gain",), effect.draw,
                       effect.judge_gain, effect.GAIN_HINTS, effect.build)

CHECKS = (standardize, min_max, choose, find_leak, mend_leak, predict_effect, measure_effect)
WRITTEN = {"advice": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
