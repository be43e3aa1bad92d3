"""Every mark that changes is on record, once, whenever the grader is stopped; learners hear it."""

import json
import os
import shutil
import signal
from datetime import datetime
from types import SimpleNamespace

import pytest

from course_utils.errors import CourseError
from forkgrade import api, changes, notices, record
from forkgrade.changes import Log
from forkgrade.comments import Parts
from forkgrade.course import course as open_course
from forkgrade.marking import Marking
from forkgrade.notices import MONTHS
from forkgrade.steps.gradebook import Writer
from tests.forkgrade.graded_course import (
    LAB,
    first_cell,
    give_feedback,
    grade_of,
    in_formgrader,
    make,
    notebook,
    save,
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("graded") / "course"
    make(root)
    save(root, "ada")
    save(root, "bo lee", {"test_double": 1.0})
    return root


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def log(course):
    return [(each.student, each.part, each.old, each.new, each.kind)
            for each in api.changes(course, LAB)]


FIRST = [("ada", "test_double", None, 2, "grade"), ("ada", "test_halve", None, 2, "grade"),
         ("bo lee", "test_double", None, 1, "grade"), ("bo lee", "test_halve", None, 2, "grade")]


def test_first_marks_are_on_record_and_no_noise_for_learners(course):
    assert log(course) == FIRST
    give_feedback(course, "ada")
    save(course, "ada", regrade=True)
    assert log(course) == FIRST and first_cell(course, "ada") == "# A lab"


def test_a_regrade_says_why_to_teacher_and_learner(course):
    give_feedback(course, "bo lee")
    save(course, "bo lee", {"test_double": 2.0}, regrade=True, because="part A was too strict")
    save(course, "ada", {"test_double": 0.5}, regrade=True, because="part A was too strict")
    assert log(course)[4:] == [("bo lee", "test_double", 1, 2, "regrade"),
                               ("ada", "test_double", 2, 0.5, "regrade")]
    assert api.changes(course, LAB, "ada")[-1].because == "part A was too strict"
    today = datetime.now()
    date = f"{today.day} {MONTHS[today.month - 1]} {today.year}"
    assert first_cell(course, "bo lee") == (
        "**Marks that changed**\n\n- Your mark for A · Double it (`test_double`) changed from 1 to "
        f"2 on {date} (regraded: part A was too strict).")
    # ada had no feedback yet, so nothing that she knew has changed
    assert first_cell(course, "ada") == "# A lab"


def test_a_reason_outlives_a_stop_of_the_regrade(course):
    opened = record.Record(open_course(course), LAB, "course grade --regrade", "too strict")
    opened.catch_up()
    opened.open_regrade()
    later = record.Record(open_course(course), LAB, "course grade")
    assert later.regrade_reason() == "too strict"


def test_what_is_handed_in_again_is_no_regrade(course):
    save(course, "bo lee", {"test_double": 2.0})
    assert log(course)[4:] == [("bo lee", "test_double", 1, 2, "grade")]


def test_a_change_in_the_formgrader_is_noticed_once(course):
    give_feedback(course, "ada")
    in_formgrader(course, "ada", "test_double", manual_score=0.5)
    in_formgrader(course, "ada", "why", manual_score=1.0)
    assert log(course)[4:] == [("ada", "test_double", 2, 0.5, "elsewhere"),
                               ("ada", "why", None, 1, "elsewhere")]
    assert log(course) == log(course)
    told = first_cell(course, "ada")
    assert "changed from 2 to 0.5" in told and "(changed by your teacher)" in told
    assert "`why`" not in told  # a first mark


def test_a_change_before_the_first_feedback_is_not_told(course):
    in_formgrader(course, "ada", "test_double", manual_score=0.5)
    give_feedback(course, "ada")  # a page that is newer than the gradebook
    assert log(course)[4:] == [("ada", "test_double", 2, 0.5, "elsewhere")]
    assert first_cell(course, "ada") == "# A lab"


def test_extra_credit_counts_as_a_mark(course):
    in_formgrader(course, "ada", "test_double", extra_credit=0.5)
    assert log(course)[4:] == [("ada", "test_double", 2, 2.5, "elsewhere")]


def test_marks_from_before_the_record_began_are_no_changes_for_learners(course):
    shutil.rmtree(course / ".plain-sight")
    give_feedback(course, "ada")
    assert {row[2] for row in log(course)} == {None}
    assert first_cell(course, "ada") == "# A lab"


def kill(function, when, number=1):
    """Return a function that kills this process before or after the real one's nth call."""
    calls = []

    def killing(*words, **more):
        calls.append(1)
        if len(calls) == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        value = function(*words, **more)
        if len(calls) == number and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return value

    return killing


def killed(work, owner, name, when, number=1):
    """Do something in a process that is killed at a call; say whether it was."""
    child = os.fork()
    if not child:
        try:
            setattr(owner, name, kill(getattr(owner, name), when, number))
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


STAGES = [(changes.Log, "announce", "before"), (changes.Log, "announce", "after"),
          (Writer, "_copy_files", "after"), (Writer, "_put_in_place", "before"),
          (changes.Log, "settle", "before"), (changes.Log, "settle", "after")]


@pytest.mark.parametrize("owner, name, when", STAGES)
def test_a_regrade_that_is_killed_logs_each_change_once(course, owner, name, when):
    give_feedback(course, "bo lee")
    log(course)

    def regrade():
        save(course, "bo lee", {"test_double": 2.0}, regrade=True, because="too strict")

    assert killed(regrade, owner, name, when)
    stopped = log(course)  # the next command finds out what has happened
    auto = grade_of(course, "bo lee", "test_double")[0]
    assert stopped[4:] == ([("bo lee", "test_double", 1, 2, "regrade")] if auto == 2 else [])
    regrade()
    assert log(course)[4:] == [("bo lee", "test_double", 1, 2, "regrade")]
    assert "changed from 1 to 2" in first_cell(course, "bo lee")


ZERO_STAGES = [(changes.Log, "announce", "before"), (changes.Log, "announce", "after"),
               (record.Draft, "tell", "before"), (changes.Log, "settle", "before"),
               (changes.Log, "settle", "after")]


@pytest.mark.parametrize("owner, name, when", ZERO_STAGES)
def test_a_zero_that_is_killed_is_whole_or_has_not_happened(course, owner, name, when):
    assert killed(lambda: api.zero(course, LAB, "ada", "test_double"), owner, name, when)
    happened = log(course)[4:] == [("ada", "test_double", 2, 0, "zero")]
    assert happened == (grade_of(course, "ada", "test_double")[0] == 0)
    assert happened == ("set to 0" in first_cell(course, "ada"))
    assert happened == (name != "announce")
    save(course, "ada", regrade=True)
    assert grade_of(course, "ada", "test_double")[0] == (0 if happened else 2)
    assert len(log(course)) == 4 + happened


@pytest.mark.parametrize("owner, name, when", [(notices, "rewrite", "before"),
                                                (changes.Log, "settle", "before"),
                                                (changes.Log, "settle", "after")])
def test_a_change_elsewhere_is_told_though_the_command_that_noticed_it_is_killed(
        course, owner, name, when):
    give_feedback(course, "ada")
    log(course)
    in_formgrader(course, "ada", "test_double", manual_score=0.5)
    assert killed(lambda: log(course), owner, name, when)
    assert log(course)[4:] == [("ada", "test_double", 2, 0.5, "elsewhere")]
    assert "changed from 2 to 0.5" in first_cell(course, "ada")


def test_a_half_written_line_announces_nothing_and_is_written_over(course):
    path = course / f".plain-sight/grading/{LAB}.changes.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"number": 99, "time": "2026-')
    save(course, "ada", {"test_double": 0.0}, regrade=True)
    assert log(course)[4:] == [("ada", "test_double", 2, 0, "regrade")]
    assert path.read_bytes().startswith(whole)
    assert [json.loads(line) for line in path.read_text().splitlines()]


def test_a_line_that_is_none_is_named(course):
    path = course / f".plain-sight/grading/{LAB}.changes.jsonl"
    path.write_text("{}\n" + path.read_text())
    with pytest.raises(CourseError, match="Line 1 of .*changes.jsonl"):
        api.changes(course, LAB)


def test_a_transaction_that_fails_logs_nothing(course, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(Writer, "_copy_files", refuse)
    with pytest.raises(CourseError, match="No space left"):
        save(course, "ada", {"test_double": 0.0}, regrade=True)
    assert log(course) == FIRST and not Log(next(course.glob(".plain-sight/*/*.jsonl"))).pending


def test_while_another_command_is_at_work_the_record_can_be_read(course):
    in_formgrader(course, "ada", "test_double", manual_score=0.5)
    with record_lock(course):
        assert log(course) == FIRST
        with pytest.raises(CourseError, match="Another `course grade` is at work"):
            api.zero(course, LAB, "ada", "test_double")
    assert len(log(course)) == 5


def record_lock(course):
    from forkgrade.turn import one_at_a_time

    return one_at_a_time(course / ".plain-sight/grading/lock")


def test_a_zero_survives_regrading_until_it_is_taken_back(course):
    done = api.zero(course, LAB, "ada", "test_double", because="copied from bo")
    assert [(each.part, each.old, each.new) for each in done] == [("test_double", 2, 0)]
    assert grade_of(course, "ada", "test_double") == (0, None, False, 2)
    assert "changed from 2 to 0" in first_cell(course, "ada")
    assert "(set to 0 by your teacher: copied from bo)" in first_cell(course, "ada")
    save(course, "ada", {"test_double": 1.5}, regrade=True)
    assert grade_of(course, "ada", "test_double") == (0, None, False, 2)
    assert "copied from bo" in first_cell(course, "ada")
    assert grade_of(course, "bo lee", "test_double")[0] == 1
    api.unzero(course, LAB, "ada", "test_double")
    assert grade_of(course, "ada", "test_double") == (1.5, None, False, 3.5)
    assert first_cell(course, "ada") == "# A lab"  # no feedback was ever given
    save(course, "ada", regrade=True)
    assert grade_of(course, "ada", "test_double")[0] == 2


def test_a_test_without_points_can_be_kept_at_zero_too(course):
    save(course, "bo lee", {"test_double": 0.0}, regrade=True)
    assert api.zero(course, LAB, "bo lee", "test_double", because="not your own work") == []
    assert "was set to 0 on" in first_cell(course, "bo lee")
    save(course, "bo lee", regrade=True)
    assert grade_of(course, "bo lee", "test_double")[0] == 0


@pytest.mark.parametrize("student, part, said", [
    ("nobody", "test_double", "'nobody' has no graded submission .* Known: ada, bo lee"),
    ("ada", "double", "'double' is not a test .* Known: test_double, test_halve"),
    ("ada", "why", "'why' is not a test")])
def test_a_zero_for_what_is_not_known_says_what_is(course, student, part, said):
    with pytest.raises(CourseError, match=said):
        api.zero(course, LAB, student, "test_halve", part)
    assert log(course) == FIRST


def test_a_mark_by_hand_is_never_zeroed(course):
    in_formgrader(course, "ada", "test_double", manual_score=1.5)
    with pytest.raises(CourseError, match="1.5 points by hand"):
        api.zero(course, LAB, "ada", "test_double")
    assert grade_of(course, "ada", "test_double")[:2] == (2, 1.5)


def test_only_what_was_set_to_zero_is_taken_back(course):
    with pytest.raises(CourseError, match="was not set to 0 by --zero. What was: nothing"):
        api.unzero(course, LAB, "ada", "test_double")


def test_a_late_penalty_never_exceeds_what_a_zero_leaves(course):
    from nbgrader.api import Gradebook

    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "c.LateSubmissionPlugin.penalty_method = 'zero'\n")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_assignment(LAB).duedate = datetime(2026, 1, 1)
        gradebook.find_submission(LAB, "ada").timestamp = datetime(2026, 1, 2)
        gradebook.db.commit()
    save(course, "ada", regrade=True)
    assert penalty(course) == 4
    give_feedback(course, "ada")
    api.zero(course, LAB, "ada", "test_double")
    assert "- Your late penalty changed from 4 to 2 on" in first_cell(course, "ada")
    assert penalty(course) == 2 and ("ada", "late penalty", 4, 2, "zero") in log(course)
    save(course, "ada", regrade=True)
    assert penalty(course) == 2


def penalty(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return gradebook.find_submission_notebook(LAB, LAB, "ada").late_submission_penalty


def test_two_tests_are_zeroed_together_or_not_at_all(course, monkeypatch):
    monkeypatch.setattr(Marking, "_penalties", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        api.zero(course, LAB, "ada", "test_double", "test_halve")
    monkeypatch.undo()
    assert grade_of(course, "ada", "test_double")[3] == 4 and log(course) == FIRST
    assert len(api.zero(course, LAB, "ada", "test_double", "test_halve")) == 2
    assert grade_of(course, "ada", "test_double")[3] == 0


def test_in_a_lab_with_several_notebooks_parts_are_told_apart():
    parts = Parts({"one/test_a": None, "two/test_a": None, "two/test_b": None}, {})
    known = Marking(None, SimpleNamespace(lab="lab"), parts, None)._known
    assert known("two/test_a", parts.tests, "a test") == "two/test_a"
    assert known("test_b", parts.tests, "a test") == "two/test_b"
    with pytest.raises(CourseError, match="Which one. one/test_a, two/test_a"):
        known("test_a", parts.tests, "a test")
    nb = notebook()
    entry = changes.Entry(1, "2026-12-03T12:00:00+00:00", "regrade", "ada",
                          {"one/test_halve": [2, 4], "two/test_halve": [1, 3]})
    told = [(entry, part, *points) for part, points in entry.marks.items()]
    assert notices.put(nb, "lab", "two", told) and not notices.put(nb, "lab", "two", told)
    assert nb.cells[0].source.splitlines()[2:] == [
        "- Your mark for B · Halve it (`test_halve`) changed from 1 to 3 on 3 December 2026 "
        "(regraded)."]
    assert notices.put(nb, "lab", "two", []) and nb.cells[0].source == "# A lab"


def test_who_has_only_unread_answers_can_be_marked_too(course):
    nb = notebook()
    nb.cells = [cell for cell in nb.cells if cell.id == "why"]
    save(course, "cy", nb=nb)
    with pytest.raises(CourseError, match="Known: ada, bo lee, cy"):
        api.zero(course, LAB, "nobody", "test_double")
