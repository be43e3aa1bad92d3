"""The small learning curves of lab 02."""

import pytest

from course_utils import plots
from course_utils.errors import CourseError
from course_utils.plots.describing import alternative


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
