"""Each known fault of nbgrader 0.9.6, on real runs of `nbgrader autograde`."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_utils.errors import CourseError
from forkgrade import suite
from forkgrade.steps.execute_submission import Execute, ExecuteSubmission
from forkgrade.steps.points import ReadPoints, repaired_outputs

LAB = "lab01_trial"

# what the check does and shows, and the points of 2 that it deserves
SHOWN = {
    "right": ("return 2.0", 2),
    "partly": ("return 1.5", 1.5),
    "nothing": ("return 0.0", 0),
    "stderr": ("print('a start-up line', file=sys.stderr); return 2.0", 2),
    "stderr_descriptor": ("os.write(2, b'from C++'); return 1.5", 1.5),
    "log": ("logging.warning('from Matplotlib'); return 2.0", 2),
    "warning": ("warnings.warn('divided'); return 2.0", 2),
    "no_output": ("return None", 0),
    "display_only": ("display('2.0')", 0),
    "text": ("return 'well done'", 0),
    "truth": ("return True", 0),
    "list": ("return [2.0, 2.0]", 0),
    "numpy_scalar": ("return np.float64(1.5)", 1.5),
    "numpy_integer": ("return np.int64(1)", 1),
    "nan": ("return float('nan')", 0),
    "numpy_nan": ("return np.float64('nan')", 0),
    "negative": ("return -1.0", 0),
    "above": ("return 7.0", 2),
    "infinite": ("return float('inf')", 2),
    "error": ("raise ValueError('no')", 0),
}


def lab_text():
    cells = ["import logging, os, sys, warnings\nimport numpy as np\n"
             "from types import SimpleNamespace\ncheck = SimpleNamespace()"]
    for name, (code, _) in SHOWN.items():
        cells.append(f"def {name}():\n    {code}\ncheck.{name} = {name}")
    text = "".join(f"# %%\n{cell}\n\n" for cell in cells)
    for name in SHOWN:
        text += f'# %% solution="{name}"\n{name}_done = True\n\n'
        text += f'# %% test="{name}" points=2\ncheck.{name}()\n\n'
    return text


def test_points_that_a_check_shows(class_room):
    room = class_room(lab_text())
    room.nbgrader("generate_assignment", LAB)
    room.hand_in("ada", LAB, lambda cells, notebook: None)

    def skip(cells, notebook):
        cells["test_right"].metadata["tags"] = ["skip-execution"]

    room.hand_in("bo", LAB, skip)
    room.nbgrader("autograde", LAB)
    points = room.points("ada", LAB)
    assert points == {f"test_{name}": deserved for name, (_, deserved) in SHOWN.items()}
    assert room.points("bo", LAB) == {**points, "test_right": 0}, "a test that did not run"
    shown = (room.root / f"autograded/ada/{LAB}/{LAB}.ipynb").read_text()
    assert "a start-up line" in shown, "what was written to stderr stays to be read"


HIDDEN = '''\
# %%
from types import SimpleNamespace
check = SimpleNamespace(double=lambda: float(2 * (double(3) == 6)), halve=lambda: 1.0)

# %% solution="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% test="double" points=2
### BEGIN HIDDEN TESTS
assert double(21) == 42, "hidden"
### END HIDDEN TESTS
check.double()

# %% solution="halve"
### BEGIN SOLUTION
half = 1 / 2
### END SOLUTION

# %% test="halve" points=1
check.halve()
'''
RIGHT = "def double(x):\n    return x + x"


def answer(double, halve="half = 0.5", *, drop=(), test=None):
    def change(cells, notebook):
        cells["double"].source, cells["halve"].source = double, halve
        if test:
            cells["test_double"].source = test
        notebook.cells = [cell for cell in notebook.cells if cell.id not in drop]
    return change


STUBBORN = """\
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
HANDED_IN = {
    "honest": (answer(RIGHT), 2, 1),
    "only_visible": (answer("def double(x):\n    return 6"), 0, 1),
    "tampered": (answer("double = None", test="2.0"), 0, 1),
    "deleted": (answer(RIGHT, drop=("test_double",)), 2, 1),
    "deleted_both": (answer(RIGHT, drop=("halve", "test_halve")), 2, 1),
    "dead_kernel": (answer("import os\nos._exit(1)"), 0, 0),
    "dead_later": (answer(RIGHT, "import os\nos._exit(1)"), 2, 0),
    "dies_in_test": (answer("import os\ndef double(x):\n    os._exit(1)"), 0, 0),
    "stubborn": (answer(RIGHT, STUBBORN), 2, 0),
    "endless": (answer("def double(x):\n    while True:\n        pass"), 0, 1),
    "raising": (answer("raise SystemExit"), 0, 1),
}


