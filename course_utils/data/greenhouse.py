"""An invented greenhouse: a day's known temperature, read with an inaccurate thermometer."""

import numpy as np

from course_utils.data.arguments import finite_numbers, not_negative, random_generator, whole_number
from course_utils.data.datasheet import Datasheet
from course_utils.errors import CourseError

DAY = 24.0  # hours

GREENHOUSE = Datasheet(
    name="greenhouse",
    source="drawn by the course from a formula and a random generator",
    licence="MIT, as the course",
    consent="not needed: nobody is in it",
    who="nobody; one day in a greenhouse, coldest in the small hours, warmest in the afternoon",
    collected="when the cell runs, from the seed of the lesson",
    known_gaps="every day is the same, and the thermometer's errors are independent and "
               "bell-shaped, which real weather and real thermometers are not",
)


def temperature(hours):
    """Return the true temperature of the greenhouse.

    Parameters
    ----------
    hours : array-like
        Time of day in hours, from 0 to 24.

    Returns
    -------
    numpy.ndarray
        Degrees Celsius, in the shape of `hours`.

    Raises
    ------
    CourseError
        If an hour is no finite number or lies outside the day.
    """
    hours = finite_numbers("hours", hours, dimensions=(0, 1, 2))
    if hours.min() < 0 or hours.max() > DAY:
        raise CourseError(f"hours run from {hours.min():g} to {hours.max():g}, but a day has only "
                          "the hours from 0 to 24.")
    turn = 2 * np.pi * hours / DAY
    return 18 + 4.5 * np.sin(turn - 0.75 * np.pi) + 1.5 * np.sin(2 * turn - 0.5 * np.pi)


def reading_hours(n):
    """Return evenly spaced times of day from 0 to 24 hours.

    Parameters
    ----------
    n : int
        How many, at least 2.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
    """
    return np.linspace(0, DAY, whole_number("n", n, at_least=2))


def read_thermometer(rng, hours, *, days=None, noise=1.5):
    """Read a cheap thermometer: the true temperature plus a bell-shaped error.

    Parameters
    ----------
    rng : numpy.random.Generator
    hours : array-like, shape (n,)
    days : int, optional
        How many days, each with the same temperature and new errors.
    noise : float
        Standard deviation of the error, in degrees Celsius.

    Returns
    -------
    numpy.ndarray
        Shape (n,), or (n, days) if `days` is given.
    """
    random_generator(rng)
    truth = temperature(finite_numbers("hours", hours, dimensions=(1,)))
    noise = not_negative("noise", noise)
    if days is None:
        return truth + rng.normal(scale=noise, size=len(truth))
    days = whole_number("days", days, at_least=1)
    return truth[:, None] + rng.normal(scale=noise, size=(len(truth), days))
