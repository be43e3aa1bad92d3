"""The pages that lesson 04 draws: what is said to be true about a page is true."""

import numpy as np
import pytest

from course_utils import data
from course_utils.data.pages import DARK, load_split_digits, sum_of
from course_utils.errors import CourseError


@pytest.fixture(scope="module")
def drawn():
    return data.make_pages(np.random.default_rng(3), 40)


def test_a_page_adds_up(drawn):
    for page in drawn:
        numbers = {}
        for line, which in zip(page.digits, page.numbers, strict=True):
            for digit, number in zip(line, which, strict=True):
                numbers[number] = numbers.get(number, "") + str(digit)
        assert page.total == sum(map(int, numbers.values()))
        assert len(numbers) == 6


def test_the_boxes_hold_the_ink_of_a_clean_page():
    for page in data.make_pages(np.random.default_rng(3), 10, mess=0):
        outside = page.image > DARK
        for line in page.boxes:
            for top, bottom, left, right in line:
                assert (page.image[top:bottom, left:right] > DARK).any()
                outside[top:bottom, left:right] = False
        assert not outside.any()


def test_the_same_seed_draws_the_same_pages(drawn):
    again = data.make_pages(np.random.default_rng(3), 40)
    assert all(np.array_equal(one.image, other.image)
               for one, other in zip(drawn, again, strict=True))
    other = data.make_pages(np.random.default_rng(4), 1)[0]
    assert not np.array_equal(drawn[0].image, other.image)


def test_poor_pages_are_dirtier(drawn):
    drawn = sorted(drawn, key=lambda page: page.quality)
    paper = [np.mean([np.median(page.image) for page in part]) for part in
             (drawn[:10], drawn[-10:])]
    assert paper[0] > paper[1]


def test_no_digit_is_learned_from_and_written_with():
    learn, _, write, _ = load_split_digits()
    assert len(learn) + len(write) == 1797
    assert not {picture.tobytes() for picture in learn} & {p.tobytes() for p in write}


def test_sum_of_joins_digits_into_numbers():
    assert sum_of([(0, 1), (0, 2), (1, 7), (2, 0)]) == 19
    assert sum_of([]) == 0


@pytest.mark.parametrize("n", [0, -3, 2.5, True, "many", None])
def test_a_wrong_number_of_pages_is_named(n):
    with pytest.raises(CourseError, match="n is .* at least 1"):
        data.make_pages(np.random.default_rng(0), n)


@pytest.mark.parametrize("mess", [-1, 4, float("nan"), "much", None])
def test_a_wrong_mess_is_named(mess):
    with pytest.raises(CourseError, match="mess is .* from 0 to 3"):
        data.make_pages(np.random.default_rng(0), 1, mess=mess)
