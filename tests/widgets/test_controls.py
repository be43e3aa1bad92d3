"""Sliders and buttons from a few numbers."""

import ipywidgets
import pytest

from course_utils.widgets.controls import current_value, in_a_column, make_control, on_change


def test_whole_numbers_give_a_slider_of_whole_numbers():
    slider = make_control("max_depth", (1, 9, 2, 3))
    assert isinstance(slider, ipywidgets.IntSlider)
    assert (slider.min, slider.max, slider.step, slider.value) == (1, 9, 2, 3)
    assert slider.description == "max depth"


@pytest.mark.parametrize("step, shown", [(0.05, ".2f"), (0.1, ".1f"), (1.0, ".0f")])
def test_decimals_are_shown_as_far_as_the_step_needs(step, shown):
    assert make_control("x", (0.0, 1.0, step, 0.0)).readout_format == shown


def test_a_widget_is_taken_with_its_own_label():
    slider = ipywidgets.FloatLogSlider(10, description="ratio of the axes")
    assert make_control("ratio", slider) is slider
    assert slider.description == "ratio of the axes"


@pytest.mark.parametrize("given", [(0, 1, 2), [0, 5, 1, 2], "0-5", 3, (0, 5, 1, "2"),
                                   (0, 5, 1, True), ipywidgets.VBox()])
def test_what_is_no_control(given):
    with pytest.raises(TypeError, match="steps"):
        make_control("steps", given)


@pytest.mark.parametrize("given", [(0, 5, 1, 6), (5, 0, 1, 3), (0, 5, 0, 3), (0.0, 1.0, -0.1, 0)])
def test_what_is_no_range(given):
    with pytest.raises(ValueError, match="min <= value <= max"):
        make_control("steps", given)


def test_a_button_counts_its_clicks():
    button, seen = make_control("again", ipywidgets.Button(description="Draw again")), []
    on_change(button, lambda: seen.append(current_value(button)))
    assert current_value(button) == 0
    button.click()
    button.click()
    assert seen == [1, 2]


def test_labels_stand_in_line():
    sliders = [make_control("k", (1, 9, 1, 3)), make_control("share of noise", (0, 9, 1, 3))]
    in_a_column(sliders)
    assert {slider.style.description_width for slider in sliders} == {"16ch"}
