"""Pictures of lesson 06: stages, and maps of embeddings."""

import numpy as np
import pytest

from course_utils import faces, plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative

PICTURE = np.zeros((150, 150, 3), np.uint8)
NUMBERS = np.linspace(-0.3, 0.4, 128)
BOX = faces.Box(top=40, right=110, bottom=110, left=40)


def test_three_stages_are_drawn_with_their_box():
    figure = plots.plot_stages(PICTURE, NUMBERS, box=BOX, face=PICTURE)
    assert len(figure.axes) == 3 and len(figure.axes[0].patches) == 1
    assert len(figure.axes[2].patches) == 128
    assert "with a box" in alternative(figure) and "between -0.30 and 0.40" in alternative(figure)


def test_without_dlib_the_stages_say_what_is_missing():
    figure = plots.plot_stages(PICTURE, NUMBERS)
    assert [text.get_text() for text in figure.axes[1].texts] == ["needs dlib"]
    assert "without a box" in alternative(figure) and "dlib is missing" in alternative(figure)


def test_every_box_is_drawn_and_counted():
    ax = plots.plot_boxes(PICTURE, [BOX, BOX], text="A portrait.")
    assert len(ax.patches) == 2
    assert alternative(ax) == "A portrait. Boxes drawn on it: 2."


def test_people_on_a_map_have_marks_and_names():
    points = np.random.default_rng(0).normal(size=(12, 2))
    ax = plots.plot_map(points, np.repeat(list("ABC"), 4), title="three")
    assert [text.get_text() for text in ax.texts] == ["A", "B", "C"]
    assert "12 pictures of 3 people" in alternative(ax)


def test_tones_say_how_they_follow_the_first_axis():
    tones = np.arange(1, 11)
    ax = plots.plot_tones(np.column_stack([tones, np.zeros(10)]), tones, title="ten")
    assert "first axis is 1.00" in alternative(ax)


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(CourseError, match="9 people, but at most 8"):
        plots.plot_map(np.zeros((9, 2)), range(9))
    with pytest.raises(CourseError, match="equally many"):
        plots.plot_tones(np.zeros((3, 2)), [1, 2])
