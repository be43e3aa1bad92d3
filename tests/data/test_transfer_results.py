"""The committed results of the transfer benchmark: complete, and damage is said plainly."""

import json

import pytest

from course_utils import data
from course_utils.errors import CourseError

RUN = {"task": "materials", "way": "frozen", "labels": 5, "draw": 0, "accuracy": 0.5}
REPORT = {"command": "python x", "date": "2026-01-01", "versions": {}, "runs": [RUN]}


@pytest.fixture
def written(tmp_path):
    def write(report):
        file = tmp_path / "transfer.json"
        file.write_text(report if isinstance(report, str) else json.dumps(report))
        return file
    return write


def test_every_way_was_measured_over_ten_draws():
    table = data.load_transfer()
    counts = table.groupby(["task", "way", "labels"]).size()
    for way in ("frozen", "tuned", "random", "pixels", "scratch"):
        for task, labels in (("digits_wild", 5), ("digits_wild", 20), ("materials", 5)):
            assert counts[task, way, labels] == 10
    assert "benchmarks/transfer.py" in table.attrs["command"]


def test_a_file_of_that_format_is_read(written):
    table = data.load_transfer(written(REPORT))
    assert table.to_dict("records") == [RUN] and table.attrs["date"] == "2026-01-01"


@pytest.mark.parametrize("report, words", [
    ("{", "damaged"), ("[]", "damaged"), (REPORT | {"runs": []}, "no runs"),
    ({key: REPORT[key] for key in ("runs", "date")}, "command"),
    (REPORT | {"runs": [RUN, RUN]}, "twice"),
    (REPORT | {"runs": [RUN | {"accuracy": 1.2}]}, "share"),
    (REPORT | {"runs": [RUN | {"accuracy": None}]}, "share"),
    (REPORT | {"runs": [{"task": "materials"}]}, "way"),
])
def test_damage_is_said_with_what_to_do(written, report, words):
    with pytest.raises(CourseError, match=f"(?s){words}.*git checkout"):
        data.load_transfer(written(report))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CourseError, match="missing"):
        data.load_transfer(tmp_path / "none.json")
