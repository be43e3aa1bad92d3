"""What editors and file managers make of a course's folder changes neither what is built from it
nor what is read in it."""

import shutil

import pytest

from course_utils.checks.suite import LabSuite
from course_utils.cli import doctor
from course_utils.cli import run as run_verb
from course_utils.notebooks.build import build, check, generate
from course_utils.notebooks.bundle import README, TOP_FILES, collect
from course_utils.notebooks.execute import read_notebook
from course_utils.notebooks.manifest import edited_files
from course_utils.notebooks.reset import ORIGINALS, reset
from course_utils.paths import is_litter

LITTER = ("source/lessons/._01_counting.py", "source/labs/.#lab01_doubling.py",
          "source/labs/__MACOSX/._lab01_doubling.py", "lessons/._01_counting.ipynb",
          "lessons/__MACOSX/01_counting.ipynb", "labs/lab01_doubling/Thumbs.db",
          "labs/lab01_doubling/._lab01_doubling.ipynb", "solutions/desktop.ini",
          "solutions/lab01_doubling/lab01_doubling.ipynb~", "course_utils/Thumbs.db",
          "course_utils/._module.py", "docs/__MACOSX/picture.png",
          f"{ORIGINALS}/lessons/._01_counting.ipynb",
          f"{ORIGINALS}/labs/lab01_doubling/desktop.ini")
LESSON = "lessons/01_counting.ipynb"


@pytest.fixture
def littered(course):
    """A course that is built, in which programs left something everywhere."""
    for name in (*TOP_FILES, README):
        (course / name).parent.mkdir(exist_ok=True)
        if not (course / name).exists():
            (course / name).write_text("x")
    build(course)
    for name in LITTER:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_bytes(b"\0\5\26\7\0 no text at all \xff")
    return course


def test_it_changes_nothing_of_what_is_built(littered):
    assert check(littered) == []
    assert not build(littered).written_paths
    assert edited_files(littered, "labs") == []


def test_it_does_not_reach_students(littered):
    assert not [path for path in collect(littered) if is_litter(path)]


def test_it_is_no_lesson(littered, monkeypatch):
    monkeypatch.setattr(doctor, "project_root", lambda: littered)
    found = doctor.look_at_lessons()
    assert found.ok and found.text == "1 in lessons/"
    assert [path.name for path in run_verb._paths(littered, [])] == ["01_counting.ipynb"]


def test_it_is_no_original(littered):
    for path, content in generate(littered).items():
        if path.startswith(("lessons/", "labs/")):
            (littered / ORIGINALS / path).parent.mkdir(parents=True, exist_ok=True)
            (littered / ORIGINALS / path).write_bytes(content)
    shutil.rmtree(littered / "source")
    before = (littered / LESSON).read_bytes()
    (littered / LESSON).write_bytes(b"mine")
    assert reset(littered, "lessons/01_counting.ipynb")[0].read_bytes() == before


def test_it_is_no_module_of_checks(tmp_path, monkeypatch):
    suite = LabSuite("lab01")
    (tmp_path / "._enrol.py").write_bytes(b"\0\0")
    (tmp_path / "__init__.py").write_text("import json\n")
    monkeypatch.setattr(suite._module, "__file__", str(tmp_path / "__init__.py"))
    suite.prepare()


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_source_is_read_whatever_its_mark_and_its_line_ends(course, coding, ends):
    before = generate(course)
    for path in (course / "source").rglob("*.py"):
        path.write_bytes(path.read_text("utf-8").replace("\n", ends).encode(coding))
    assert generate(course) == before


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_a_lesson_is_read_whatever_its_mark(littered, coding, monkeypatch):
    path = littered / LESSON
    before = read_notebook(path)
    path.write_bytes(path.read_text("utf-8").encode(coding))
    assert read_notebook(path) == before
    monkeypatch.setattr(doctor, "project_root", lambda: littered)
    assert doctor.look_at_lessons().ok
