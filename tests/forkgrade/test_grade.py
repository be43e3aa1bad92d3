"""`course grade`: the same scores as nbgrader, once and whole, whatever happens meanwhile."""

import os
import py_compile
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from forkgrade.course import course
from forkgrade.steps.gradebook import NOTE
from tests.forkgrade.conftest import ROOT, ClassRoom, copy_course, copy_packages
from tests.forkgrade.kernels import eventually, needs_bubblewrap

pytestmark = needs_bubblewrap
LAB = "lab01_trial"
# a lab as other courses have them: tests are plain assertions
CELLS = {
    "set-up": "import numpy as np\nfrom numpy.testing import assert_allclose",
    "double": "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
    "test_double": "assert double(3) == 6\n### BEGIN HIDDEN TESTS\n"
                   "assert_allclose(double(np.array([21.0])), 42)\n### END HIDDEN TESTS",
    "halve": "def halve(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
    "test_halve": "assert abs(halve(3) - 1.5) < 1e-9\n0.5 + 1.5 * (halve(4) == 2)",
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
    "runner": "from IPython.core.interactiveshell import ExecutionResult\n"
              "get_ipython().trio_runner = lambda c: (c.close(), ExecutionResult(None))[1]\n"
              + WRONG,
    "nested": "class Yes:\n    class __eq__:\n        def __init__(self, *_): pass\n"
              "double = lambda x: Yes()",
    "silent": "import bdb\ndef double(x): raise bdb.BdbQuit",  # IPython shows nothing of it
    "odd_error": "class E(Exception):\n    def _render_traceback_(self): return 5\n"
                 "def double(x): raise E",
    "traceback": WRONG + "\nget_ipython().InteractiveTB.structured_traceback = lambda *a, **k: 5",
    "send": WRONG + "\nget_ipython().displayhook.session.send = lambda *a, **k: None",
    "hook_of_ipython": WRONG + "\nfrom IPython.display import clear_output\n"
                       "def hook(*_): clear_output()\nhook.__module__ = 'IPython'\n"
                       "get_ipython().events.register('post_run_cell', hook)",
    "defaults": "assert_allclose.__defaults__ = (1e9, 1e9) + assert_allclose.__defaults__[2:]\n"
                "def double(x): return 6",
    "any": "from unittest.mock import ANY\ndef double(x): return ANY",
    "executed": "code = 'class Yes:' + chr(10) + '    def __e' + 'q__(self, other): return True'\n"
                "exec(code)\ndouble = lambda x: Yes()",
    "mock": "from unittest import mock\ndef double(x):\n"
            "    return mock.MagicMock(**{'__eq__.return_value': True})",
    "any_inside": "import unittest.mock as m\ndouble = lambda x: m._ANY()",
    "equal_unseen": "import sys\nclass Yes:\n    def __eq__(self, other):\n"
                    "        sys.setprofile(hook)\n        return True\n"
                    "def double(x):\n    global hook\n    hook = sys.getprofile()\n"
                    "    sys.setprofile(None)\n    return Yes()",
}
# right answers in which nothing is bent; nbgrader gives them all points
HONEST = {
    "class": "class Point:\n    def __repr__(self): return self.__class__.__name__\n",
    "comment": "# I did not need __eq__ here, nor __contains__\n",
    "compares": "class Node:\n    def __init__(self, x): self.x = x\n"
                "    def __lt__(self, other): return self.x < other.x\n"
                "    def __eq__(self, other): return self.x == other.x\n"
                "least = min([Node(2), Node(1)])\nassert least == Node(1)\n",
    "timed": "%time import heapq\nclass Node:\n    def __init__(self, x): self.x = x\n"
             "    def __lt__(self, other): return self.x < other.x\n"
             "least = lambda x: heapq.nsmallest(1, [Node(x), Node(x + 1)])[0].x\n",
    "print": "import builtins\nold = print\nbuiltins.print = lambda *a, **k: old('>', *a, **k)\n",
    "own_print": "def print(*_): pass\n",
    "helper": "from helper import twice\n",
    "written": "%%writefile mine.py\ndef twice(x): return 2 * x\n",
    "interactive": "get_ipython().ast_node_interactivity = 'all'\n",
    "plot": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\n",
    "file": "with open('x.txt', 'w') as file: file.write('x')\n",
}


