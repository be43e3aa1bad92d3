"""Digits are what scikit-learn ships, and careless labels are as careless as asked."""

import numpy as np
import pytest

from course_utils import data
from course_utils.errors import CourseError


def test_digits_run_from_paper_to_ink():
    X, y = data.load_digits()
    assert X.shape == (1797, 64) and X.dtype == np.float32
    assert X.min() == 0 and X.max() == 1
    assert sorted(set(y)) == list(range(10))


def test_damaged_digits_say_what_to_do(monkeypatch):
    from sklearn import datasets

    monkeypatch.setattr(datasets, "load_digits", lambda **_: (np.zeros((3, 64)), np.zeros(3)))
    with pytest.raises(CourseError, match="make setup"):
        data.load_digits()


def test_the_asked_share_of_labels_becomes_wrong_and_every_wrong_class_occurs():
    y = np.full(10_000, 3)
    careless = data.mislabel(y, 0.2, np.random.default_rng(0))
    assert abs(np.mean(careless != 3) - 0.2) < 0.02
    assert set(careless) == set(range(10))
    assert (y == 3).all()


@pytest.mark.parametrize("share, expected", [(0.0, 0.0), (1.0, 1.0)])
def test_none_or_all_labels_become_wrong(share, expected):
    y = np.arange(200) % 10
    assert np.mean(data.mislabel(y, share, np.random.default_rng(1)) != y) == expected


@pytest.mark.parametrize("y, share, words", [
    ([1, 2], 1.5, "share is 1.5"),
    ([1, 2], float("nan"), "share is nan"),
    ([], 0.2, "at least one"),
    ([1.5, 2.0], 0.2, "whole numbers"),
    ([0, 12], 0.2, "between 0 and 9"),
])
def test_bad_input_is_named(y, share, words):
    with pytest.raises(CourseError, match=words):
        data.mislabel(y, share, np.random.default_rng(0))
