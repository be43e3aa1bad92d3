"""Comments that a teacher writes once reach everybody whom they concern, and nobody's own text."""

import shutil
import tomllib

import nbformat
import pytest

from course_utils.errors import CourseError
from forkgrade import api, rubric
from forkgrade.comments import Comments, Parts, path_of
from forkgrade.suite import RECORD_TYPE
from tests.forkgrade.graded_course import (
    LAB,
    comment_of,
    grade_of,
    in_formgrader,
    make,
    notebook,
    save,
    write_by_hand,
)

FILE = """\
[misconceptions]
returns-nothing = "Every function needs a return."

[misconceptions.test_double]
halved = "You halved."
failed = "Draw it first."

[rubric.why.cause]
points = 0.5
text = "You say why."

[rubric.why.question]
points = 0.5
text = "A good question."

[rubric.why.off-topic]
points = -0.5
text = "The last sentence answers something else."
"""
PARTS = Parts({"test_double": {"halved": "", "returns-nothing": ""}, "test_halve": {}},
              {"why": 1.0})


def slipped(points, **misconceptions):
    """Return the lab with records of a judge."""
    nb = notebook(points)
    for cell in nb.cells:
        if cell.id in misconceptions:
            cell.outputs[0].data[RECORD_TYPE] = {"misconception": misconceptions[cell.id],
                                                 "state": "wrong"}
    return nb


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("commented") / "course"
    make(root)
    save(root, "ada")
    save(root, "bo lee", nb=slipped({"test_double": 0.5}, test_double="halved"))
    save(root, "cy", {"test_double": 0.0, "test_halve": 0.0})
    return root


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def write(course, text=FILE):
    path_of(course, LAB).parent.mkdir(exist_ok=True)
    path_of(course, LAB).write_text(text)


def read(course, parts=PARTS):
    return Comments.read(path_of(course, LAB), LAB, parts)


def test_comments_come_to_the_answer_above_the_test(course):
    write(course)
    done = api.comments(course, LAB)
    assert (done.submissions, done.comments, done.by_hand) == (3, 2, 0)
    assert comment_of(course, "ada", "double") == (None, None)
    assert comment_of(course, "bo lee", "double") == ("You halved.", None)
    assert comment_of(course, "cy", "double") == ("Draw it first.", None)
    assert comment_of(course, "cy", "halve") == (None, None)


def test_grading_writes_them_too(course):
    write(course)
    save(course, "dee", nb=slipped({"test_double": 0.0, "test_halve": 0.0},
                                   test_double="returns-nothing", test_halve="returns-nothing"),
         comments=read(course))
    assert comment_of(course, "dee", "double")[0] == "Every function needs a return."
    assert comment_of(course, "dee", "halve")[0] == "Every function needs a return."


def test_a_changed_comment_replaces_only_what_came_from_the_file(course):
    write(course)
    api.comments(course, LAB)
    write_by_hand(course, "bo lee", "double", "Dear Bo. You halved. Come and see me.")
    write_by_hand(course, "cy", "double", "See me, Cy.")
    write(course, FILE.replace("You halved.", "Twice is not half.").replace("Draw", "Sketch"))
    assert api.comments(course, LAB).by_hand == 2
    assert comment_of(course, "bo lee", "double") == (
        "Twice is not half.", "Dear Bo. Twice is not half. Come and see me.")
    assert comment_of(course, "cy", "double") == ("Sketch it first.", "See me, Cy.")
    write(course, "")
    api.comments(course, LAB)
    assert comment_of(course, "bo lee", "double") == (None, "Dear Bo.  Come and see me.")
    assert comment_of(course, "cy", "double") == (None, "See me, Cy.")


def test_a_comment_by_hand_outlives_a_regrade(course):
    write(course)
    write_by_hand(course, "cy", "double", "See me, Cy.")
    save(course, "cy", {"test_double": 0.0}, regrade=True, comments=read(course))
    assert comment_of(course, "cy", "double") == ("Draw it first.", "See me, Cy.")


