"""A submission is made whole, and one that other programs can open, whatever is in its file."""

import json

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import compute_checksum

from forkgrade.job import Cell, GradedCell, Released
from forkgrade.steps.restore import restore

RELEASED = {
    "cells": [{"name": "f", "cell_type": "code", "locked": False, "source": "", "checksum": ""},
              {"name": "test_f", "cell_type": "code", "locked": True, "source": "assert f(1)"}],
    "graded": {"test_f": {"max_points": 2.0, "kind": "grade", "cell_type": "code"}},
    "solutions": ["f"], "kernelspec": None}
MARKS = {"schema_version": 3, "task": False}
ANSWER = {**MARKS, "grade_id": "f", "solution": True, "grade": False, "locked": False}
TEST = {**MARKS, "grade_id": "test_f", "solution": False, "grade": True, "locked": True,
        "points": 2.0}

RELEASED["cells"][1]["checksum"] = compute_checksum(
    new_code_cell("assert f(1)", metadata={"nbgrader": TEST}))
RELEASED = Released.from_plain(RELEASED)


def handed_in(change=None, minor=5):
    """Return the text of a submission, changed as a dict."""
    nb = new_notebook(cells=[
        new_code_cell("f = abs", metadata={"nbgrader": ANSWER}, id="f"),
        new_code_cell("assert f(1)", metadata={"nbgrader": TEST}, id="t")])
    nb = json.loads(nbformat.writes(nb))
    nb["nbformat_minor"] = minor
    for cell in nb["cells"] if minor < 5 else ():
        del cell["id"]
    if change:
        change(nb)
    return json.dumps(nb)


def made_whole(text):
    """Return what becomes of it; it can be run and opened."""
    nb, flags, reason = restore(text, RELEASED)
    assert reason is None
    nbformat.validate(nbformat.from_dict(json.loads(nbformat.writes(nb))))
    assert [cell.source for cell in nb.cells if "nbgrader" in cell.metadata][-1] == "assert f(1)"
    return nb, flags


def as_markdown(number):
    def change(nb):
        cell = nb["cells"][number]
        for key in ("outputs", "execution_count"):
            del cell[key]
        cell |= {"cell_type": "markdown", "attachments": {"x.png": {"image/png": "AAAA"}}}
    return change


@pytest.mark.parametrize("minor", [1, 4, 5])
@pytest.mark.parametrize("number", [0, 1])
def test_a_cell_made_to_text_is_code_again(number, minor):
    nb, flags = made_whole(handed_in(as_markdown(number), minor))
    assert [cell.cell_type for cell in nb.cells] == ["code", "code"]
    assert flags == [f"edited: the type of {('f', 'test_f')[number]} was put back"]


def test_nothing_is_said_of_an_honest_one():
    assert made_whole(handed_in())[1] == made_whole(handed_in(minor=2))[1] == []


@pytest.mark.parametrize("where, key, value", [
    ("cell", "solution", None), ("cell", "attachments", {}), ("cell", "id", "a b"),
    ("cell", "execution_count", "x"), ("metadata", "tags", [[]]), ("metadata", "tags", {}),
    ("metadata", "collapsed", [1]),
    ("metadata", "name", 3), ("notebook", "cell", 1), ("notebook metadata", "language_info", 1),
    ("notebook metadata", "authors", "x")])
def test_what_no_notebook_has_is_left_out(where, key, value):
    def change(nb):
        nb["cells"].insert(0, json.loads(json.dumps(nb["cells"][0])))
        cell = nb["cells"][0]
        cell |= {"metadata": {}, "id": "new"}
        places = {"cell": cell, "metadata": cell["metadata"], "notebook": nb,
                  "notebook metadata": nb["metadata"]}
        places[where][key] = value
    nb, _ = made_whole(handed_in(change))
    assert len(nb.cells) == 3


@pytest.mark.parametrize("text, said", [
    ("", "it is empty."), (" \n", "it is empty."), ("x", "it is not JSON ("),
    *[(text, "it has no cells.") for text in (
        "[]", "null", "{}", '{"nbformat": 4}', '{"cells": 3}', '"x"')],
    *[(handed_in(lambda nb, code=code: nb["cells"][0].update(source=code)), "its code has more")
      for code in ("a\n" * 200_000, f"x = [{'0, ' * 100_000}]", f"f'{{{'a+' * 200_000}a}}'")],
    (handed_in(lambda nb: nb["cells"][0].update(source="#" * 21_000_000)), "its cells hold more")])
