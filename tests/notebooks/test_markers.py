"""The short markers become nbgrader's metadata, and impossible ones are refused."""

import types

import pytest
from nbgrader.nbgraderformat import MetadataValidator

from course_utils.errors import CourseError
from course_utils.notebooks.markers import expand

SOLUTION = '# %% solution="double"\ndef double(x):\n    return 2 * x\n\n'
TEST = '# %% test="double" points=2\ncheck.double()\n'


def cells_of(write, text, **options):
    return expand(write(text), **options).cells


def test_metadata_of_each_role(write, lab):
    cells = [cell for cell in cells_of(write, lab) if "nbgrader" in cell.metadata]
    found = [(cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader.grade,
              cell.metadata.nbgrader.solution, cell.metadata.nbgrader.locked,
              cell.metadata.nbgrader.get("points")) for cell in cells]
    assert found == [("double", False, True, False, None),
                     ("test_double", True, False, True, 2),
                     ("why", True, True, False, 1)]
    for cell in cells:
        MetadataValidator().validate_cell(cell)


def test_plain_metadata_stays(write):
    (cell,) = cells_of(write, '# %% tags=["hide-input"]\n1\n')
    assert cell.metadata == {"tags": ["hide-input"]}


FAULTS = {
    "a title": ("# %% Setting up\n1\n", "unknown marker 'Setting up'"),
    "no quotes": ("# %% solution=double\n1\n", "Did you mean solution"),
    "misspelt": ('# %% soluton="double"\n1\n', "Did you mean solution"),
    "two roles": ('# %% solution="a" test="a" points=1\ncheck.a()\n', "not both"),
    "points alone": ("# %% points=2\n1\n", "points belong to a cell with"),
    "markdown test": ('# %% [markdown] test="a" points=1\n# x\n', "belongs to a code cell"),
    "code answer": ('# %% answer="a" points=1\n1\n', "belongs to a markdown cell"),
    "odd name": ('# %% solution="two words"\n1\n', "is not a name"),
    "no name": ("# %% solution=3\n1\n", "is not a name"),
    "points missing": (SOLUTION + '# %% test="double"\ncheck.double()\n', "they are missing"),
    "points zero": (SOLUTION + TEST.replace("2", "0"), "points above 0"),
    "points negative": (SOLUTION + TEST.replace("2", "-1"), "points above 0"),
    "points a word": (SOLUTION + TEST.replace("2", '"two"'), "points above 0"),
    "points true": (SOLUTION + TEST.replace("2", "true"), "points above 0"),
    "points on a solution": ('# %% solution="a" points=1\n1\n', "not to the solution"),
    "twice": (SOLUTION + SOLUTION, "is taken by an earlier solution cell"),
    "test twice": (SOLUTION + TEST + TEST, "is taken by an earlier test cell"),
    "ids that meet": (SOLUTION + '# %% solution="test_double"\n1\n' + TEST, "is taken"),
    "no solution": (TEST, "has no cell solution"),
    "solution misspelt": (SOLUTION.replace("double", "doubel", 1) + TEST, "Did you mean 'doubel'"),
    "solution below": (TEST + SOLUTION, "has no cell solution"),
    "not a check": (SOLUTION + TEST.replace("check.double()", "double(2)"), "must be check.double"),
    "another check": (SOLUTION + TEST.replace("check.double", "check.halve"), "must be check.doub"),
    "stored": (SOLUTION + TEST.replace("check", "x = check"), "must be check.double()"),
    "printed": (SOLUTION + TEST.replace("check.double()", "print(check.double())"), "must be"),
    "not last": (SOLUTION + TEST + "1\n", "must be check.double()"),
    "empty": (SOLUTION + '# %% test="double" points=2\n', "must be check.double()"),
    "in an if": (SOLUTION + TEST.replace("check", "if True: check"), "must be check.double()"),
    "semicolon": (SOLUTION + TEST.replace("()", "();"), "semicolon"),
    "semicolon, comment": (SOLUTION + TEST.replace("()", "() ;  # no\n# end"), "semicolon"),
    "hidden outside": ("# %%\n### BEGIN HIDDEN TESTS\n1\n### END HIDDEN TESTS\n", "outside a test"),
    "hidden in solution": (SOLUTION + "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\n",
                           "outside a test"),
    "hidden unclosed": (SOLUTION + TEST.replace("check", "### BEGIN HIDDEN TESTS\ncheck"),
                        "needs one END HIDDEN TESTS"),
    "solution outside": ("# %%\n### BEGIN SOLUTION\n1\n### END SOLUTION\n", "outside a solution"),
    "nested": (SOLUTION + "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n",
               "needs one END SOLUTION"),
}


@pytest.mark.parametrize("text, message", FAULTS.values(), ids=FAULTS)
def test_faults(write, text, message):
    with pytest.raises(CourseError, match="lab01_doubling.py, line ") as caught:
        cells_of(write, text)
    assert message in str(caught.value)


def test_a_lesson_has_no_graded_cells(write):
    with pytest.raises(CourseError, match="a lesson has none"):
        cells_of(write, SOLUTION, lab=False)


def test_points_are_compared_with_the_check(write):
    checks = types.ModuleType("checks")
    checks.double = types.SimpleNamespace(points=2.0)
    assert cells_of(write, SOLUTION + TEST, checks=checks)
    checks.double.points = 3
    with pytest.raises(CourseError, match="promises 2 points and check.double gives 3"):
        cells_of(write, SOLUTION + TEST, checks=checks)
    del checks.double
    with pytest.raises(CourseError, match="no check 'double'"):
        cells_of(write, SOLUTION + TEST, checks=checks)


def test_arguments_of_a_check_are_allowed(write):
    assert cells_of(write, SOLUTION + TEST.replace("()", "(double)"))


def test_a_magic_in_a_test_cell_is_allowed(write):
    assert cells_of(write, SOLUTION + TEST.replace("check", "# %time 1\ncheck"))
    with pytest.raises(CourseError, match="semicolon"):
        cells_of(write, SOLUTION + TEST.replace("check", "!echo 'a\ncheck").replace("()", "();"))
