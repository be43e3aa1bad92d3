"""Pictures that several lessons draw."""

import numpy as np
import pytest

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative


def test_pictures_are_drawn_once_each_with_words():
    figure = plots.plot_pictures([np.zeros((9, 9, 3), np.uint8)] * 5, columns=3,
                                 titles=list("abcde"), text="five black squares")
    assert len(figure.axes) == 5
    assert [ax.get_title(loc="center") for ax in figure.axes] == list("abcde")
    assert alternative(figure) == "five black squares"


def test_pictures_need_at_least_one():
    with pytest.raises(CourseError, match="at least one"):
        plots.plot_pictures([], text="nothing")


def test_scores_are_bars_with_their_value():
    ax = plots.plot_scores({"raw": 0.7, "scaled": 0.95}, xlabel="accuracy")
    assert [bar.get_width() for bar in ax.patches] == [0.7, 0.95]
    assert [text.get_text() for text in ax.texts] == ["70%", "95%"]
    assert alternative(ax) == "Bars of accuracy: raw 70%, scaled 95%."
