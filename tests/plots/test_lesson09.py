"""The pictures of lesson 09 say in words what they show."""

import pytest
from matplotlib import pyplot as plt

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative
from course_utils.plots.lesson09 import draw_policy


def test_uniqueness_has_a_bar_for_each_number_of_points():
    ax = plots.plot_uniqueness((1, 4), (0.05, 0.93), title="a city")
    assert [bar.get_height() for bar in ax.patches] == pytest.approx([5, 93])
    assert "1: 5%, 4: 93%" in alternative(ax)
    with pytest.raises(CourseError, match="shares"):
        plots.plot_uniqueness((1, 2), (0.5,))


def test_joining_says_how_many_came_in_the_end():
    ax = plots.plot_joining({"free": [0, 10, 1000], "watched": [0, 4, 4]}, title="a protest")
    assert [list(line.get_ydata()) for line in ax.lines] == [[0, 10, 1000], [0, 4, 4]]
    assert "free: 1,000 in the end; watched: 4 in the end" in alternative(ax)


def test_a_policy_shows_the_law_and_each_number():
    ax = draw_policy(plt.gca(), {"alerts": 0.02, "stops": 1234.0}, note="Banned, mostly.")
    written = [text.get_text() for text in ax.texts]
    assert ax.figure.get_suptitle() == "Banned, mostly."
    assert "1,234" in written and "0.0" in written
    assert alternative(ax) == "Banned, mostly. alerts: 0.0; stops: 1,234.0."


def test_a_long_law_stays_inside_the_picture():
    figure, ax = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    draw_policy(ax, {"alerts": 1.0}, note="Banned in public but for narrow exceptions, each "
                                          "authorised (if urgent, within 24 hours).")
    figure.canvas.draw()
    box = figure._suptitle.get_window_extent()
    assert 0 <= box.x0 and box.x1 <= figure.bbox.x1


def test_the_largest_policy_stays_inside_the_picture():
    everybody = 1_000_000 ** 2
    ax = draw_policy(plt.gca(), {"compared a day": everybody}, note="")
    assert ax.get_xlim()[1] > 1000 * everybody
    assert "1,000 billion" in [text.get_text() for text in ax.texts]


def test_those_with_much_at_stake_and_little_say_are_named():
    ax = plots.plot_stakeholders({"passers-by": (7, 2), "council": (3, 9), "police": (6, 8)},
                                 title="a plan")
    assert "Much affected with little say: passers-by." in alternative(ax)
    ax = plots.plot_stakeholders({"council": (3, 9)}, ax=plt.figure().gca())
    assert "little say: nobody." in alternative(ax)
