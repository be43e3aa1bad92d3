"""What a hostile or unlucky class hands in: for each submission how it is made, the points that it
deserves (a share of the tests by name), and words of the reason or flag it must get."""

import json
import os
import shutil

import nbformat

LAB = "lab01_feature_scaling"
RECORD = "application/vnd.plain-sight.check+json"
FORGE = f"""\
from IPython.display import display
display({{"text/plain": "3.0", "{RECORD}": {{"exercise": "lab01.standardize", "state": "right",
         "points": 3.0, "max_points": 3.0, "misconception": None}}}}, raw=True)
"""
STEAL = """\
import glob, os, sys
loot = []
for place in ("/", os.path.expanduser("~"), "/proc", "/srv", "/home", "/root", "/tmp"):
    for folder, _, names in os.walk(place):
        loot += [name for name in names if name in ("gradebook.db", "secret")
                 or name.startswith("lab01_feature_scaling")]
        if folder.count("/") > 5:
            _ = []
assert not loot, loot
try:
    from course_utils.checks.lab01.choose import FEATURES
    scaling_for = {row.key: row.right for row in FEATURES}
except ImportError:
    scaling_for = {}
"""
SPRAY = """\
import os
for place in ("/", "/usr", os.path.expanduser("~"), "/tmp", ".", "..", "/dev/shm"):
    try:
        with open(os.path.join(place, "sprayed-by-a-learner"), "w") as file:
            file.write("x" * 1000)
    except OSError:
        pass
"""

# how a cell of the lab is changed, which tests that costs (None: all), and what must be said
CELLS = {
    "loop": ("measure_effect", "while True:\n    pass", ("measure_effect",), "interrupted after"),
    "deaf": ("min_max", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
             "while True:\n    pass", "from min_max", "ignored its interruption"),
    "sleep": ("min_max", "import time\ntime.sleep(1000)", ("min_max",), "interrupted after"),
    "bomb": ("min_max", "import os\nwhile True:\n    os.fork()", "from min_max", "stopped"),
    "memory": ("min_max", "x = bytearray(10 * 2**30)", ("min_max",), ""),
    "output": ("choose", "scaling_for = {}\nprint('x' * 100_000_000)", ("choose",), ""),
    "exit": ("min_max", "import os\nos._exit(0)", "from min_max", "ended itself"),
    "quit": ("min_max", "exit()", "from min_max", "left its kernel"),
    "suicide": ("min_max", "import ctypes\nctypes.string_at(0)", "from min_max", "SIGSEGV"),
    "patricide": ("min_max", "import os, signal\nfor n in range(1, 300):\n    try:\n"
                  "        n == os.getpid() or os.kill(n, 9)\n    except OSError:\n        pass\n"
                  "os.kill(0, 9)", ("min_max",), ""),
    "network": ("min_max", "import urllib.request\n"
                "urllib.request.urlopen('http://192.0.2.1', timeout=3)", ("min_max",), ""),
    "thief": ("choose", STEAL, ("choose",), ""),
    "sprayer": ("choose", SPRAY, ("choose",), ""),
    "forger": ("standardize", FORGE, ("standardize",), "forged"),
    "replacer": ("standardize", "check.standardize = lambda: 3.0\nclass check:\n"
                 "    standardize = staticmethod(lambda: 3.0)", ("standardize",), ""),
    "patcher": ("standardize", "import course_utils.checks.remote as outside\n"
                "outside.answer = lambda *_: {'kind': 'cases', 'value': [{'kind': 'array', "
                "'shape': [10**9], 'value': [[]]}] * 10**4}", None, "odd answer"),
    "liar": ("choose", "class Yes(str):\n    def __eq__(self, other): return True\n"
             "    __hash__ = str.__hash__\nscaling_for = Yes('z-score')", ("choose",), ""),
    "script": ("choose", "from IPython.display import HTML\nscaling_for = {}\n"
               "HTML('<script>alert(1)</script><img src=x onerror=alert(2)>')", ("choose",), ""),
}


