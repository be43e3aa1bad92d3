"""Handwritten digits, and labels that somebody typed in a hurry."""

import numpy as np

from course_utils.data.arguments import random_generator
from course_utils.data.datasheet import Datasheet
from course_utils.errors import CourseError

DIGITS = Datasheet(
    name="digits",
    source="Alpaydin and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning "
           "Repository, 1998; read from scikit-learn's copy of its test part",
    licence="CC BY 4.0 at the UCI repository; none is stated in scikit-learn's copy",
    consent="collected on forms that the writers filled in for this purpose",
    who="13 people who wrote digits; the data does not say who wrote which",
    collected="before 1998; each digit reduced to 8 x 8 counts of dark dots, from 0 to 16",
    known_gaps="few writers, and a random split puts each of them on both sides: a new writer's "
               "digits will be harder than any number measured here",
)


def load_digits():
    """Return scikit-learn's handwritten digits.

    Returns
    -------
    X : numpy.ndarray of float32, shape (1797, 64)
        Pictures of 8 x 8 pixels, row by row, from 0 (paper) to 1 (ink).
    y : numpy.ndarray of int, shape (1797,)
        The digit, 0 to 9.

    Raises
    ------
    CourseError
        If the file that scikit-learn ships is missing or damaged.
    """
    from sklearn import datasets

    try:
        X, y = datasets.load_digits(return_X_y=True)
        if X.shape != (1797, 64) or not np.isfinite(X).all():
            raise ValueError("unexpected contents")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise CourseError("scikit-learn's digits are missing or damaged "
                          f"({error}). Run `make setup` to install it again.") from error
    return (X / 16).astype("float32"), y


def mislabel(y, share, rng, classes=10):
    """Return a copy of labels in which a share became another class at random.

    Parameters
    ----------
    y : array-like of int, shape (n,)
        Labels from 0 to `classes` - 1.
    share : float
        How many become wrong, from 0 to 1.
    rng : numpy.random.Generator
    classes : int

    Returns
    -------
    numpy.ndarray of int, shape (n,)
        Each label is wrong with probability `share`, every wrong class being as likely.

    Raises
    ------
    CourseError
        If `share` is no share, or `y` holds something that is no such label.
    """
    random_generator(rng)
    labels = np.asarray(y)
    if not 0 <= share <= 1:
        raise CourseError(f"share is {share}, but it must lie between 0 and 1.")
    if labels.ndim != 1 or not len(labels) or labels.dtype.kind not in "iu":
        raise CourseError(f"y has shape {labels.shape} and type {labels.dtype}, but it must be a "
                          "list of whole numbers, at least one.")
    if labels.min() < 0 or labels.max() >= classes:
        raise CourseError(f"y runs from {labels.min()} to {labels.max()}, but labels must lie "
                          f"between 0 and {classes - 1}.")
    wrong = (labels + rng.integers(1, classes, size=len(labels))) % classes
    return np.where(rng.random(len(labels)) < share, wrong, labels)
