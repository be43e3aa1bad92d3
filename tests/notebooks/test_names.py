"""Names of lessons and labs are accepted liberally."""

import pytest

from course_utils.errors import CourseError
from course_utils.notebooks.names import find

KNOWN = ["lab01_feature_scaling", "lab10_cars", "01_feature_scaling", "05_transfer_learning"]


@pytest.mark.parametrize("name, found", [
    ("lab01", "lab01_feature_scaling"),
    ("LAB01", "lab01_feature_scaling"),
    ("01", "lab01_feature_scaling"),
    ("1", "lab01_feature_scaling"),
    ("10", "lab10_cars"),
    ("5", "05_transfer_learning"),
    ("lab01_feature_scaling", "lab01_feature_scaling"),
    ("01_feature_scaling", "01_feature_scaling"),
    ("lessons/01_feature_scaling.ipynb", "01_feature_scaling"),
    ("./labs/lab10_cars/lab10_cars.ipynb", "lab10_cars"),
    ("labs\\lab10_cars\\lab10_cars.ipynb", "lab10_cars"),
    ("labs/lab01_feature_scaling/", "lab01_feature_scaling"),
    ("source/labs/lab10_cars.py", "lab10_cars"),
])
def test_found(name, found):
    assert find(name, KNOWN) == found


def test_unknown_lists_what_exists():
    with pytest.raises(CourseError, match="Did you mean lab10_cars.*Known: lab01_feature_scaling"):
        find("lab10_crs", KNOWN)
    with pytest.raises(CourseError, match="Known: "):
        find("", KNOWN)


def test_nothing_there():
    with pytest.raises(CourseError, match="no lesson here"):
        find("01", [], "lesson")
