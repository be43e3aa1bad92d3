"""The pictures of lesson 07 say in words what they show."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course_utils import faces, plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative
from course_utils.plots.lesson07 import draw_day

DISTANCES = np.array([0.1, 0.2, 0.3, np.nan, 0.25, 0.5, 0.6, 0.7])
SAME = np.arange(8) < 4


def test_alarms_stand_beside_the_guess():
    rates = [faces.rate(0, 1000), faces.rate(90, 1000)]  # nothing seen: its interval begins at 0
    ax = plots.plot_alarms_by_list([1, 100], rates, guess=lambda n: 0.001 * n, title="a list")
    points = ax.containers[0].lines[0]
    assert points.get_ydata() == pytest.approx([0.0, 9.0])
    assert ax.lines[-1].get_ydata()[-1] == pytest.approx(10.0)
    assert "from 0.0 % to 9.0 %" in " ".join(alternative(ax).replace("grows ", "").split())


def test_each_system_has_its_line_of_precision():
    wanted = np.array([1.0, 100.0])
    ax = plots.plot_precision(wanted, {"good": np.array([0.2, 0.9]), "poor": np.array([0.0, 0.1])})
    assert [line.get_label() for line in ax.lines[:2]] == ["good", "poor"]
    assert "good: from 20.0% to 90%" in alternative(ax)
    with pytest.raises(CourseError, match="at least one"):
        plots.plot_precision(wanted, {})
    with pytest.raises(CourseError, match="shares"):
        plots.plot_precision(wanted, {"short": [0.5]})


@pytest.mark.parametrize("day, said", [
    ({"right": 9.0, "false": 1.0, "missed": 1.0}, "90.0% of 10 alerts are right"),
    ({"right": 9.0, "false": 36_000.0, "missed": 1.0}, "0.025% of 36,009 alerts are right"),
    ({"right": 0.0, "false": 0.1, "missed": 1.0}, "no alerts"),
])
def test_a_day_says_how_many_alerts_are_right(day, said):
    ax = draw_day(plt.gca(), **day)
    assert ax.get_title() == said and said in alternative(ax)
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "wanted, alert", "wanted, missed", "not wanted, alert"]


def test_repeats_stand_beside_chance():
    ax = plots.plot_repeats([90, 4, 6], [82, 16, 2], title="who")
    assert [bar.get_height() for bar in ax.patches] == [90, 4, 6, 82, 16, 2]
    assert "in every picture: 6 people, by chance it would be 2.0" in alternative(ax)


def test_a_det_curve_says_where_both_errors_are_equal():
    ax = plots.plot_det({"all": faces.det_curve(DISTANCES, SAME)}, title="drawn faces")
    assert ax.get_xscale() == ax.get_yscale() == "log"
    assert "all: both rates are about 25.0%" in alternative(ax)
