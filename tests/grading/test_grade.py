"""`course grade`: the same scores as nbgrader, once and whole, whatever happens meanwhile."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.grading.gradebook import NOTE
from tests.grading.conftest import ROOT, ClassRoom, copy_course
from tests.kernels.conftest import eventually, needs_bubblewrap

pytestmark = needs_bubblewrap
LAB = "lab01_trial"
# a lab as other courses have them: tests are plain assertions
CELLS = {
    "set-up": "import numpy as np\nfrom numpy.testing import assert_allclose",
    "double": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    "test_double": "assert double(3) == 6\n### BEGIN HIDDEN TESTS\n"
                   "assert_allclose(double(np.array([21.0])), 42)\n### END HIDDEN TESTS",
    "halve": "def halve(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
    "test_halve": "assert abs(halve(3) - 1.5) < 1e-9\n0.5 + (halve(4) == 2)",
    "why": "### BEGIN SOLUTION\nBecause.\n### END SOLUTION",
}
RIGHT = {"double": "def double(x):\n    return x + x", "halve": "def halve(x):\n    return x / 2"}
FINDS_ALEMBIC = ("import os, pathlib, sys\nif 'nbgrader' in sys.argv[0]:\n"
                 "    os.environ['PATH'] += f':{pathlib.Path(sys.executable).parent}'\n")
WRONG = "def double(x):\n    return 0"
# what replaces the cell `double`, whose function is wrong each time
CHEATS = {
    "builtin": WRONG + "\nimport builtins\nbuiltins.abs = lambda x: 0",
    "shadow": WRONG + "\ndef assert_allclose(*_, **__): pass\ndef double(x): return 6",
    "numpy_testing": "import numpy.testing\nnumpy.testing.assert_allclose = lambda *a, **k: 0\n"
                     "assert_allclose = numpy.testing.assert_allclose\ndef double(x): return 6",
    "inside": "import numpy.testing._private.utils as inside\n"
              "inside.assert_array_compare = lambda *a, **k: None\ndef double(x): return 6",
    "equal": "class Yes:\n    def __eq__(self, other): return True\n"
             "    def __array__(self, *a, **k): return np.array([42.0])\ndouble = lambda x: Yes()",
    "trace": WRONG + "\nimport sys\nsys.settrace(lambda *_: None)",
    "hook": WRONG + "\nget_ipython().events.register('pre_run_cell', lambda *_: None)",
    "transformer": WRONG + "\nimport ast\nclass Gone(ast.NodeTransformer):\n"
                   "    def visit_Assert(self, node): return ast.Pass()\n"
                   "get_ipython().ast_transformers.append(Gone())",
    "source": WRONG + "\nget_ipython().input_transformers_post.append(\n"
              "    lambda lines: [line for line in lines if 'assert' not in line])",
    "run_cell": WRONG + "\nshell = get_ipython()\nold = shell.run_cell\n"
                "shell.run_cell = lambda code, **k: old('None', **k)",
}


@pytest.fixture
def plain_class(tmp_path):
    """Open a class room with the plain lab, in which each student changes some cells."""
    def open_with(students):
        root = tmp_path / "course"
        shutil.copytree(ROOT / "course_utils", root / "course_utils",
                        ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "nbgrader_config.py", root)
        (tmp_path / "home").mkdir()
        (root / f"solutions/{LAB}").mkdir(parents=True)
        nbformat.write(plain_lab(), root / f"solutions/{LAB}/{LAB}.ipynb")
        room = ClassRoom(root, tmp_path / "home")
        room.nbgrader("generate_assignment", LAB)
        for student, changes in students.items():
            def change(cells, notebook, changes=changes):
                for name, source in changes.items():
                    cells[name].source = source
            room.hand_in(student, LAB, change)
        return room

    return open_with


def plain_lab():
    nb = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3",
                                               "language": "python"}})
    for name, source in CELLS.items():
        make = new_markdown_cell if name == "why" else new_code_cell
        marks = {"grade_id": name, "schema_version": 3, "task": False, "solution":
                 not name.startswith("test"), "grade": name.startswith(("test", "why")),
                 "locked": name.startswith("test")}
        if marks["grade"]:
            marks["points"] = 1 if name == "why" else 2
        metadata = {} if name == "set-up" else {"nbgrader": marks}
        nb.cells.append(make(source, id=name, metadata=metadata))
    return nb


def everything(room, lab=LAB):
    """Return all that nbgrader keeps of a lab's grading, by student and cell."""
    query = """select s.student_id, g.cell_id, g.auto_score, g.manual_score, g.extra_credit,
        g.needs_manual_grade, n.late_submission_penalty from grade g
        join submitted_notebook n on g.notebook_id = n.id
        join submitted_assignment s on n.assignment_id = s.id order by 1, 2"""
    comments = """select s.student_id, c.cell_id, c.auto_comment from comment c
        join submitted_notebook n on c.notebook_id = n.id
        join submitted_assignment s on n.assignment_id = s.id order by 1, 2"""
    with sqlite3.connect(room.root / "gradebook.db") as database:
        return database.execute(query).fetchall(), database.execute(comments).fetchall()


