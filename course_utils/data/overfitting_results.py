"""What seven remedies for overfitting did to the test error, measured over many seeds."""

import numpy as np
import pandas as pd

from course_utils.data.datasheet import Datasheet
from course_utils.data.results import read_results

OVERFITTING = Datasheet(
    name="seven ways out of overfitting",
    source="measured by benchmarks/overfitting.py, which runs the cells of lesson 03; the file "
           "holds command, date, seeds and versions",
    licence="MIT, as the course",
    consent="not needed: test errors of networks",
    who="nobody; the networks read the course's digits",
    collected="on the date in the file, on one machine, with one thread",
    known_gaps="one data set, one network, three settings for each way; other data rank the "
               "ways differently",
)

_WAYS = ("baseline", "more data", "augmentation", "simpler model", "fewer features",
         "early stopping", "L1/L2", "dropout")


def load_overfitting(path=None):
    """Return the committed results of `benchmarks/overfitting.py`.

    Parameters
    ----------
    path : path-like, optional
        Another file of that format.

    Returns
    -------
    pandas.DataFrame
        Test errors, as shares: a row for each share of wrong labels and each seed, a column for
        the baseline and each way out. `attrs` holds `command`, `date` and `versions`.

    Raises
    ------
    CourseError
        If the file is missing, damaged, or lacks a way or a seed.
    """
    return read_results("overfitting", path, _table)


def _table(report):
    rows = {(run["wrong_labels"], run["seed"]): run["test_error"] for run in report["runs"]}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(_WAYS), dtype=float)
    table.index = pd.MultiIndex.from_tuples(rows, names=["wrong labels", "seed"])
    _check(table, report["runs"])
    return table


def _check(table, runs):
    if len(table) < len(runs):
        raise ValueError("a seed occurs twice")
    for run in runs:
        if set(run["test_error"]) != set(_WAYS):
            raise ValueError(f"seed {run['seed']} needs the ways {', '.join(_WAYS)}")
    if not np.isfinite(table.to_numpy()).all() or table.min().min() < 0 or table.max().max() > 1:
        raise ValueError("a test error is no share between 0 and 1")
    if (table.groupby(level=0).size() < 2).any() or not len(table):
        raise ValueError("a spread needs two seeds or more")
