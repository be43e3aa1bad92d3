"""Outputs and cells of a learner's do nothing in a teacher's browser."""

import base64

import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from forkgrade.steps.sanitize import clean_cells, clean_outputs, printable
from forkgrade.suite import RECORD_TYPE


def test_only_so_many_outputs_are_kept():
    shown = {"output_type": "display_data", "data": {"text/plain": "1"}}
    outputs, _ = clean_outputs([shown] * 3000)
    assert len(outputs) == 1001 and "2000 more" in outputs[-1].text


@pytest.mark.parametrize("kind, forged", [
    (RECORD_TYPE, True), ("application/vnd.plain-sight.other+json", True), ("image/png", False)])
def test_an_output_that_poses_as_a_record_is_noticed(kind, forged):
    output = {"output_type": "display_data", "data": {"text/plain": "1", kind: {}}}
    outputs, noticed = clean_outputs([output])
    assert noticed is forged and list(outputs[0].data) == ["text/plain"]


@pytest.mark.parametrize("count", [-5, True, 10**12, "1", None, 1.5])
def test_a_number_that_no_cell_has_is_left_out(count):
    output = {"output_type": "execute_result", "data": {"text/plain": "1"},
              "execution_count": count}
    assert clean_outputs([output])[0][0].execution_count is None


def test_names_are_shown_on_one_line():
    assert printable("a\x1b[2J\nb\udce9.ipynb") == "a?[2J?b?.ipynb"


PNG = base64.b64encode(b"a picture").decode()


@pytest.mark.parametrize("attachments, source", [
    ({"a.png": {"image/png": PNG}}, "![a](attachment:a.png)"),
    ({"a b.gif": {"image/gif": PNG}}, "![a](attachment:a%20b.gif)"),
    ({"a.svg": {"image/svg+xml": "<svg/>"}}, "![a](removed-a.svg)"),
    ({"a.png": {}}, "![a](removed-a.png)"), ({}, "![a](removed-a.png)"),
    ({"a.png": {"image/png": "><script>"}}, "![a](removed-a.png)")])
def test_a_page_can_be_made_of_every_attachment_that_stays(attachments, source):
    name = next(iter(attachments), "a.png").replace(" ", "%20")
    cell = new_markdown_cell(f"![a](attachment:{name})", attachments=attachments)
    clean_cells(new_notebook(cells=[cell]), set())
    assert cell.source == source
    HTMLExporter().from_notebook_node(new_notebook(cells=[cell]))


@pytest.mark.parametrize("make", [new_code_cell, new_markdown_cell])
def test_a_page_shows_no_more_than_a_person_reads(make):
    nb = new_notebook(cells=[make("a\n" * 300_000) for _ in range(20)])
    clean_cells(nb, set())
    assert sum(len(cell.source) for cell in nb.cells) < 2_001_000
    assert nb.cells[0].source.endswith("[cut: it had 600,000 characters]")


def test_a_picture_in_a_text_is_not_cut():
    picture = f"![](data:image/png;base64,{'QUJD' * 500_000})"
    nb = new_notebook(cells=[new_markdown_cell(f"See {picture}, my result.")])
    clean_cells(nb, set())
    assert nb.cells[0].source == f"See {picture}, my result."
