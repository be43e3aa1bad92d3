"""What the tables of answers to lab 02 cannot say: errors in some cases only, and hard draws."""

import numpy as np
import pytest

from course_utils.checks import lab02
from course_utils.checks.lab02.mend_report import SLIPS, errors_of, report

SPLIT = """
import numpy as np
def folds(n, k):
    rows = np.arange(n)
    return [(np.setdiff1d(rows, test), test) for test in np.split(rows, k)]
"""


def graded(check, code, seed=0):
    space = {}
    exec(code, space)
    inputs = check.draw(np.random.default_rng(seed))
    return check.grade(inputs, check.call(space, inputs))


def test_folds_that_stop_where_k_does_not_divide_n_earn_half_and_show_the_error():
    result = graded(lab02.cut_folds, SPLIT)
    assert (result.state, result.points) == ("error", 1.5)
    assert "equal division" in result.text


def test_wrong_folds_that_also_stop_earn_nothing():
    assert graded(lab02.cut_folds, SPLIT.replace("setdiff1d(rows, test)", "append(rows, test)")
                  ).points == 0


@pytest.mark.parametrize("check, name", [(lab02.decompose, "bias_and_variance"),
                                         (lab02.validate, "mean_error"),
                                         (lab02.mend_report, "report")])
def test_an_error_in_some_cases_is_shown_as_the_learners_own(check, name):
    code = f"""
calls = []
def {name}(*arguments):
    calls.append(1)
    if len(calls) > 1:
        raise ValueError("only the first works")
    return 1.0, 2.0
"""
    assert graded(check, code).state == "error"


@pytest.mark.parametrize("seed", range(20))
def test_uneven_folds_leave_at_least_two_rows_over(seed):
    uneven = lab02.cut_folds.draw(np.random.default_rng(seed))[1]
    assert 2 <= uneven["n"] % uneven["k"] < uneven["k"]


@pytest.mark.parametrize("seed", range(5))
def test_every_way_to_report_gives_another_result(seed):
    for case in lab02.mend_report.draw(np.random.default_rng(seed)):
        errors = errors_of(case)
        degree, error = report(errors)
        for each in SLIPS:
            for way in each.ways:
                other_degree, other_error = way(errors)
                assert (other_degree, round(other_error, 6)) != (degree, round(error, 6)), each.name
