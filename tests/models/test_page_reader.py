"""The machine of lesson 04: real stages work on clean pages, perfect ones keep their promise."""

import numpy as np
import pytest

from course_utils import data
from course_utils.errors import CourseError
from course_utils.models import page_reader

STAGES = ["find", "cut", "read", "add"]


def answer(page, stage):
    lines = stage["find"](page)
    boxes = stage["cut"](page, lines)
    return stage["add"](page, stage["read"](page, boxes))


def share_right(scans, *perfect):
    stage = page_reader.REAL | {name: page_reader.PERFECT[name] for name in perfect}
    return np.mean([answer(page, stage) == page.total for page in scans])


@pytest.fixture(scope="module")
def scans():
    return data.make_pages(np.random.default_rng(11), 120)


def test_the_machine_reads_clean_pages_and_fails_on_some_others(scans):
    clean = data.make_pages(np.random.default_rng(11), 60, mess=0)
    assert share_right(clean) >= 0.8
    assert 0.4 <= share_right(scans) <= 0.75


def test_four_perfect_stages_are_always_right(scans):
    assert share_right(scans, *STAGES) == 1


@pytest.mark.parametrize("name", STAGES)
def test_every_stage_fails_on_some_pages_with_all_others_perfect(scans, name):
    if name == "find":  # a perfect cutter needs only the middle of each digit
        assert share_right(scans, "find") > share_right(scans)
    else:
        assert share_right(scans, *(other for other in STAGES if other != name)) < 1


def test_the_stages_pass_on_what_they_promise(scans):
    page = scans[0]
    lines = page_reader.find_lines(page)
    boxes = page_reader.cut_digits(page, lines)
    marks = page_reader.read_digits(page, boxes)
    assert len(lines) == len(boxes) == len(marks)
    assert all(0 <= top < bottom <= len(page.image) for top, bottom in lines)
    assert all(box[2] < box[3] <= page.image.shape[1] for line in boxes for box in line)
    assert all(digit in range(10) for line in marks for _, digit in line)


def test_a_perfect_cutter_cannot_bring_back_a_lost_line(scans):
    page = scans[0]
    boxes = page_reader.perfect_cut(page, page.lines[1:])
    assert sum(map(len, boxes)) == sum(map(len, page.boxes[1:]))


def test_a_perfect_reader_knows_what_is_no_digit(scans):
    page = scans[0]
    marks = page_reader.perfect_read(page, [[page.boxes[0][0], (0, 1, 0, 1)]])
    assert [digit for _, digit in marks[0]] == [page.digits[0][0], None]
    assert page_reader.add_up(page, marks) == page.digits[0][0]


def test_a_perfect_adder_adds_wrong_digits(scans):
    page = scans[0]
    wrong = [[(box, (digit + 1) % 10) for box, digit in line] for line in page.marks]
    assert page_reader.perfect_add(page, page.marks) == page.total
    assert page_reader.perfect_add(page, wrong) != page.total


def test_a_wide_gap_starts_a_number(scans):
    marks = [[((0, 8, 0, 5), 1), ((0, 8, 7, 12), 2), ((0, 8, 20, 25), 3)]]
    assert page_reader.add_up(scans[0], marks) == 12 + 3
    assert page_reader.add_up(scans[0], marks, wide=2) == 1 + 2 + 3
    assert page_reader.add_up(scans[0], marks, wide=9) == 123


def test_nothing_found_adds_up_to_zero(scans):
    page = scans[0]
    assert page_reader.cut_digits(page, []) == []
    assert page_reader.read_digits(page, [[]]) == [[]]
    assert page_reader.add_up(page, [[]]) == 0


@pytest.mark.parametrize("stage", [page_reader.find_lines, page_reader.perfect_find])
def test_something_that_is_no_page_is_named(stage):
    with pytest.raises(CourseError, match="page is a ndarray.*make_pages"):
        stage(np.zeros((46, 60)))


@pytest.mark.parametrize("lines", [[(1, 2, 3)], [(1, float("nan"))], [5], [("a", "b")]])
def test_lines_of_the_wrong_shape_are_named(scans, lines):
    for stage in (page_reader.cut_digits, page_reader.perfect_cut):
        with pytest.raises(CourseError, match="lines holds .* 2 whole numbers"):
            stage(scans[0], lines)


def test_boxes_of_the_wrong_shape_are_named(scans):
    with pytest.raises(CourseError, match="boxes holds .* 4 whole numbers"):
        page_reader.read_digits(scans[0], [[(1, 2)]])


def test_a_gap_without_width_is_named(scans):
    with pytest.raises(CourseError, match="wide is 0"):
        page_reader.add_up(scans[0], [[]], wide=0)
