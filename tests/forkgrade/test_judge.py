"""An answer is plain data of bounded size, and nothing else is judged."""

import pytest

from course_utils.checks.check import Check
from course_utils.checks.suite import LabSuite
from forkgrade.judge import Judge, seed_for


def answer(check, shape, value):
    array = {"kind": "array", "type": "ndarray", "shape": shape, "value": value}
    cases = len(check["inputs"])
    return {"kind": "cases", "value": [{**array, "changed_input": False}] * cases}


@pytest.mark.parametrize("shape, value", [
    ([10**9, 0], []), ([0, 10**9], []), ([10**400], []), ([-1, -1], [1]), ([10**5, 10**5], []),
    ([2] * 40, []), ([3], [1, 2]), ([float("inf")], []), ("ab", []), ([2], ["a", "b"])])
def test_an_impossible_array_is_an_odd_answer_and_takes_no_time(shape, value):
    judge = Judge(LabSuite("lab01"), "seed")
    result, flag = judge.judge("standardize", answer(judge.question("standardize"), shape, value))
    assert result.points == 0 and flag.startswith("odd answer")


@pytest.mark.parametrize("error", [FloatingPointError, RecursionError, KeyError, TypeError])
def test_a_judgement_that_fails_costs_that_check_and_nothing_else(monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(Check, "grade", fail)
    judge = Judge(LabSuite("lab01"), "seed")
    good = answer(judge.question("standardize"), [2], [1, 2])
    result, flag = judge.judge("standardize", good)
    assert result.points == 0 and "could not be judged" in result.text
    assert flag == f"odd answer: standardize could not be judged ({error.__name__})"


def test_the_seed_is_the_students_own_and_stays():
    assert seed_for(b"s", "lab", "ann") == seed_for(b"s", "lab", "ann")
    assert len({seed_for(b"s", "lab", "ann"), seed_for(b"s", "lab", "bob"),
                seed_for(b"t", "lab", "ann")}) == 3
