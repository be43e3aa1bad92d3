"""Claims hold, or stop the lesson; they accept nothing that is always true."""

import subprocess
import sys

import numpy as np
import pytest

from course_utils.claims import ClaimFailed, claim, lesson_seed


def test_a_claim_that_holds_shows_a_tick():
    assert "✓" in claim("Two is more than one.", 2 > 1)._repr_html_()


def test_numpys_truth_values_count():
    claim("NumPy agrees.", np.float64(2) > 1)
    with pytest.raises(ClaimFailed):
        claim("NumPy disagrees.", np.float64(1) > 2)


def test_a_claim_that_fails_stops_with_its_own_words():
    with pytest.raises(ClaimFailed, match="One is more than two"):
        claim("One is more than two.", 1 > 2)


@pytest.mark.parametrize("value", [1, 0.5, "yes", None, [True], np.array([True]), np.array(1)])
def test_only_a_truth_value_decides(value):
    with pytest.raises(TypeError, match="needs one True or False"):
        claim("Something.", value)


def test_the_seed_comes_from_the_run_or_from_the_lesson(monkeypatch):
    monkeypatch.delenv("COURSE_SEED", raising=False)
    assert lesson_seed(4) == 4
    monkeypatch.setenv("COURSE_SEED", "9")
    assert lesson_seed(4) == 9


def test_claims_load_no_numpy():
    code = ("import sys; from course_utils import claim; claim('x', True); "
            "sys.exit('numpy' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