def test_a_field_that_was_emptied_hides_nothing(course):
    write(course)
    write_by_hand(course, "cy", "double", "")
    api.comments(course, LAB)
    assert comment_of(course, "cy", "double") == ("Draw it first.", None)


def test_an_answer_that_nobody_touched_keeps_nbgraders_comment(course):
    from nbgrader.utils import compute_checksum

    write(course)
    nb = notebook({"test_double": 0.0})
    cell = next(cell for cell in nb.cells if cell.id == "double")
    cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    save(course, "eve", nb=nb, comments=read(course))
    assert comment_of(course, "eve", "double")[0] == "No response."
    api.comments(course, LAB)
    assert comment_of(course, "eve", "double")[0] == "No response."


def test_rows_of_a_rubric_give_points_and_comment(course):
    write(course)
    (change,) = api.mark(course, LAB, "ada", "why", "cause", "question")
    assert (change.old, change.new, change.kind) == (None, 1, "mark")
    assert grade_of(course, "ada", "why") == (None, 1, False, 5)
    assert comment_of(course, "ada", "why") == ("You say why.\n\nA good question.", None)
    save(course, "ada", regrade=True, comments=read(course))
    assert comment_of(course, "ada", "why")[0] == "You say why.\n\nA good question."
    assert [each.new for each in api.mark(course, LAB, "ada", "why", "cause")] == [0.5]
    assert comment_of(course, "ada", "why")[0] == "You say why."
    api.mark(course, LAB, "ada", "why")
    assert grade_of(course, "ada", "why") == (None, None, True, 4)
    assert comment_of(course, "ada", "why")[0] is None


def test_other_points_of_a_row_change_the_marks_that_nobody_has_changed_since(course):
    write(course)
    for student in ("ada", "bo lee"):
        api.mark(course, LAB, student, "why", "cause")
    in_formgrader(course, "bo lee", "why", manual_score=1.0)
    write(course, FILE.replace("points = 0.5", "points = 0.25", 1))
    assert [(each.student, each.new) for each in api.comments(course, LAB).marks] == [
        ("ada", 0.25)]
    assert grade_of(course, "bo lee", "why")[1] == 1
    assert api.comments(course, LAB).marks == ()


@pytest.mark.parametrize("words, said", [
    (("ada", "why", "reason"), r"reason: no row of why .*Known: cause \(0.5\), question \(0.5\)"),
    (("ada", "test_double", "cause"), "'test_double' is not an answer that a person marks"),
    (("nobody", "why", "cause"), "Known: ada, bo lee, cy"),
    (("ada", "why", "off-topic"), "-0.5 points together, and why has from 0 to 1")])
def test_a_mark_for_what_is_not_known_says_what_is(course, words, said):
    write(course)
    with pytest.raises(CourseError, match=said):
        api.mark(course, LAB, *words)
    assert grade_of(course, "ada", "why")[1] is None


def test_without_a_file_the_command_says_how_to_make_one(course):
    with pytest.raises(CourseError, match=f"course comments {LAB} --template"):
        api.comments(course, LAB)


@pytest.mark.parametrize("text, line, said", [
    ("[misconceptions]\nx = \n", 2, "is not TOML"),
    ("[misconceptions]\nfailed = 1\n", 2, "a text in quotation marks"),
    ("# one\n[misconceptions.test_dobule]\nfailed = ''\n", 2, "Accepted: test_double, test_halve"),
    ("[misconceptions.test_double]\n\nhalvd = 'x'\n", 3, "Accepted: halved, returns-nothing, fai"),
    ("[misconceptions]\nhalvd = 'x'\n", 2, "no check here names the misconception 'halvd'"),
    ("[comments]\n", 1, "Accepted: misconceptions, rubric"),
    ("misconceptions = 'none'\n", 1, "has to be a table"),
    ("[rubric.advice.row]\npoints = 1\n", 1, "'advice' is not known here. Accepted: why"),
    ("[rubric.why.row]\ntext = '''\na\nb'''\npoints = 2\n", 5, "a number from -1 to 1"),
    ("[rubric.why.row]\npoints = true\n", 2, "a number from -1 to 1"),
    ("[rubric.why.row]\n", 1, "'row' needs points"),
    ("[rubric.why.row]\npoints = 1\ncomment = 'x'\n", 3, "Accepted: points, text")])
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path, text, line, said):
    path = tmp_path / "lab.toml"
    path.write_text(text)
    with pytest.raises(CourseError, match=f"line {line}\\b") as caught:
        Comments.read(path, LAB, PARTS)
    assert said in str(caught.value) and str(path) in str(caught.value)


