"""Building blocks of polynomial curves over a day."""

import numpy as np

from course_utils.data.arguments import finite_numbers, whole_number
from course_utils.data.greenhouse import DAY


def features(hours, degree):
    """Return the Legendre polynomials up to `degree`, one column each.

    Any polynomial of that degree is a weighted sum of them. The powers 1, x, x², … span the same
    curves, but grow so alike that a computer's rounding drowns their weights.

    Parameters
    ----------
    hours : array-like, shape (n,)
        Time of day, from 0 to 24; becomes -1 to 1.
    degree : int
        At least 0.

    Returns
    -------
    numpy.ndarray, shape (n, degree + 1)
        Every value lies between -1 and 1.
    """
    hours = finite_numbers("hours", hours, dimensions=(1,))
    degree = whole_number("degree", degree, at_least=0)
    return np.polynomial.legendre.legvander(2 * hours / DAY - 1, degree)
