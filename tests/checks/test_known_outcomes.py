"""Every known answer earns and hears what the file of known outcomes says."""

import pytest

from tests.checks.known_outcomes import answers, measured, recorded
from tests.checks.test_labs import LABS

RECORDED = recorded()


def test_the_file_knows_every_answer():
    assert {key[:3] for key in answers()} == set(RECORDED)


@pytest.mark.slow
@pytest.mark.parametrize("lab", LABS)
def test_points_state_misconception_and_hints_are_what_the_file_says(lab):
    changed = {(exercise, name): (was, now) for where, exercise, name, code in answers()
               if where == lab
               if (now := measured(lab, exercise, code)) != (was := RECORDED[lab, exercise, name])}
    assert not changed
