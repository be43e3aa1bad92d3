"""The tables of the course: workers, drawn, and wine, real."""

import numpy as np
import pandas as pd

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
    source="Forina et al., PARVUS, Institute of Pharmaceutical and Food Analysis and "
           "Technologies, Genoa; donated to the UCI Machine Learning Repository; "
           "read here from scikit-learn's own copy",
    licence="distributed with scikit-learn",
    consent="not needed: chemical measurements of 178 wines",
    who="nobody; wines of three growers in one region of Italy",
    collected="July 1988, as scikit-learn's description dates it",
    known_gaps="one region, three growers; the label is the grower, not the quality",
)


def make_workers(rng, n=100):
    """Draw workers whose age and salary know nothing of each other.

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
    if n < 1:
        raise CourseError(f"n is {n}, but there must be at least one worker.")
    return pd.DataFrame({"age": rng.integers(16, 91, size=n),
                         "salary": rng.integers(15_000, 150_001, size=n)})


def load_wine():
    """Return scikit-learn's wine data.

    Returns
    -------
    X : pandas.DataFrame
        178 wines, 13 chemical measurements, each in its own unit.
    y : pandas.Series
        The grower, 0 to 2.

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
