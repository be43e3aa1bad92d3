"""The command `course`: sentences instead of tracebacks, and exit codes that mean something."""

import subprocess
import sys
from pathlib import Path

import pytest

from course_utils import cli
from course_utils.errors import CourseError, reason_of
from course_utils.paths import project_root


def _fails_with(monkeypatch, error):
    def run(args):
        raise error

    monkeypatch.setattr("course_utils.cli.doctor.run", run)
    return cli.main(["doctor"])


@pytest.mark.parametrize("error, said", [
    (CourseError("No such lesson."), "course: No such lesson.\n"),
    (PermissionError(13, "Permission denied", "/x/y"), "course: No permission for /x/y. Make it"),
    (OSError(28, "No space left on device"), "course: No space left on device.\n"),
    (PermissionError(1, "Operation not permitted"), "course: No permission for a file. Make it"),
    (OSError("it failed"), "course: it failed.\n"), (OSError(), "course: OSError.\n"),
])
def test_a_fault_is_one_sentence_and_exit_code_1(monkeypatch, capsys, error, said):
    assert _fails_with(monkeypatch, error) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(said) and printed.out == ""
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("error, said", [
    (OSError(28, "No space left on device"), "No space left on device"),
    (OSError(28, "No space left on device", "/x"), "No space left on device: /x"),
    (OSError("it failed"), "it failed"), (OSError(), "OSError")])
def test_no_reason_holds_what_the_system_did_not_say(error, said):
    assert reason_of(error) == said


def test_ctrl_c_is_130(monkeypatch):
    assert _fails_with(monkeypatch, KeyboardInterrupt()) == 130


def test_words_that_do_not_parse_name_the_verbs():
    done = subprocess.run([sys.executable, "-m", "course_utils.cli", "gradde"], text=True,
                          capture_output=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "doctor" in done.stderr


def test_the_project_is_found_from_any_folder_in_it(tmp_path):
    here = Path(__file__).resolve()
    assert project_root(here.parent) == here.parents[1]
    assert project_root(tmp_path) == here.parents[1]  # the copy that is installed
