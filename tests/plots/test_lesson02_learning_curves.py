"""The learning curves of lesson 02 and lab 02."""

import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_each_model_gets_a_panel_and_a_sentence():
    figure = plots.plot_diagnoses({1: (14, 15, 17, 15.5, 2), 2: (0, 0.5, 21, 12, 2)},
                                  sizes=(100, 1600))
    assert [ax.get_title() for ax in figure.axes] == ["model 1", "model 2"]
    assert "model 2: training 0 to 0.5, test 21 to 12, best known 2" in alternative(figure)


@pytest.mark.parametrize("table, said", [
    ({}, "table is empty"),
    ({1: (1, 2)}, r"table\[1\] holds 2 errors, but 5"),
    ({1: (1, 2, 3, 4, float("nan"))}, r"table\[1\] holds 1 NaN"),
])
def test_wrong_tables_are_named(table, said):
    with pytest.raises(CourseError, match=said):
        plots.plot_diagnoses(table, sizes=(100, 1600))


def test_a_learning_curve_tells_where_both_errors_go(ax):
    plots.plot_learning_curve([10, 100], [0.5, 2.0], [9.0, 3.0], noise=2.25, title="Curve", ax=ax)
    assert alternative(ax) == (
        "Curve. From 10 to 100 readings the test error goes from 9 to 3, the training error from "
        "0.5 to 2; noise 2.25 (°C²).")


def test_a_learning_curve_of_unequal_lengths_is_refused(ax):
    with pytest.raises(CourseError, match="sizes has 2, test_error has 3"):
        plots.plot_learning_curve([10, 100], [1, 2], [1, 2, 3], noise=1.0, ax=ax)
