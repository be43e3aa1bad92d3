"""`course run`: the table, the report, the exit code."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course_utils.cli import run as verb
from course_utils.errors import CourseError
from course_utils.notebooks.build import build
from course_utils.notebooks.execute import Execution

ROOT = Path(__file__).parents[2]
BAD = ('# %% [markdown]\n# ## It fails\n\n# %%\nfrom course_utils import claim\n\n'
       'claim("No", False)\n')


def course_run(*words):
    parser = argparse.ArgumentParser()
    verb.add_arguments(parser)
    return verb.run(parser.parse_args(words))


@pytest.fixture
def built(course):
    (course / "source/lessons/02_bad.py").write_text(BAD)
    build(course)
    return course


@pytest.fixture
def quick(monkeypatch):
    """Replace the run by a result: `quick(seconds=…, peak_mib=…)`."""
    def replace(ok=True, seconds=1.0, peak_mib=100.0, error=""):
        monkeypatch.setattr("course_utils.notebooks.execute.execute",
                            lambda path, **_: Execution(None, ok, seconds, peak_mib, error))
    return replace


def test_all_lessons_table_and_report(built, tmp_path, capsys):
    before = {path: path.read_bytes() for path in built.rglob("*.ipynb")}
    report = tmp_path / "report.json"
    assert course_run("--report", str(report)) == 1
    good, bad = json.loads(report.read_text())
    assert good["lesson"] == "01_counting" and good["ok"] is True and good["error"] == ""
    assert good["seconds"] > 0 and good["peak_mib"] > 30
    assert bad["lesson"] == "02_bad" and bad["ok"] is False
    said = capsys.readouterr().out
    assert "01_counting" in said and "failed" in said
    assert '02_bad: under "It fails", cell 2: ClaimFailed: No' in said
    assert before == {path: path.read_bytes() for path in built.rglob("*.ipynb")}


@pytest.mark.parametrize("name", ["01", "1", "01_counting", "lessons/01_counting.ipynb"])
def test_names(built, quick, capsys, name):
    quick()
    assert course_run(name, name) == 0
    assert capsys.readouterr().out.count("01_counting") == 1


def test_a_notebook_elsewhere(built, quick, tmp_path, capsys):
    quick()
    shutil.copy(built / "lessons/01_counting.ipynb", tmp_path / "copy.ipynb")
    assert course_run(str(tmp_path / "copy.ipynb")) == 0
    assert "copy" in capsys.readouterr().out


def test_unknown_lesson(built):
    with pytest.raises(CourseError, match="no lesson '7'.*Known: 01_counting, 02_bad"):
        course_run("7")


def test_no_lessons(course):
    with pytest.raises(CourseError, match="course build"):
        course_run()


def test_damaged_lesson_is_a_failed_row(built, capsys):
    (built / "lessons/01_counting.ipynb").write_text("{")
    assert course_run("01") == 1
    assert "is not a notebook" in capsys.readouterr().out


def test_report_that_cannot_be_written_fails_before_the_run(built, monkeypatch, tmp_path):
    monkeypatch.setattr("course_utils.notebooks.execute.execute", lambda *_, **__: 1 / 0)
    for path in (tmp_path / "none/report.json", tmp_path):
        with pytest.raises(CourseError, match="cannot be written to"):
            course_run("--report", str(path))


def test_memory_budget_always_counts(built, quick, capsys):
    quick(peak_mib=1228.9)
    assert course_run("01") == 1
    assert "1229 MiB at the peak" in capsys.readouterr().out
    quick(peak_mib=1228.7)
    assert course_run("01") == 0


def test_time_budget_counts_when_asked(built, quick, capsys):
    quick(seconds=75)
    assert course_run("01") == 0
    assert "over 60 s" in capsys.readouterr().out
    assert course_run("01", "--budget", "60") == 1
    assert "it took 75 s; the budget is 60" in capsys.readouterr().out
    assert course_run("01", "--budget", "90") == 0


@pytest.mark.parametrize("words", [
    ("--budget", "0"), ("--budget", "nan"), ("--seed", "x"), ("--seed", "-1")])
def test_words_that_do_not_parse(words):
    with pytest.raises(SystemExit, match="2"):
        course_run(*words)


def test_seed_is_handed_on(built, monkeypatch):
    seen = []

    def note(path, *, seed, on_cell):
        seen.append(seed)
        return Execution(None, True, 1.0, 1.0)

    monkeypatch.setattr("course_utils.notebooks.execute.execute", note)
    course_run("01", "--seed", "7")
    course_run("01")
    assert seen == [7, None]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal for a group of processes")
def test_ctrl_c_stops_all_lessons(course, tmp_path):
    (course / "source/lessons/01_counting.py").write_text(
        "# %%\nopen('../started', 'w').close()\n__import__('time').sleep(60)\n")
    build(course)
    code = "import sys; from course_utils.cli import main; sys.exit(main(['run', '01', '01']))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=course, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, start_new_session=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
        while not (course / "started").exists():
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in said
