"""How often a search (1:N) errs: rank one, and open set with people who are not in the gallery."""

from dataclasses import dataclass

import numpy as np

from course_utils.data.arguments import same_length, whole_number
from course_utils.errors import CourseError
from course_utils.faces.intervals import Rate, rate


@dataclass(frozen=True)
class OpenSet:
    """What a search with a threshold does.

    Attributes
    ----------
    false_positive : Rate
        Of the searches for people who are not in the gallery: the share that names somebody.
    false_negative : Rate
        Of the searches for people who are in it: the share that does not name them first.
    """

    false_positive: Rate
    false_negative: Rate


def rank_one_rate(probes, probe_names, gallery, gallery_names):
    """Return how often the nearest in the gallery is the right person, as a `Rate`.

    Parameters
    ----------
    probes, gallery : array-like of float, shapes (n, d) and (m, d)
        Embeddings; a probe of NaN (no face found) is a miss.
    probe_names, gallery_names : array-like, shapes (n,) and (m,)
        Whose they are. Each probe's person must be in the gallery.

    Raises
    ------
    CourseError
        If a probe is nobody in the gallery, or the tables do not fit together.
    """
    nearest, _, enrolled = _search(probes, probe_names, gallery, gallery_names)
    if not enrolled.all():
        strangers = int((~enrolled).sum())
        raise CourseError(f"{strangers} probe(s) show people who are not in the gallery; rank one "
                          "needs everybody enrolled. open_set_rates counts strangers too.")
    right = nearest == np.asarray(probe_names)
    return rate(int(right.sum()), len(right))


def open_set_rates(probes, probe_names, gallery, gallery_names, threshold):
    """Return as an `OpenSet` how a search errs when some of the people are not enrolled.

    Parameters
    ----------
    probes, probe_names, gallery, gallery_names
        As for `rank_one_rate`; people who are not in the gallery are welcome.
    threshold : float
        A distance above it names nobody.
    """
    nearest, distance, enrolled = _search(probes, probe_names, gallery, gallery_names)
    alarms = distance <= threshold
    hits = alarms & (nearest == np.asarray(probe_names))
    return OpenSet(rate(int(alarms[~enrolled].sum()), int((~enrolled).sum())),
                   rate(int((~hits[enrolled]).sum()), int(enrolled.sum())))


def false_alarm_chance(false_match_rate, size):
    """Return the chance that a stranger matches somebody in a gallery.

    A guess, 1 - (1 - f)^N, as if comparisons were independent; `open_set_rates` measures it.

    Parameters
    ----------
    false_match_rate : float
        Of one comparison, 0 to 1.
    size : int
        How many people are in the gallery.
    """
    size = whole_number("size", size, at_least=0)
    if not 0 <= false_match_rate <= 1:
        raise CourseError(f"false_match_rate is {false_match_rate}, but it must lie between 0 "
                          "and 1.")
    return 1 - (1 - false_match_rate) ** size


def _search(probes, probe_names, gallery, gallery_names):
    from scipy.spatial.distance import cdist

    probes, gallery = np.asarray(probes, float), np.asarray(gallery, float)
    names = np.asarray(gallery_names)
    for name, table in (("probes", probes), ("gallery", gallery)):
        if table.ndim != 2 or not len(table):
            raise CourseError(f"{name} has shape {table.shape}, but it must be a table with a row "
                              "for each picture, at least one.")
    same_length(probes=probes, probe_names=probe_names)
    same_length(gallery=gallery, gallery_names=names)
    if np.isnan(gallery).any():
        raise CourseError("gallery holds NaN: leave out pictures in which no face was found.")
    faceless = np.isnan(probes).any(axis=1)
    apart = cdist(np.where(faceless[:, None], 0, probes), gallery)
    at = apart.argmin(axis=1)
    distance = np.where(faceless, np.inf, apart[np.arange(len(probes)), at])
    # nobody is named where no face was found
    nearest = np.array([None if gone else names[i] for gone, i in zip(faceless, at, strict=True)],
                       dtype=object)
    return nearest, distance, np.isin(np.asarray(probe_names), names)
