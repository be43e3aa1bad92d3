"""The interactive figure, moved from Python as a slider would move it."""

import nbformat
import pytest
from ipywidgets import Button, FloatLogSlider
from nbconvert import HTMLExporter

from course_utils.notebooks.execute import execute
from course_utils.widgets.interactive import InteractiveFigure


def line(ax, slope, turns=0):
    if slope == 3:
        raise ZeroDivisionError("no line <here>")
    ax.plot([0, 1], [turns, slope])


def make(alt="A line.", **controls):
    return InteractiveFigure(line, alt=alt, size=(6.4, 4.0),
                             **controls or {"slope": (0, 5, 1, 1)})


def picture(figure):
    return figure.widget.children[0].value


def message(figure):
    return figure.widget.children[1].value


def control(figure, number=0):
    return figure.widget.children[2].children[number]


def test_a_move_changes_picture_and_words():
    figure = make()
    before = picture(figure)
    control(figure).value = 2
    assert 'alt="A line. Shown for slope 2."' in picture(figure)
    assert picture(figure).partition("base64,")[2] != before.partition("base64,")[2]


def test_the_words_may_come_from_the_values():
    figure = make(alt=lambda slope: f"Rises by {slope}.")
    control(figure).value = 4
    assert 'alt="Rises by 4."' in picture(figure)


def test_a_move_draws_once_and_with_the_new_value():
    drawn = []
    figure = InteractiveFigure(lambda ax, x: drawn.append(x), alt="x", size=(6.4, 4),
                               x=(0, 5, 1, 1))
    control(figure).value = 5
    control(figure).value = 5
    assert drawn == [1, 5]


def test_an_error_is_shown_below_and_gone_with_the_next_picture():
    figure = make()
    before = picture(figure)
    control(figure).value = 3
    assert picture(figure) == before
    assert 'role="alert"' in message(figure) and "slope 3" in message(figure)
    assert "ZeroDivisionError: no line &lt;here&gt;" in message(figure)
    control(figure).value = 2
    assert message(figure) == ""


def test_an_error_in_the_first_picture_fails_the_cell():
    with pytest.raises(ZeroDivisionError):
        make(slope=(0, 5, 1, 3))


def test_a_button_draws_anew():
    figure = make(slope=(0, 5, 1, 1), turns=Button(description="Draw again"))
    control(figure, 1).click()
    assert "Shown for slope 1, turns 1." in picture(figure)


def test_a_log_slider():
    figure = make(slope=FloatLogSlider(10, min=0, max=2))
    control(figure).value = 50.0
    assert "slope 50" in picture(figure)


def test_several_figures_keep_apart():
    first, second = make(), make()
    before = picture(second)
    control(first).value = 2
    assert picture(second) == before


def test_the_still_picture_has_words_and_a_hint():
    data = make().data
    assert 'alt="A line. Shown for slope 1."' in data["text/html"]
    assert "run its cell" in data["text/html"]
    assert data["text/plain"] == "Figure: A line. Shown for slope 1."
    assert len(data["image/png"]) > 1000


@pytest.mark.slow
def test_an_html_export_shows_the_still_picture():
    source = ("from course_utils.widgets import interactive_figure\n"
              "interactive_figure(lambda ax, x: ax.plot([0, x]), alt='A line.', x=(0, 5, 1, 1))")
    result = execute(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]))
    assert result.ok, result.error
    page, _ = HTMLExporter().from_notebook_node(result.notebook)
    assert 'alt="A line. Shown for x 1."' in page
