"""What seven ways out of overfitting did to the test error, measured over many seeds."""

import json
from importlib.resources import files

import numpy as np
import pandas as pd

from course_utils.data.datasheet import Datasheet
from course_utils.errors import CourseError

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
    file = path or files(__package__) / "results" / "overfitting.json"
    try:
        with open(file, encoding="utf-8") as stream:
            report = json.load(stream)
        rows = {(run["wrong_labels"], run["seed"]): run["test_error"] for run in report["runs"]}
        table = pd.DataFrame.from_dict(rows, orient="index", columns=list(_WAYS), dtype=float)
        table.index = pd.MultiIndex.from_tuples(rows, names=["wrong labels", "seed"])
        table.attrs = {key: report[key] for key in ("command", "date", "versions")}
        _check(table, report["runs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"The results in {file} are missing or damaged ({error}). Restore the "
                          "file with git checkout, or measure again: python "
                          "benchmarks/overfitting.py --json FILE") from error
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
