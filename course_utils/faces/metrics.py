"""How often face recognition errs: verification (1:1).

A pair whose face was not found has the distance NaN: it never matches, whoever it shows.
"""

import numpy as np

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.faces.intervals import rate


def pair_distances(embeddings, who):
    """Compare every picture with every other.

    Parameters
    ----------
    embeddings : array-like of float, shape (n, 128)
        Rows of NaN where no face was found.
    who : array-like, shape (n,)
        Whose picture it is.

    Returns
    -------
    distances : numpy.ndarray of float32, shape (n (n - 1) / 2,)
        Euclidean, NaN where a face is missing.
    same : numpy.ndarray of bool
        Whether both pictures are of the same person.
    first, second : numpy.ndarray of int
        Rows of the two pictures.

    Raises
    ------
    CourseError
        If the shapes do not fit together.
    """
    table, who = np.asarray(embeddings, np.float32), np.asarray(who)
    if table.ndim != 2:
        raise CourseError(f"embeddings has shape {table.shape}, but it must be a table with a row "
                          "for each picture.")
    same_length(embeddings=table, who=who)
    first, second = np.triu_indices(len(table), 1)
    squares = (table * table).sum(axis=1)
    apart = squares[:, None] + squares[None] - 2 * (table @ table.T)
    distances = np.sqrt(np.maximum(apart[first, second], 0))
    return distances, who[first] == who[second], first, second


def false_match_rate(distances, same, threshold):
    """Return the share of pairs of different people that match, as a `Rate`.

    Parameters
    ----------
    distances : array-like of float, shape (n,)
        NaN where a face was not found.
    same : array-like of bool, shape (n,)
        Whether both pictures are of the same person.
    threshold : float
        A pair matches at this distance or below.
    """
    distances, same = _pairs(distances, same)
    matched = distances[~same] <= threshold
    return rate(int(matched.sum()), len(matched))


def false_non_match_rate(distances, same, threshold):
    """Return the share of pairs of the same person that do not match, as a `Rate`.

    Parameters
    ----------
    distances, same, threshold
        As for `false_match_rate`.
    """
    distances, same = _pairs(distances, same)
    missed = ~(distances[same] <= threshold)
    return rate(int(missed.sum()), len(missed))


def det_curve(distances, same, *, points=None):
    """Return both error rates at every threshold: the detection error trade-off.

    Parameters
    ----------
    distances, same : array-like, shape (n,)
        As for `false_match_rate`.
    points : int, optional
        At most how many thresholds, spread over the curve; all by default.

    Returns
    -------
    pandas.DataFrame
        Columns `threshold` (ascending), `false_match_rate` and `false_non_match_rate`.
    """
    import pandas as pd

    distances, same = _pairs(distances, same, two_kinds=True)
    genuine = np.sort(distances[same & ~np.isnan(distances)])
    impostor = np.sort(distances[~same & ~np.isnan(distances)])
    thresholds = np.unique(np.concatenate([[-1e-9], genuine, impostor]))
    if points is not None and len(thresholds) > points:
        # every genuine pair moves its rate by much more than an impostor moves the other
        spread = np.linspace(0, len(thresholds) - 1, points).round().astype(int)
        thresholds = thresholds[np.unique(spread)]
    return pd.DataFrame({
        "threshold": thresholds,
        "false_match_rate": np.searchsorted(impostor, thresholds, "right") / (~same).sum(),
        "false_non_match_rate": 1 - np.searchsorted(genuine, thresholds, "right") / same.sum()})


def equal_error_rate(distances, same):
    """Return the rate at which false matches are as frequent as false non-matches.

    Parameters
    ----------
    distances, same : array-like, shape (n,)
        As for `false_match_rate`.

    Returns
    -------
    rate, threshold : float
        The mean of both rates where they are closest, and the threshold there.
    """
    curve = det_curve(distances, same)
    false_match = curve["false_match_rate"].to_numpy()
    false_non_match = curve["false_non_match_rate"].to_numpy()
    at = int(np.argmin(np.abs(false_match - false_non_match)))
    return float(false_match[at] + false_non_match[at]) / 2, float(curve["threshold"][at])


