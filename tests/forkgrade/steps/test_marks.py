"""Each cell of the lab keeps its marks, once: where the learner has worked."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.job import Cell, GradedCell, Released
from forkgrade.steps.marks import tidy

BLANK = "def f(x):\n    raise NotImplementedError()"
RELEASED = Released(
    cells=(Cell("f", "code", False, BLANK, ""), Cell("t", "code", True, "assert f(1)", "")),
    graded={"t": GradedCell(2.0, "grade", "code")}, solutions=("f",))
DONE = "def f(x):\n    return x"


def cell(name, source, **marks):
    return new_code_cell(source, metadata={"nbgrader": {
        "grade_id": name, "solution": name == "f", "grade": name == "t", "points": 2.0,
        "locked": name == "t", **marks}} if name else {})


# the cells f, the one that counts, and what is said
REPEATED = {
    "split": (["y = 1\nz = 2", "def f(x):\n    return y"], 1, "split: f was split into 2 cells; "
              "the last one has its marks"),
    "in three": (["a = 1", "b = 2", "def f(x):\n    return a"], 2, "split: f was split into 3"),
    "copied": ([DONE, DONE], 1, "copied: f occurs more than once; the last one counts"),
    "a copy that nobody filled in": ([DONE, BLANK], 0,
                                     "copied: f occurs more than once; the last one that was "
                                     "changed counts"),
    "all blank": ([BLANK, BLANK + "\n"], 1, "copied: f occurs"),
}


@pytest.mark.parametrize("sources, counting, said", REPEATED.values(), ids=REPEATED)
def test_of_repeated_cells_the_last_one_with_an_answer_counts(sources, counting, said):
    nb = new_notebook(cells=[*(cell("f", source) for source in sources), cell("t", "assert f(1)")])
    (flag,) = tidy(nb, RELEASED)
    assert flag.startswith(said)
    marked = [number for number, each in enumerate(nb.cells) if "nbgrader" in each.metadata]
    assert marked == [counting, len(sources)]


def test_far_apart_they_are_copies():
    nb = new_notebook(cells=[cell("f", "y = 1"), cell("t", "assert f(1)"), cell("f", DONE)])
    assert [flag.partition(":")[0] for flag in tidy(nb, RELEASED)] == ["copied", "reordered"]


@pytest.mark.parametrize("marks", ["mine", [], {}, {"grade_id": 7}, None, {"grade": True}])
def test_marks_that_name_no_cell_are_taken_away(marks):
    nb = new_notebook(cells=[cell("f", DONE), cell("t", "assert f(1)"), cell(None, "x")])
    nb.cells[2].metadata["nbgrader"] = marks
    assert tidy(nb, RELEASED) == [] and "nbgrader" not in nb.cells[2].metadata
