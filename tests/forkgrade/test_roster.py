"""Who handed in, who is graded, and whose work is another than was graded."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook
from nbgrader.coursedir import CourseDirectory

from course_utils.errors import CourseError
from forkgrade import feedback
from forkgrade.course import Roster
from forkgrade.steps.gradebook import NOTE, graded_digest

LAB = "lab"


@pytest.fixture
def coursedir(tmp_path):
    return CourseDirectory(root=str(tmp_path))


def hand_in(coursedir, student, text="1"):
    folder = coursedir.root + f"/submitted/{student}/{LAB}"
    write(folder, f"{LAB}.ipynb", text)


def write(folder, name, text):
    Path(folder).mkdir(parents=True, exist_ok=True)
    (Path(folder) / name).write_text(text)


def grade(coursedir, roster, student):
    """Put a graded notebook where it belongs, as the writer does."""
    note = {} if roster is None else {NOTE: {"digest": roster.digest(student)}}
    nb = new_notebook(metadata=note)
    write(f"{coursedir.root}/autograded/{student}/{LAB}", f"{LAB}.ipynb", nbformat.writes(nb))


def test_what_differs_from_what_was_graded_is_graded_again(coursedir, tmp_path):
    roster = Roster(coursedir, LAB, state=tmp_path)
    for student in ("ann", "bob", "cy"):
        hand_in(coursedir, student)
    grade(coursedir, roster, "ann")
    grade(coursedir, roster, "bob")
    assert roster.ungraded(["ann", "bob", "cy"]) == ["cy"]
    hand_in(coursedir, "ann", "2")
    assert roster.ungraded(["ann", "bob", "cy"]) == ["ann", "cy"]
    assert graded_digest(coursedir, "bob", LAB) == roster.digest("bob")


def test_a_gradebook_from_before_is_not_graded_anew_and_what_is_there_is_noted(coursedir, tmp_path):
    hand_in(coursedir, "ann")
    grade(coursedir, None, "ann")
    assert Roster(coursedir, LAB, state=tmp_path).ungraded(["ann"]) == []
    assert json.loads((tmp_path / f"{LAB}.handed-in.json").read_text()).keys() == {"ann"}
    hand_in(coursedir, "ann", "2")
    assert Roster(coursedir, LAB, state=tmp_path).ungraded(["ann"]) == ["ann"]
    assert Roster(coursedir, LAB, state=tmp_path).ungraded(["ann"]) == ["ann"], "until it is graded"


@pytest.mark.parametrize("damage", ["", "[1]", '{"metadata": {"plain_sight": 3}}', "{"])
def test_a_damaged_note_counts_as_none(coursedir, tmp_path, damage):
    hand_in(coursedir, "ann")
    write(f"{coursedir.root}/autograded/ann/{LAB}", f"{LAB}.ipynb", damage)
    write(tmp_path, f"{LAB}.handed-in.json", damage)
    assert Roster(coursedir, LAB, state=tmp_path).ungraded(["ann"]) == []


def test_a_newer_time_is_still_a_reason(coursedir, tmp_path):
    roster = Roster(coursedir, LAB, state=tmp_path)
    hand_in(coursedir, "ann")
    write(f"{coursedir.root}/submitted/ann/{LAB}", "timestamp.txt", "2026-01-02 10:00:00 UTC")
    grade(coursedir, None, "ann")
    write(f"{coursedir.root}/autograded/ann/{LAB}", "timestamp.txt", "2026-01-01 10:00:00 UTC")
    assert roster.ungraded(["ann"]) == ["ann"]


@pytest.mark.parametrize("name, why", [
    ("new\nline", "line break"), (".ann", "begins with a dot"), ("ann [2]", "brackets")])
def test_a_name_that_nbgrader_cannot_read_is_refused_by_name(coursedir, name, why):
    skipped = []
    for student in ("ann", name):
        hand_in(coursedir, student)
    roster = Roster(coursedir, LAB, lambda *words: skipped.append(words))
    assert roster.students() == ["ann"]
    ((_, reason),) = skipped
    assert why in reason and "rename it" in reason


@pytest.mark.parametrize("name", ["Müller, Jürgen", "O'Brien", "*star", "q?mark", "back\\slash",
                                  "a+b", "-dash", "=1", "]", "it is", "a.b"])
def test_a_name_that_is_odd_and_readable_is_taken(coursedir, name):
    hand_in(coursedir, name)
    assert Roster(coursedir, LAB).students() == [name]


def test_what_programs_leave_behind_is_no_learner(coursedir):
    for name in ("__MACOSX", "._ann", ".DS_Store", "ann~"):
        hand_in(coursedir, name)
    with pytest.raises(CourseError, match="Nothing was handed in"):
        Roster(coursedir, LAB, lambda *words: pytest.fail(str(words))).students()


@pytest.mark.parametrize("name", ["lab.ipynb", "lab (1).ipynb", "lab.ipynb.txt", "LAB.IPYNB"])
def test_a_notebook_outside_of_its_folder_is_told(coursedir, name):
    skipped = []
    hand_in(coursedir, "ann")
    write(f"{coursedir.root}/submitted/bob", name, "{}")
    Roster(coursedir, LAB, lambda *words: skipped.append(words)).students()
    assert skipped == [("bob", "a notebook lies here, and belongs in a folder lab")]


@pytest.fixture
def pages(coursedir, monkeypatch):
    """Let nbgrader make pages until it stops at a name, and none for another; return its calls."""
    calls = []

    def nbgrader(root, lab, seconds, *words):
        calls.append(words)
        chosen = [word.partition("=")[2] for word in words] or ["ann", "bob", "cy", "dan"]
        for student in chosen:
            if student == "bob":
                return
            if student != "cy":
                write(f"{root}/feedback/{student}/{lab}", f"{lab}.html", "page")

    monkeypatch.setattr(feedback, "_nbgrader", nbgrader)
    for student in ("ann", "bob", "cy", "dan"):
        grade(coursedir, None, student)
    return calls


def test_a_page_that_cannot_be_made_stops_nobody_elses(coursedir, pages):
    assert feedback.make(coursedir, LAB, ["ann", "bob", "cy", "dan"]) == ["bob", "cy"]
    assert pages == [(), ("--student=bob",), ("--student=cy",), ("--student=dan",)]


def test_a_page_from_before_does_not_count(coursedir, pages, monkeypatch):
    page = f"{coursedir.root}/feedback/cy/{LAB}"
    write(page, f"{LAB}.html", "old")
    os.utime(f"{page}/{LAB}.html", (1, 1))
    assert "cy" in feedback.make(coursedir, LAB, ["ann", "cy"])


def test_the_command_names_who_has_no_page_and_gives_no_log_line(coursedir, pages):
    from forkgrade.cli.report import _feedback
    from forkgrade.report import Report, Row

    report = Report(LAB, {}, [Row(name, {}, 0, 0) for name in ("ann", "bob")])
    with pytest.raises(CourseError, match="no feedback page of lab for bob; all others") as caught:
        _feedback(coursedir, LAB, report)
    assert "INFO" not in str(caught.value) and "--student=ID" in str(caught.value)
