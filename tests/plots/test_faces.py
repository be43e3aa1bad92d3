"""The pictures of lessons 06 to 08."""

import numpy as np
import pytest

from course_utils import faces, plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative

DISTANCES = np.array([0.1, 0.2, 0.3, np.nan, 0.25, 0.5, 0.6, 0.7])
SAME = np.arange(8) < 4


def test_pictures_are_drawn_once_each_with_words():
    figure = plots.plot_pictures([np.zeros((9, 9, 3), np.uint8)] * 5, columns=3,
                                 titles=list("abcde"), text="five black squares")
    assert len(figure.axes) == 5
    assert [ax.get_title(loc="center") for ax in figure.axes] == list("abcde")
    assert alternative(figure) == "five black squares"


def test_distances_are_shares_of_each_kind():
    ax = plots.plot_distances(DISTANCES, SAME, threshold=0.4, title="drawn faces")
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights) == pytest.approx(200)
    assert "same person: half of the pairs are nearer than 0.20" in alternative(ax)
    assert "threshold is 0.40" in alternative(ax)


def test_a_det_curve_says_where_both_errors_are_equal():
    ax = plots.plot_det({"all": faces.det_curve(DISTANCES, SAME)}, title="drawn faces")
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert "all: both rates are about 25.0%" in alternative(ax)


def test_nothing_to_draw_is_named():
    with pytest.raises(CourseError, match="at least one"):
        plots.plot_pictures([], text="nothing")
    with pytest.raises(CourseError, match="no number"):
        plots.plot_distances([np.nan], [True])
    with pytest.raises(CourseError, match="equally many"):
        plots.plot_distances([0.1, 0.2], [True])
