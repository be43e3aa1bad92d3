"""How alike the answers of a class are, pair by pair, against what the class shows."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

FEW = 20  # submissions below which nobody can be said to stand apart
USUAL = 0.25  # of what a submission usually says is added to what two of them say
CHANCE = 0.05  # of a class without anything to see in which a pair stands apart all the same


@dataclass(frozen=True)
class Pair:
    """Two submissions and how alike they are.

    Attributes
    ----------
    first, second : str
        Students' ids.
    likeness : float
        From 0 to 1: what both share of what they say, weighed by rarity; the cosine of both.
    rank : int
        Among the pairs of the class, from 1.
    percentile : float
        The share of all pairs that are less alike, in percent.
    apart : bool
        Whether it lies beyond what a class like this shows by itself.
    """

    first: str
    second: str
    likeness: float
    rank: int
    percentile: float
    apart: bool


class Class:
    """The fingerprints of a class, weighed by how rare they are in it.

    Parameters
    ----------
    weights : dict of str to dict of int to float
        For each student the keys of their fingerprints and what each says besides its rarity.
    given : set of int
        Keys of the template and the sample solution, which count for nothing.
    """

    def __init__(self, weights, given=frozenset()):
        own = {student: {key: weight for key, weight in each.items() if key not in given}
               for student, each in weights.items()}
        self.students = sorted(student for student, each in own.items() if each)
        own = [own[student] for student in self.students]
        keys, columns = np.unique(np.array([key for each in own for key in each], dtype=np.int64),
                                  return_inverse=True)
        rows = np.repeat(np.arange(len(own)), [len(each) for each in own])
        frequency = np.bincount(columns, minlength=len(keys))
        said = np.array([weight for each in own for weight in each.values()])
        values = np.sqrt(said * _rarity(frequency, len(own))[columns])
        self._matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(own), len(keys)))
        counts = np.where(_is_common(frequency, len(own)), 0, frequency)
        self._frequency = dict(zip(keys.tolist(), counts.tolist(), strict=True))

    def writers(self, key):
        """Return how many of the class write a passage; 0 if it counts for nothing.

        Parameters
        ----------
        key : int
        """
        return self._frequency.get(key, 0)

    def pairs(self):
        """Return all pairs of the class, the most alike first.

        Returns
        -------
        list of Pair
        """
        first, second = np.triu_indices(len(self.students), 1)
        likeness = self.likeness()[first, second]
        limit = _limit(self.likeness())
        order = np.argsort(-likeness, kind="stable")
        less = np.searchsorted(np.sort(likeness), likeness)  # how many are less alike
        return [Pair(self.students[first[each]], self.students[second[each]],
                     float(likeness[each]), rank, 100.0 * less[each] / len(likeness),
                     bool(likeness[each] > limit))
                for rank, each in enumerate(order.tolist(), 1)]

    def likeness(self):
        """Return the likeness of each to each, an array; 0 of each to itself."""
        shared = np.asarray((self._matrix @ self._matrix.T).todense())
        own = np.sqrt(shared.diagonal())
        np.fill_diagonal(shared, 0)
        # a quarter of what is usual is added: who wrote next to nothing is like nobody
        both = np.outer(own, own) + (USUAL * np.median(own**2) if len(own) else 0)
        return np.divide(shared, both, out=np.zeros_like(shared), where=both > 0)


def _rarity(frequency, count):
    """Return what passages weigh that so many of a class write."""
    rarity = np.log((count + 1) / np.maximum(frequency, 1))
    return np.where(_is_common(frequency, count), 0.0, rarity)


def _is_common(frequency, count):
    """Say which passages are written by more than half of a class."""
    return frequency > max(count / 2, 2)


def _limit(likeness):
    """Return the likeness beyond which a pair stands apart.

    The likeness of each to the one who is most like him is the greatest of many values, which
    follow Gumbel's distribution; its quartiles, which some copies leave as they are, give both of
    its parameters.
    """
    nearest = likeness.max(axis=1) if len(likeness) else np.zeros(0)
    if len(nearest) < FEW:
        return math.inf
    low, high = np.quantile(nearest, [0.25, 0.75])
    scale = (high - low) / (math.log(math.log(4)) - math.log(math.log(4 / 3)))
    begin = low + scale * math.log(math.log(4))
    return begin - scale * math.log(-math.log1p(-CHANCE / len(nearest)))
