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


@pytest.mark.parametrize("draw, words", [
    (lambda: plots.plot_sheet(np.zeros((0, 4, 4)), alt="x"), "at least one"),
    (lambda: plots.plot_sheet(np.zeros((4, 4)), alt="x"), r"shape \(4, 4\)"),
    (lambda: plots.plot_sheet(np.zeros((2, 4, 4, 1)), alt="x"), "shape"),
    (lambda: plots.plot_sheet(np.zeros((2, 4, 4)), columns=0, alt="x"), "columns is 0"),
    (lambda: plots.plot_accuracy_by_labels(RUNS, ways=("magic",)), "magic"),
    (lambda: plots.plot_accuracy_by_labels(RUNS.iloc[:0]), "0 rows"),
])
def test_bad_input_is_named(draw, words):
    with pytest.raises(CourseError, match=words):
        draw()
