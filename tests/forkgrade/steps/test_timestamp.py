"""A time stamp is read whatever its coding, and what nbgrader reads wrongly is told."""

import pytest

from forkgrade.steps import timestamp

RIGHT = "2026-01-10 10:00:00 UTC"


@pytest.mark.parametrize("data", [
    RIGHT.encode(), b"\xef\xbb\xbf" + RIGHT.encode() + b"\r\n", RIGHT.encode("utf-16"),
    b"\xfe\xff" + f"{RIGHT}\r\n".encode("utf-16-be")])
def test_a_time_is_read_whatever_its_coding(tmp_path, data):
    (tmp_path / timestamp.NAME).write_bytes(data)
    assert timestamp.text(data) == RIGHT
    assert timestamp.handed_in_at(tmp_path).isoformat() == "2026-01-10T10:00:00"


@pytest.mark.parametrize("said", [
    RIGHT, "2026-01-10 10:00:00.123456 UTC", "2026-01-10T10:00:00Z", "2026-01-10 10:00:00",
    "2026-01-10 10:00:00+01:00", "2026-01-10T10:00:00-0500", "2026-01-10 10:00:00 +0000",
    "2026-01-10 10:00:00 CET", "2026-01-10 10:00 Europe/Berlin"])
def test_what_nbgrader_reads_right_is_not_flagged(said):
    assert timestamp.flag(said) is None


@pytest.mark.parametrize("said, read_as", [
    ("2026-01-10 10:00:00 +0100", "2026-01-10 09:58:20"), ("10.01.2026 10:00", "2026-10-01"),
    ("10/01/2026 10:00:00 UTC", "2026-10-01"), ("2026-01-10 10:00 PM", "2026-01-10 10:00:00"),
    ("2026-01-10 10:00:00 XYZ", "2026-01-10 10:00:00")])
def test_what_nbgrader_reads_wrongly_is_flagged(said, read_as):
    assert f"{said!r}, which nbgrader takes for {read_as}" in timestamp.flag(said)


@pytest.mark.parametrize("said", ["", "yesterday", "9" * 500, "24"])
def test_what_is_no_time_is_flagged(said):
    assert timestamp.flag(said)
