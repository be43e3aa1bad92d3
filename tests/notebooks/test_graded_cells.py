"""A test cell's last statement is the call of its check, and nothing else."""

import pytest

from course_utils.errors import CourseError
from course_utils.notebooks.build import build
from course_utils.notebooks.graded_cells import called_check
from course_utils.notebooks.release import nbgrader_settings


def test_the_call_is_split_from_what_stands_above_it():
    assert called_check("a = 1\n\ncheck.distance()  # done\n") == ("a = 1\n", "distance")


@pytest.mark.parametrize("code", [
    "check.distance(1)", "check.distance(a=1)", "check.distance", "other.distance()",
    "check.lab.distance()", "x = check.distance()", "check.distance()\n1", "", "check.(",
    "if True:\n    check.distance()"])
def test_anything_else_is_no_call_of_a_check(code):
    assert called_check(code) == (code, None)


def test_arguments_are_allowed_where_asked_for():
    assert called_check("check.distance(metric)", arguments=True) == ("", "distance")
    assert called_check("check.distance(metric);1", arguments=True)[1] is None


@pytest.mark.parametrize("call", ["check.double(", "x = = 1\ncheck.double()"])
def test_a_syntax_error_in_a_test_cell_is_named_before_its_last_line_is_read(course, call):
    lab = course / "source/labs/lab01_doubling.py"
    lab.write_text(lab.read_text("utf-8").replace("\ncheck.double()", f"\n{call}"), "utf-8")
    with pytest.raises(CourseError, match=r"lab01_doubling\.py, line \d+: .*not valid Python"):
        build(course)


def test_the_settings_of_nbgrader_are_read_or_missed_in_a_sentence(tmp_path):
    with pytest.raises(CourseError, match="There is no nbgrader_config.py in"):
        nbgrader_settings(tmp_path)
    (tmp_path / "nbgrader_config.py").write_text("c.CourseDirectory.course_id = 'x'")
    assert nbgrader_settings(tmp_path).CourseDirectory.course_id == "x"
