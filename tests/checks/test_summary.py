"""The table at the end of a lab counts what was checked in this session."""

from course_utils.checks import lab01
from course_utils.checks.check import RESULTS


def test_the_table_tells_checked_from_unchecked(monkeypatch):
    monkeypatch.setattr("course_utils.checks.check.RESULTS", RESULTS)
    RESULTS.clear()
    lab01.find_leak(1)
    lab01.choose({"income": "robust"})
    table = repr(lab01.points_so_far())
    assert "find_leak: 1 of 1 points, right" in table
    assert "choose: 0.5 of 2 points, wrong" in table
    assert "standardize: not checked yet (3 points)" in table
    assert "advice: 2 points, graded by your teacher" in table
    assert "So far: 1.5 of 14 points" in table
    assert "<table>" in lab01.points_so_far()._repr_html_()