def test_what_is_no_notebook_is_told(text, said):
    nb, flags, reason = restore(text, RELEASED)
    assert reason.startswith("The notebook cannot be read: " + said) and not flags
    assert reason in nb.cells[0].source and nb.cells[-1].source.endswith("assert f(1)")
    nbformat.validate(nb)


def test_a_written_answer_stays_text():
    text = handed_in(lambda nb: nb["cells"].append(json.loads(json.dumps(
        new_markdown_cell("why", id="w")))))
    assert made_whole(text)[0].cells[2].cell_type == "markdown"


@pytest.mark.parametrize("fields", [
    {"outputs": 5}, {"metadata": [1]}, {"source": [1]}, {"cell_type": None}, {"source": None}])
def test_a_cell_that_is_none_costs_only_itself(fields):
    nb, _ = made_whole(handed_in(lambda nb: nb["cells"].insert(1, {**nb["cells"][0], **fields})))
    assert nb.cells[0].source == "f = abs" or nb.cells[1].source == "f = abs"
    made_whole(handed_in(lambda nb: nb["cells"].append(None)))


@pytest.mark.parametrize("code", [
    f"weights = '{'QUJD' * 500_000}'", f"table = '''{'1, ' * 500_000}'''", "x = 1\n" * 20_000])
def test_long_texts_and_long_programs_are_no_reason_to_refuse(code):
    assert restore(handed_in(lambda nb: nb["cells"][0].update(source=code)), RELEASED)[2] is None


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\n", "\r\n"), lambda text: text + "\n", lambda text: text + "\r\n\n",
    lambda text: text.replace("\n", "  \n") + " "])
def test_line_ends_and_blanks_at_the_ends_of_lines_are_no_edit(change):
    released = many(1, "assert f(1)\nassert f(2)")
    cell = new_code_cell(change(released.cells[0].source),
                         metadata={"nbgrader": {**TEST, "grade_id": "test_0"}})
    nb, flags, _ = restore(nbformat.writes(new_notebook(cells=[cell])), released)
    assert not flags and nb.cells[0].source == released.cells[0].source


def many(number, source="assert f(0)"):
    """Return a released lab with so many tests."""
    cells = []
    for n in range(number):
        marks = {**TEST, "grade_id": f"test_{n}"}
        checksum = compute_checksum(new_code_cell(source, metadata={"nbgrader": marks}))
        cells.append(Cell(f"test_{n}", "code", True, source, checksum))
    return Released(tuple(cells), {cell.name: GradedCell(2.0, "grade", "code") for cell in cells})


@pytest.mark.parametrize("number, said", [
    (1, "test_0"), (2, "test_0 and test_1"), (4, "test_0, test_1, test_2 and test_3"),
    (9, "test_0, test_1, test_2 and 6 more cells")])
def test_what_a_formatter_changed_is_said_once(number, said):
    released = many(number)
    cells = [new_code_cell(cell.source.replace("(", "( "), metadata={"nbgrader": {
        **TEST, "grade_id": cell.name}}) for cell in released.cells]
    nb, flags, _ = restore(nbformat.writes(new_notebook(cells=cells)), released)
    assert flags == [f"edited: the text of {said} was put back"]
    assert [cell.source for cell in nb.cells] == [cell.source for cell in released.cells]


STRANGE = {"widgets": {"application/vnd.jupyter.widget-state+json": {"x": {}}}, "language": 5,
           "language_info": {"name": [1], "codemirror_mode": 3}, "title": [1], "authors": {},
           "kernelspec": {"name": "no-such", "language": 7}, "toc": "x"}


@pytest.mark.parametrize("metadata", [STRANGE, [], None, 3, *(
    {key: value} for key, value in STRANGE.items())])
def test_a_page_can_be_made_whatever_the_metadata_of_the_notebook(metadata):
    nb, flags = made_whole(handed_in(lambda nb: nb.update(metadata=metadata)))
    HTMLExporter().from_notebook_node(nb)
    assert not flags and set(nb.metadata) <= {"kernelspec", "language_info"}
