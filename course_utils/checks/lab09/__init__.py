"""The checks of lab 09, a proposal and its claims."""

from course_utils.checks.check import Check
from course_utils.checks.lab09 import (
    burden,
    claim,
    creep,
    law,
    oversight,
    retention,
    retention_hints,
)
from course_utils.checks.summary import points_so_far as _points_so_far

LAB = "lab09"

accuracies = Check(LAB, "accuracies", 2, ("accuracies",), claim.draw,
                   claim.judge, claim.HINTS, claim.build)
wrong_stops = Check(LAB, "wrong_stops", 2, ("wrong_stops",), oversight.draw,
                    oversight.judge, oversight.HINTS, oversight.build)
burden_of = Check(LAB, "burden_of", 2, ("burden_of",), burden.draw,
                  burden.judge, burden.HINTS, burden.build)
comparisons = Check(LAB, "comparisons", 2, ("comparisons",), creep.draw,
                    creep.judge, creep.HINTS, creep.build)
must_be_gone = Check(LAB, "must_be_gone", 2, ("must_be_gone",), retention.draw,
                     retention.judge, retention_hints.HINTS, retention.build)
article_5 = Check(LAB, "article_5", 3, ("article_5",), law.draw, law.judge, law.HINTS)

CHECKS = (accuracies, wrong_stops, burden_of, comparisons, must_be_gone, article_5)
WRITTEN = {"assessment": 4, "other_side": 2}


def points_so_far():
    """Show the points of this lab's parts, as far as they were checked in this session."""
    return _points_so_far(CHECKS, WRITTEN)
