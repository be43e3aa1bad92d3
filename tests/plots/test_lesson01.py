"""The pictures of lesson 01."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.plots.describing import alternative


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_both_axes_have_the_same_unit_and_length(ax):
    table = pd.DataFrame({"age": [20, 60], "salary": [0, 100]})
    plots.plot_to_scale(table, units=("years", ""), ax=ax)
    assert np.ptp(ax.get_xlim()) == pytest.approx(np.ptp(ax.get_ylim())) == pytest.approx(110)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("age (years)", "salary")
    assert "age takes up 36.4% of the width, salary 90.9% of the height" in alternative(ax)


def test_each_scaling_has_a_row_in_its_order(ax):
    plots.plot_strips({"raw": [1, 3], "scaled": [0, 1]}, ax=ax)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["raw", "scaled"]
    assert [list(line.get_ydata()) for line in ax.lines] == [[0, 0], [-1, -1]]
    assert "raw from 1 to 3; scaled from 0 to 1" in alternative(ax)


def test_a_descent_shows_every_step(ax):
    plots.plot_descent(lambda w: (w ** 2).sum(axis=-1), [(2, 0), (1, 0), (0.5, 0)], ax=ax)
    assert len(ax.lines[0].get_xdata()) == 3
    assert "2 steps of gradient descent, from loss 4 to 0.25" in alternative(ax)
