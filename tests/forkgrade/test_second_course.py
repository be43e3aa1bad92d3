"""A small course with checks of its own, which knows nothing of ours: the grader serves it too."""

import json
import shutil
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_utils.errors import CourseError
from forkgrade import suite as suites
from forkgrade.run import records
from forkgrade.steps.gradebook import NOTE
from tests.forkgrade.conftest import ROOT, ClassRoom, copy_packages
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.registration import register

LAB = "rolls"
SUITE = '''
from pathlib import Path

HERE = Path(__file__).parent


class Shown:
    def __init__(self, points):
        self.points, self.max_points = points, 2.0
        self.record = {"points": points, "misconception": None if points else "miscounted"}

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "never read", "text/html": f"<b>{self.points} rolls</b>"}


class Table(dict):
    def _repr_html_(self):
        rows = [f"{name}: {result.points}" for name, result in self.items()]
        return f"<i>{' '.join(rows)}</i>"


class Suite:
    packages = (HERE,)
    hidden = {"bakery.tasks": HERE / "tasks.py"}
    stand_in = "def __getattr__(name):\\n    return lambda: None\\n"
    preload = ("bakery.kneading",)
    environment = {"OVENS": "off", "HOME": "/bakery"}
    call_pattern = r"^tasks\\.\\w+\\("
    summary = "tasks.so_far()"
    exercises = {"dozen": 2.0}

    @classmethod
    def serving(cls, imports):
        return cls() if imports.get("tasks") == ["bakery.tasks", None] else None

    def prepare(self):
        from bakery import tasks

    def split_at_check(self, code):
        return ("", "dozen") if code == "tasks.dozen()" else (code, None)

    def draw(self, exercise, rng):
        return rng.integers(1, 100, 3).tolist()

    def recipe(self, exercise):
        return {"answer": "bakery.kneading:knead", "name": exercise}

    def grade(self, exercise, inputs, answer):
        from bakery.tasks import SECRET_FACTOR

        return Shown(2.0 * sum(x * SECRET_FACTOR == y
                               for x, y in zip(inputs, answer, strict=True)) / 3)

    def unjudged(self, exercise):
        return Shown(0.0)

    def table(self, results):
        return Table(results)
'''
PACKAGE = {
    "__init__.py": "", "suite.py": SUITE, "tasks.py": "SECRET_FACTOR = 12\n",
    "kneading.py": "def knead(recipe, names, inputs):\n"
                   "    return [names[recipe['name']](x) for x in inputs]\n"}
CELLS = {"set-up": "import bakery.tasks as tasks",
         "dozen": "def dozen(x):\n    ### BEGIN SOLUTION\n    return 12 * x\n    ### END SOLUTION",
         "test_dozen": "tasks.dozen()", "sum": "tasks.so_far()"}
