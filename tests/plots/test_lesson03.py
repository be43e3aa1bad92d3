"""The pictures of lesson 03 say what they show, and refuse what they cannot."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.errors import CourseError

CURVE = pd.DataFrame({"training loss": [2.0, 0.5, 0.0], "training error": [0.9, 0.4, 0.0],
                      "validation loss": [2.1, 1.0, 1.5], "validation error": [0.9, 0.2, 0.3]})
WAYS = pd.DataFrame({"baseline": [0.2, 0.3], "dropout": [0.1, 0.2]})


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_curves_start_at_epoch_one_and_are_put_into_words(ax):
    plots.plot_curves({"training": [0.9, 0.5], "validation": [0.8, 0.7]}, ylabel="loss", ax=ax)
    assert [list(line.get_xdata()) for line in ax.lines] == [[1, 2]] * 2
    assert "validation from 0.80 to 0.70" in plots.alternative(ax)
    assert ax.get_xlabel() == "epoch" and ax.get_ylabel() == "loss"


def test_a_way_stands_beside_the_baseline_and_both_ends_are_told():
    figure = plots.plot_beside(CURVE, CURVE.iloc[:2], "stopped")
    left, right = figure.axes
    assert [len(line.get_xdata()) for line in left.lines] == [3, 2]
    assert list(left.lines[1].get_ydata()) == [90, 20]
    assert "error of 30 %, stopped at 20 %" in plots.alternative(figure)


def test_a_learning_curve_is_in_percent(ax):
    table = CURVE[["training error", "validation error"]].set_axis([10, 100, 1000])
    plots.plot_errors_by_size(table, ax=ax)
    assert list(ax.lines[1].get_ydata()) == [90, 20, 30]
    assert "from 10 to 1000" in plots.alternative(ax)


def test_weights_become_a_row_of_pictures(ax):
    weights = np.zeros((64, 2))
    weights[9, 0], weights[0, 1] = -4, 2
    plots.plot_weights(weights, ["one", "two"], title="now", ax=ax)
    sheet = np.ma.filled(ax.images[0].get_array(), np.nan)
    assert sheet.shape == (8, 17) and sheet[1, 1] == -1 and sheet[0, 9] == 1
    assert "one, two. now" in plots.alternative(ax)


def test_the_best_of_many_and_the_ways_are_told_in_percent(ax):
    results = pd.DataFrame({"promised": [0.3, 0.1], "kept": [0.3, 0.25]}, index=[1, 100])
    plots.plot_best_of(results, ax=ax)
    assert "promised from 30 % to 10 %; kept from 30 % to 25 %" in plots.alternative(ax)
    ways = plots.plot_ways(WAYS, {"dropout": 0.12, "baseline": 0.24}, ax=Figure().add_subplot())
    assert "baseline 25 ± 7, dropout 15 ± 7" in plots.alternative(ways)
    stars = next(line for line in ways.lines if line.get_label() == "this run")
    assert list(stars.get_xdata()) == [24, 12]


@pytest.mark.parametrize("draw, words", [
    (lambda: plots.plot_curves({}, ylabel="loss"), "0 lines"),
    (lambda: plots.plot_curves({"training": [1, np.nan]}, ylabel="loss"), "training has shape"),
    (lambda: plots.plot_curves({"training": []}, ylabel="loss"), "at least one"),
    (lambda: plots.plot_beside(CURVE, CURVE[["training loss"]], "x"), "other needs"),
    (lambda: plots.plot_beside(CURVE.iloc[:0], CURVE, "x"), "baseline needs"),
    (lambda: plots.plot_errors_by_size(CURVE * np.nan), "NaN"),
    (lambda: plots.plot_weights(np.zeros((63, 1)), ["a"]), "shape"),
    (lambda: plots.plot_weights(np.full((64, 1), np.nan), ["a"]), "NaN"),
    (lambda: plots.plot_best_of(pd.DataFrame({"a": [], "b": []})), "at least one row"),
    (lambda: plots.plot_ways(WAYS.iloc[:1], {"dropout": 0.1, "baseline": 0.2}), "two seeds"),
    (lambda: plots.plot_ways(WAYS, {"dropout": 0.1}), "same ways"),
])
def test_bad_input_is_named(draw, words):
    with pytest.raises(CourseError, match=words):
        draw()
