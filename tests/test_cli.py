"""The command `course`: sentences instead of tracebacks, and exit codes that mean something."""

import io
import os
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


# --- whatever a terminal's or a file's encoding is

@pytest.fixture
def speak(monkeypatch):
    """A function that gives this process streams that refuse what their encoding lacks."""
    def replace(encoding="ascii"):  # while the test runs: before it, pytest puts its own in place
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", stream)
        return stream
    return replace


VERBS = [verb for verb, _ in cli._verbs()]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_prints_names_that_the_encoding_lacks(speak, monkeypatch, verb, encoding):
    def run(args):
        print("Ł · ✓")
        raise CourseError("Ø → ⚠")

    words = {"reset": ["lab01"], "bundle": ["a.zip"], "prepare": ["--imagenet"],
             "pretrain": ["folder"], "grade": ["lab01"], "report": ["lab01"],
             "comments": ["lab01"], "similar": ["lab01"], "kernel": ["install"]}
    monkeypatch.setattr(dict(cli._verbs())[verb], "run", run)
    stream = speak(encoding)
    assert cli.main([verb, *words.get(verb, [])]) == 1
    stream.flush()
    assert stream.buffer.getvalue().splitlines()[0].startswith(b"? ")


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_can_be_printed(speak, verb):
    stream = speak()
    with pytest.raises(SystemExit) as end:
        cli.main([verb, "--help"])
    assert end.value.code == 0
    stream.flush()
    assert b"--help" in stream.buffer.getvalue()


@pytest.mark.parametrize("words, code", [
    (["doctor"], 0), (["build", "--check"], 1), (["run", "Łódź ✓.ipynb"], 1),
    (["reset", "Łódź"], 1), (["bundle", "Łódź ✓.txt"], 1), (["lab", "--port", "0"], 1),
    (["grade", "Łódź"], 1), (["report", "Łódź"], 1), (["pretrain", "Łódź", "--steps", "0"], 1),
    (["kernel", "install", "--prefix", "Łódź ✓"], 0), (["kernel", "remove", "--prefix", "ł"], 1),
])
def test_each_verb_runs_with_any_encoding(speak, tmp_path, monkeypatch, words, code):
    """Really, with characters that ASCII lacks in what it is told and says."""
    stream = speak()
    monkeypatch.setattr("course_utils.notebooks.build.check",
                        lambda root: [("labs/Łódź.ipynb", "edited")])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Łódź ✓.ipynb").write_text("{")
    assert cli.main(words) == code
    stream.flush()
    assert stream.buffer.getvalue()


def test_the_process_itself_speaks_ascii():
    """A variable of Python's own, and lessons whose names and errors hold other characters."""
    done = subprocess.run([sys.executable, "-m", "course_utils.cli", "run", "Łódź"],
                          env={**os.environ, "PYTHONIOENCODING": "ascii:strict"}, text=True,
                          capture_output=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "?" in done.stderr
