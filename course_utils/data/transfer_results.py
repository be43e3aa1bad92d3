"""What a pretrained ResNet50 is worth with few labels, measured over many draws."""

import numpy as np
import pandas as pd

from course_utils.data.datasheet import Datasheet
from course_utils.data.results import read_results

TRANSFER = Datasheet(
    name="what transfer is worth",
    source="measured by benchmarks/transfer.py; the file holds command, date and versions",
    licence="MIT, as the course",
    consent="not needed: accuracies of networks",
    who="nobody; the pictures are the course's digits in the wild and materials",
    collected="on the date in the file, on one machine",
    known_gaps="two tasks, one pretraining, one set of test pictures for all draws",
)

_COLUMNS = ["task", "way", "labels", "draw", "accuracy"]


def load_transfer(path=None):
    """Return the committed results of `benchmarks/transfer.py`.

    Parameters
    ----------
    path : path-like, optional
        Another file of that format.

    Returns
    -------
    pandas.DataFrame
        A row for each run: `task` (digits_wild or materials), `way` (frozen, tuned, scratch,
        random or pixels), `labels` of each class, `draw`, and `accuracy` as a share. `attrs`
        holds `command`, `date` and `versions`.

    Raises
    ------
    CourseError
        If the file is missing or damaged.
    """
    return read_results("transfer", path, _table)


def _table(report):
    table = pd.DataFrame([{key: run[key] for key in _COLUMNS} for run in report["runs"]])
    _check(table)
    return table


def _check(table):
    if not len(table):
        raise ValueError("there are no runs")
    if table.duplicated(_COLUMNS[:4]).any():
        raise ValueError("a run occurs twice")
    accuracy = table["accuracy"].to_numpy(dtype=float)
    if not np.isfinite(accuracy).all() or accuracy.min() < 0 or accuracy.max() > 1:
        raise ValueError("an accuracy is no share between 0 and 1")