def rates_by_group(distances, same, groups, threshold):
    """Return both error rates in each group, with intervals.

    Parameters
    ----------
    distances, same : array-like, shape (n,)
        As for `false_match_rate`.
    groups : array-like, shape (n,), or pandas.DataFrame
        The group of each pair; several columns make intersections.
    threshold : float

    Returns
    -------
    pandas.DataFrame
        A row for each group; columns `false_match_rate` and `false_non_match_rate` (counted by
        `fairlearn.metrics.MetricFrame`), each with `_low` and `_high`, and the numbers of pairs,
        `impostor_pairs` and `genuine_pairs`.
    """
    distances, same = _pairs(distances, same)
    same_length(distances=distances, groups=groups)
    table = _count_by_group(distances <= threshold, same, groups)
    for name, wrong, tries in (("false_match_rate", "false_matches", "impostor_pairs"),
                               ("false_non_match_rate", "false_non_matches", "genuine_pairs")):
        rates = [rate(*row) for row in zip(table[wrong], table[tries], strict=True)]
        for ending, field in (("", "value"), ("_low", "low"), ("_high", "high")):
            table[name + ending] = [getattr(each, field) for each in rates]
    return table.drop(columns=["false_matches", "false_non_matches"])


def _count_by_group(matches, same, groups):
    import pandas as pd
    from fairlearn.metrics import MetricFrame

    # MetricFrame takes seconds for 100,000 rows: it gets one row for each kind of pair, counted
    frame = pd.DataFrame(groups).reset_index(drop=True)
    if not isinstance(groups, pd.DataFrame | pd.Series):
        frame.columns = ["group"]
    names = list(frame.columns)
    kinds = frame.assign(_same=same, _match=matches).groupby(
        [*names, "_same", "_match"], sort=False, observed=True).size().rename("n").reset_index()
    counts = {
        "false_matches": lambda true, match, n: int(n[~true & match].sum()),
        "impostor_pairs": lambda true, match, n: int(n[~true].sum()),
        "false_non_matches": lambda true, match, n: int(n[true & ~match].sum()),
        "genuine_pairs": lambda true, match, n: int(n[true].sum()),
    }
    return MetricFrame(metrics={name: _on_arrays(count) for name, count in counts.items()},
                       y_true=kinds["_same"], y_pred=kinds["_match"],
                       sensitive_features=kinds[names],
                       sample_params={name: {"n": kinds["n"]} for name in counts}
                       ).by_group.fillna(0).astype(int)


def _on_arrays(count):
    return lambda true, match, n: count(np.asarray(true, bool), np.asarray(match, bool),
                                       np.asarray(n))


def _pairs(distances, same, *, two_kinds=False):
    """Return the two arguments as arrays, or say what is wrong with them."""
    try:
        distances = np.asarray(distances, dtype=float)
    except (TypeError, ValueError):
        raise CourseError("distances must hold numbers only, NaN where a face was not "
                          "found.") from None
    same = np.asarray(same)
    if same.dtype != bool:
        raise CourseError(f"same holds {same.dtype}, but it must say True or False for each pair.")
    if distances.ndim != 1 or same.ndim != 1:
        raise CourseError(f"distances has shape {distances.shape} and same {same.shape}, but each "
                          "is a list with an entry for each pair.")
    same_length(distances=distances, same=same)
    if (distances < 0).any():
        raise CourseError(f"distances holds {np.nanmin(distances):g}, but no distance is negative.")
    if two_kinds and (same.all() or not same.any()):
        raise CourseError("Both kinds of pairs are needed, of the same person and of different "
                          f"people, but same is {bool(same.all())} throughout.")
    return distances, same
