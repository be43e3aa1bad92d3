"""The pictures of lesson 05 show what they are given and say it."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from course_utils import plots
from course_utils.errors import CourseError

RUNS = pd.DataFrame([{"way": way, "labels": labels, "accuracy": accuracy}
                     for way, labels, accuracy in (("frozen", 5, 0.5), ("frozen", 5, 0.7),
                                                   ("frozen", 20, 0.8), ("pixels", 5, 0.1))])


@pytest.fixture
def ax():
    return Figure().add_subplot()


def test_pictures_stand_in_a_grid_with_a_gap(ax):
    images = np.repeat(np.uint8([0, 100, 200]), 48).reshape(3, 4, 4, 3)
    plots.plot_sheet(images, columns=2, titles=("a", "b"), alt="Three squares.", ax=ax)
    sheet = ax.images[0].get_array()
    assert sheet.shape == (9, 9, 3)
    assert sheet[0, 0, 0] == 0 and sheet[0, 5, 0] == pytest.approx(100 / 255)
    assert sheet[5, 0, 0] == pytest.approx(200 / 255) and sheet[4, 0, 0] == 1
    assert plots.alternative(ax) == "Three squares."


def test_a_grey_picture_is_stretched(ax):
    plots.plot_sheet([[[0.2, 0.4]]], alt="Two pixels.", ax=ax)
    assert ax.images[0].get_array()[0, :, 0].tolist() == [0, 1]


def test_accuracy_is_told_in_percent(ax):
    plots.plot_accuracy_by_labels(RUNS, title="digits", ax=ax)
    assert "frozen from 60 to 80 %" in plots.alternative(ax)
    assert "pixels from 10 to 10 %" in plots.alternative(ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["frozen", "pixels"]


def test_the_channels_that_vary_most_are_shown():
    response = np.zeros((1, 2, 2, 5))
    response[0, 0, 0] = [1, 5, 2, 4, 3]
    figure = plots.plot_responses(np.zeros((4, 4, 3), np.uint8),
                                  {"early": response, "late": response}, figure=Figure())
    sheet = figure.axes[1].images[0].get_array()
    assert sheet.shape == (9, 19, 3)
    assert "early, 2 by 2 squares" in plots.alternative(figure)


def test_accuracy_by_stage_is_told_in_percent(ax):
    table = pd.DataFrame({"digits": [0.2, 0.7], "light": [0.5, 0.2]}, index=[1, 2])
    plots.plot_accuracy_by_stage(table, guessing={"light": 1 / 6}, ax=ax)
    assert "digits 20, 70 %; light 50, 20 %" in plots.alternative(ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["digits", "light",
                                                                         "guessing"]


def test_times_are_told_in_a_fitting_unit(ax):
    plots.plot_times({"a": 0.02, "b": 5, "c": 240, "d": 7200, "e": 14 * 86_400}, ax=ax)
    assert "a 20 ms; b 5.0 s; c 4 minutes; d 2 hours; e 14 days" in plots.alternative(ax)
    assert ax.get_xscale() == "log"


@pytest.mark.parametrize("draw, words", [
    (lambda: plots.plot_sheet(np.zeros((0, 4, 4)), alt="x"), "at least one"),
    (lambda: plots.plot_sheet(np.zeros((4, 4)), alt="x"), r"shape \(4, 4\)"),
    (lambda: plots.plot_sheet(np.zeros((2, 4, 4, 1)), alt="x"), "shape"),
    (lambda: plots.plot_sheet(np.zeros((2, 4, 4)), columns=0, alt="x"), "columns is 0"),
    (lambda: plots.plot_accuracy_by_labels(RUNS, ways=("magic",)), "magic"),
    (lambda: plots.plot_accuracy_by_labels(RUNS.iloc[:0]), "0 rows"),
    (lambda: plots.plot_responses(np.zeros((4, 4, 3)), {"late": np.zeros((2, 2, 5))}), "'late'"),
    (lambda: plots.plot_responses(np.zeros((4, 4, 3)), {"x": np.zeros((1, 2, 2, 3))}), "least 4"),
    (lambda: plots.plot_accuracy_by_stage(pd.DataFrame()), "0 rows"),
    (lambda: plots.plot_accuracy_by_stage(pd.DataFrame({"a": [1]}), guessing={"b": 1}), "b"),
    (lambda: plots.plot_times({}), "above 0"),
    (lambda: plots.plot_times({"a": 0}), "above 0"),
])
def test_bad_input_is_named(draw, words):
    with pytest.raises(CourseError, match=words):
        draw()
