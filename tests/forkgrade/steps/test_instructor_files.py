"""The instructor's files reach every submission, and nothing that was handed in displaces them."""

import pytest

from course_utils.errors import CourseError
from forkgrade.steps import instructor_files


def test_what_is_given_is_all_but_notebooks_and_what_nbgrader_ignores(tmp_path, monkeypatch):
    (tmp_path / "inner").mkdir()
    for name in ("hw.ipynb", "data.csv", "inner/x.py", "old.pyc"):
        (tmp_path / name).write_text("1")
    assert sorted(instructor_files.read(tmp_path, ["*.pyc"])) == ["data.csv", "inner/x.py"]
    assert instructor_files.read(tmp_path / "nowhere", []) == {}
    monkeypatch.setattr(instructor_files, "MOST_BYTES", 1)
    with pytest.raises(CourseError, match="At most 0 MB"):
        instructor_files.read(tmp_path, ["*.pyc"])


@pytest.mark.parametrize("name, stays", [
    ("helper/__init__.py", False), ("__pycache__/helper.cpython-311.pyc", False),
    ("helper.pyc", False), ("helper.cpython-311-x86_64-linux-gnu.so", False),
    ("data.csv/x", False), ("inner", False), ("helper", True), ("helper.txt", True),
    ("other/helper.py", True), ("__pycache__/other.pyc", True), ("inner/y", True)])
def test_nothing_stands_in_the_way_of_what_is_given(name, stays):
    given = {"helper.py": "", "data.csv": "", "inner/x": ""}
    files, flags = instructor_files.overlay({name: "1", "data.csv": "1"}, given)
    assert (name in files) == stays == (not flags) and files | given == files


def test_modules_are_those_that_the_instructor_imports():
    given = {"helper.py": "", "other.py": "", "inner/helper.py": "", "data.csv": ""}
    assert instructor_files.modules(given, ["helper.sub", "numpy", "data"]) == ["helper"]