# what JupyterLab's Formgrader does when its button is pressed
FORMGRADER = """
import sys
from nbgrader.apps import NbGrader, NbGraderAPI
from nbgrader.coursedir import CourseDirectory
app = NbGrader()
app.load_config_file()
api = NbGraderAPI(CourseDirectory(config=app.config), config=app.config)
print(api.autograde(sys.argv[1], sys.argv[2]))
"""


@pytest.mark.slow
def test_points_of_submissions_that_stop_early_or_were_changed(class_room):
    room = class_room(HIDDEN)
    room.nbgrader("generate_assignment", LAB)
    for student, (change, *_) in HANDED_IN.items():
        room.hand_in(student, LAB, change)
    room.hand_in("misnamed", LAB, answer(RIGHT), name="my lab (1)")
    room.hand_in("misnamed_wrong", LAB, answer("double = 3"), name="lab1")
    said = room.nbgrader("autograde", LAB, "--Execute.timeout=3", "--Execute.iopub_timeout=3")
    found = {student: room.points(student, LAB) for student in HANDED_IN}
    assert found == {student: {"test_double": double, "test_halve": halve}
                     for student, (_, double, halve) in HANDED_IN.items()}
    assert room.points("misnamed", LAB) == {"test_double": 2, "test_halve": 1}
    assert room.points("misnamed_wrong", LAB) == {"test_double": 0, "test_halve": 1}
    assert "misnamed handed in my lab (1).ipynb; it is graded as lab01_trial.ipynb" in said
    changed = [line for line in said.splitlines() if "has changed!" in line]
    assert len(changed) == 1 and "test_double" in changed[0], "only the tampered cell is named"
    shutil.rmtree(room.root / "autograded")
    assert "{'success': True" in room.run("python", "-c", FORMGRADER, LAB, "tampered")
    assert room.points("tampered", LAB) == {"test_double": 0, "test_halve": 1}


def cell(*outputs, source="check.double()", count=1):
    made = new_code_cell(source, execution_count=count)
    made.outputs = list(outputs)
    return made


def test_a_test_of_assertions_keeps_nbgraders_rule():
    assert repaired_outputs(cell(source="assert double(1) == 2"), 2) == []
    (only,) = repaired_outputs(cell(source="assert double(1) == 2", count=None), 2)
    assert only.evalue == "This test did not run."
    table = new_output("execute_result", data={"text/plain": "   a  b\n0  1  2"})
    assert repaired_outputs(cell(table, source="assert len(table) == 1\ntable"), 2) == [table]


def test_the_last_result_counts_and_comes_first():
    stream = new_output("stream", name="stderr", text="line")
    result = new_output("execute_result", data={"text/plain": ["1.5\n"]})
    first, second = repaired_outputs(cell(stream, result), 2)
    assert first.data["text/plain"] == "1.5" and second.name == "stdout"


def test_an_error_outweighs_points():
    result = new_output("execute_result", data={"text/plain": "2.0"})
    error = new_output("error", ename="E", evalue="", traceback=[])
    assert repaired_outputs(cell(result, error), 2)[0] is error


@pytest.mark.parametrize("text", ["1.2.3", ".", "e5", "np.float64()", "1.0)x", "", "1,5"])
def test_what_is_no_number_earns_nothing(text):
    result = new_output("execute_result", data={"text/plain": text})
    assert repaired_outputs(cell(result), 2)[0].ename == "NoPoints"


class Bakery:
    """As much of another course's suite as nbgrader's own steps ask for."""

    call_pattern = r"^tasks\.\w+\("
    environment = {"OVENS": "off"}


def test_a_check_of_any_course_has_to_show_points(monkeypatch):
    silent = cell(source="x = 1\ntasks.dozen()")
    assert repaired_outputs(silent, 2) == []
    monkeypatch.setattr(suite, "registered", lambda: (Bakery,))
    assert repaired_outputs(silent, 2)[0].evalue == "This test showed no points."
    assert repaired_outputs(cell(source="check.double()"), 2) == []


def test_kernels_of_nbgrader_have_what_the_courses_want(monkeypatch):
    started = []
    monkeypatch.setattr(Execute, "start_new_kernel", lambda self, **more: started.append(more))
    ExecuteSubmission().start_new_kernel()
    monkeypatch.setattr(suite, "registered", lambda: (Bakery,))
    ExecuteSubmission().start_new_kernel()
    ours, bakery = (more["env"] for more in started)
    assert ours["PLAIN_SIGHT_PROGRESS"] == bakery["OVENS"] == "off" and "OVENS" not in ours


def test_an_installation_that_does_not_know_the_courses_checks_grades_nobody(tmp_path):
    """A check that showed nothing would pass there for a test of assertions that hold."""
    (tmp_path / "pyproject.toml").write_text(
        f'[project.entry-points."{suite.GROUP}"]\nnot-installed = "nowhere:Suite"\n')
    with pytest.raises(CourseError, match="not-installed.*Install the course again"):
        ReadPoints(course_root=str(tmp_path)).preprocess(new_notebook(), {})
