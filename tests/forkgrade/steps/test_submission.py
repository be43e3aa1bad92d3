"""Whatever lies in a learner's folder becomes a job or a clear reason, under its own name."""

import base64
import json
import os
import socket
from dataclasses import asdict

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from forkgrade.job import Cell, Released
from forkgrade.steps import submission

RELEASED = {"hw": Released(cells=(Cell("t", "code", False, "", ""),))}


@pytest.fixture
def folder(tmp_path):
    """A submission with one notebook."""
    found = tmp_path / "submitted/ann/hw"
    found.mkdir(parents=True)
    write(found / "hw.ipynb")
    return found


def write(path):
    marks = {"nbgrader": {"grade_id": "t"}}
    path.parent.mkdir(exist_ok=True)
    nbformat.write(new_notebook(cells=[new_code_cell("x", metadata=marks)]), path)


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
    assert submission.handed_in_at(folder).year == 2030


@pytest.mark.parametrize("make", [
    lambda path: path.write_text("9" * 2_000_000), os.mkfifo, os.mkdir,
    lambda path: path.symlink_to("/dev/zero"), lambda path: path.write_bytes(b"\xff"),
    lambda path: socket.socket(socket.AF_UNIX).bind(path.name)])
def test_a_time_that_is_none_is_not_waited_for(folder, make, monkeypatch):
    monkeypatch.chdir(folder)  # a socket's path may have 107 characters
    make(folder / "timestamp.txt")
    assert submission.handed_in_at(folder) is None
    taken = submission.take(folder, RELEASED)
    assert len(taken.files.get("timestamp.txt", "")) < 10


@pytest.mark.parametrize("name, flag", [
    ("HW.IPYNB", "renamed: HW.IPYNB is graded as hw.ipynb"),
    ("inner/hw.ipynb", "renamed: inner/hw.ipynb is graded as hw.ipynb")])
def test_a_notebook_under_another_name_is_found_and_flagged(folder, name, flag):
    (folder / "hw.ipynb").unlink()
    write(folder / name)
    taken = submission.take(folder, RELEASED)
    assert taken.flags == (flag,) and taken.notebooks["hw"].text


@pytest.mark.parametrize("content, said", [
    (b"", "hw.ipynb is empty."), ("{}".encode("utf-16"), "it is not text in UTF-8."),
    (b'{"cells": 1' + b"1" * 6000 + b"}", "hw.ipynb is not a notebook: it is not JSON."),
    (b'{"cells": [}', "it is not JSON (Expecting value"), (b"[" * 10**5, "nested without end"),
    (b"[]", "it has no cells."), (b"null", "it has no cells.")])
def test_what_is_no_notebook_is_told(folder, content, said):
    (folder / "hw.ipynb").write_bytes(content)
    found = submission.take(folder, RELEASED).notebooks["hw"]
    assert found.text is None and said in found.reason


def test_a_file_that_cannot_be_read_costs_only_itself(folder, monkeypatch):
    (folder / "data.csv").write_text("1")
    read = submission.Path.read_bytes

    def refuse(path):  # as for a user who is not root
        if path.name == "data.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(submission.Path, "read_bytes", refuse)
    taken = submission.take(folder, RELEASED)
    assert taken.notebooks["hw"].text
    assert taken.flags == ("not used: data.csv cannot be read (Permission denied)",)
