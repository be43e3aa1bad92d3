"""Pictures of lesson 02: squared errors."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative
from course_utils.plots.lesson02_errors import STYLES


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_bars_have_the_height_of_the_errors(ax):
    plots.plot_errors({"training": {"A": 9.0, "B": 0.25}, "test": {"A": 10.0, "B": 12.0}},
                      title="Errors", ax=ax)
    assert [bar.get_height() for bar in ax.patches] == [9.0, 0.25, 10.0, 12.0]
    assert alternative(ax).startswith("Errors. training error of A 9; training error of B")


def test_a_missing_number_is_refused(ax):
    with pytest.raises(CourseError, match="test holds 1 NaN"):
        plots.plot_errors({"training": {"A": 9.0}, "test": {"A": np.nan}}, ax=ax)


def test_parts_stand_on_top_of_each_other_beside_the_measured_error(ax):
    plots.plot_parts({"A": {"bias²": 3.0, "variance": 1.0, "noise": 2.0}}, {"A": 6.1}, ax=ax)
    noise, bias, variance, measured = ax.patches
    assert (noise.get_y(), bias.get_y(), variance.get_y()) == (0.0, 2.0, 5.0)
    assert variance.get_y() + variance.get_height() == 6.0
    assert measured.get_height() == 6.1
    assert "together 6; measured test error 6.1" in alternative(ax)


def test_the_u_curve_names_each_part_where_it_ends(ax):
    errors = pd.DataFrame({name: np.linspace(5, 1, 4) * i for i, name in enumerate(STYLES, 1)})
    plots.draw_u_curve(ax, errors, chosen=2, title="U")
    at = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert set(at) == set(STYLES)
    heights = np.sort(list(at.values()))
    assert np.diff(heights).min() > 1
    assert 0 <= heights.min() and heights.max() <= 22
    assert list(at) == sorted(at, key=at.get)


def test_names_of_curves_that_leave_the_picture_stay_inside(ax):
    errors = pd.DataFrame({name: [1.0, 1000.0] for name in STYLES})
    plots.draw_u_curve(ax, errors)
    assert max(text.get_position()[1] for text in ax.texts) <= 22
    assert len({text.get_position()[1] for text in ax.texts}) == len(STYLES)


def test_double_descent_tells_peak_and_end(ax):
    plots.plot_double_descent([1, 3, 100], {"small": [9.0, 50.0, 4.0], "equal": [9.0, 50.0, 80.0]},
                              readings=3, title="Beyond", ax=ax)
    assert "small: at most 50, at the end 4; equal: at most 80, at the end 80" in \
        alternative(ax)
    assert ax.get_yscale() == "log"


def test_errors_and_counts_of_unequal_lengths_are_refused(ax):
    with pytest.raises(CourseError, match="counts has 2, small has 1"):
        plots.plot_double_descent([1, 3], {"small": [9.0]}, readings=3, ax=ax)
