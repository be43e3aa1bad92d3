"""A lab of two notebooks: each is run in a kernel of its own, and the trouble of one is its own."""

import shutil

import nbformat
import pytest

from tests.forkgrade.conftest import ROOT, ClassRoom, copy_packages
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import RIGHT, everything, plain_lab

pytestmark = [pytest.mark.slow, needs_bubblewrap]
LAB = "lab01_trial"
NAMES = ("first", "second")


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """Return a class room in which nothing is handed in yet."""
    folder = tmp_path_factory.mktemp("several")
    root = folder / "course"
    copy_packages(root)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (folder / "home").mkdir()
    (root / f"solutions/{LAB}").mkdir(parents=True)
    for name in NAMES:
        nbformat.write(plain_lab(), root / f"solutions/{LAB}/{name}.ipynb")
    (root / f"solutions/{LAB}/data.csv").write_text("given with the lab")
    found = ClassRoom(root, folder / "home")
    found.nbgrader("generate_assignment", LAB)
    return found


def hand_in(room, student, sources):
    """Hand in for each notebook changed cells, a text instead of it, or None for no such file."""
    folder = room.root / "submitted" / student / LAB
    folder.mkdir(parents=True)
    for name, source in sources.items():
        nb = nbformat.read(room.root / f"labs/{LAB}/{name}.ipynb", 4)
        for cell in nb.cells if isinstance(source, dict) else ():
            cell.source = source.get(cell.id, cell.source)
        if isinstance(source, str):
            (folder / f"{name}.ipynb").write_text(source)
        elif source is not None:
            nbformat.write(nb, folder / f"{name}.ipynb")


def points(room, student):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room.root / 'gradebook.db'}") as gradebook:
        return {name: sum(grade.auto_score or 0 for grade in
                          gradebook.find_submission_notebook(name, LAB, student).grades)
                for name in NAMES}


def test_each_notebook_is_graded_as_if_it_were_alone(room):
    dies = {**RIGHT, "double": "import os\nos._exit(1)"}
    leaves = {**RIGHT, "double": RIGHT["double"] + "\nleft = 1\nopen('left', 'w').close()"}
    finds = {**RIGHT, "double": "import os\nassert 'left' not in globals()\n"
                                "assert not os.path.exists('left')\n" + RIGHT["double"]}
    hand_in(room, "both", {"first": RIGHT, "second": {"halve": RIGHT["halve"]}})
    hand_in(room, "blank", {"first": {}, "second": RIGHT})
    hand_in(room, "dies", {"first": dies, "second": RIGHT})
    hand_in(room, "one", {"first": RIGHT, "second": None})
    hand_in(room, "broken", {"first": "no notebook", "second": RIGHT})
    hand_in(room, "swap", {"first": leaves, "second": finds})
    said = room.run("course", "grade", LAB)
    assert "6 graded, 3 to look at" in said
    full = points(room, "swap")["first"]
    assert points(room, "swap") == {"first": full, "second": full} and full == 4
    assert points(room, "both") == {"first": full, "second": 2}
    assert points(room, "blank") == {"first": 0, "second": full}
    assert points(room, "dies") == {"first": 0, "second": full}
    assert points(room, "one") == {"first": full, "second": 0}
    assert points(room, "broken") == {"first": 0, "second": full}
    for student in ("both", "one", "broken"):
        folder = room.root / f"autograded/{student}/{LAB}"
        assert sorted(path.name for path in folder.iterdir()) == [
            "data.csv", "first.ipynb", "second.ipynb"]
    assert "second.ipynb" in said and "nothing to do" in room.run("course", "grade", LAB)


def test_honest_submissions_get_the_scores_of_nbgrader(room):
    for student in ("dies", "one", "broken", "swap"):  # these stop nbgrader, or share a folder
        for place in ("submitted", "autograded"):
            shutil.rmtree(room.root / place / student)
    honest = ("both", "blank")
    ours = [row for row in everything(room)[0] if row[0] in honest]
    room.nbgrader("autograde", LAB, "--force")
    assert len(ours) == 12
    assert [row for row in everything(room)[0] if row[0] in honest] == ours
    room.nbgrader("generate_feedback", LAB, "--student=both")
    assert (room.root / f"feedback/both/{LAB}/second.html").exists()
