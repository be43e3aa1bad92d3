"""The instructor's own solution is graded first, and the teacher reads what it cannot earn here."""

import json
import shutil
import sqlite3
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.errors import CourseError
from forkgrade import grade as grade_module
from forkgrade.grade import Grading, Options
from forkgrade.job import Cell, GradedCell, Job, Released, Submitted
from forkgrade.outcome import NotebookOutcome, Outcome
from forkgrade.rehearsal import Memory, Rehearsal, Shortfall, foreign_language, rehearse
from forkgrade.steps.points import ReadPoints
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import LAB, RIGHT, plain_class

STEPS = [ReadPoints()]
ERROR = new_output("error", ename="ValueError", evalue="bad luck", traceback=[])


def released(*cells):
    """Return a notebook with these graded cells, each (name, kind, cell type, is a solution)."""
    return Released(cells=tuple(Cell(name, cell_type, True, "x", "") for name, _, cell_type, _
                                in cells),
                    graded={name: GradedCell(2.0, kind, cell_type)
                            for name, kind, cell_type, _ in cells},
                    solutions=tuple(name for name, *_, solution in cells if solution))


def job_of(notebook, text="{}"):
    return Job("", LAB, {"nb": Submitted(text)}, {"nb": notebook}, "seed", 60, {})


def outcome_of(*cells, reason=None, modules=()):
    """Return what came of a notebook with these cells."""
    text = nbformat.writes(new_notebook(cells=list(cells)))
    return Outcome("", LAB, {"nb": NotebookOutcome(text, reason)}, modules=modules)


def cell(name, outputs=(), marks=True, count=1, make=new_code_cell, solution=False):
    metadata = {"nbgrader": {"grade_id": name, "grade": True, "solution": solution, "points": 2,
                             "locked": not solution, "task": False, "schema_version": 3}}
    more = {"outputs": list(outputs), "execution_count": count} if make is new_code_cell else {}
    return make("x", metadata=metadata if marks else {}, **more)


def shown(number):
    return new_output("execute_result", data={"text/plain": str(number)}, execution_count=1)


def tried(notebook, *outcomes):
    """Return the rehearsal of a notebook whose runs have these outcomes, and how often it ran."""
    runs = iter(outcomes)
    used = []

    def run(jobs):
        used.append(jobs[0])
        yield jobs[0], next(runs)

    return rehearse(job_of(notebook), run, STEPS), used


TEST = ("test_a", "grade", "code", False)


def test_a_solution_that_earns_everything_is_run_once_and_says_its_modules():
    rehearsal, used = tried(released(TEST), outcome_of(cell("test_a"), modules=("wave",)))
    assert rehearsal == Rehearsal(modules=("wave",)) and len(used) == 1 and used[0].is_rehearsal
    assert not rehearsal.warnings
    rehearsal.check(LAB)


def test_what_fails_twice_is_a_fault_and_the_first_cause_is_named():
    missing = new_output("error", ename="ModuleNotFoundError", evalue="No module named 'abc_x'",
                         traceback=[])
    failing = outcome_of(cell("set-up", [missing], marks=False), cell("test_a", [ERROR]))
    rehearsal, used = tried(released(TEST), failing, failing)
    with pytest.raises(CourseError) as said:
        rehearsal.check(LAB)
    assert len(used) == 2
    for part in ("nb, test_a: 0 of 2 points", "ValueError: bad luck", "in cell 1",
                 "No module named 'abc_x'", "Install abc_x", "--even-so"):
        assert part in str(said.value)


def test_what_fails_in_one_of_two_runs_is_said_and_stops_nobody():
    bad, good = outcome_of(cell("test_a", [ERROR])), outcome_of(cell("test_a"))
    rehearsal, _ = tried(released(TEST), bad, good)
    rehearsal.check(LAB)
    assert "depends on chance" in rehearsal.warnings[0] and "bad luck" in rehearsal.warnings[0]


@pytest.mark.parametrize("number, stops", [(2, False), (7, False), (1.5, True), (0, True)])
def test_anything_below_the_maximum_stops(number, stops):
    outcome = outcome_of(cell("test_a", [shown(number)]))
    rehearsal, _ = tried(released(TEST), outcome, outcome)
    assert bool(rehearsal.warnings) == bool(rehearsal.faults) == stops


def test_a_test_that_is_worth_nothing_cannot_fall_short():
    notebook = Released(graded={"test_a": GradedCell(0.0, "grade", "code")})
    test = cell("test_a", [ERROR])
    test.metadata.nbgrader.points = 0
    assert not tried(notebook, outcome_of(test))[0].warnings


def test_what_a_person_marks_is_no_fault():
    notebook = released(("why", "grade", "markdown", True), ("code", "grade", "code", True),
                        ("task", "task", "markdown", False))
    cells = [cell("why", make=new_markdown_cell, solution=True), cell("code", [ERROR],
                                                                     solution=True)]
    assert not tried(notebook, outcome_of(*cells))[0].warnings


