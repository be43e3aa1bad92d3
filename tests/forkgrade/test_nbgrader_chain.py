"""From generate to export with nbgrader's own commands, as docs/instructors.md lists them."""

import csv
import re

import nbformat
import pytest

LAB = "lab01_feature_scaling"


def graded(room):
    """Return solutions and points of the lab: sources by cell id, points by test name."""
    notebook = nbformat.read(room.root / f"solutions/{LAB}/{LAB}.ipynb", 4)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    sources = {cell.id: cell.source for cell in marked if cell.metadata.nbgrader.solution}
    points = {cell.id: cell.metadata.nbgrader.points for cell in marked
              if cell.metadata.nbgrader.grade and cell.cell_type == "code"}
    return sources, points


def answers(sources, **changes):
    """Return a change that fills in all answers but those in `changes` (None: leave blank)."""
    def fill(cells, notebook):
        for name, source in {**sources, **changes}.items():
            if source is not None:
                cells[name].source = source
    return fill


def auto_points(room, student):
    """Return the points of the tests, and those of written answers apart."""
    points = room.points(student, LAB)
    tests = {name: value for name, value in points.items() if name.startswith("test_")}
    return tests, {name: value for name, value in points.items() if name not in tests}


def test_full_marks_and_blank(course_copy):
    room = course_copy
    released = (room.root / f"labs/{LAB}/{LAB}.ipynb").read_bytes()
    room.nbgrader("generate_assignment", LAB)
    assert (room.root / f"labs/{LAB}/{LAB}.ipynb").read_bytes() == released
    sources, points = graded(room)
    room.hand_in("ada", LAB, answers(sources))
    room.hand_in("bo", LAB, answers({}))
    said = room.nbgrader("autograde", LAB)
    assert "has changed!" not in said and "ERROR" not in said
    assert auto_points(room, "ada") == (points, dict.fromkeys(auto_points(room, "ada")[1]))
    tests, written = auto_points(room, "bo")
    assert tests == dict.fromkeys(points, 0) and set(written.values()) <= {0}
    room.nbgrader("export", "--to", "grades.csv")
    rows = list(csv.DictReader((room.root / "grades.csv").open()))
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        "ada": sum(points.values()), "bo": 0}


def hand_in_class(room):
    """Six submissions and one more; return the points that each deserves."""
    sources, points = graded(room)
    last_test = list(points)[-1]
    last = last_test.removeprefix("test_")
    without_last = {**points, last_test: 0}
    room.hand_in("blank", LAB, answers({}))
    room.hand_in("partly", LAB, answers(sources, **{last: None}))
    room.hand_in("syntax", LAB, answers(sources, **{last: "def broken(:\n    pass"}))
    room.hand_in("endless", LAB, answers(sources, **{last: "while True:\n    pass"}))
    room.hand_in("misnamed", LAB, answers(sources), name="Untitled (final)")
    return {"full": points, "blank": dict.fromkeys(points, 0), "partly": without_last,
            "syntax": without_last, "endless": without_last, "misnamed": points}


@pytest.mark.slow
def test_from_release_to_export(course_copy, tmp_path):
    room = course_copy
    room.nbgrader("generate_assignment", LAB)
    room.nbgrader("release_assignment", LAB)
    # a learner's side of the exchange
    sources, points = graded(room)
    own = f"--Exchange.assignment_dir={tmp_path / 'own'}"
    (tmp_path / "own").mkdir()
    room.nbgrader("fetch_assignment", LAB, own)
    fetched = tmp_path / "own" / LAB / f"{LAB}.ipynb"
    assert fetched.read_bytes() == (room.root / f"labs/{LAB}/{LAB}.ipynb").read_bytes()
    notebook = nbformat.read(fetched, 4)
    answers(sources)({cell.id: cell for cell in notebook.cells}, notebook)
    # as a notebook that was saved by VS Code or in a conda environment: Validate passes it over
    notebook.metadata.kernelspec = {"name": "conda-env-x-py", "display_name": "Python (x)"}
    nbformat.write(notebook, fetched)
    assert "passes all the tests" in room.nbgrader("validate", fetched)
    room.nbgrader("submit", LAB, own, "--student=full")
    # the teacher's side
    said = room.nbgrader("collect", LAB)
    assert (room.root / f"submitted/full/{LAB}/{LAB}.ipynb").exists() and "cheating" not in said
    deserved = hand_in_class(room)
    said = room.nbgrader("autograde", LAB, "--Execute.timeout=30")
    assert "has changed!" not in said
    assert {student: auto_points(room, student)[0] for student in deserved} == deserved
    room.nbgrader("generate_feedback", LAB)
    for student in deserved:
        assert (room.root / f"feedback/{student}/{LAB}/{LAB}.html").stat().st_size > 10_000
    room.nbgrader("release_feedback", LAB, "--student=full")
    room.nbgrader("fetch_feedback", LAB, own, "--student=full")
    assert list((tmp_path / "own" / LAB / "feedback").rglob("*.html"))
    room.nbgrader("export", "--to", "grades.csv")
    rows = csv.DictReader((room.root / "grades.csv").open())
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        student: sum(each.values()) for student, each in deserved.items()}