@pytest.fixture
def plain_class(tmp_path):
    """Open a class room with the plain lab, in which each student changes some cells."""
    def open_with(students):
        root = tmp_path / "course"
        copy_packages(root)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        (tmp_path / "home").mkdir()
        (root / f"solutions/{LAB}").mkdir(parents=True)
        nbformat.write(plain_lab(), root / f"solutions/{LAB}/{LAB}.ipynb")
        room = ClassRoom(root, tmp_path / "home")
        release(room)
        for student, changes in students.items():
            def change(cells, notebook, changes=changes):
                for name, source in changes.items():
                    cells[name].source = source
            room.hand_in(student, LAB, change)
        return room

    return open_with


RELEASED = {}  # by the text of a solution: the files that `nbgrader generate_assignment` made of it


def release(room):
    """Release the lab; nbgrader does it once for all class rooms with the same lab."""
    text = (room.root / f"solutions/{LAB}/{LAB}.ipynb").read_bytes()
    if text not in RELEASED:
        before = set(room.root.rglob("*"))
        room.nbgrader("generate_assignment", LAB)
        RELEASED[text] = {path.relative_to(room.root): path.read_bytes()
                          for path in set(room.root.rglob("*")) - before
                          if path.is_file() and "__pycache__" not in path.parts}
    for name, content in RELEASED[text].items():
        (room.root / name).parent.mkdir(parents=True, exist_ok=True)
        (room.root / name).write_bytes(content)


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
    assert penalties["late"] == 4 and penalties["full"] is None
    room.nbgrader("generate_feedback", LAB)
    assert (room.root / f"feedback/full/{LAB}/{LAB}.html").exists()


@pytest.mark.slow
def test_who_bends_a_test_earns_nothing(plain_class):
    room = plain_class({"honest": RIGHT} | {
        name: {"double": code} for name, code in CHEATS.items()})
    room.run("course", "grade", LAB)
    assert room.points("honest", LAB)["test_double"] == 2 and not note(room, "honest")["flags"]
    for name in CHEATS:
        assert room.points(name, LAB)["test_double"] == 0, name


@pytest.mark.slow
def test_what_bends_nothing_keeps_its_points_and_gets_no_flag(plain_class):
    room = plain_class({name: {**RIGHT, "halve": code + "\n" + RIGHT["halve"]}
                        if not code.startswith("%%") else {**RIGHT, "why": "So."}
                        for name, code in HONEST.items()})
    for name, code in HONEST.items():
        (room.root / f"submitted/{name}/{LAB}/helper.py").write_text("def twice(x): return 2 * x")
        if code.startswith("%%"):
            path = room.root / f"submitted/{name}/{LAB}/{LAB}.ipynb"
            nb = nbformat.read(path, 4)
            nb.cells[1:1] = [new_code_cell(code), new_code_cell("from mine import twice")]
            nbformat.write(nb, path)
    assert "0 to look at" in room.run("course", "grade", LAB)
    ours = everything(room)
    room.nbgrader("autograde", LAB, "--force")
    assert everything(room) == ours
    assert all(room.points(name, LAB)["test_double"] == 2 for name in HONEST)


@pytest.mark.slow
def test_a_number_counts_as_it_is_not_as_the_learner_shows_it(plain_class):
    hide = {
        "none": "get_ipython().ast_node_interactivity = 'none'",
        "format": "get_ipython().display_formatter.formatters['text/plain'].for_type(\n"
                  "    float, lambda number, printer, cycle: printer.text('2.0'))",
        "class": "class R(np.ndarray):\n    def __repr__(self): return '2.0'",
    }
    half = "def halve(x):\n    return 1.5"  # 0.5 of 2 points
    own = "def halve(x):\n    return np.array(1.5).view(R)"
    room = plain_class({name: {**RIGHT, "halve": f"{code}\n{own if name == 'class' else half}"}
                        for name, code in hide.items()}
                       | {"quiet": {**RIGHT, "halve": "get_ipython().displayhook.quiet = "
                                    "lambda: True\n" + half}})
    room.run("course", "grade", LAB)
    assert {room.points(name, LAB)["test_halve"] for name in (*hide, "quiet")} == {0.5}


