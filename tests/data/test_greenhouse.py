"""The invented greenhouse."""

import numpy as np
import pytest

from course_utils import data
from course_utils.errors import CourseError


def test_the_day_is_coldest_at_night_and_warmest_in_the_afternoon():
    hours = np.linspace(0, 24, 241)
    truth = data.temperature(hours)
    assert hours[truth.argmin()] < 6
    assert 12 < hours[truth.argmax()] < 20
    assert truth[0] == pytest.approx(truth[-1])


def test_readings_err_by_the_noise_and_not_on_average():
    hours = data.reading_hours(13)
    days = data.read_thermometer(np.random.default_rng(0), hours, days=4000, noise=2.0)
    errors = days - data.temperature(hours)[:, None]
    assert days.shape == (13, 4000)
    assert abs(errors.mean()) < 5 * 2 / np.sqrt(errors.size)
    assert errors.std() == pytest.approx(2.0, rel=0.02)


def test_without_noise_a_reading_is_the_truth():
    hours = data.reading_hours(5)
    one_day = data.read_thermometer(np.random.default_rng(0), hours, noise=0)
    assert one_day.tolist() == data.temperature(hours).tolist()
    assert hours.tolist() == [0, 6, 12, 18, 24]


@pytest.mark.parametrize("hours, said", [([-1.0], "-1 to -1"), ([3, 25], "3 to 25"),
                                         ([np.nan], "NaN"), ([], "empty")])
def test_hours_outside_the_day_are_refused(hours, said):
    with pytest.raises(CourseError, match=f"hours .*{said}|hours is {said}"):
        data.temperature(hours)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 2.5}, {"noise": -1.0},
                                   {"hours": [[1.0, 2.0]]}])
def test_wrong_arguments_are_named(wrong):
    arguments = {"hours": [1.0, 2.0]} | wrong
    with pytest.raises(CourseError, match=f"^{next(iter(wrong))} "):
        data.read_thermometer(np.random.default_rng(0), **arguments)


def test_a_day_needs_two_readings():
    with pytest.raises(CourseError, match="n is 1, but it must be at least 2"):
        data.reading_hours(1)
