"""A run gives seconds, memory and one clear line; it changes neither file nor progress."""

import nbformat
import pytest

from course_utils.errors import CourseError
from course_utils.notebooks.execute import execute, heading_above, read_notebook

SEED = "from course_utils import lesson_seed\nprint(lesson_seed())"


def notebook(*cells):
    """Make a notebook; a cell that begins with # is text."""
    return nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell(cell) if cell.startswith("#")
        else nbformat.v4.new_code_cell(cell) for cell in cells])


def output(result, index):
    return "".join(each.get("text", "") for each in result.notebook.cells[index].outputs)


def test_all_well():
    seen = []
    given = notebook("# Title", "x = bytearray(200 * 2**20)", "del x\nprint(6 * 7)")
    result = execute(given, on_cell=lambda done, total: seen.append((done, total)))
    assert result.ok and result.error == "" and output(result, 2) == "42\n"
    assert seen == [(0, 3), (1, 3), (2, 3)]
    assert 0 < result.seconds < 60
    assert 220 < result.peak_mib < 500, "the peak stays when the memory is given back"
    assert not given.cells[2].outputs


FAULTS = {
    "exception": ("1 / 0", "ZeroDivisionError: division by zero"),
    "claim": ("from course_utils import claim\nclaim('Two is three', 2 == 3)",
              "ClaimFailed: Two is three"),
    "timeout": ("while True:\n    pass", "did not finish in 2 s"),
    "dead": ("import os\nos._exit(1)", "the kernel died"),
    "syntax": ("x = = 1", "SyntaxError"),
    "exit": ("raise SystemExit('enough')", "SystemExit"),
}


@pytest.mark.parametrize("code, message", FAULTS.values(), ids=FAULTS)
def test_failure_names_heading_and_error(code, message):
    result = execute(notebook("# Title\n\n## Part two", code, "print('on')"), timeout=2)
    assert not result.ok
    assert message in result.error and 'under "Part two", cell 2: ' in result.error
    assert "\n" not in result.error


def test_seed_reaches_the_notebook(monkeypatch):
    monkeypatch.delenv("COURSE_SEED", raising=False)
    assert output(execute(notebook(SEED)), 0) == "1\n"
    assert output(execute(notebook(SEED), seed=7), 0) == "7\n"
    assert output(execute(notebook(SEED), seed=0), 0) == "0\n"


def test_runs_in_the_notebooks_folder_and_leaves_the_file(tmp_path):
    (tmp_path / "near.txt").write_text("near")
    path = tmp_path / "n.ipynb"
    nbformat.write(notebook("print(open('near.txt').read())",
                            "import os; print(os.environ['PLAIN_SIGHT_PROGRESS'])"), path)
    before = path.read_bytes()
    result = execute(path)
    assert output(result, 0) == "near\n" and output(result, 1) == "off\n"
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"{}", b"null", b"\xff\xfe\x00", b'{"nbformat": 4}',
    b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"a": 1}]}',
    b'{"nbformat": 99, "nbformat_minor": 5, "metadata": {}, "cells": []}'])
def test_not_a_notebook(tmp_path, content):
    path = tmp_path / "01_bad.ipynb"
    path.write_bytes(content)
    with pytest.raises(CourseError, match="is not a notebook.*course reset 01_bad") as caught:
        read_notebook(path)
    assert "\n" not in str(caught.value)


def test_no_such_file(tmp_path):
    for path in (tmp_path / "none.ipynb", tmp_path):
        with pytest.raises(CourseError, match="is not a file"):
            execute(path)


def test_headings():
    cells = notebook("text = 1", "# One\n\ntext\n\n## Two", "1", "#", "2")
    assert heading_above(cells, 0) == "the beginning"
    assert heading_above(cells, 2) == "Two"
