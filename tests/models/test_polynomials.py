"""Building blocks of polynomial curves."""

import numpy as np
import pytest

from course_utils.errors import CourseError
from course_utils.models.polynomials import features


def test_any_polynomial_is_a_sum_of_the_blocks():
    hours = np.linspace(0, 24, 50)
    wanted = 1 + 0.5 * hours - 0.03 * hours ** 2 + 0.001 * hours ** 3
    blocks = features(hours, 3)
    weights = np.linalg.lstsq(blocks, wanted)[0]
    assert np.allclose(blocks @ weights, wanted)


def test_blocks_stay_within_one_and_are_told_apart_by_rounding():
    hours = np.linspace(0, 24, 400)
    blocks = features(hours, 30)
    assert blocks.shape == (400, 31)
    assert np.abs(blocks).max() <= 1 + 1e-12
    assert np.linalg.cond(blocks) < 100 < np.linalg.cond(np.vander(hours, 31))


def test_degree_zero_is_a_constant():
    assert features([0, 5, 24], 0).tolist() == [[1.0], [1.0], [1.0]]


@pytest.mark.parametrize("hours, degree, said", [
    ([1.0], -1, "degree is -1, but it must be at least 0"),
    ([1.0], 2.5, "degree is 2.5"),
    ([], 2, "hours is empty"),
    ([[1.0], [2.0]], 2, "hours has shape"),
    ([np.nan], 2, "hours holds 1 NaN"),
])
def test_wrong_arguments_are_named(hours, degree, said):
    with pytest.raises(CourseError, match=said):
        features(hours, degree)