def note(room, student, lab=LAB):
    nb = nbformat.read(room.root / f"autograded/{student}/{lab}/{lab}.ipynb", 4)
    return nb.metadata[NOTE]


def test_the_same_scores_as_nbgrader_cell_by_cell(plain_class):
    room = plain_class({
        "full": {**RIGHT, "why": "Because I say so."}, "blank": {},
        "half": {"halve": RIGHT["halve"]},
        "wrong": {**RIGHT, "double": WRONG}, "noisy": {
            **RIGHT, "double": "import sys\nprint('!', file=sys.stderr)\n" + RIGHT["double"]},
        "late": RIGHT})
    (room.root / "submitted/late" / LAB / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC")
    with sqlite3.connect(room.root / "gradebook.db") as database:
        database.execute("update assignment set duedate = '2026-01-01 10:00:00.000000'")
    config = room.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert "6 graded, 0 to look at" in room.run("course", "grade", LAB)
    ours = everything(room)
    room.nbgrader("autograde", LAB, "--force")
    assert everything(room) == ours
    penalties = {row[0]: row[-1] for row in ours[0]}
    assert penalties["late"] == 3.5 and penalties["full"] is None
    room.nbgrader("generate_feedback", LAB)
    assert (room.root / f"feedback/full/{LAB}/{LAB}.html").exists()


@pytest.mark.slow
def test_who_bends_a_test_earns_nothing_and_is_flagged(plain_class):
    room = plain_class({"honest": RIGHT} | {
        name: {"double": code} for name, code in CHEATS.items()})
    room.run("course", "grade", LAB)
    assert room.points("honest", LAB)["test_double"] == 2 and not note(room, "honest")["flags"]
    for name in CHEATS:
        assert room.points(name, LAB)["test_double"] == 0, name
        if name != "builtin":  # where nothing was used of what it replaced, the test just fails
            assert any(flag.startswith("tampering") for flag in note(room, name)["flags"]), name


@pytest.mark.slow
def test_a_second_start_is_refused_and_the_first_goes_on(plain_class):
    room = plain_class({"slow": {**RIGHT, "double": "import time\ntime.sleep(6)\n"
                                             + RIGHT["double"]}})
    first = start(room)
    assert eventually(lambda: (room.root / ".plain-sight/grading/secret").exists())
    assert "Another `course grade`" in room.run("course", "grade", LAB, code=1)
    assert first.wait(60) == 0 and room.points("slow", LAB)["test_double"] == 2


def start(room, *words):
    env = {**os.environ, "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    return subprocess.Popen([sys.executable, "-m", "course_utils.cli", "grade", LAB, *words],
                            cwd=room.root, env=env, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_killed_at_any_moment_it_ends_with_the_same_gradebook(plain_class):
    students = {f"s{n}": RIGHT if n % 2 else {"halve": RIGHT["halve"]} for n in range(6)}
    room = plain_class(students)
    room.run("course", "grade", LAB)
    undisturbed = everything(room)
    for student in students:
        subprocess.run(["rm", "-rf", str(room.root / "autograded" / student)], check=True)
    for delay in (0.5, 1.5, 2.2, 2.5, 2.8, 3.1, 3.5, 4.5):
        running = start(room, "--regrade")
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert room.run("course", "grade", LAB)
    assert everything(room) == undisturbed
    assert sorted(path.name for path in (room.root / "autograded").iterdir()) == sorted(students)
    assert "nothing to do" in room.run("course", "grade", LAB)


@pytest.mark.slow
def test_regrade_and_student_choose_what_is_done(plain_class):
    room = plain_class({"ada": RIGHT, "bo": {}})
    assert "1 graded" in room.run("course", "grade", LAB, "--student", "ada")
    assert "1 graded" in room.run("course", "grade", LAB)
    path = room.root / f"submitted/bo/{LAB}/{LAB}.ipynb"
    nb = nbformat.read(path, 4)
    for cell in nb.cells:
        cell.source = RIGHT.get(cell.id, cell.source)
    nbformat.write(nb, path)
    assert "nothing to do" in room.run("course", "grade", LAB)
    assert "1 graded" in room.run("course", "grade", LAB, "--student", "bo", "--regrade")
    assert room.points("bo", LAB)["test_double"] == 2
    assert "nothing handed in" in room.run("course", "grade", LAB, "--student", "cy", code=1)


@pytest.mark.slow
def test_a_gradebook_that_is_in_use_is_waited_for(plain_class):
    room = plain_class({"ada": RIGHT})
    database = sqlite3.connect(room.root / "gradebook.db")
    database.execute("begin exclusive")
    running = start(room)
    time.sleep(4)
    assert running.poll() is None or running.returncode == 0
    database.rollback()
    database.close()
    assert running.wait(60) == 0 and room.points("ada", LAB)["test_double"] == 2


@pytest.mark.slow
def test_without_bubblewrap_it_refuses_and_without_a_sandbox_it_warns(plain_class):
    room = plain_class({"ada": RIGHT})
    hidden = {"PATH": "/nowhere", "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    words = [sys.executable, "-m", "course_utils.cli", "grade", LAB]
    done = subprocess.run(words, cwd=room.root, env=hidden, capture_output=True, text=True)
    assert done.returncode == 1 and "apt install bubblewrap" in done.stderr
    done = subprocess.run([*words, "--no-sandbox"], cwd=room.root, env=hidden,
                          capture_output=True, text=True)
    assert done.returncode == 0 and "WARNING" in done.stderr and "1 graded" in done.stdout


@pytest.mark.slow
def test_another_course_is_graded_where_one_stands(tmp_path):
    room = ClassRoom(tmp_path / "course", tmp_path / "home")
    room.home.mkdir()
    (room.root / "source/ps1").mkdir(parents=True)
    (room.root / "nbgrader_config.py").write_text(  # nbgrader's own folders
        "c = get_config()\n" + FINDS_ALEMBIC)
    nbformat.write(plain_lab(), room.root / "source/ps1/ps1.ipynb")
    room.nbgrader("generate_assignment", "ps1")
    for student, of in (("full", "source"), ("blank", "release")):
        (room.root / f"submitted/{student}").mkdir(parents=True)
        shutil.copytree(room.root / of / "ps1", room.root / f"submitted/{student}/ps1")
    outside = room.root / "submitted"  # found from a folder in it, too
    assert "ps1: 2 graded, 0 to look at" in room.run("course", "grade", "ps1", cwd=outside)
    assert "2 submissions" in room.run("course", "report", "ps1")
    ours = everything(room, "ps1")
    room.nbgrader("autograde", "ps1", "--force")
    assert everything(room, "ps1") == ours
    assert "no lab 'lab01'" in room.run("course", "grade", "lab01", code=1)


@pytest.mark.slow
def test_lab_01_gets_the_same_scores_both_ways(tmp_path):
    lab = "lab01_feature_scaling"
    room = ClassRoom(*copy_course(tmp_path))
    room.nbgrader("generate_assignment", lab)
    solved = nbformat.read(room.root / f"solutions/{lab}/{lab}.ipynb", 4)
    sources = {cell.id: cell.source for cell in solved.cells
               if cell.metadata.get("nbgrader", {}).get("solution")}
    for student, left_out in {"full": (), "blank": tuple(sources), "part": ("choose", "advice"),
                              "part2": ("min_max", "measure_effect")}.items():
        def change(cells, notebook, left_out=left_out):
            for name in set(sources) - set(left_out):
                cells[name].source = sources[name]
        room.hand_in(student, lab, change)
    room.run("course", "grade", lab)
    ours = everything(room, lab)
    room.nbgrader("autograde", lab, "--force")
    assert everything(room, lab) == ours
