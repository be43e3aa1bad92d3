"""Lab 01's checks: known wrong answers get what they deserve, unusual right ones everything."""

import json

import pytest

from course_utils.checks import lab01
from tests.checks.answers_lab01 import IMPORTS, RIGHT, WRONG

CHECKS = {check.exercise: check for check in lab01.CHECKS}
WRONG_ANSWERS = [pytest.param(exercise, *answer[1:], id=f"{exercise}: {answer[0]}")
                 for exercise, answers in WRONG.items() for answer in answers]
RIGHT_ANSWERS = [pytest.param(exercise, code, id=f"{exercise}: {name}")
                 for exercise, answers in RIGHT.items() for name, code in answers]


def outcome(exercise, code, seed):
    """Run an answer, then the check's three parts with plain data (JSON) in between."""
    check, space = CHECKS[exercise], {}
    exec(IMPORTS + code, space)
    inputs = _draw(check, seed)
    answer = json.loads(json.dumps(check.call(space, inputs)))
    return check.grade(_draw(check, seed), answer)


def _draw(check, seed):
    import numpy as np

    return json.loads(json.dumps(check.draw(np.random.default_rng(seed))))


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("exercise, code, points, misconception", WRONG_ANSWERS)
def test_a_wrong_answer_earns_what_it_deserves_and_hears_why(exercise, code, points,
                                                             misconception, seed):
    result = outcome(exercise, code, seed)
    assert (result.points, result.misconception) == (points, misconception)
    assert result.state == "wrong"
    assert result.hints, "a wrong answer needs a hint"


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("exercise, code", RIGHT_ANSWERS)
def test_an_unusual_right_answer_earns_everything(exercise, code, seed):
    result = outcome(exercise, code, seed)
    assert result.state == "right", result.text
    assert result.points == result.max_points


@pytest.mark.parametrize("exercise", CHECKS)
def test_every_part_has_enough_answers_that_test_it(exercise):
    assert len(WRONG[exercise]) >= 5
    assert len(RIGHT[exercise]) >= 3


@pytest.mark.parametrize("exercise", CHECKS)
def test_every_hint_can_be_reached_by_a_judgement(exercise):
    """A hint that no answer gets would be dead; those of the shared list need one part only."""
    seen = {answer[3] for answers in WRONG.values() for answer in answers}
    own = set(CHECKS[exercise].hints) - {"not-a-table", "not-finite", "unknown"}
    assert own <= seen


def test_the_lab_is_worth_sixteen_points():
    assert sum(check.points for check in lab01.CHECKS) + sum(lab01.WRITTEN.values()) == 16
