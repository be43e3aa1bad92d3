"""`forkgrade.api`: what docs/grading.md shows works as it stands there, and nothing is printed."""

import dataclasses
import os
import re

import pytest

from course_utils.errors import CourseError
from forkgrade import api
from tests.forkgrade.conftest import ROOT
from tests.forkgrade.graded_course import LAB, make, save
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import RIGHT, plain_class  # noqa: F401

PAGE = (ROOT / "docs/grading.md").read_text("utf-8").partition("## From Python")[2]
(CODE,) = re.findall(r"(?s)```python\n(.*?)```", PAGE.partition("\n## ")[0])


@pytest.mark.slow
@needs_bubblewrap
def test_what_the_page_shows_works(plain_class, monkeypatch, capsys):  # noqa: F811
    room = plain_class({"ada": {**RIGHT, "why": "So."}, "bo": {"double": RIGHT["double"]}})
    monkeypatch.chdir(room.root)
    names = {}
    exec(CODE, names)
    said = capsys.readouterr().out
    done = {each.student: each for each in names["done"]}
    assert done["ada"].points == {"test_double": 2, "test_halve": 2}  # nobody has read `why`
    assert done["bo"].points == {"test_double": 2, "test_halve": 0, "why": 0}
    assert {row.student: row.total for row in names["report"].rows} == {"ada": 4, "bo": 2}
    assert [line.partition(": ")[2] for line in said.splitlines() if "test_double from" in line] \
        == ["test_double from None to 2.0 (grade)", "test_double from 2.0 to 0.0 (zero)",
            "test_double from 0.0 to 2.0 (unzero)"]
    assert said.endswith("0 comments\n")
    events = []
    assert api.grade(room.root, "1", regrade=True, because="once more", students=("bo",),
                     on_event=lambda kind, data: events.append(kind))[0].student == "bo"
    assert events[0] == "total" and "result" in events
    assert capsys.readouterr() == ("", "")


def test_what_it_returns_cannot_be_changed(tmp_path):
    make(tmp_path / "course")
    save(tmp_path / "course", "ada")
    for each in (api.Graded("ada", {}), api.changes(tmp_path / "course", LAB)[0]):
        with pytest.raises(dataclasses.FrozenInstanceError):
            each.student = "bo"


def test_a_folder_that_is_no_course_and_a_lab_that_is_none_are_named(tmp_path):
    with pytest.raises(CourseError, match="has no nbgrader_config.py"):
        api.report(tmp_path, LAB)
    make(tmp_path / "course")
    with pytest.raises(CourseError, match=f"no lab 'lab7'.*Known: {LAB}"):
        api.grade(tmp_path / "course", "lab7")
    with pytest.raises(CourseError, match="Nothing of .* is graded yet"):
        api.report(tmp_path / "course", LAB)


def test_a_relative_folder_is_one_too(tmp_path, monkeypatch):
    make(tmp_path / "course")
    save(tmp_path / "course", "ada")
    monkeypatch.chdir(tmp_path)
    assert api.zero("course", "lab01", "ada", "test_double")[0].new == 0
    assert os.listdir("course/.plain-sight/grading") and not os.path.exists(".plain-sight")
