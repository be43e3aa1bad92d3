"""Every data set has a datasheet that says enough, and real faces do not load without one."""

from dataclasses import fields, replace

import pytest

from course_utils import data
from course_utils.errors import CourseError

SHEETS = [getattr(data, name) for name in data.__all__ if isinstance(getattr(data, name),
                                                                     data.Datasheet)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_datasheet_leaves_nothing_out_and_shows_it(sheet):
    data.require_datasheet(sheet)
    card = sheet._repr_html_()
    for each in fields(sheet):
        assert each.name.replace("_", " ") in card
        assert getattr(sheet, each.name) in str(sheet)
    assert {"source", "licence", "consent", "who", "collected", "kept", "known_gaps"} <= {
        each.name for each in fields(sheet)}


def test_the_astronaut_loads_with_her_datasheet_only():
    assert data.load_astronaut(datasheet=data.ASTRONAUT).shape == (512, 512, 3)
    with pytest.raises(CourseError, match="only with a Datasheet"):
        data.load_astronaut()


def test_a_public_set_prints_its_datasheet_before_it_fetches(monkeypatch, capsys):
    from sklearn import datasets

    def fetch(**options):
        said = capsys.readouterr().out
        assert "nobody in it was asked" in said
        raise OSError("no network")
    monkeypatch.setattr(datasets, "fetch_lfw_people", fetch)
    with pytest.raises(CourseError, match="does not need them"):
        data.fetch_lfw(datasheet=data.LFW)
    with pytest.raises(CourseError, match="only with a Datasheet"):
        data.fetch_lfw()


def test_a_datasheet_that_is_silent_is_not_enough():
    with pytest.raises(CourseError, match="nothing about consent"):
        data.require_datasheet(replace(data.ASTRONAUT, consent=" "))
