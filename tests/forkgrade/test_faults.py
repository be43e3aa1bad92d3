"""A class in which nearly everything goes wrong, graded in one run: each submission ends with its
reason, and every other is graded as if it were alone."""

import json

import nbformat
import pytest

from forkgrade.run import records
from forkgrade.steps.gradebook import NOTE
from tests.forkgrade.class_of_faults import CELLS, LAB, SAID, make
from tests.forkgrade.conftest import ClassRoom, copy_course
from tests.forkgrade.kernels import needs_bubblewrap

pytestmark = [pytest.mark.slow, needs_bubblewrap]


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Hand everything in, grade it once, and return (room, lost tests, what was printed)."""
    room = ClassRoom(*copy_course(tmp_path_factory.mktemp("faults")))
    room.nbgrader("generate_assignment", LAB)
    notebook = nbformat.read(room.root / f"solutions/{LAB}/{LAB}.ipynb", 4)
    sources = {cell.id: cell.source for cell in notebook.cells
               if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"}
    lost = make(room, sources)
    return room, lost, room.run("course", "grade", LAB, "--timeout", "6")


def note(room, student):
    nb = nbformat.read(room.root / f"autograded/{student}/{LAB}/{LAB}.ipynb", 4)
    return nb, nb.metadata[NOTE]


@pytest.mark.parametrize("student", [*SAID, "neighbour", "it's a \"naïve\" 学生", "zz last"])
def test_each_gets_its_points_and_its_reason(graded, student):
    room, lost, _ = graded
    points = {name.removeprefix("test_"): value for name, value in
              room.points(student, LAB).items() if name.startswith("test_")}
    most = {"standardize": 3, "min_max": 2, "choose": 2, "find_leak": 1, "mend_leak": 2,
            "predict_effect": 2, "measure_effect": 2}
    fails = most if lost[student] is None else lost[student]
    if student == "odd cells":
        fails = most
    assert points == {name: 0 if name in fails else most[name] for name in most}
    said = note(room, student)[1]
    text = " ".join([*said["flags"], said["reason"] or ""])
    assert SAID.get(student, "") in text
    if student in ("neighbour", "zz last"):
        assert not text.strip()


def test_everybody_has_a_record_and_the_run_says_who_needs_a_look(graded):
    room, lost, printed = graded
    assert f"{len(lost)} graded" in printed
    assert "forger" in printed and "  neighbour:" not in printed


def test_nothing_of_a_learners_markup_reaches_a_page(graded):
    room, *_ = graded
    text = (room.root / f"autograded/script/{LAB}/{LAB}.ipynb").read_text()
    outputs = json.dumps([cell.outputs for cell in nbformat.reads(text, 4).cells
                          if cell.cell_type == "code"])
    assert "<script" not in outputs and "onerror" not in outputs
    room.nbgrader("generate_feedback", LAB, "--student=script")
    page = (room.root / f"feedback/script/{LAB}/{LAB}.html").read_text()
    assert "<script>alert(1)" not in page


def test_outputs_are_bounded(graded):
    room, *_ = graded
    assert (room.root / f"autograded/output/{LAB}/{LAB}.ipynb").stat().st_size < 600_000


def test_only_the_judge_writes_records(graded):
    room, *_ = graded
    nb, _ = note(room, "forger")
    assert records(nb)["test_standardize"]["points"] == 0
    shown = [output for cell in nb.cells if cell.id == "standardize" for output in cell.outputs]
    assert all("vnd.plain-sight" not in json.dumps(output) for output in shown)


def test_nothing_was_written_outside(graded):
    room, *_ = graded
    assert not [path for path in room.root.rglob("sprayed-by-a-learner")]
    assert not (room.home / "sprayed-by-a-learner").exists()
    assert "TOP SECRET" not in "".join(path.read_text("utf-8", "replace") for path in
                                       (room.root / "autograded/linked data").rglob("*.*"))


def test_every_fault_of_a_cell_is_in_the_class(graded):
    assert set(CELLS) <= set(graded[1])
