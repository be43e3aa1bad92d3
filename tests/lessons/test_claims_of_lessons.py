"""Every claim holds, and fails when the effect that it states is taken away."""

import pytest

from tests.lessons import running
from tests.lessons.counterfactuals import cases, is_slow, seeds

RUNS, PASSES = {}, {}  # what a lesson said, so that no test runs it again without need


def marks(lesson):
    return [pytest.mark.slow] if is_slow(lesson) else []


def run_once(lesson, seed, monkeypatch):
    if (lesson, seed) not in RUNS:
        RUNS[lesson, seed] = running.run(lesson, seed=seed, monkeypatch=monkeypatch)
    return RUNS[lesson, seed]


def pass_once(lesson, monkeypatch):
    if lesson not in PASSES:
        PASSES[lesson] = running.run_with_changes(lesson, cases(lesson), seed=seed_of(lesson),
                                                  monkeypatch=monkeypatch)
    return PASSES[lesson]


def seed_of(lesson):
    """Return the seed with which changes are tried: one with which the lesson runs in any case."""
    return seeds(lesson)[0] if is_slow(lesson) else 1


CASES = [pytest.param(lesson, *case, id=f"{lesson}: {case[0]}", marks=marks(lesson))
         for lesson in running.names() for case in cases(lesson)]
SEEDS = [(lesson, seed) for lesson in running.names() for seed in seeds(lesson)]


@pytest.mark.parametrize("lesson", running.names())
def test_every_claim_holds_and_has_a_counterfactual(lesson, monkeypatch):
    claims, _ = run_once(lesson, 1, monkeypatch)
    assert claims and all(claims.values())
    beginnings = [case[0] for case in cases(lesson)]
    for statement in claims:
        assert any(statement.startswith(beginning) for beginning in beginnings), statement
    assert len(beginnings) == len(claims)


@pytest.mark.parametrize("lesson, beginning, old, new", CASES)
def test_without_the_effect_the_claim_fails(lesson, beginning, old, new, monkeypatch):
    assert old in running.source(lesson), f"this is no longer in the lesson: {old}"
    assert pass_once(lesson, monkeypatch)[0][beginning]


@pytest.mark.parametrize("lesson", [pytest.param(lesson, marks=marks(lesson))
                                    for lesson in running.names()])
def test_two_seeds_change_what_a_lesson_computes(lesson, monkeypatch):
    _, first = run_once(lesson, seed_of(lesson), monkeypatch)
    _, again = pass_once(lesson, monkeypatch)
    assert first == again, "a change was not put back"
    assert running.differs(lesson, first, seed=7, monkeypatch=monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("lesson, seed", SEEDS)
def test_every_claim_holds_for_other_seeds_too(lesson, seed, monkeypatch):
    claims, _ = run_once(lesson, seed, monkeypatch)
    assert claims and all(claims.values()), claims
