"""The labs' checks: known wrong answers get what they deserve, unusual right ones everything.

The answers of lab NN stand in the module `answers_labNN`: `IMPORTS`, `WRONG` and `RIGHT`. Those
that were found by trying to mislead the checks stand in `strange_labNN`.
"""

import json
from functools import cache, lru_cache
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
KINDS = ("WRONG", "RIGHT")
NEEDS_NO_EXAMPLE = {"not-a-table", "not-finite", "unknown"}


def known(kind, lab, exercise):
    """Return the known answers of one kind to a part of a lab, those of `strange_labNN` last."""
    return [answer for answers in (ANSWERS[lab], STRANGE.get(lab))
            for answer in getattr(answers, kind, {}).get(exercise, [])]


@cache
def outcome(lab, exercise, code, seed):
    """Run an answer, then the check's three parts with plain data (JSON) in between."""
    check, space, drawn = CHECKS[lab, exercise], {}, _drawn(lab, exercise, seed)
    exec(ANSWERS[lab].IMPORTS + code, space)
    answer = json.loads(json.dumps(check.call(space, json.loads(drawn))))
    return check.grade(json.loads(drawn), answer)


@lru_cache(maxsize=32)  # a part has up to twelve draws at a time, and some are large
def _drawn(lab, exercise, seed):
    """Draw once for all answers: some checks look long for cases that tell all slips apart."""
    return json.dumps(CHECKS[lab, exercise].draw(np.random.default_rng(seed)))


def name_faults(lab, exercise, answers, seeds, fault_of):
    """Try all answers with all seeds; fail with a line for each that is not as it should be.

    A test for each answer would spend more time on tests than on answers.
    """
    lines = []
    for name, code, *deserved in answers:
        for seed in seeds:
            try:
                fault = fault_of(outcome(lab, exercise, code, seed), *deserved)
            except Exception as error:
                fault = f"stops with {type(error).__name__}: {error}"
            lines += [f"{lab} {exercise}: {name}, seed {seed}: {fault}"] if fault else []
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def fault_of_wrong(result, points, misconception):
    heard = (result.points, result.misconception, result.state)
    if heard != (deserved := (points, misconception, "wrong")):
        return f"got {heard}, deserves {deserved}"
    return "" if result.hints else "a wrong answer needs a hint"


def fault_of_right(result):
    if result.state != "right" or result.points != result.max_points:
        return f"is right, but got {result.points} as {result.state}: {result.text}"
    return ""


@pytest.mark.parametrize("lab, exercise", PARTS)
def test_wrong_answers_earn_what_they_deserve_and_hear_why(lab, exercise):
    name_faults(lab, exercise, known("WRONG", lab, exercise), (0, 7), fault_of_wrong)


@pytest.mark.parametrize("lab, exercise", PARTS)
def test_unusual_right_answers_earn_everything(lab, exercise):
    name_faults(lab, exercise, known("RIGHT", lab, exercise), (0, 7), fault_of_right)


@pytest.mark.slow
@pytest.mark.parametrize("lab, exercise", PARTS)
def test_no_draw_is_unfair_to_a_right_answer(lab, exercise):
    name_faults(lab, exercise, known("RIGHT", lab, exercise), range(100, 112), fault_of_right)


def test_an_answer_that_earns_something_else_is_named():
    """One test tries all answers to a part, and names each that is not as it should be."""
    answers = [("as told", "def standardize(X):\n    return X", 0.0, "no-such-slip"),
               ("broken", "def standardize(", 0.0, None)]
    with pytest.raises(pytest.fail.Exception) as failure:
        name_faults("lab01", "standardize", answers, (0, 7), fault_of_wrong)
    lines = str(failure.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        f"{name}, seed {seed}" for name in ("as told", "broken") for seed in (0, 7)]
    assert "deserves (0.0, 'no-such-slip', 'wrong')" in lines[0] and "SyntaxError" in lines[2]


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
