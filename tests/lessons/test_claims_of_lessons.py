"""Every claim holds, and fails when the effect that it states is taken away."""

import pytest

from tests.lessons import running
from tests.lessons.counterfactuals import cases, is_slow


def marks(lesson):
    return [pytest.mark.slow] if is_slow(lesson) else []


CASES = [pytest.param(lesson, *case, id=f"{lesson}: {case[0]}", marks=marks(lesson))
         for lesson in running.names() for case in cases(lesson)]


@pytest.mark.parametrize("lesson", running.names())
def test_every_claim_holds_and_has_a_counterfactual(lesson, monkeypatch):
    claims, _ = running.run(lesson, monkeypatch=monkeypatch)
    assert claims and all(claims.values())
    beginnings = [case[0] for case in cases(lesson)]
    for statement in claims:
        assert any(statement.startswith(beginning) for beginning in beginnings), statement
    assert len(beginnings) == len(claims)


@pytest.mark.parametrize("lesson, beginning, old, new", CASES)
def test_without_the_effect_the_claim_fails(lesson, beginning, old, new, monkeypatch):
    claims, _ = running.run(lesson, old=old, new=new, monkeypatch=monkeypatch)
    held = [held for statement, held in claims.items() if statement.startswith(beginning)]
    assert held == [False]


@pytest.mark.parametrize("lesson", [pytest.param(lesson, marks=marks(lesson))
                                    for lesson in running.names()])
def test_two_seeds_change_what_a_lesson_computes(lesson, monkeypatch):
    _, first = running.run(lesson, seed=1, monkeypatch=monkeypatch)
    _, again = running.run(lesson, seed=1, monkeypatch=monkeypatch)
    _, second = running.run(lesson, seed=2, monkeypatch=monkeypatch)
    assert first == again
    assert first != second


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("lesson", running.names())
def test_every_claim_holds_for_other_seeds_too(lesson, seed, monkeypatch):
    claims, _ = running.run(lesson, seed=seed, monkeypatch=monkeypatch)
    assert claims and all(claims.values()), claims
