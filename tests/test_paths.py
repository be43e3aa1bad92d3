"""A file is written whole or not at all, with the permissions it should have."""

import os

import pytest

from course_utils.paths import is_litter, write_whole


def test_writing_is_all_or_nothing(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_whole(path, b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_no_permission_names_the_folder(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "denied", "a temporary name")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(PermissionError) as caught:
        write_whole(tmp_path / "file", b"")
    assert caught.value.filename == str(tmp_path)


@pytest.mark.parametrize("data", ["Zoë\n", "Zoë\n".encode()])
def test_text_is_utf8_with_its_line_ends(tmp_path, data):
    write_whole(tmp_path / "deep" / "file", data)
    assert (tmp_path / "deep" / "file").read_bytes() == b"Zo\xc3\xab\n"


def test_permissions_are_kept_or_as_named(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"")
    path.chmod(0o640)
    write_whole(path, b"same")
    assert path.stat().st_mode & 0o777 == 0o640
    write_whole(path, b"secret", mode=0o600)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("durable", [False, True])
def test_a_durable_write_reaches_the_disk_before_the_old_file_goes(tmp_path, monkeypatch, durable):
    order, replace = [], os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: order.append("fsync"))
    monkeypatch.setattr(os, "replace", lambda *two: (order.append("replace"), replace(*two)))
    write_whole(tmp_path / "file", b"x", durable=durable)
    assert order == ["fsync"] * durable + ["replace"]


@pytest.mark.parametrize("name", [
    "._lab.ipynb", "__MACOSX", "__MACOSX/lab/._lab.ipynb", "a/.DS_Store", "Thumbs.db", "thumbs.db",
    "Desktop.ini", ".#lab.ipynb", "#lab.py#", "lab.ipynb~", ".lab.py.swp", ".~lab.ipynb",
    "~$a.docx",
    ".ipynb_checkpoints/lab-checkpoint.ipynb", ".idea/x.xml", "$RECYCLE.BIN", ".directory"])
def test_what_programs_leave_behind_is_told_from_files(name):
    assert is_litter(name)


@pytest.mark.parametrize("name", [
    "lab.ipynb", "a/b.csv", ".hidden", "_private.py", "lab~1.ipynb", "MACOSX", "#1.txt", "...",
    "a.swp", "lab-checkpoint.ipynb", "checkpoints/x", "Thumbs.dbx", "desktop.ini.txt"])
def test_what_a_person_may_have_named_is_no_litter(name):
    assert not is_litter(name)