def test_grading_does_not_begin_with_a_mistake_in_the_file(course):
    write(course, "[misconceptions.test_x]\n")
    with pytest.raises(CourseError, match="line 1: 'test_x' is not a test cell"):
        api.grade(course, LAB, sandbox=False)


def test_the_file_may_come_from_windows(tmp_path):
    path = tmp_path / "lab.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert Comments.read(path, LAB, PARTS).tests["test_double"]["halved"] == "You halved."
    path.write_bytes(FILE.encode("utf-16"))
    with pytest.raises(CourseError, match="Save it as UTF-8"):
        Comments.read(path, LAB, PARTS)


def test_the_template_has_every_name_and_is_a_file_of_comments(course):
    path, text, missing = api.comments_template(course, LAB)
    assert missing is None and path == path_of(course, LAB)
    data = tomllib.loads(text)
    assert set(data["misconceptions"]) == {"failed", "test_double", "test_halve"}
    assert data["rubric"]["why"] == {
        "the-cause": {"points": 0.5, "text": ""},
        "a-question-to-the-clinic": {"points": 0.5, "text": ""}}
    write(course, text)
    assert api.comments(course, LAB).comments == 0
    assert api.comments_template(course, LAB)[2] == []
    write(course, "[misconceptions.test_double]\nfailed = 'x'\n")
    assert api.comments_template(course, LAB)[2] == [
        "misconceptions.failed", "misconceptions.test_halve.failed", "rubric.why.the-cause",
        "rubric.why.a-question-to-the-clinic"]


def test_the_template_of_our_own_labs_lists_misconceptions_and_rows():
    from pathlib import Path

    from forkgrade.job import GradedCell, Released
    from forkgrade.steps import instructor_notebook

    root = Path(__file__).parents[2]
    (path,) = root.glob("solutions/lab09*/lab09*.ipynb")
    nb = nbformat.read(path, 4)
    marks = {cell.id: cell.metadata.nbgrader for cell in nb.cells if "nbgrader" in cell.metadata}
    released = Released(
        cells=tuple(cell_of(cell) for cell in nb.cells if cell.id in marks),
        graded={name: GradedCell(each.points, "grade", "code") for name, each in marks.items()
                if each.grade},
        solutions=tuple(name for name, each in marks.items() if each.solution),
        imports=instructor_notebook.imports(nb))
    parts = Parts.of(path.stem, {path.stem: released})
    data = tomllib.loads(rubric.template(path.stem, parts, {path.stem: nb}))
    assert sum(each["points"] for name, each in data["rubric"]["assessment"].items()
               if name.endswith("-1")) == 4
    assert {"numbers-1", "numbers-half", "numbers-0"} <= set(data["rubric"]["assessment"])
    assert all(len(names) > 2 for part, names in data["misconceptions"].items()
               if part.startswith("test_"))


def cell_of(cell):
    from forkgrade.job import Cell

    return Cell(cell.id, cell.cell_type, True, cell.source, "")


def test_equal_rows_get_names_of_their_own():
    table = "Rubric\n| one point for | |\n|---|---|\n| a fact | x |\n| a fact: again | y |"
    assert [name for name, *_ in rubric.rows(table)] == ["a-fact", "a-fact-2"]
