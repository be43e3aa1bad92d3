"""Wrong arguments are named, with what they were and what is accepted."""

import numpy as np
import pytest

from course_utils import data, faces
from course_utils.data import arguments
from course_utils.errors import CourseError


@pytest.mark.parametrize("values, said", [
    ([], "hours is empty"),
    ([1.0, np.nan, np.inf], "hours holds 2 NaN or infinite"),
    ([[1.0, 2.0]], r"hours has shape \(1, 2\), but 1 dimension"),
    (["noon"], r"hours is \['noon'\], but it must hold numbers"),
    ([[1, 2], [3]], "hours is .* numbers only"),
    (None, "hours holds|hours has shape"),
])
def test_numbers_that_are_refused(values, said):
    with pytest.raises(CourseError, match=said):
        arguments.finite_numbers("hours", values, dimensions=(1,))


def test_numbers_that_are_accepted_become_floats():
    array = arguments.finite_numbers("hours", [1, 2], dimensions=(1, 2))
    assert array.dtype == float
    assert array.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("value, said", [
    (-1, "degree is -1, but it must be at least 0"),
    (1.5, "degree is 1.5, but it must be a whole number"),
    (True, "degree is True"),
    ("3", "degree is '3'"),
])
def test_whole_numbers_that_are_refused(value, said):
    with pytest.raises(CourseError, match=said):
        arguments.whole_number("degree", value, at_least=0)


def test_whole_numbers_of_numpy_are_accepted():
    assert arguments.whole_number("degree", np.int64(4), at_least=0) == 4


@pytest.mark.parametrize("value", [-0.1, np.nan, np.inf, "1", None, True])
def test_numbers_below_zero_and_no_numbers_are_refused(value):
    with pytest.raises(CourseError, match="noise is "):
        arguments.not_negative("noise", value)


def test_lengths_are_compared_and_named():
    arguments.same_length(hours=[1, 2], readings=[3, 4])
    with pytest.raises(CourseError, match="hours has 1, readings has 2, but all"):
        arguments.same_length(hours=[1], readings=[3, 4])


def test_a_long_value_is_cut_short():
    with pytest.raises(CourseError) as caught:
        arguments.whole_number("degree", "x" * 500, at_least=0)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("draw", [
    lambda rng: data.make_workers(rng), lambda rng: data.read_thermometer(rng, [1, 2]),
    lambda rng: data.mislabel([0, 1], 0.5, rng), lambda rng: data.make_pages(rng, 1),
    lambda rng: data.draw_wild_digits(rng, 1), lambda rng: data.draw_materials(rng, 1),
    lambda rng: faces.make_identities(rng, 1), lambda rng: faces.make_views(rng, 1),
    lambda rng: faces.interval_over_people(np.mean, [1, 2], rng=rng),
], ids=["workers", "thermometer", "mislabel", "pages", "digits", "materials", "people", "views",
        "interval"])
@pytest.mark.parametrize("rng", [0, None, np.random, np.random.RandomState(0)], ids=type)
def test_what_draws_at_random_asks_for_a_generator(draw, rng):
    with pytest.raises(CourseError, match=r"rng is .*default_rng\(0\)"):
        draw(rng)
