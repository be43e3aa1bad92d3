"""Pictures of lesson 02: a day and many days."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative

HOURS = np.array([0.0, 12.0, 24.0])
READINGS = np.array([14.0, 21.0, 13.0])


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_readings_curves_and_unseen_readings_are_drawn_and_told(ax):
    curves = {"model A": (HOURS, READINGS + 1), "model B": (HOURS, [-20, 50, 10])}
    plots.plot_readings(HOURS, READINGS, curves=curves, unseen=([3, 4], [15, 16]), title="Day",
                        ax=ax)
    assert [line.get_label() for line in ax.lines] == ["model A", "model B", "unseen", "training"]
    assert alternative(ax) == (
        "Day. 3 readings over a day, from 13 to 21 °C; model A runs from 14 to 22 °C; model B runs "
        "from -20 to 50 °C; 2 unseen readings lie between and around them.")
    assert ax.get_ylabel().endswith("(°C)") and ax.get_xlabel().endswith("(hours)")


def test_without_curves_there_is_no_legend(ax):
    plots.plot_readings(HOURS, READINGS, ax=ax)
    assert ax.get_legend() is None


@pytest.mark.parametrize("hours, readings, said", [
    ([], [], "hours is empty"),
    (HOURS, [1.0], "hours has 3, readings has 1"),
    (HOURS, [1.0, np.nan, 2.0], "readings holds 1 NaN"),
    (HOURS, np.ones((3, 2)), "readings has shape"),
])
def test_wrong_readings_are_named(ax, hours, readings, said):
    with pytest.raises(CourseError, match=said):
        plots.plot_readings(hours, readings, ax=ax)


def test_many_days_tell_spread_and_gap_of_each_model():
    flat, scattered = np.full((3, 4), 5.0), np.array([[1.0, 3.0]] * 3)
    figure = plots.plot_many_days(HOURS, {"flat": flat, "wild": scattered}, np.full(3, 2.0),
                                  mean=True, title="Days")
    assert len(figure.axes) == 2
    said = alternative(figure)
    assert "flat: typical spread 0.0 °C, typical gap of the mean curve from the truth 3.0" in said
    assert "wild: typical spread 1.0 °C, typical gap of the mean curve from the truth 0.0" in said


def test_curves_of_another_length_are_refused():
    with pytest.raises(CourseError, match="moments has 3, curves has 2"):
        plots.plot_many_days(HOURS, {"A": np.ones((2, 5))}, np.ones(3))


def test_an_inset_stays_within_its_frame_and_leaves_the_limits_alone(ax):
    ax.set(xlim=(0, 1), ylim=(0, 1))
    plots.draw_inset(ax, HOURS, np.full((3, 5), 900.0), np.ones(3), hours=HOURS, readings=READINGS,
                     label="days")
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 1), (0, 1))
    assert len(ax.get_figure().axes) == 1
    assert all(line.get_clip_path() or line.get_clip_box() for line in ax.lines)
    assert len(ax.collections[0].get_segments()) == 5
