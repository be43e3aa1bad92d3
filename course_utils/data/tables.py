"""The tables of the course: workers, drawn, and wine, real."""

import numpy as np
import pandas as pd

from course_utils.data.arguments import random_generator, whole_number
from course_utils.data.datasheet import Datasheet
from course_utils.errors import CourseError

WORKERS = Datasheet(
    name="workers",
    source="drawn by the course from a random generator",
    licence="MIT, as the course",
    consent="not needed: nobody is in it",
    who="nobody; ages from 16 to 90 and salaries from 15,000 to 150,000 are drawn independently",
    collected="when the cell runs, from the seed of the lesson",
    known_gaps="real salaries depend on age, and few people of 90 are at work",
)

WINE = Datasheet(
    name="wine",
    source="Forina, Armanino, Castino and Ubigli, Multivariate data analysis as a discriminating "
           "method of the origin of wines, Vitis 25, 189-201, 1986; 13 of its measurements are in "
           "the UCI Machine Learning Repository and, as read here, in scikit-learn",
    licence="none is stated in scikit-learn's copy",
    consent="not needed: chemical measurements of 178 wines",
    who="nobody; 59 Barolo, 71 Grignolino and 48 Barbera from Piedmont, Italy",
    collected="before 1986",
    known_gaps="one region, three wines; scikit-learn's description gives no units",
)


def make_workers(rng, n=100):
    """Draw workers whose age and salary are independent.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many workers.

    Returns
    -------
    pandas.DataFrame
        Columns `age` (years, 16 to 90) and `salary` (per year, 15,000 to 150,000).
    """
    random_generator(rng)
    n = whole_number("n", n, at_least=1)
    return pd.DataFrame({"age": rng.integers(16, 91, size=n),
                         "salary": rng.integers(15_000, 150_001, size=n)})


def load_wine():
    """Return scikit-learn's wine data.

    Returns
    -------
    X : pandas.DataFrame
        178 wines, 13 chemical measurements, each in its own unit.
    y : pandas.Series
        The wine: 0 Barolo, 1 Grignolino, 2 Barbera.

    Raises
    ------
    CourseError
        If the file that scikit-learn ships is missing or damaged.
    """
    from sklearn import datasets

    try:
        wine = datasets.load_wine(as_frame=True)
        if wine.data.shape != (178, 13) or not np.isfinite(wine.data.to_numpy()).all():
            raise ValueError("unexpected contents")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise CourseError("scikit-learn's wine data is missing or damaged "
                          f"({error}). Run `make setup` to install it again.") from error
    return wine.data, wine.target