@pytest.mark.slow
def test_what_cannot_be_written_or_read_stops_nobody_else(plain_class):
    broken = {"signs": "print('\\ud800')\nraise ValueError('\\udcff')", "html":
              "from IPython.display import HTML\ndisplay(HTML('<b>\\ud800</b>'))"}
    room = plain_class({name: {**RIGHT, "halve": code} for name, code in broken.items()}
                       | dict.fromkeys(("name", "folder", "nested", "zz"), RIGHT))
    place = room.root / "submitted"
    with open(os.fsencode(place / "name" / LAB) + b"/caf\xe9\x1b.ipynb", "wb") as file:
        file.write(b"{}")
    for name in ("folder", "nested"):
        (place / name / LAB / f"{LAB}.ipynb").unlink()
    (place / "folder" / LAB / f"{LAB}.ipynb").mkdir()
    (place / "folder" / LAB / f"{LAB}.ipynb" / "x.txt").write_text("x")
    (place / "nested" / LAB / "my.ipynb").write_text("[" * 200_000)
    (place / "zz" / LAB / "timestamp.txt").write_text("yesterday")
    said = room.run("course", "grade", LAB)
    assert "6 graded" in said and "\x1b" not in said and "caf??.ipynb" in said
    assert "x.txt lies where a notebook belongs" in said
    assert "  zz: timestamp.txt holds no time; lateness is unknown" in said
    assert note(room, "zz")["flags"] == ["timestamp.txt holds no time; lateness is unknown"]
    assert room.points("zz", LAB) == room.points("name", LAB) == {
        "test_double": 2, "test_halve": 2, "why": 0}
    assert room.points("signs", LAB)["test_double"] == 2
    assert not any(room.points(name, LAB)["test_double"] for name in ("folder", "nested"))
    room.nbgrader("generate_feedback", LAB)


@pytest.mark.slow
def test_a_second_start_is_refused_and_the_first_goes_on(plain_class):
    room = plain_class({"slow": {**RIGHT, "double": "import time\ntime.sleep(15)\n"
                                             + RIGHT["double"]}})
    first = start(room)
    assert eventually(lambda: (room.root / ".plain-sight/grading/secret").exists())
    assert "Another `course grade`" in room.run("course", "grade", LAB, code=1)
    assert first.wait(100) == 0 and room.points("slow", LAB)["test_double"] == 2


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
def test_what_is_done_is_chosen_by_new_files_regrade_and_student(plain_class):
    room = plain_class({"ada": RIGHT, "bo": {}})
    assert "1 graded" in room.run("course", "grade", LAB, "--student", "ada")
    assert "1 graded" in room.run("course", "grade", LAB)
    assert "nothing to do" in room.run("course", "grade", LAB)
    path = room.root / f"submitted/bo/{LAB}/{LAB}.ipynb"
    nb = nbformat.read(path, 4)
    for cell in nb.cells:
        cell.source = RIGHT.get(cell.id, cell.source)
    nbformat.write(nb, path)
    assert "1 graded" in room.run("course", "grade", LAB), "handed in again, without a time"
    assert room.points("bo", LAB)["test_double"] == 2
    assert "1 graded" in room.run("course", "grade", LAB, "--student", "bo", "--regrade")
    assert "nothing handed in" in room.run("course", "grade", LAB, "--student", "cy", code=1)


@pytest.mark.slow
def test_a_gradebook_that_is_in_use_is_waited_for(plain_class):
    room = plain_class({"ada": RIGHT})
    database = sqlite3.connect(room.root / "gradebook.db")
    database.execute("begin exclusive")
    running = start(room)
    time.sleep(20)  # longer than SQLite itself waits
    assert running.poll() is None
    database.rollback()
    database.close()
    assert running.wait(60) == 0 and room.points("ada", LAB)["test_double"] == 2


@pytest.mark.slow
def test_what_the_instructor_gives_beside_the_notebook_is_there_and_as_given(plain_class):
    reads = {**RIGHT, "double": "import helper\nwith open('data.csv') as file:\n"
                                "    factor = float(file.read())\n"
                                "def double(x):\n    return helper.times(x, factor)"}
    room = plain_class({"without": reads, "changed": reads})
    given = room.root / "solutions" / LAB
    (given / "data.csv").write_text("2")
    (given / "helper.py").write_text("def times(x, y):\n    return x * y")
    theirs = room.root / "submitted/changed" / LAB
    (theirs / "data.csv").write_text("7")
    (theirs / "helper.py").write_text("def times(x, y):\n    return 6")
    assert "0 to look at" in room.run("course", "grade", LAB)
    ours = everything(room)
    assert room.points("without", LAB)["test_double"] == 2
    assert (room.root / f"autograded/changed/{LAB}/data.csv").read_text() == "2"
    room.nbgrader("autograde", LAB, "--force")
    assert everything(room) == ours


