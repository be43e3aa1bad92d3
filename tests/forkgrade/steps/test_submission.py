"""Whatever lies in a learner's folder becomes a job or a clear reason, under its own name."""

import base64
import json
import logging
import os
import socket
import time
from dataclasses import asdict
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.job import Cell, Released
from forkgrade.steps import misnamed, submission, submission_folder, timestamp
from forkgrade.steps.misnamed import adopt, adopt_all, adopt_misnamed

RELEASED = {"hw": Released(cells=(Cell("t", "code", False, "", ""),))}


@pytest.fixture
def folder(tmp_path):
    """A submission with one notebook."""
    found = tmp_path / "submitted/ann/hw"
    found.mkdir(parents=True)
    write(found / "hw.ipynb")
    return found


def write(path, answer="x", name="t"):
    marks = {"nbgrader": {"grade_id": name}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell(answer, metadata=marks)]), path)


@pytest.mark.parametrize("name", ["a b.txt", "caf\u00e9\u00a0\u202fa.txt", "a\nb.txt", "a\tb.txt",
                                  "\U0001f469\u200d\U0001f4bb.txt", "inner/\"q'.csv"])
def test_a_file_keeps_its_name(folder, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("1")
    taken = submission.take(folder, RELEASED)
    assert taken.files == {name: base64.b64encode(b"1").decode()} and not taken.flags


def test_a_name_that_nobody_can_write_is_made_writable(folder):
    with open(os.fsencode(folder) + b"/a\xff.txt", "w"):
        pass
    taken = submission.take(folder, RELEASED)
    assert list(taken.files) == ["a?.txt"] and json.dumps(asdict(taken)).encode()


def test_a_name_without_end_is_left_out_and_told(folder):
    deep, before = folder, os.getcwd()
    try:
        for _ in range(8):  # too long for one call
            os.chdir(deep)
            os.mkdir("x" * 200)
            deep = "x" * 200
        os.chdir(deep)
        with open("y", "w"):
            pass
    finally:
        os.chdir(before)
    taken = submission.take(folder, RELEASED)
    assert not taken.files and "whose name is too long" in taken.flags[0]


def test_no_large_file_hides_when_it_was_handed_in(folder, monkeypatch):
    monkeypatch.setattr(submission, "MOST_FILES", 100)
    (folder / "a").write_bytes(bytes(200))
    (folder / "timestamp.txt").write_text("2030-01-01 00:00:00 UTC")
    taken = submission.take(folder, RELEASED)
    assert list(taken.files) == ["timestamp.txt"]
    assert taken.flags == ("not used: a and what follows is more than 0 MB",)
    assert timestamp.handed_in_at(folder).year == 2030


@pytest.mark.parametrize("make", [
    lambda path: path.write_text("9" * 2_000_000), os.mkfifo, os.mkdir,
    lambda path: path.symlink_to("/dev/zero"), lambda path: path.write_bytes(b"\xff"),
    lambda path: socket.socket(socket.AF_UNIX).bind(path.name)])
def test_a_time_that_is_none_is_not_waited_for(folder, make, monkeypatch):
    monkeypatch.chdir(folder)  # a socket's path may have 107 characters
    make(folder / "timestamp.txt")
    assert timestamp.handed_in_at(folder) is None
    taken = submission.take(folder, RELEASED)
    assert len(taken.files.get("timestamp.txt", "")) < 10


@pytest.mark.parametrize("name, flag", [
    ("HW.IPYNB", "renamed: HW.IPYNB is graded as hw.ipynb"),
    ("inner/hw.ipynb", "renamed: inner/hw.ipynb is graded as hw.ipynb"),
    *((name, f"renamed: {name} is graded as hw.ipynb") for name in (
        "hw.ipynb.txt", "hw.ipynb.json", "hw.json", "hw (1).ipynb", "homework", "hw.txt"))])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_notebook_under_another_name_is_found_and_flagged(folder, name, flag, coding):
    (folder / "hw.ipynb").unlink()
    (folder / "data.json").write_text('{"cells": 1}')
    write(folder / name)
    (folder / name).write_bytes((folder / name).read_text().encode(coding))
    taken = submission.take(folder, RELEASED)
    assert taken.flags == (flag,) and taken.notebooks["hw"].text
    assert list(taken.files) == ["data.json"]


@pytest.mark.parametrize("content, said", [
    (b"", "hw.ipynb cannot be read as a notebook: it is empty."),
    ("{}".encode("utf-16"), "it has no cells."), (b"\xff" * 99, "it is not text in UTF-8"),
    (b'{"cells": 1' + b"1" * 6000 + b"}", "it has no cells."),
    (b'{"cells": [}', "it is not JSON (a value is"), (b"[" * 10**5, "nested without end"),
    (b"[]", "it has no cells."), (b"null", "it has no cells.")])
def test_what_is_no_notebook_is_told(folder, content, said):
    (folder / "hw.ipynb").write_bytes(content)
    found = submission.take(folder, RELEASED).notebooks["hw"]
    assert found.text is None and said in found.reason


def test_a_file_that_cannot_be_read_costs_only_itself(folder, monkeypatch):
    (folder / "data.csv").write_text("1")
    read = Path.read_bytes

    def refuse(path):  # as for a user who is not root
        if path.name == "data.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    taken = submission.take(folder, RELEASED)
    assert taken.notebooks["hw"].text
    assert taken.flags == ("not used: data.csv cannot be read (Permission denied)",)


@pytest.mark.parametrize("names, said", [
    ({}, "No notebook of this lab was handed in. Expected: hw.ipynb."),
    ({"hw.txt": b"my answers"}, "but hw.txt, which is not a notebook: it is not JSON (it has no"),
    ({"hw.pdf": b"%PDF-1.4"}, "but hw.pdf, which is not a notebook: it is a PDF. Expected"),
    ({"a": b"{", "b": b"1", "c": b"", "d": b""}, "and b, which is not a notebook: it has no cells, "
     "and 2 more files. Expected"),
    ({"x.ipynb": b'{"cells": []}'}, "but x.ipynb, which is a notebook without a cell of this lab")])
def test_what_was_handed_in_instead_is_named_with_the_reason(folder, names, said):
    (folder / "hw.ipynb").unlink()
    for name, content in names.items():
        (folder / name).write_bytes(content)
    reason = submission.take(folder, RELEASED).notebooks["hw"].reason
    assert reason.startswith("No notebook") and said in reason


@pytest.mark.parametrize("content, why", [(b"", "it is empty"), (b'{"cells": [', "it is not JSON")])
def test_a_copy_is_graded_where_the_file_of_the_right_name_is_damaged(folder, content, why):
    write(folder / "hw (1).ipynb")
    (folder / "hw.ipynb").write_bytes(content)
    taken = submission.take(folder, RELEASED)
    assert taken.notebooks["hw"].text
    assert f"renamed: hw (1).ipynb is graded as hw.ipynb, which cannot be read: {why}" in \
        taken.flags[0]


@pytest.mark.parametrize("here, beside, said", [
    ("", "x", "extra: hw (1).ipynb has answers that hw.ipynb lacks (t); only hw.ipynb is graded"),
    ("x", "y", "extra: hw (1).ipynb is not part of the lab"),
    ("x", "", "extra: hw (1).ipynb is not part of the lab")])
def test_it_is_told_if_a_copy_has_answers_that_the_graded_one_lacks(folder, here, beside, said):
    write(folder / "hw.ipynb", here)
    write(folder / "hw (1).ipynb", beside)
    assert submission.take(folder, RELEASED).flags == (said,)


def test_two_renamed_notebooks_with_the_same_cells_are_told_apart_by_their_names(folder):
    (folder / "hw.ipynb").unlink()
    write(folder / "p1 (1).ipynb", "one")
    write(folder / "p2 (1).ipynb", "two")
    taken = submission.take(folder, dict.fromkeys(("p1", "p2"), RELEASED["hw"]))
    assert '"one"' in taken.notebooks["p1"].text and '"two"' in taken.notebooks["p2"].text


LITTER = ("._hw.ipynb", "__MACOSX/._hw.ipynb", "__MACOSX/hw/x", ".DS_Store", "Thumbs.db",
          "desktop.ini", ".#hw.ipynb", "hw.ipynb~", ".ipynb_checkpoints/hw-checkpoint.ipynb")


def test_what_programs_leave_behind_is_no_part_of_a_submission(folder):
    before = submission_folder.digest(folder)
    for name in LITTER:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\0\5\26\7")
    taken = submission.take(folder, RELEASED)
    assert not taken.flags and not taken.files and taken.notebooks["hw"].text
    assert submission_folder.digest(folder) == before


def test_only_so_many_files_are_taken_the_time_among_them(folder):
    (folder / "a").mkdir()
    for number in range(4000):
        (folder / "a" / f"{number}.txt").touch()
    (folder / "timestamp.txt").write_text("2030-01-01 00:00:00 UTC")
    begin = time.process_time()
    taken = submission.take(folder, RELEASED)
    assert len(taken.files) == submission.MOST_COUNT and "timestamp.txt" in taken.files
    assert taken.flags == ("not used: 2,001 of 4,001 files; at most 2,000 are taken",)
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("said, flags", [
    ("2030-01-01 00:00:00 UTC\r\n", 0), ("2030-01-01 00:00:00 +0100", 1)])
def test_a_time_is_kept_as_nbgrader_reads_it(folder, said, flags):
    (folder / "timestamp.txt").write_text(said, encoding="utf-16")
    taken = submission.take(folder, RELEASED)
    assert base64.b64decode(taken.files["timestamp.txt"]).decode() == said.strip()
    assert len(taken.flags) == flags


def digests(folder):
    """Yield digests, each after a change of what lies in a folder, but not of any time."""
    times = os.stat(folder / "hw.ipynb")
    for content in (b"one", b"two"):  # of the same size
        (folder / "hw.ipynb").write_bytes(content)
        os.utime(folder / "hw.ipynb", ns=(times.st_atime_ns, times.st_mtime_ns))
        yield submission_folder.digest(folder)
    (folder / "data.csv").write_bytes(b"")
    yield submission_folder.digest(folder)
    (folder / "data.csv").rename(folder / "data2.csv")
    yield submission_folder.digest(folder)
    (folder / "data2.csv").unlink()
    os.mkfifo(folder / "data2.csv")
    yield submission_folder.digest(folder)


def test_the_digest_changes_with_names_and_contents_and_with_nothing_else(folder):
    before = submission_folder.digest(folder)
    os.utime(folder / "hw.ipynb", (1, 1))
    assert submission_folder.digest(folder) == before
    found = [before, *digests(folder)]
    assert len(set(found)) == len(found)


def test_no_link_is_followed_for_a_digest(folder):
    (folder.parent / "link").symlink_to("/")
    assert submission_folder.digest(folder.parent / "link") != submission_folder.digest(folder)


@pytest.fixture
def solutions(tmp_path):
    write(tmp_path / "solutions/hw/hw.ipynb")
    return tmp_path / "solutions"


@pytest.mark.parametrize("name", ["hw.ipynb.txt", "hw.json", "HW.IPYNB"])
def test_plain_autograde_finds_what_does_not_end_in_ipynb(folder, solutions, name):
    (folder / "hw.ipynb").rename(folder / name)
    (folder / "timestamp.txt").write_text("2030-01-01 00:00:00 UTC", encoding="utf-16")
    adopt_all(solutions.parent, ("autograde", "--assignment=other"))
    assert not (folder / "hw.ipynb").exists()
    adopt_all(solutions.parent, ("autograde", "hw"))
    assert (folder / "hw.ipynb").read_bytes() == (folder / name).read_bytes()
    assert (folder / "timestamp.txt").read_bytes() == b"2030-01-01 00:00:00 UTC\n"


def test_plain_autograde_leaves_what_has_the_right_name(folder, solutions):
    write(folder / "other.ipynb", "more")
    before = (folder / "hw.ipynb").read_bytes()
    notebooks = [str(folder / "hw.ipynb")]
    adopt_misnamed(assignment="hw", notebooks=notebooks)
    assert (folder / "hw.ipynb").read_bytes() == before and len(notebooks) == 1


def test_plain_autograde_says_what_was_handed_in_instead(folder, solutions, caplog, monkeypatch):
    monkeypatch.setattr(misnamed, "get_logger", logging.getLogger)
    (folder / "hw.ipynb").write_text("{}")
    (folder / "hw.ipynb").rename(folder / "my.ipynb")
    adopt(folder, "hw", solutions)
    assert "my.ipynb, which is not a notebook: it has no cells" in caplog.text
