"""The pictures of lesson 04."""

import numpy as np
import pytest

from course_utils import data, plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative

GAINS = {"find": 0.02, "cut": 0.15, "read": -0.01, "add": 0.05}


def test_gains_are_drawn_in_points_with_words():
    ax = plots.plot_gains({"alone": GAINS, "front": GAINS})
    widths = [bar.get_width() for bar in ax.patches]
    assert np.allclose(widths, 2 * [2, 15, -1, 5])
    assert "cut +15.0" in alternative(ax)
    assert "points" in ax.get_xlabel()


def test_intervals_lie_inside_the_picture():
    ax = plots.plot_gains({"alone": GAINS}, intervals={name: (gain - 0.1, gain + 0.2)
                                                       for name, gain in GAINS.items()})
    low, high = ax.get_xlim()
    assert low < -11 and high > 35


def test_wins_are_drawn_as_shares():
    ax = plots.plot_wins({"400 pages": dict(cut=0.9, add=0.1)}, xlabel="share of resamples")
    assert [bar.get_width() for bar in ax.patches] == [0.9, 0.1]
    assert "cut 90%" in alternative(ax)


def test_a_page_says_how_much_is_on_it():
    page = data.make_pages(np.random.default_rng(1), 1)[0]
    ax = plots.plot_page(page, boxes=page.boxes)
    count = sum(map(len, page.boxes))
    assert len(ax.patches) == count
    assert f"{count} boxes" in alternative(ax)


@pytest.mark.parametrize("gains, said", [
    ({}, "0 kinds"),
    ({"alone": {}}, "at least one"),
    ({"alone": GAINS, "front": {"find": 0.1}}, "need the same"),
    ({"alone": GAINS | {"cut": float("nan")}}, "'cut' in 'alone' is nan"),
])
def test_what_cannot_be_drawn_is_named(gains, said):
    with pytest.raises(CourseError, match=said):
        plots.plot_gains(gains)
    with pytest.raises(CourseError, match=said):
        plots.plot_wins(gains, xlabel="share")
