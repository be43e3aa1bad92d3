"""`course reset`: the original comes back, and nothing of one's own is lost."""

import shutil

import pytest

from course_utils.cli import reset as cli
from course_utils.errors import CourseError
from course_utils.notebooks import reset as module
from course_utils.notebooks.build import build, check
from course_utils.notebooks.reset import reset

LAB = "labs/lab01_doubling/lab01_doubling.ipynb"


def test_restores_after_saving_a_copy(course):
    build(course)
    original = (course / LAB).read_bytes()
    (course / LAB).write_bytes(b"mine")
    path, copy = reset(course, "lab01")
    assert path == course / LAB and path.read_bytes() == original
    assert copy.parent == path.parent and copy.read_bytes() == b"mine"
    assert check(course) == []


def test_copies_never_overwrite_each_other(course):
    build(course)
    copies = []
    for text in (b"one", b"two", b"three"):
        (course / LAB).write_bytes(text)
        copies.append(reset(course, "lab01")[1])
    assert [copy.read_bytes() for copy in copies] == [b"one", b"two", b"three"]


def test_an_untouched_notebook_needs_no_copy(course):
    build(course)
    assert reset(course, "lab01") == (course / LAB, None)
    assert len(list((course / LAB).parent.iterdir())) == 1


def test_a_deleted_notebook_comes_back(course):
    build(course)
    shutil.rmtree((course / LAB).parent)
    assert reset(course, "lab01")[0].exists()


@pytest.mark.parametrize("name, path", [
    ("01", LAB), ("lab01_doubling", LAB), (LAB, LAB),
    ("01_counting", "lessons/01_counting.ipynb"), ("lessons/01", "lessons/01_counting.ipynb")])
def test_names(course, name, path):
    build(course)
    (course / path).write_bytes(b"mine")
    assert reset(course, name)[0] == course / path


def test_unknown_name_lists_what_exists(course):
    with pytest.raises(CourseError, match="Known: lab01_doubling, 01_counting"):
        reset(course, "lab77")


def test_from_the_originals_of_a_bundle(course):
    build(course)
    original = (course / LAB).read_bytes()
    shutil.copytree(course / "labs", course / ".originals/labs")
    shutil.rmtree(course / "source")
    (course / LAB).write_bytes(b"mine")
    _, copy = reset(course, "lab01")
    assert (course / LAB).read_bytes() == original and copy.read_bytes() == b"mine"


def test_without_any_original(course):
    shutil.rmtree(course / "source")
    with pytest.raises(CourseError, match="originals are lost"):
        reset(course, "lab01")


def test_a_rebuild_after_reset_follows_the_source(course):
    build(course)
    (course / LAB).write_bytes(b"mine")
    reset(course, "lab01")
    source = course / "source/labs/lab01_doubling.py"
    source.write_text(source.read_text().replace("Return twice", "Return two times"))
    assert LAB in build(course).written_paths


def test_the_message_names_both_files(course, capsys):
    build(course)
    (course / LAB).write_bytes(b"mine")
    args = type("Args", (), {"name": "lab01"})
    cli.run(args)
    assert f"{LAB} is the original again" in (said := capsys.readouterr().out)
    assert ".before-reset-" in said
    cli.run(args)
    assert f"{LAB} is the original." in capsys.readouterr().out


def test_the_original_is_not_written_when_the_copy_fails(course, monkeypatch):
    build(course)
    (course / LAB).write_bytes(b"mine")

    def fail(*_):
        raise PermissionError(13, "denied", LAB)

    monkeypatch.setattr(module, "_save_copy", fail)
    with pytest.raises(PermissionError):
        reset(course, "lab01")
    assert (course / LAB).read_bytes() == b"mine"
