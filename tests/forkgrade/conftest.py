"""A class room: a course in a temporary folder, nbgrader's commands, and its gradebook."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.forkgrade.kernels import kernel, server  # noqa: F401  (fixtures)
from tests.forkgrade.registration import register

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def registered(tmp_path_factory):
    """What this checkout registers counts, however old the installation is."""
    sys.path.insert(0, str(register(tmp_path_factory.mktemp("registered"))))
    yield
    del sys.path[0]


class ClassRoom:
    """A copy of the course in which nbgrader's own commands run.

    Parameters
    ----------
    root : pathlib.Path
        Holds `nbgrader_config.py`, `solutions/` and `labs/`.
    home : pathlib.Path
        What nbgrader takes for the home folder.
    """

    def __init__(self, root, home):
        self.root, self.home = root, home

    def nbgrader(self, *words, cwd=None, code=0):
        """Run one of nbgrader's commands as it is documented."""
        return self.run("nbgrader", *words, cwd=cwd, code=code)

    def run(self, program, *words, cwd=None, code=0):
        """Run a program of the environment, which is not activated; return what it says."""
        env = {name: value for name, value in os.environ.items()
               if not name.startswith(("JUPYTER", "NBGRADER", "PYTEST", "MPLBACKEND"))}
        env.update(HOME=str(self.home), PATH="/usr/bin:/bin", PYTHONPATH=str(self.root))
        done = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *map(str, words)],
            cwd=cwd or self.root, env=env, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=500)
        assert done.returncode == code, done.stdout[-4000:]
        return done.stdout

    def hand_in(self, student, lab, change, name=None):
        """Put a changed copy of the released lab where nbgrader finds submissions."""
        notebook = nbformat.read(self.root / f"labs/{lab}/{lab}.ipynb", 4)
        change({cell.id: cell for cell in notebook.cells}, notebook)
        folder = self.root / "submitted" / student / lab
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name or lab}.ipynb")

    def points(self, student, lab):
        """Return the points in the gradebook for each graded cell, None if there are none."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission_notebook(lab, lab, student)
            return {grade.name: grade.auto_score for grade in submission.grades}


@pytest.fixture
def class_room(tmp_path):
    """A class room with one lab, made of the given text: `class_room(text)`."""
    from course_utils.notebooks.build import build

    def open_with(text, lab="lab01_trial"):
        root = tmp_path / "course"
        (root / "source/labs").mkdir(parents=True)
        (tmp_path / "home").mkdir()
        copy_packages(root)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        (root / f"source/labs/{lab}.py").write_text(text, encoding="utf-8")
        build(root)
        return ClassRoom(root, tmp_path / "home")

    return open_with


def copy_packages(root, left_out=("__pycache__",)):
    """Copy what a course imports to grade: the helpers and the grader."""
    for package in ("course_utils", "forkgrade"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns(*left_out))
    register(root)


def copy_course(folder):
    """Copy the whole course, as a teacher clones it; return its root and a home folder."""
    left_out = shutil.ignore_patterns(
        "__pycache__", ".*", "tests", "build", "exchange", "submitted", "autograded", "feedback",
        "gradebook.db*", "screenshots", "*.egg-info")
    shutil.copytree(ROOT, folder / "course", ignore=left_out)
    register(folder / "course")
    (folder / "home").mkdir()
    return folder / "course", folder / "home"


@pytest.fixture
def course_copy(tmp_path):
    """A class room in a copy of the whole course, as a teacher clones it."""
    return ClassRoom(*copy_course(tmp_path))
