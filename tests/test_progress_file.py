"""Progress survives damage, travels as a text and never loses a better result."""

import pytest

from course_utils import progress_file as progress
from course_utils.checks.result import Result
from course_utils.errors import CourseError


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "deep" / "progress.json"))


def _earn(points):
    progress.record(Result("lab01.standardize", "wrong", points, 3))


def test_the_best_result_stays():
    _earn(2)
    _earn(1)
    assert progress.load()["labs"] == {"lab01.standardize": [2.0, 3.0]}


def test_a_lesson_keeps_the_day_it_was_finished_first():
    progress.finish_lesson("01")
    first = progress.load()["lessons"]["01"]
    progress.finish_lesson("01")
    assert progress.load()["lessons"] == {"01": first}


@pytest.mark.parametrize("contents", ["", "{", "[]", '{"lessons": 1}',
                                      '{"lessons": {}, "labs": {"x": 3}}', "\x00\x01"])
def test_a_damaged_file_is_set_aside_and_kept(contents):
    path = progress.location()
    path.parent.mkdir(parents=True)
    path.write_text(contents)
    assert progress.load() == {"lessons": {}, "labs": {}}
    assert [kept.read_text() for kept in path.parent.glob("progress.damaged-*")] == [contents]


def test_a_check_works_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "file" / "progress.json"))
    _earn(2)


def test_the_text_brings_everything_to_another_machine(tmp_path, monkeypatch):
    _earn(2)
    progress.finish_lesson("01")
    text, here = progress.export_text(), progress.load()
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "elsewhere.json"))
    _earn(1)
    progress.import_text(f"  {text[:30]}\n{text[30:]} ")
    assert progress.load() == here


def test_several_texts_in_the_box_are_all_brought_back(tmp_path, monkeypatch):
    _earn(2)
    saved = progress.export_text()
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "elsewhere.json"))
    own = progress.export_text()
    for between in ("", "\n", " "):
        monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / f"fresh{len(between)}.json"))
        assert progress.import_text(f"{own}{between}'{saved}'.")["labs"]


def test_more_points_than_there_are_cannot_be_brought_in():
    text = progress.PREFIX + progress.base64.urlsafe_b64encode(progress.zlib.compress(
        b'{"lessons":{},"labs":{"lab01.standardize":[99,3]}}')).decode()
    with pytest.raises(CourseError):
        progress.import_text(text)


def test_bringing_back_says_when_it_cannot_be_kept(tmp_path, monkeypatch):
    _earn(2)
    text = progress.export_text()
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", str(tmp_path / "file" / "progress.json"))
    with pytest.raises(CourseError, match="cannot be kept here"):
        progress.import_text(text)


def test_the_text_is_short():
    _earn(2)
    assert len(progress.export_text()) < 200


@pytest.mark.parametrize("spoil", [lambda t: t[:-9], lambda t: t[4:], lambda t: "", lambda t: "x",
                                   lambda t: t[:20] + "§" + t[20:], lambda t: t[:12]])
def test_a_text_that_is_not_whole_is_refused(spoil):
    _earn(2)
    with pytest.raises(CourseError, match="not a progress text"):
        progress.import_text(spoil(progress.export_text()))
