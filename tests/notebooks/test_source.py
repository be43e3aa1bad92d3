"""A faulty source is reported with its file and line."""

import pytest

from course_utils.errors import CourseError
from course_utils.notebooks.source import read_source


def test_cells_and_their_lines(write):
    source = write("# %% [markdown]\n# # Title\n\n# %%\n1 + 1\n\n# %%\n2\n")
    assert [cell.cell_type for cell in source.cells] == ["markdown", "code", "code"]
    assert source.lines == [1, 4, 7]
    assert all(not cell.metadata for cell in source.cells)


def test_syntax_error_names_file_and_line(write):
    with pytest.raises(CourseError, match=r"lab01_doubling.py, line 5: .*not valid Python"):
        write("# %% [markdown]\n# Text\n\n# %%\nx = = 1\n")


def test_code_that_is_valid_only_across_cells(write):
    with pytest.raises(CourseError, match=r"line 1: this cell is not valid Python"):
        write("# %%\nx = [1,\n# %%\n2]\n")


@pytest.mark.parametrize("cell", [
    "%matplotlib inline", "!ls 'a", "# %time 1", "await sleep(1)", "%%bash\nls (("])
def test_magics_and_await_are_allowed(write, cell):
    assert len(write(f"# %%\n{cell}\n").cells) == 1


def test_not_utf8(tmp_path):
    path = tmp_path / "bad.py"
    path.write_bytes(b"# %%\nx = '\xe9'\n")
    with pytest.raises(CourseError, match="UTF-8"):
        read_source(path)


def test_empty_file(write):
    assert write("").cells == []