@pytest.mark.slow
def test_commands_work_from_any_folder(course_copy):
    room = course_copy
    elsewhere = room.home / "elsewhere"
    elsewhere.mkdir()
    room.nbgrader("generate_assignment", LAB, f"--course-dir={room.root}", cwd=elsewhere)
    assert (room.root / "gradebook.db").exists() and not list(elsewhere.iterdir())


def test_a_lab_in_which_someone_worked_survives_generate(course_copy):
    room = course_copy
    lab = room.root / f"labs/{LAB}/{LAB}.ipynb"
    notebook = nbformat.read(lab, 4)
    notebook.cells[0].source += "\nmine"
    nbformat.write(notebook, lab)
    mine = lab.read_bytes()
    said = room.nbgrader("generate_assignment", LAB)
    assert lab.read_bytes() == mine and "course reset LAB" in said


def test_validate_shows_the_hints(course_copy):
    lab = course_copy.root / f"labs/{LAB}/{LAB}.ipynb"
    said = course_copy.nbgrader("validate", lab)
    cells = nbformat.read(lab, 4).cells
    left = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert f"VALIDATION FAILED ON {len(left)} CELL(S)" in said
    assert "Not attempted" in said and "Traceback" not in said


NOISE = """\
import logging, os, sys, warnings
print("a line", file=sys.stderr)
os.write(2, b"from C++")
logging.warning("from Matplotlib")
warnings.warn("divided")
"""


@pytest.mark.slow
def test_validate_takes_noise_for_no_fault(course_copy):
    path = course_copy.root / f"labs/{LAB}/{LAB}.ipynb"
    notebook = nbformat.read(path, 4)
    cells = {cell.id: cell for cell in notebook.cells}
    sources, _ = graded(course_copy)
    answers(sources)(cells, notebook)
    # once where it is defined, and again at each call
    head, colon, body = cells["standardize"].source.partition("):\n")
    indented = "".join(f"    {line}\n" for line in NOISE.splitlines())
    cells["standardize"].source = f"{NOISE}\n{head}{colon}{indented}{body}"
    nbformat.write(notebook, path)
    said = course_copy.nbgrader("validate", path)
    assert "passes all the tests" in said and "not recognized" not in said


def test_jupyterlab_shows_nbgraders_extensions(course_copy):
    servers = course_copy.run("jupyter", "server", "extension", "list")
    for name in ("formgrader", "validate_assignment", "assignment_list", "course_list"):
        assert re.search(rf"nbgrader.server_extensions.{name} .*enabled", servers), servers
        assert re.search(rf"nbgrader.server_extensions.{name} .*OK", servers), servers
    labextensions = course_copy.run("jupyter", "labextension", "list")
    assert re.search(r"@jupyter/nbgrader v[\d.]+ .*enabled.*OK", labextensions), labextensions


@pytest.mark.slow
def test_without_an_exchange_folder_all_else_works(course_copy):
    (course_copy.root / "exchange").write_text("in the way")
    course_copy.nbgrader("generate_assignment", LAB)
    assert (course_copy.root / "gradebook.db").exists()


@pytest.mark.slow
def test_the_exchange_folder_is_made_when_needed(course_copy):
    course_copy.nbgrader("list")
    assert (course_copy.root / "exchange").is_dir()
