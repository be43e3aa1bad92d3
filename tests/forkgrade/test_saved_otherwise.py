"""Submissions as browsers, file managers, editors and other programs leave them, graded both ways:
by `course grade`, and by plain `nbgrader autograde` with our settings."""

import json
import shutil

import pytest

from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import LAB, RIGHT, note, plain_class  # noqa: F401

pytestmark = [pytest.mark.slow, needs_bubblewrap]
STAMP = "2026-01-02 10:00:00 UTC\r\n"


def recoded(path, coding):
    path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode(coding))
    (path.parent / "timestamp.txt").write_bytes(STAMP.encode(coding))


def renamed(path, name):
    path.rename(path.with_name(name))


def changed(path, change):
    nb = json.loads(path.read_text("utf-8"))
    change(nb, {cell["id"]: cell for cell in nb["cells"]})
    path.write_text(json.dumps(nb), "utf-8")


def old(nb, cells):
    for cell in nb["cells"]:
        del cell["id"]
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source"), "prompt_number": cell.pop("execution_count"),
                     "language": "python"}
    nb |= {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""},
           "worksheets": [{"cells": nb.pop("cells")}]}


def bare(nb, cells):
    nb["cells"][:0] = [{"cell_type": "code"}, {"cell_type": "markdown", "source": "x"}]
    nb["nbformat_minor"] = 2


def split(nb, cells):
    part = {**cells["double"], "id": "part", "source": "factor = 2"}
    cells["double"]["source"] = "def double(x):\n    return factor * x"
    nb["cells"].insert(nb["cells"].index(cells["double"]), part)


def copied(nb, cells):
    nb["cells"].append({**cells["halve"], "id": "again"})
    nb["cells"].insert(0, {**cells["test_double"], "id": "before"})


def strange(nb, cells):
    nb["metadata"] = {"widgets": {"application/vnd.jupyter.widget-state+json": {"x": {}}},
                      "kernelspec": {"name": "conda-env-x-py", "display_name": "x"}, "title": [1],
                      "language": 5, "language_info": {"name": 7}}


SAVED = {
    "mark": lambda path: recoded(path, "utf-8-sig"), "utf16": lambda path: recoded(path, "utf-16"),
    "txt": lambda path: renamed(path, f"{LAB}.ipynb.txt"),
    "json": lambda path: renamed(path, "my lab.json"),
    "old": lambda path: changed(path, old), "bare": lambda path: changed(path, bare),
    "split": lambda path: changed(path, split), "copied": lambda path: changed(path, copied),
    "strange": lambda path: changed(path, strange),
    "litter": lambda path: (path.parent / f"._{LAB}.ipynb").write_bytes(b"\0\5\26\7"),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = plain_class.__wrapped__(tmp_path_factory.mktemp("saved"))(dict.fromkeys(SAVED, RIGHT))
    for student, save in SAVED.items():
        save(room.root / f"submitted/{student}/{LAB}/{LAB}.ipynb")
    for folder in ("submitted", "solutions"):
        apart = room.root / folder / "__MACOSX" / LAB
        apart.mkdir(parents=True)
        (apart / f"._{LAB}.ipynb").write_bytes(b"\0\5\26\7")
    (room.root / f"solutions/{LAB}/._{LAB}.ipynb").write_bytes(b"\0\5\26\7")
    return room


def points(room):
    return {student: room.points(student, LAB) for student in SAVED}


def test_course_grade_gives_full_points_and_every_page_is_made(room):
    said = room.run("course", "grade", LAB)
    assert f"{len(SAVED)} graded" in said and "not graded" not in said
    assert all(each["test_double"] == 2 and each["test_halve"] == 2 for each in
               points(room).values()), points(room)
    flagged = {student for student in SAVED if note(room, student)["flags"]}
    assert flagged == {"txt", "json", "split", "copied"}
    assert not (room.root / "autograded/__MACOSX").exists()
    room.run("course", "report", LAB, "--feedback")
    for student in SAVED:
        assert (room.root / f"feedback/{student}/{LAB}/{LAB}.html").is_file(), student


def test_plain_autograde_gives_the_same_points(room):
    room.run("course", "grade", LAB)  # nothing to do, unless this test is run alone
    ours = points(room)
    shutil.rmtree(room.root / "autograded")
    said = room.nbgrader("autograde", LAB)
    assert points(room) == ours
    assert "double was split into 2 cells" in said and "halve occurs more than once" in said


def test_handed_in_again_without_a_new_time_it_is_graded_again(room):
    path = room.root / f"submitted/old/{LAB}/{LAB}.ipynb"
    room.run("course", "grade", LAB, "--regrade")
    path.write_text(path.read_text().replace("return x + x", "return 3 * x"))
    assert "1 graded" in room.run("course", "grade", LAB)
    assert room.points("old", LAB)["test_double"] == 0
    assert "nothing to do" in room.run("course", "grade", LAB)
