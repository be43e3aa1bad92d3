"""The labs' checks: known wrong answers get what they deserve, unusual right ones everything.

The answers of lab NN stand in the module `answers_labNN`: `IMPORTS`, `WRONG` and `RIGHT`. Those
that were found by trying to mislead the checks stand in `strange_labNN`.
"""

import json
from functools import cache
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from course_utils.checks import load

HERE = Path(__file__).parent
LABS = sorted(path.stem.removeprefix("answers_") for path in HERE.glob("answers_lab*.py"))
ANSWERS = {lab: import_module(f"tests.checks.answers_{lab}") for lab in LABS}
STRANGE = {lab: import_module(f"tests.checks.strange_{lab}") for lab in LABS
           if (HERE / f"strange_{lab}.py").exists()}
CHECKS = {(lab, check.exercise): check for lab in LABS for check in load(lab).CHECKS}
PARTS = [pytest.param(*part, id=" ".join(part)) for part in CHECKS]
KNOWN = {"WRONG": [], "RIGHT": []}
for lab in LABS:
    for kind, known in KNOWN.items():
        for answers in (ANSWERS[lab], STRANGE.get(lab)):
            known += [pytest.param(lab, exercise, *answer[1:], id=f"{lab} {exercise}: {answer[0]}")
                      for exercise, listed in getattr(answers, kind, {}).items()
                      for answer in listed]
WRONG, RIGHT = KNOWN["WRONG"], KNOWN["RIGHT"]
NEEDS_NO_EXAMPLE = {"not-a-table", "not-finite", "unknown"}


def outcome(lab, exercise, code, seed):
    """Run an answer, then the check's three parts with plain data (JSON) in between."""
    check, space, drawn = CHECKS[lab, exercise], {}, _drawn(lab, exercise, seed)
    exec(ANSWERS[lab].IMPORTS + code, space)
    answer = json.loads(json.dumps(check.call(space, json.loads(drawn))))
    return check.grade(json.loads(drawn), answer)


@cache
def _drawn(lab, exercise, seed):
    """Draw once for all answers: some checks look long for cases that tell all slips apart."""
    return json.dumps(CHECKS[lab, exercise].draw(np.random.default_rng(seed)))


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("lab, exercise, code, points, misconception", WRONG)
def test_a_wrong_answer_earns_what_it_deserves_and_hears_why(lab, exercise, code, points,
                                                             misconception, seed):
    result = outcome(lab, exercise, code, seed)
    assert (result.points, result.misconception) == (points, misconception)
    assert result.state == "wrong"
    assert result.hints, "a wrong answer needs a hint"


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize("lab, exercise, code", RIGHT)
def test_an_unusual_right_answer_earns_everything(lab, exercise, code, seed):
    result = outcome(lab, exercise, code, seed)
    assert result.state == "right", result.text
    assert result.points == result.max_points


@pytest.mark.slow
@pytest.mark.parametrize("lab, exercise, code", RIGHT)
def test_no_draw_is_unfair_to_a_right_answer(lab, exercise, code):
    for seed in range(100, 112):
        assert outcome(lab, exercise, code, seed).state == "right", seed


@pytest.mark.parametrize("lab, exercise", PARTS)
def test_every_part_has_enough_answers_that_test_it(lab, exercise):
    assert len(ANSWERS[lab].WRONG[exercise]) >= 5
    assert len(ANSWERS[lab].RIGHT[exercise]) >= 3


@pytest.mark.parametrize("lab, exercise", PARTS)
def test_every_hint_is_reached_by_some_answer(lab, exercise):
    """Hints that several parts share need an example in one of them."""
    lists = [*ANSWERS[lab].WRONG.values(), *getattr(STRANGE.get(lab), "WRONG", {}).values()]
    seen = {answer[3] for answers in lists for answer in answers}
    assert set(CHECKS[lab, exercise].hints) - NEEDS_NO_EXAMPLE <= seen


@pytest.mark.parametrize("lab", LABS)
def test_a_lab_is_worth_at_least_ten_points_in_five_parts(lab):
    module = load(lab)
    assert len(module.CHECKS) >= 5
    assert sum(check.points for check in module.CHECKS) + sum(module.WRITTEN.values()) >= 10
    assert module.WRITTEN, "a lab asks for one written answer"


def test_every_lab_has_answers_that_test_it():
    source = HERE.parents[1] / "source" / "labs"
    assert {path.stem[:5] for path in source.glob("lab*.py")} == set(LABS)
