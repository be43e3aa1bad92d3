"""Reading the arguments of helper functions: which one is wrong, what it was, what is accepted."""

from numbers import Integral, Real

import numpy as np

from course_utils.errors import CourseError


def finite_numbers(name, values, *, dimensions):
    """Return an argument as an array of floats.

    Parameters
    ----------
    name : str
        What the function calls it.
    values : array-like
    dimensions : tuple of int
        How many dimensions it may have.

    Returns
    -------
    numpy.ndarray

    Raises
    ------
    CourseError
        If it holds no numbers, NaN or infinity, or has another number of dimensions.
    """
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise CourseError(f"{name} is {_describe(values)}, but it must hold numbers only."
                          ) from None
    if array.ndim not in dimensions:
        accepted = " or ".join(str(number) for number in dimensions)
        raise CourseError(f"{name} has shape {array.shape}, but {accepted} dimension(s) are "
                          "needed.")
    if array.size == 0:
        raise CourseError(f"{name} is empty (shape {array.shape}), but at least one number "
                          "is needed.")
    if not np.isfinite(array).all():
        bad = int((~np.isfinite(array)).sum())
        raise CourseError(f"{name} holds {bad} NaN or infinite value(s); only finite numbers are "
                          "accepted. Drop or fill those rows first.")
    return array


def whole_number(name, value, *, at_least):
    """Return an argument as an int.

    Parameters
    ----------
    name : str
        For the message.
    value : object
    at_least : int

    Raises
    ------
    CourseError
        If it is no whole number, or too small.
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Integral):
        raise CourseError(f"{name} is {_describe(value)}, but it must be a whole number.")
    if value < at_least:
        raise CourseError(f"{name} is {value}, but it must be at least {at_least}.")
    return int(value)


def not_negative(name, value):
    """Return an argument as a finite float of at least 0.

    Parameters
    ----------
    name : str
        For the message.
    value : object

    Raises
    ------
    CourseError
        If it is anything else.
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise CourseError(f"{name} is {_describe(value)}, but it must be a number.")
    if not (np.isfinite(value) and value >= 0):
        raise CourseError(f"{name} is {value}, but it must be a finite number of at least 0.")
    return float(value)


def random_generator(rng):
    """Check that an argument is a NumPy random generator.

    Parameters
    ----------
    rng : object

    Raises
    ------
    CourseError
        If it is anything else.
    """
    if not isinstance(rng, np.random.Generator):
        raise CourseError(f"rng is {_describe(rng)}, but it must be a NumPy random generator. "
                          "Write rng = np.random.default_rng(0) and pass rng.")


def same_length(**arrays):
    """Check that arrays have equally many entries along their first axis.

    Parameters
    ----------
    **arrays : sequence
        By the names that the message uses.

    Raises
    ------
    CourseError
        If they have not.
    """
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        parts = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise CourseError(f"{parts}, but all of them need equally many entries.")


def _describe(value):
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