def test_why_a_notebook_stopped_is_the_reason_of_the_tests_that_did_not_run():
    stopped = outcome_of(cell("test_a", count=None), reason="It took too much memory.")
    (fault,) = tried(released(TEST), stopped, stopped)[0].faults
    assert "It did not run: It took too much memory." in fault.reason


def test_a_test_that_is_gone_is_a_fault():
    gone = outcome_of()
    assert "not in the notebook" in tried(released(TEST), gone, gone)[0].faults[0].reason


def test_a_solution_that_is_not_there_is_said():
    job = Job("", LAB, {"nb": Submitted(None, "none")}, {"nb": released(TEST)}, "seed", 60, {})
    rehearsal = rehearse(job, None, STEPS)
    rehearsal.check(LAB)
    assert "nb: there is no solution of your own" in rehearsal.warnings[0]


def test_a_rehearsal_travels_as_plain_data_and_marks_what_can_be_judged_outside():
    rehearsal = Rehearsal((Shortfall("nb", "test_a", 1.0, 2.0, "So.", False),), ("other",),
                          ("wave",), {"nb": {"test_a": ["eq"]}}, ("edited: test_b",),
                          ("__eq__",))
    assert Rehearsal.from_plain(json.loads(json.dumps(rehearsal.to_plain()))) == rehearsal
    lab = rehearsal.applied_to({"nb": released(TEST), "other": released(TEST)})
    assert lab["nb"].examined == {"test_a": ["eq"]} and lab["other"].examined == {}
    outcome = Outcome("", LAB, {}, modules=("wave",), examined={"nb": {"test_a": ["eq"]}})
    assert Outcome.from_plain(json.loads(json.dumps(outcome.to_plain()))) == outcome


def test_a_rehearsal_is_remembered_until_something_changes_that_matters(tmp_path, monkeypatch):
    job, path = job_of(released(TEST)), tmp_path / "memory.json"
    rehearsal = Rehearsal(modules=("wave",))
    Memory(path, job, STEPS, True).keep(rehearsal)
    assert Memory(path, job, STEPS, True).recall() == rehearsal
    assert Memory(path, job, STEPS, False).recall() is None
    for change in ({"timeout": 5}, {"limits": {"memory": 1}}, {"files": {"a.csv": "eA=="}},
                   {"notebooks": {"nb": Submitted("other")}}, {"released": {"nb": released()}}):
        assert Memory(path, replace(job, **change), STEPS, True).recall() is None, change
    monkeypatch.setattr("forkgrade.rehearsal._installed", lambda: ["numpy-0.1.dist-info"])
    assert Memory(path, job, STEPS, True).recall() is None
    path.write_text("{")
    assert Memory(path, job, STEPS, True).recall() is None


def test_a_fault_is_never_remembered(tmp_path):
    memory = Memory(tmp_path / "memory.json", job_of(released(TEST)), STEPS, True)
    memory.keep(Rehearsal())
    memory.keep(Rehearsal((Shortfall("nb", "test_a", 0.0, 2.0, "So."),)))
    assert memory.recall() is None


@pytest.mark.parametrize("metadata, language", [
    ({}, None), (None, None), ({"kernelspec": {"name": "python3"}}, None),
    ({"kernelspec": {"name": "conda-env-x-py", "language": "python"}}, None),
    ({"kernelspec": {"name": "my-course"}}, None), ({"language_info": {"name": "python"}}, None),
    ({"kernelspec": {"name": "x", "language": "Python 3".replace(" ", "")}}, None),
    ({"kernelspec": {"name": "ir", "language": "R"}}, "R"),
    ({"kernelspec": {"name": "ir"}}, "the kernel ir"),
    ({"kernelspec": {"name": "ir"}, "language_info": {"name": "python"}}, "the kernel ir"),
    ({"kernelspec": {"name": "julia-1.9"}}, "the kernel julia-1.9"),
    ({"kernelspec": {"name": "mine", "language": "julia"}}, "julia"),
    ({"language_info": {"name": "R"}}, "R"),
    ({"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "R"}},
     None)])
def test_a_language_other_than_python_is_told_by_what_the_notebook_says(metadata, language):
    assert foreign_language(metadata) == language


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Return a class room with two submissions, one of them by somebody with a foreign name."""
    return plain_class.__wrapped__(tmp_path_factory.mktemp("rehearsal"))({"ann": RIGHT, "Müller":
                                                                          {"halve": "1 +"}})


@pytest.fixture
def solution(room):
    """Change cells of the instructor's notebook: `solution(set_up="import x")`; undone later."""
    path = room.root / f"solutions/{LAB}/{LAB}.ipynb"
    text = path.read_bytes()

    def change(metadata=None, **sources):
        nb = nbformat.reads(text.decode(), 4)
        nb.metadata.update(metadata or {})
        for each in nb.cells:
            each.source = sources.get(each.id.replace("-", "_"), each.source)
        nbformat.write(nb, path)
        shutil.rmtree(room.root / "autograded", ignore_errors=True)
        return path

    yield change
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)


