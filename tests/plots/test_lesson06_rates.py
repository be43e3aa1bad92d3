"""Pictures of lesson 06: distances, and the error rates of a threshold."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative

DISTANCES = np.array([0.1, 0.2, 0.3, np.nan, 0.25, 0.5, 0.6, 0.7])
SAME = np.arange(8) < 4


def test_distances_are_shares_of_each_kind():
    ax = plots.plot_distances(DISTANCES, SAME, threshold=0.4, title="drawn faces")
    heights = [bar.get_height() for bar in ax.patches]
    assert sum(heights) == pytest.approx(200)
    assert "same person: half of the pairs are nearer than 0.20" in alternative(ax)
    assert "threshold is 0.40" in alternative(ax)


def test_nothing_to_draw_is_named():
    with pytest.raises(CourseError, match="at least one size"):
        plots.plot_promises({}, promised=0.1, xlabel="people")
    with pytest.raises(CourseError, match="no number"):
        plots.plot_distances([np.nan], [True])
    with pytest.raises(CourseError, match="equally many"):
        plots.plot_distances([0.1, 0.2], [True])
    with pytest.raises(CourseError, match="equally many"):
        plots.plot_threshold([0.1, 0.2], [0, 0], [0], at=0.1)


def test_both_rates_are_read_off_at_the_threshold():
    ax = plots.plot_threshold([0.2, 0.4, 0.6], [0, 0.001, 0.5], [0.3, 0.04, 0], at=0.4, title="all")
    said = [text.get_text() for text in ax.texts]
    assert said == ["false matches 0.1 %", "false non-matches 4 %"]
    assert "At the threshold 0.40: false matches 0.1 %" in alternative(ax)


def test_promises_show_what_is_delivered():
    plt.figure()
    ax = plots.plot_promises({10: [0.004, 0.002, 0.006], 80: [0.001, 0.0, 0.002]}, promised=0.001,
                             xlabel="people")
    assert "10: half deliver more than 0.4 %" in alternative(ax)
    assert min(line.get_ydata().min() for line in ax.lines[:-1]) > 0  # zero has no logarithm
