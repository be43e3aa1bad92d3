"""`course grade` stopped from outside, at each of its stages: killed, and with a disk that is full.
Started again, it ends with the gradebook of an undisturbed run."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from forkgrade.record import log_of
from forkgrade.steps.gradebook_marks import read_marks
from tests.forkgrade.kernels import needs_bubblewrap
from tests.forkgrade.test_grade import (  # noqa: F401
    LAB,
    RIGHT,
    everything,
    note,
    plain_class,
)

pytestmark = [pytest.mark.slow, needs_bubblewrap]
STUDENTS = {f"s{number}": RIGHT if number % 2 else {"halve": RIGHT["halve"]} for number in range(3)}

# where it is killed: (object, its function, whether before or after its work, at which call)
STAGES = {
    "reading the lab": ("grade", "read_released", "before", 1),
    "starting the fork server": ("preload", "ForkServer", "after", 1),
    "a submission is running": ("workers._Slot", "give", "after", 2),
    "a result has come": ("gradebook.Writer", "save", "before", 2),
    "the folder aside is made": ("gradebook.Writer", "_graded", "before", 2),
    "before the transaction ends": ("gradebook.Writer", "_copy_files", "after", 2),
    "after the transaction, before the folder": ("gradebook.Writer", "_put_in_place", "before", 2),
    "the old folder is gone, the new one not there": ("gradebook.os", "replace", "between", 2),
    "written, but still on the list": ("grade.Grading", "_close_regrade", "before", 2),
    "the list is half written": ("paths.os", "replace", "again", 3),
    "all is done": ("workers.Workers", "stop", "before", 1),
}
KILLED = """
import os, signal, sys
from course_utils import cli, paths
from forkgrade import grade, workers
from forkgrade.forkserver import preload
from forkgrade.steps import gradebook

place, name, when, number = {stage!r}
owner = eval(place)
real, calls = getattr(owner, name), []


def now(*words):
    if when == "between":  # only from the folder aside to its name
        return "fresh" in str(words[0])
    return when != "again" or "again.json" in str(words[0])


def killing(*words, **more):
    calls.append(1) if now(*words) else None
    last = len(calls) == number and now(*words)
    if last and when != "after":
        os.kill(os.getpid(), signal.SIGKILL)
    found = real(*words, **more)
    if last:
        os.kill(os.getpid(), signal.SIGKILL)
    return found


setattr(owner, name, killing)
sys.exit(cli.main(["grade", {lab!r}, "--regrade", "--jobs", "1"]))
"""


def python(room, code):
    env = {**os.environ, "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    return subprocess.run([sys.executable, "-c", code], cwd=room.root, env=env, text=True,
                          capture_output=True, timeout=100)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return a class room, and what its gradebook holds after grading without any trouble."""
    room = plain_class.__wrapped__(tmp_path_factory.mktemp("stops"))(STUDENTS)
    shutil.copy(room.root / "gradebook.db", room.root / "before.db")
    room.run("course", "grade", LAB)
    return room, everything(room)


@pytest.mark.parametrize("stage", STAGES)
def test_killed_at_a_stage_it_goes_on_as_if_nothing_had_been(graded, stage):
    room, undisturbed = graded
    if "old folder" not in stage:
        shutil.copy(room.root / "before.db", room.root / "gradebook.db")
        shutil.rmtree(room.root / "autograded", ignore_errors=True)
    done = python(room, KILLED.format(stage=STAGES[stage], lab=LAB))
    assert done.returncode == -9, f"it was not killed: {done.stdout}{done.stderr}"
    with sqlite3.connect(room.root / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    said = room.run("course", "grade", LAB)
    assert ("nothing to do" in said) == (stage == "all is done"), said
    assert everything(room) == undisturbed
    for student in STUDENTS:
        assert note(room, student)["read"]
    assert sorted(path.name for path in (room.root / "autograded").iterdir()) == sorted(STUDENTS)
    assert "nothing to do" in room.run("course", "grade", LAB)
    record_agrees(room)


def record_agrees(room):
    """The record of changed marks leads to what the gradebook holds; nothing in it is open."""
    log = log_of(room.root, LAB)
    with Gradebook(f"sqlite:///{room.root / 'gradebook.db'}") as gradebook:
        assert log.known == read_marks(gradebook.db, LAB)
    assert not log.pending


FULL = """
set -e
mount -t tmpfs -o size=12m tmpfs small
cp -r course/nbgrader_config.py course/solutions course/submitted course/gradebook.db small/
ln -s $PWD/course/course_utils small/course_utils
cd small
free() {{ df --output=avail -k . | tail -1; }}
dd if=/dev/zero of=filler bs=1024 count=$(($(free) - {left})) status=none
set +e
{python} -m course_utils.cli grade {lab} --jobs 2 --no-sandbox; echo "code $?"
sqlite() {{ {python} -c "import sqlite3, sys; print(sqlite3.connect('gradebook.db').execute(
    sys.argv[1]).fetchone()[0])" "$1"; }}
mkdir -p autograded
there=$(sqlite 'select count(*) from submitted_assignment')
echo "graded $(ls autograded | wc -l) of $there"
sqlite 'pragma integrity_check'
rm filler
{python} -m course_utils.cli grade {lab} --jobs 2 --no-sandbox; echo "code $?"
cp gradebook.db ../course/
cp -r autograded ../course/
"""


def can_mount():
    return shutil.which("unshare") and not subprocess.run(
        ["unshare", *USER, "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
        capture_output=True).returncode


USER = () if os.geteuid() == 0 else ("--user", "--map-root-user")


@pytest.mark.skipif(not can_mount(), reason="a small disk cannot be mounted here")
@pytest.mark.parametrize("left, full", [(40, "No space left on device|database or disk is full"),
                                        (1000, "cannot be written .No space left on device")])
def test_a_full_disk_is_a_sentence_and_what_is_graded_stays(plain_class, left, full):  # noqa: F811
    loud = "print(('x' * 99 + '\\n') * 1900)\n"
    room = plain_class({f"s{number}": {"double": loud + RIGHT["double"]} for number in range(8)})
    (room.root.parent / "small").mkdir()
    script = FULL.format(python=sys.executable, lab=LAB, left=left)
    env = {**os.environ, "PYTHONPATH": str(room.root), "HOME": str(room.home)}
    done = subprocess.run(["unshare", *USER, "--mount", "bash", "-c", script],
                          cwd=room.root.parent, env=env, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=200)
    said = done.stdout
    assert re.search(full, said) and "what is graded stays" in said, said
    assert "Traceback" not in said, said
    codes, graded = re.findall(r"code (\d)", said), re.search(r"graded (\d) of (\d)", said)
    assert codes == ["1", "0"] and graded[1] == graded[2] != "8" and "\nok\n" in said, said
    assert (graded[1] != "0") == (left > 40)
    for number in range(8):
        assert room.points(f"s{number}", LAB)["test_double"] == 2
        assert note(room, f"s{number}")["read"]