def grading(room, **options):
    events = []
    made = Grading(room.root, LAB, Options(**options), lambda *event: events.append(event))
    return made, events


@needs_bubblewrap
def test_whose_solution_fails_grades_nobody_unless_told_so(room, solution, monkeypatch):
    solution(set_up="import not_installed_here\nimport numpy as np")
    said = room.run("course", "grade", LAB, code=1)
    assert f"{LAB}, test_double: 0 of 2 points" in said and "nobody was graded" in said
    assert "Install not_installed_here" in said and "Traceback" not in said
    assert not (room.root / "autograded").exists()
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")  # nor does a poor locale break the summary
    said = room.run("course", "grade", LAB, "--even-so")
    assert "2 graded" in said and "WARNING: Your own solution does not earn all points" in said
    assert said.index("WARNING") > said.index("2 graded") and "Install not_installed_here" in said


@needs_bubblewrap
@pytest.mark.slow
@pytest.mark.parametrize("change, timeout, said", [
    ({"double": "double <- function(x) 2 * x)"}, None, "SyntaxError.*language other than Python"),
    ({"double": "def double(x):\n    raise OSError('no data')"}, None, "OSError: no data"),
    ({"double": "import time\ntime.sleep(9)\ndef double(x):\n    return 2 * x"}, 1,
     "CellTimeoutError: It took more than 1 s.*--timeout"),
    ({"double": "pass", "test_double": "True"}, None, "Besides: edited: .*test_double"),
    ({"set_up": "import urllib.request as r\nr.urlopen('http://example.org')"}, None,
     "Kernels have no network"),
    ({"double": "import os\nos._exit(1)"}, None, "It did not run: The kernel ended itself")])
def test_the_reason_why_a_solution_fails_is_said(room, solution, change, timeout, said):
    solution(**change)
    with pytest.raises(CourseError, match=f"(?s)test_double: 0 of 2 points.*{said}"):
        grading(room, timeout=timeout)[0].run()


@needs_bubblewrap
@pytest.mark.parametrize("where", ["source", "gradebook"])
def test_another_language_is_refused_before_anything_runs(room, solution, where, monkeypatch):
    spec = {"name": "ir", "display_name": "R", "language": "R"}
    monkeypatch.setattr("forkgrade.workers.Workers.run", None)
    solution({"kernelspec": spec} if where == "source" else None)
    with sqlite3.connect(room.root / "gradebook.db") as book:
        (before,) = book.execute("select kernelspec from notebook").fetchone()
        if where == "gradebook":
            book.execute("update notebook set kernelspec = ?", [json.dumps(spec)])
    try:
        with pytest.raises(CourseError, match="is not in Python: .* says R"):
            grading(room, even_so=True)[0].run()
    finally:
        with sqlite3.connect(room.root / "gradebook.db") as book:
            book.execute("update notebook set kernelspec = ?", [before])


@needs_bubblewrap
@pytest.mark.slow
def test_a_rehearsal_is_run_once_for_many_starts(room, solution, monkeypatch):
    solution()
    runs, real = [], rehearse
    monkeypatch.setattr(grade_module, "rehearse",
                        lambda *words: runs.append(words) or real(*words))
    made, events = grading(room)
    assert made.run() == 2 and len(runs) == 1
    made, more = grading(room, regrade=True)
    assert made.run() == 2 and len(runs) == 1
    assert not [data for kind, data in (*events, *more) if kind == "warning"]
    grading(room, regrade=True, timeout=50)[0].run()
    assert len(runs) == 2


@needs_bubblewrap
@pytest.mark.slow
def test_a_lab_that_only_the_gradebook_knows_is_graded_and_it_is_said(room, solution):
    path = solution()
    path.unlink()
    path.parent.rmdir()
    said = room.run("course", "grade", LAB)
    assert "2 graded" in said and "there is no solution of your own" in said


@needs_bubblewrap
@pytest.mark.slow
def test_an_old_gradebook_is_told_how_to_be_upgraded(room, tmp_path):
    shutil.copy(room.root / "gradebook.db", tmp_path)
    try:
        with sqlite3.connect(room.root / "gradebook.db") as book:
            book.execute("alter table assignment drop column duedate")
        for words in (("grade", LAB), ("report", LAB)):
            said = room.run("course", *words, code=1)
            assert "nbgrader db upgrade" in said and "Traceback" not in said, said
    finally:
        shutil.copy(tmp_path / "gradebook.db", room.root)
