"""The pictures of lesson 08 say in words what they show."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative
from course_utils.plots.lesson08 import draw_rates_by_tone


def test_intervals_stand_below_each_other_in_their_order():
    ax = plots.plot_intervals({"light": (0.1, 0.05, 0.2), "pose": (0.3, 0.3, 0.4)}, xlabel="apart")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["light", "pose"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1], "the first one stands on top"
    assert "light: 0.1 (0.05 to 0.2); pose: 0.3 (0.3 to 0.4)" in alternative(ax)


def test_both_rates_are_drawn_by_tone_in_percent():
    rates = pd.DataFrame({f"{name}{end}": [0.04, 0.01] for end in ("", "_low", "_high")
                          for name in ("false_match_rate", "false_non_match_rate")}, index=[1, 10])
    ax = draw_rates_by_tone(plt.gca(), rates, title="threshold 0.30")
    assert ax.lines[0].get_ydata() == pytest.approx([4, 1])
    assert "false matches 4.0% to 1.0%" in alternative(ax)


def test_each_system_has_a_bar_for_each_group():
    table = pd.DataFrame({"women": [20.0, 3.0], "men": [5.0, 4.0]}, index=["one", "other"])
    ax = plots.plot_by_group(table, ylabel="% wrong", title="audit")
    assert [bar.get_height() for bar in ax.patches] == [20, 3, 5, 4]
    assert "one: highest for women (20), lowest for men (5)" in alternative(ax)
    assert "other: highest for men (4)" in alternative(ax)


def test_everybody_has_a_line_and_the_mean_leaves_out_missing_faces():
    values = np.array([[0.1, 0.3], [0.2, np.nan], [0.3, 0.2]])
    ax = plots.plot_paired([1, 10], values, xlabel="tone", ylabel="distance")
    assert len(ax.lines) == 4
    assert ax.lines[-1].get_ydata() == pytest.approx([0.2, 0.25])
    with pytest.raises(CourseError, match="levels"):
        plots.plot_paired([1, 2, 3], values, xlabel="tone", ylabel="distance")
