"""What students get works on its own and holds no answers."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nbformat
import pytest

from course_utils.cli import bundle as verb
from course_utils.errors import CourseError
from course_utils.notebooks.build import build, generate
from course_utils.notebooks.bundle import README, TOP_FILES, bundle

ROOT = Path(__file__).parents[2]
LAB = "lab01_feature_scaling"
RECORD = "application/vnd.plain-sight.check+json"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The course's own bundle, unpacked in a folder of its own."""
    folder = tmp_path_factory.mktemp("student")
    bundle(ROOT, folder / "course.zip")
    shutil.unpack_archive(folder / "course.zip", folder)
    return folder / "plain-sight"


@pytest.fixture
def whole(course):
    """The small course with the files that a bundle needs."""
    for name in TOP_FILES:
        if not (course / name).exists():
            (course / name).write_text(f"{name}\n")
    (course / README).parent.mkdir(exist_ok=True)
    (course / README).write_text("for learners\n")
    (course / "course_utils/module.py").write_text("x = 1\n")
    build(course)
    return course


def run(folder, *words):
    """Run Python with the packages of the bundle, not those that are installed."""
    startup = folder.parent / "sitecustomize.py"  # every Python reads it first, kernels too
    startup.write_text("import sys; sys.modules['forkgrade'] = None\n")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, folder.parent))),
           "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(folder.parent)}
    done = subprocess.run([sys.executable, *words], cwd=folder, env=env, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def test_only_what_students_need(unpacked):
    top = {path.name for path in unpacked.iterdir()}
    ours = {"README.md", "course_utils", "pretraining", "tools", "lessons", "labs", ".originals"}
    assert top == {*TOP_FILES, *ours} | (top & {"docs"})
    names = {path.name for path in unpacked.rglob("*")}
    assert not names & {"instructors.md", "authors.md", "built.json", "gradebook.db", "solutions",
                        "source", "submitted", "tests", "__pycache__"}


def solutions():
    """Return each solution region of the labs, and each hidden test, as written."""
    for path in (ROOT / "source/labs").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for begin, end in (("BEGIN SOLUTION", "END SOLUTION"),
                           ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")):
            for region in re.findall(rf"{begin}\n(.*?)\n[^\n]*{end}", text, re.DOTALL):
                yield region.strip()


def words(text):
    """Return a text without comment marks, indents and the quoting of JSON."""
    return " ".join(re.sub(r'\\n|\\"|[#",]', " ", text).split())


def test_no_answers(unpacked):
    regions = [words(region) for region in solutions()]
    assert regions
    for path in unpacked.rglob("*"):
        if path.suffix in (".py", ".ipynb", ".md", ".json"):
            text = path.read_text(encoding="utf-8")
            assert "BEGIN HIDDEN" not in text or path.parent.name == "notebooks", path
            held = words(text)
            assert not [region for region in regions if region in held], path


SOLVE = """
import sys, nbformat, course_utils
from course_utils.notebooks.execute import execute
print(course_utils.__file__)
nbformat.write(execute(sys.argv[1]).notebook, sys.argv[1])
"""


def test_a_lab_can_be_solved_in_it(unpacked, tmp_path):
    path = unpacked / f"labs/{LAB}/{LAB}.ipynb"
    answers = {cell.id: cell for cell in nbformat.reads(
        generate(ROOT)[f"solutions/{LAB}/{LAB}.ipynb"].decode(), 4).cells}
    notebook = nbformat.read(path, 4)
    tests = [cell for cell in notebook.cells if cell.id.startswith("test_")]
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id].source
    nbformat.write(notebook, path)
    assert str(unpacked) in run(unpacked, "-c", SOLVE, str(path))
    earned = {cell.id: output.data[RECORD]["points"] for cell in nbformat.read(path, 4).cells
              for output in cell.get("outputs", []) if RECORD in output.get("data", {})
              if cell.id.startswith("test_")}
    assert earned == {cell.id: cell.metadata.nbgrader.points for cell in tests}
    said = run(unpacked, "-m", "nbgrader", "validate", str(path))
    assert "passes all the tests" in said
    said = run(unpacked, "-c", "from course_utils.cli import main; main(['reset', 'lab01'])")
    assert "is the original again" in said
    assert path.read_bytes() == generate(ROOT)[f"labs/{LAB}/{LAB}.ipynb"]


def test_it_does_without_the_grader(unpacked):
    """Its verbs are not offered, and the kernel of `nbgrader validate` above had none either."""
    with pytest.raises(AssertionError, match="No module named 'forkgrade.*not a package|halted"):
        run(unpacked, "-c", "import forkgrade.grade")
    offered = run(unpacked, "-m", "course_utils.cli", "--help")
    assert " reset " in offered and " grade " not in offered


def test_zip_and_tar_hold_the_same_and_are_deterministic(whole, tmp_path):
    names = {}
    for ending in ("zip", "tar.gz", "TGZ"):
        first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        bundle(whole, first)
        for path in whole.rglob("*"):
            os.utime(path, (1, 1))
        bundle(whole, second)
        assert first.read_bytes() == second.read_bytes()
    names["zip"] = zipfile.ZipFile(tmp_path / "1.zip").namelist()
    with tarfile.open(tmp_path / "1.tar.gz") as archive:
        names["tar"] = archive.getnames()
    assert names["zip"] == names["tar"]
    assert all(name.startswith("plain-sight/") for name in names["zip"])


def test_a_notebook_someone_worked_in_is_not_shipped(whole, tmp_path):
    lab = whole / "labs/lab01_doubling/lab01_doubling.ipynb"
    original = lab.read_bytes()
    lab.write_text(json.dumps({"my": "answer"}))
    (lab.parent / "lab01_doubling.before-reset-1.ipynb").write_text("{}")
    (whole / "course_utils/__pycache__").mkdir()
    (whole / "course_utils/__pycache__/module.pyc").write_text("")
    bundle(whole, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        inside = "plain-sight/labs/lab01_doubling/lab01_doubling.ipynb"
        assert archive.read(inside) == original
        assert not [name for name in archive.namelist() if "before-reset" in name or "pyc" in name]
    assert lab.read_text() == json.dumps({"my": "answer"})


@pytest.mark.parametrize("name, message", [
    ("students", "end the name in .zip"), ("students.rar", "end the name in .zip"),
    ("nowhere/students.zip", "There is no folder")])
def test_a_file_that_cannot_be(whole, tmp_path, name, message):
    with pytest.raises(CourseError, match=message):
        bundle(whole, tmp_path / name)


def test_a_folder_in_the_way(whole, tmp_path):
    (tmp_path / "b.zip").mkdir()
    with pytest.raises(CourseError, match="is a folder"):
        bundle(whole, tmp_path / "b.zip")


def test_an_incomplete_course(whole, tmp_path):
    (whole / "Makefile").unlink()
    with pytest.raises(CourseError, match="not complete: Makefile"):
        bundle(whole, tmp_path / "b.zip")


def test_a_bundle_makes_no_bundle(whole, tmp_path):
    shutil.rmtree(whole / "source")
    with pytest.raises(CourseError, match="no folder source/"):
        bundle(whole, tmp_path / "b.zip")


def test_the_message(whole, tmp_path, capsys):
    verb.run(type("Args", (), {"file": str(tmp_path / "b.zip")}))
    assert "1 lessons, 1 labs" in capsys.readouterr().out
