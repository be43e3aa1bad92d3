"""Every known answer earns and hears what the file of known outcomes says."""

import pytest

from tests.checks.known_outcomes import SEEDS, answers, recorded, row, row_of
from tests.checks.test_labs import LABS

RECORDED = recorded()
FAST = (0, 7)  # test_labs.py runs the answers with these seeds in any case


def changed(lab, seeds):
    """Return what a lab's answers earn and hear that the file says otherwise."""
    return {(exercise, name, seed): (was, now) for where, exercise, name, code in answers()
            if where == lab for seed in seeds
            if (now := row(lab, exercise, code, seed))
            != (was := row_of(RECORDED[lab, exercise, name], seed))}


def test_the_file_knows_every_answer():
    assert {key[:3] for key in answers()} == set(RECORDED)


@pytest.mark.parametrize("lab", LABS)
def test_points_state_misconception_and_hints_are_what_the_file_says(lab):
    assert not changed(lab, FAST)


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS)
def test_so_they_are_for_other_seeds(lab):
    assert not changed(lab, set(SEEDS) - set(FAST))
