"""`course report`: what it says of a class, and what it does not tell."""

import csv
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from forkgrade import report as reports
from forkgrade import report_formats as formats
from forkgrade.report import Report, Row


@pytest.fixture
def report():
    rows = [Row(f"student{n}", {"test_a": float(n > 1), "test_b": 2.0 if n else 0.0,
                                "why": float("nan")}, float(n > 1) + (2.0 if n else 0.0), 0.0,
                seconds=1.0, misconceptions={"test_a": "no-return"} if n < 2 else {})
            for n in range(4)]
    rows[0].flags, rows[0].reasons = ["edited: <b>x</b>"], ["The kernel was killed"]
    return Report("lab01_trial", {"test_a": 1.0, "test_b": 2.0, "why": 1.0}, rows)


def test_difficulty_and_discrimination(report):
    (a, b, why) = report.questions()
    assert a[2] == 0.5 and b[2] == 0.75
    points, others = [0, 0, 1, 1], [0, 2, 2, 2]
    assert a[3] == pytest.approx(np.corrcoef(points, others)[0, 1])
    assert why[4] == 4 and np.isnan(why[2])


def test_misconceptions_are_shares_of_the_class(report):
    assert report.misconceptions() == [("test_a", "no-return", 0.5)]


def test_the_page_is_anonymous_and_harmless(report):
    page = formats.to_html(report, lambda name: reports.alias(name, b"secret"))
    assert "student0" not in page and "<b>x" not in page and "<script" not in page
    assert "The kernel was killed" in page and "no-return" in page and "50%" in page
    assert reports.alias("a", b"one") != reports.alias("a", b"two")


def test_no_order_tells_who_it_is(report):
    def name_of(student):
        return reports.alias(student, b"secret")

    rows = formats.to_rows(report.in_order_of(name_of), name_of)[1:]
    assert [row[0] for row in rows] == sorted(name_of(f"student{n}") for n in range(4))
    assert [row[0] for row in rows] != [name_of(f"student{n}") for n in range(4)]


def test_answers_that_nobody_has_read_are_counted(report):
    assert report.unread() == 4


def test_no_cell_is_a_formula(report):
    report.rows[0].student = "=cmd()"
    for rows in (formats.to_rows(report, str), formats.canvas_rows(report),
                 formats.moodle_rows(report)):
        assert not [cell for row in rows for cell in row if str(cell).startswith("=")]


def test_canvas_and_moodle_get_their_columns(report):
    canvas = formats.canvas_rows(report)
    assert canvas[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert canvas[1][0] == "Points Possible" and canvas[1][-1] == "4"
    assert formats.moodle_rows(report)[1][:2] == ["student0", "0"]


@pytest.mark.slow
def test_the_command_reads_what_grading_wrote(tmp_path, monkeypatch):
    from forkgrade.cli import report as verb
    from tests.forkgrade.conftest import ClassRoom, copy_course

    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux")
    room = ClassRoom(*copy_course(tmp_path))
    lab = "lab01_feature_scaling"
    room.nbgrader("generate_assignment", lab)
    room.hand_in("ada", lab, lambda cells, notebook: cells["choose"].update(source="scaling_for=1"))
    room.run("course", "grade", lab, "--no-sandbox", "--jobs", "1")
    monkeypatch.chdir(room.root)
    verb.run(SimpleNamespace(lab="lab01", names=True, out=tmp_path, canvas=True, moodle=True,
                             feedback=True))
    rows = list(csv.DictReader((tmp_path / "report.csv").open()))
    assert rows[0]["student"] == "ada" and "test_choose: not-a-dictionary" in \
        rows[0]["misconceptions"]
    assert (room.root / f"feedback/ada/{lab}/{lab}.html").exists()
    assert (tmp_path / "canvas.csv").exists() and (tmp_path / "moodle.csv").exists()
