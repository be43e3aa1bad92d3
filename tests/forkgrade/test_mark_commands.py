"""`course grade --zero`, `course comments` and `course report --changes`, as they are typed."""

import shlex
import shutil

import pytest

from course_utils import cli
from forkgrade import api
from forkgrade.comments import path_of
from tests.forkgrade.graded_course import (
    LAB,
    comment_of,
    first_cell,
    give_feedback,
    grade_of,
    in_formgrader,
    make,
    save,
)

STUDENTS = ("ada", "bo lee", "-dash", "--because", "--zero", "o'neil \"x\"", "x=y", "-h")


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("typed") / "course"
    make(root)
    for student in STUDENTS:
        save(root, student)
    return root


@pytest.fixture
def course(graded, tmp_path, monkeypatch):
    root = shutil.copytree(graded, tmp_path / "course")
    monkeypatch.chdir(root)
    return root


def typed(line, code=0):
    assert cli.main(shlex.split(line)[1:]) == code


@pytest.mark.parametrize("student", STUDENTS)
def test_the_command_works_as_typed_whatever_the_student_is_called(course, student, capsys):
    line = f"course grade lab01 --zero {shlex.quote(student)} test_double --because 'not yours'"
    typed(line)
    assert capsys.readouterr().out == f"{student}, test_double: 2 -> 0\n"
    assert grade_of(course, student, "test_double") == (0, None, False, 2)
    assert "not yours" in first_cell(course, student)
    change = api.changes(course, LAB, student)[-1]
    assert change.because == "not yours" and shlex.split(change.command)[4:] == [
        student, "test_double"]
    for other in STUDENTS:
        assert grade_of(course, other, "test_double")[0] == (0 if other == student else 2)
    typed(change.command.replace("--zero", "--unzero", 1))
    assert grade_of(course, student, "test_double")[0] == 2


def test_the_reason_may_stand_before_or_behind_and_several_tests_go_together(course, capsys):
    typed("course grade 1 --because=copied --zero ada test_double test_halve")
    typed("course grade 1 --unzero ada test_double test_halve --because 'it was not'")
    assert [each.because for each in api.changes(course, LAB, "ada")[2:]] == [
        "copied", "copied", "it was not", "it was not"]


@pytest.mark.parametrize("line, said", [
    ("course grade lab01 --zero ada", "needs a student and at least one test"),
    ("course grade lab01 --zero", "needs a student and at least one test"),
    ("course grade lab01 --zero ada test_double --jobs 2", "--jobs has to stand before"),
    ("course grade lab01 --zero ada test_double --because copied from bo", "one text"),
    ("course grade lab01 --zero ada test_double --because", "one text"),
    ("course grade lab01 --zero eve test_double", "Known: --because, --zero, -dash, -h, ada"),
    ("course grade lab01 --zero ada test_x", "Known: test_double, test_halve"),
    ("course report lab01 --student ada", "--student goes with --changes"),
    ("course comments lab01", "course comments lab01_trial --template"),
    ("course comments lab01 --mark ada", "needs a student and the cell"),
    ("course grade lab9 --zero ada test_double", "Known: lab01_trial")])
def test_what_cannot_be_done_is_said_and_changes_nothing(course, capsys, line, said):
    typed(line, code=1)
    assert said in capsys.readouterr().err
    assert len(api.changes(course, LAB)) == 2 * len(STUDENTS)


def test_from_the_template_to_a_comment(course, capsys):
    typed("course comments lab01 --template")
    path = path_of(course, LAB)
    path.write_text(path.read_text().replace('points = 0.5\ntext = ""',
                                             'points = 0.5\ntext = "You say why."', 1))
    typed("course comments lab01 --template")
    assert "has all names of the lab" in capsys.readouterr().out
    typed("course comments lab01 --mark -dash why the-cause --because 'second reading'")
    assert capsys.readouterr().out == "-dash, why: none -> 0.5\n"
    assert grade_of(course, "-dash", "why")[1] == 0.5
    assert comment_of(course, "-dash", "why")[0] == "You say why."
    path.write_text(path.read_text().replace("You say why.", "Now I see why."))
    typed("course comments lab01")
    assert capsys.readouterr().out == f"1 comment in {len(STUDENTS)} submissions.\n"
    assert comment_of(course, "-dash", "why")[0] == "Now I see why."


def test_the_report_prints_the_record_of_a_lab_or_a_student(course, capsys):
    in_formgrader(course, "ada", "test_double", manual_score=1.0)
    typed("course grade lab01 --zero 'bo lee' test_halve --because 'copied'")
    capsys.readouterr()
    typed("course report lab01 --changes --student ada")
    lines = capsys.readouterr().out.splitlines()
    assert [line[18:] for line in lines] == [
        "ada  test_double: none -> 2  grade (course grade)",
        "ada  test_halve: none -> 2  grade (course grade)",
        "ada  test_double: 2 -> 1  elsewhere"]
    typed("course report lab01 --changes")
    assert "bo lee  test_halve: 2 -> 0  zero; copied (course grade lab01 --zero 'bo lee' " \
           "test_halve)" in capsys.readouterr().out
    assert not (course / "reports").exists()


def test_feedback_pages_say_what_has_changed(course):
    from nbgrader.converters import GenerateFeedback

    from forkgrade.course import course as open_course

    give_feedback(course, "bo lee")
    api.note_changes(course, LAB)
    in_formgrader(course, "bo lee", "test_halve", manual_score=0.5)
    typed("course grade lab01 --zero 'bo lee' test_double --because 'copied from ada'")
    opened = open_course(course)
    opened.coursedir.assignment_id, opened.coursedir.student_id = LAB, "bo lee"
    GenerateFeedback(coursedir=opened.coursedir, force=True).start()
    page = (course / f"feedback/bo lee/{LAB}/{LAB}.html").read_text()
    assert "Marks that changed" in page and "changed from 2 to 0.5" in page
    assert "(set to 0 by your teacher: copied from ada)" in page