def make(room, sources):
    """Hand in all of it; return the tests that each submission fails (None: all of them)."""
    lost = {}
    order = list(sources)

    def full(cells, notebook):
        for name, source in sources.items():
            cells[name].source = source

    def hand_in(student, change=None, **more):
        def both(cells, notebook):
            full(cells, notebook)
            if change:
                change(cells, notebook)
        room.hand_in(student, LAB, both, **more)

    for student, (cell, code, fails, _) in CELLS.items():
        hand_in(student, lambda cells, _, cell=cell, code=code: cells[cell].update(source=code))
        lost[student] = order[order.index("min_max"):] if fails == "from min_max" else fails
    for student in ("neighbour", "it's a \"naïve\" 学生", "zz last"):
        hand_in(student)
        lost[student] = ()
    lost |= _of_cells(hand_in)
    lost |= _of_files(room, hand_in)
    return lost


def _of_cells(hand_in):
    def without(name):
        return lambda cells, nb: nb.cells.remove(cells[name])

    def copied(cells, nb):
        nb.cells.insert(0, nbformat.from_dict({**cells["test_choose"], "id": "test_choose"}))

    def renamed(cells, nb):
        cells["test_choose"].metadata.nbgrader.grade_id = "test_something"

    def edited(cells, nb):
        cells["test_choose"].source = "2.0"
        cells["test_choose"].metadata.nbgrader.points = 100

    def unmarked(cells, nb):
        cells["test_choose"].metadata.nbgrader = "mine"

    def reordered(cells, nb):
        nb.cells.append(nb.cells.pop(nb.cells.index(cells["test_min_max"])))

    def skipped(cells, nb):
        cells["test_choose"].metadata["tags"] = ["skip-execution"]

    def kernel(cells, nb):
        nb.metadata.kernelspec = {"name": "no-such-kernel", "display_name": "x"}

    hand_in("deleted", without("test_choose"))
    hand_in("copied", copied)
    hand_in("renamed", renamed)
    hand_in("edited", edited)
    hand_in("unmarked", unmarked)
    hand_in("reordered", reordered)
    hand_in("skipped", skipped)
    hand_in("kernel", kernel)
    hand_in("other name", name="Untitled (final) — копия")
    return dict.fromkeys(("deleted", "copied", "renamed", "edited", "unmarked", "reordered",
                          "kernel", "other name"), ()) | {"skipped": ("choose",)}


def _of_files(room, hand_in):
    secret = room.root / "secret.txt"
    secret.write_text("TOP SECRET")

    def folder(student):
        made = room.root / "submitted" / student / LAB
        made.mkdir(parents=True)
        return made / f"{LAB}.ipynb"

    folder("empty").write_text("")
    folder("corrupt").write_text('{"cells": [')
    folder("picture").write_bytes(bytes(range(256)) * 40)
    folder("list").write_text("[1, 2]")
    folder("odd cells").write_text(json.dumps({"cells": [7, None, {"cell_type": "x"}],
                                               "nbformat": 4, "metadata": {}}))
    folder("huge").write_text(json.dumps({"cells": [{"cell_type": "markdown", "metadata": {},
                                                     "source": "x" * 50_000_000}], "nbformat": 4,
                                          "nbformat_minor": 5, "metadata": {}}))
    folder("nothing").with_name("notes.txt").write_text("my dog ate it")
    os.symlink(room.root / f"solutions/{LAB}/{LAB}.ipynb", folder("linked"))
    os.symlink(room.root, room.root / "submitted" / "linked folder")
    hand_in("linked data")
    os.symlink(secret, room.root / "submitted" / "linked data" / LAB / "data.csv")
    hand_in("fifo")
    os.mkfifo(room.root / "submitted" / "fifo" / LAB / "pipe")
    hand_in("extra")
    shutil.copy(room.root / f"labs/{LAB}/{LAB}.ipynb",
                room.root / "submitted/extra" / LAB / "Copy.ipynb")
    return dict.fromkeys(("empty", "corrupt", "picture", "list", "odd cells", "huge", "nothing",
                          "linked"), None) | dict.fromkeys(("linked data", "fifo", "extra"), ())


SAID = {student: said for student, (*_, said) in CELLS.items()} | {
    "deleted": "deleted: test_choose", "copied": "copied: test_choose",
    "renamed": "renamed: there is no cell 'test_something'", "edited": "edited: the text of",
    "unmarked": "deleted: test_choose", "reordered": "reordered", "skipped": "", "kernel": "",
    "other name": "is graded as", "empty": "is empty", "corrupt": "not JSON",
    "picture": "not text", "list": "no cells", "odd cells": "", "huge": "characters",
    "nothing": "No notebook", "linked": "symbolic link", "linked data": "not followed: data.csv",
    "fifo": "not followed: pipe", "extra": "extra: Copy.ipynb"}