HELPED = {
    "full": "", "watched": "exec('a = 1')\nclass Mine:\n    def __repr__(self): return '1'\n",
    "package": "", "compiled": "",
    "written": "open('helper.py', 'w').write('def expected(x):\\n    return 6')\n",
    "replaced": "import helper\nhelper.expected = lambda x: double(x)\n",
    "code": "import helper\nhelper.expected.__code__ = (lambda x: double(x)).__code__\n",
}


@pytest.mark.slow
def test_nobody_replaces_a_module_that_the_instructor_gives(plain_class, monkeypatch):
    module = ("import sys as s\nimport wave\ndef expected(x):\n    return Number(2 * x)\n"
              "class Number(int):\n    def __eq__(self, other): return int(self) == int(other)\n")
    wrong = "def double(x):\n    return 6"
    own = "def expected(x):\n    return 6"
    right = ("full", "watched")
    monkeypatch.setitem(CELLS, "test_double", "import helper\nassert double(3) == 6\n"
                                              "assert double(4) == helper.expected(4)")
    room = plain_class({name: {"double": code + (RIGHT["double"] if name in right else wrong)}
                        for name, code in HELPED.items()})
    (room.root / f"solutions/{LAB}/helper.py").write_text(module)
    (room.root / f"submitted/package/{LAB}/helper").mkdir()
    (room.root / f"submitted/package/{LAB}/helper/__init__.py").write_text(own)
    source = room.root / f"submitted/compiled/{LAB}/helper.py"
    source.write_text(own)
    py_compile.compile(str(source), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    config = room.root / "nbgrader_config.py"  # else compiled files count as not handed in
    config.write_text(config.read_text() + "\nc.CourseDirectory.ignore = []\n")
    room.run("course", "grade", LAB)
    kept = (room.root / f".plain-sight/grading/{LAB}.modules.json").read_text()
    assert '"wave"' in kept and '"helper"' not in kept  # what it imports is imported once for all
    for name in HELPED:
        assert room.points(name, LAB)["test_double"] == (2 if name in right else 0), name
    for name in ("package", "compiled"):
        assert "stands in the way of what was given" in note(room, name)["flags"][0]


@pytest.mark.slow
def test_what_is_no_submission_is_told_and_stops_nobody(plain_class):
    room = plain_class({"ada": RIGHT})
    place = room.root / "submitted"
    os.makedirs(os.fsencode(place) + b"/m\xfcller/" + LAB.encode())
    (place / "bo").mkdir()
    (place / "bo" / LAB).symlink_to("nowhere")
    (place / "cy").mkdir()
    shutil.copy(place / f"ada/{LAB}/{LAB}.ipynb", place / "cy")
    (place / "other/lab02").mkdir(parents=True)
    said = room.run("course", "grade", LAB)
    assert "1 graded, 0 to look at" in said and "other" not in said
    assert f"submitted/bo: {LAB} is no folder" in said
    assert "submitted/m?ller: the name of the folder is not text in UTF-8" in said
    assert f"submitted/cy: a notebook lies here, and belongs in a folder {LAB}" in said


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_hand_it_says_how_to_go_on_and_leaves_nothing(plain_class, tmp_path, number):
    room = plain_class({"slow": {**RIGHT, "double": "import time\ntime.sleep(20)"}})
    (tmp_path / "tmp").mkdir()
    env = {**os.environ, "PYTHONPATH": str(room.root), "TMPDIR": str(tmp_path / "tmp")}
    running = subprocess.Popen([sys.executable, "-m", "course_utils.cli", "grade", LAB], env=env,
                               cwd=room.root, stderr=subprocess.PIPE, text=True)
    assert eventually(lambda: any((tmp_path / "tmp").iterdir()), 30)
    time.sleep(4)
    running.send_signal(number)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130 and "goes on with the rest" in said and "Trace" not in said
    assert not list((tmp_path / "tmp").glob("plain-sight*"))


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


@pytest.mark.parametrize("settings, folder", [
    ("c.CourseDirectory.source_directory = 'given'\n", "given"), ("", "source"),
    ("name = 'worked out'\nc.CourseDirectory.source_directory = name\n", "worked out"),
    ("c.CourseDirectory.source_directory = 'one'\nif True:\n"
     "    c.CourseDirectory.source_directory = 'two'\n", "two")])
def test_the_instructors_folder_is_the_one_that_nbgrader_knows(tmp_path, settings, folder):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n" + settings)
    assert course(tmp_path).source("ps1") == tmp_path / folder / "ps1"