RECORD = f"{{'text/plain': '2.0', '{suites.RECORD_TYPE}': {{'points': 2.0}}}}"
STUDENTS = {
    "right": "def dozen(x):\n    return 12 * x",
    "wrong": "def dozen(x):\n    return 13 * x",
    "stops": "def dozen(x):\n    raise ValueError(x)",
    "blank": "pass",
    # right only if nothing lies open here, and nothing of our course is loaded
    "curious": "import os, sys\nassert os.environ['OVENS'] == 'off' != os.environ['HOME']\n"
               "assert 'bakery.kneading' in sys.modules\n"
               "loaded = [name for name in sys.modules if name.startswith('course_utils')]\n"
               "assert not loaded, loaded\n"
               "assert 'SECRET' not in open(tasks.__file__).read()\n"
               "def dozen(x):\n    return 12 * x",
    "hostile": "import bakery.kneading\nbakery.kneading.knead = lambda *_: {'points': 99}\n"
               "tasks.dozen = lambda: 2.0\nfrom IPython.display import display\n"
               f"display({RECORD}, raw=True)",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Return a class room of the small course, graded once."""
    folder = tmp_path_factory.mktemp("bakery")
    room = ClassRoom(folder / "course", folder / "home")
    room.home.mkdir()
    copy_packages(room.root)
    shutil.copy(ROOT / "nbgrader_config.py", room.root)
    (room.root / "bakery").mkdir()
    for name, text in PACKAGE.items():
        (room.root / "bakery" / name).write_text(text)
    register(room.root, "bakery", {suites.GROUP: {"bakery": "bakery.suite:Suite"}})
    nb = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3",
                                               "language": "python"}})
    for name, source in CELLS.items():
        is_test = name.startswith("test")
        marks = {"grade_id": name, "schema_version": 3, "task": False, "solution": not is_test,
                 "grade": is_test, "locked": is_test} | ({"points": 2} if is_test else {})
        nb.cells.append(new_code_cell(source, id=name, metadata={"nbgrader": marks}
                                      if "dozen" in name else {}))
    (room.root / f"solutions/{LAB}").mkdir(parents=True)
    nbformat.write(nb, room.root / f"solutions/{LAB}/{LAB}.ipynb")
    room.nbgrader("generate_assignment", LAB)
    for student, source in STUDENTS.items():
        room.hand_in(student, LAB, lambda cells, nb, source=source:
                     cells["dozen"].update(source=source))
    room.printed = room.run("course", "grade", LAB)
    return room


def graded(room, student):
    return nbformat.read(room.root / f"autograded/{student}/{LAB}/{LAB}.ipynb", 4)


@needs_bubblewrap
@pytest.mark.parametrize("student, points", [("right", 2), ("wrong", 0), ("stops", 0),
                                             ("blank", 0), ("curious", 2), ("hostile", 0)])
def test_its_checks_decide_the_points(room, student, points):
    nb = graded(room, student)
    assert room.points(student, LAB) == {"test_dozen": points}, nb
    assert records(nb)["test_dozen"]["points"] == points
    table = nb.cells[-1].outputs[0].data["text/html"]
    assert table == f"<i>dozen: {float(points)}</i>"


@needs_bubblewrap
def test_who_is_hostile_is_flagged_and_nobody_else(room):
    flags = {student: graded(room, student).metadata[NOTE]["flags"] for student in STUDENTS}
    assert not any(flags[student] for student in ("right", "wrong", "curious"))
    assert any(flag.startswith("forged") for flag in flags["hostile"])
    assert any(flag.startswith("odd answer: dozen") for flag in flags["hostile"])
    shown = json.dumps([cell.outputs for cell in graded(room, "hostile").cells
                        if cell.id == "dozen"])
    assert suites.RECORD_TYPE not in shown
    assert "6 graded, 3 to look at" in room.printed, room.printed


@needs_bubblewrap
def test_its_report_knows_its_misconceptions(room):
    assert "6 submissions" in room.run("course", "report", LAB)
    assert "miscounted" in (room.root / f"reports/{LAB}/report.html").read_text()


def test_our_checks_are_one_suite_among_others():
    from course_utils.checks.result import RECORD_TYPE
    from course_utils.checks.suite import LabSuite

    assert LabSuite in suites.registered() and RECORD_TYPE == suites.RECORD_TYPE
    lab = suites.suite_for({"check": ["course_utils.checks", "lab01"]})
    assert lab.exercises["standardize"] == 3 and suites.suite_for({}) is None
    promised = {name for name in (*suites.CheckSuite.__annotations__, *vars(suites.CheckSuite))
                if name[0] != "_"}
    assert promised <= set(dir(lab))
    assert suites.is_hidden("course_utils.checks.lab01.scaling")
    assert not suites.is_hidden("course_utils.checks.remote")


def test_a_suite_that_cannot_be_imported_is_no_open_door(tmp_path, monkeypatch):
    register(tmp_path, "broken", {suites.GROUP: {"broken": "nowhere.suite:Suite"}})
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(suites, "registered", suites.registered.__wrapped__)
    with pytest.raises(CourseError, match="'broken' .* cannot be imported"):
        suites.registered()


def test_an_installation_older_than_the_course_is_told(tmp_path):
    suites.check_registered(ROOT)
    suites.check_registered(tmp_path)
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nname = "x"\n[project.entry-points."{suites.GROUP}"]\nmore = "x:Suite"\n')
    with pytest.raises(CourseError, match="registers the checks more.*pip install"):
        suites.check_registered(tmp_path)
