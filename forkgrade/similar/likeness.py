"""How alike the answers of a class are, pair by pair, against what the class shows."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

FEW = 30  # submissions below which nobody can be said to stand apart
USUAL = 0.5  # of what a submission usually says is the least against which a pair is measured
# What a pair must share to be shown, and to stand apart, in statements that nobody else writes: a
# short answer that two found by themselves is less.
LEAST_SHOWN, LEAST_APART = 6, 12
FRIENDS = 3  # so many of a group are left out where the rest of the class is the measure
# How far beyond the median a pair stands apart, in distances from the first decile to the median,
# which copies leave as they are: in what each shares with the one most like them, and in how much
# more that is than they share with the rest. Of 130 classes without copies three have
# such a pair (`benchmarks/similar.py --apart`).
FENCE, FENCE_OF_EXCESS = 2.0, 6.5


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
        Whether it lies far beyond what the rest of the class shows.
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
        is_common = frequency > max(len(own) / 2, 2)  # written by more than half of the class
        frequency = np.where(is_common, 0, frequency)
        rarity = np.where(is_common, 0, np.log((len(own) + 1) / np.maximum(frequency, 1)))
        said = np.array([weight for each in own for weight in each.values()])
        matrix = sparse.csr_matrix((np.sqrt(said * rarity[columns]), (rows, columns)),
                                   shape=(len(own), len(keys)))
        self._shared = np.asarray((matrix @ matrix.T).todense())
        self._writers = dict(zip(keys.tolist(), frequency.tolist(), strict=True))

    def writers(self, key):
        """Return how many of the class write a passage; 0 if it counts for nothing.

        Parameters
        ----------
        key : int
        """
        return self._writers.get(key, 0)

    def likeness(self):
        """Return the likeness of each to each, an array; 0 of each to itself."""
        own = self._shared.diagonal()
        # who wrote next to nothing is like nobody
        both = np.maximum(np.sqrt(np.outer(own, own)), USUAL * np.median(own) if len(own) else 0)
        likeness = np.divide(self._shared, both, out=np.zeros_like(both), where=both > 0)
        np.fill_diagonal(likeness, 0)
        return likeness

    def nearest(self):
        """Return for each submission its likeness to the one most like it, an array."""
        return self.likeness().max(axis=1, initial=0)

    def count(self):
        """Return how many pairs the class has."""
        return len(self.students) * (len(self.students) - 1) // 2

    def pairs(self, most=1000):
        """Return the pairs that share something to show, the most alike first.

        Parameters
        ----------
        most : int, optional
            How many at most.

        Returns
        -------
        list of Pair
        """
        first, second = np.triu_indices(len(self.students), 1)
        likeness = self.likeness()[first, second]
        statements = self._statements()[first, second]
        apart = self._apart()[first, second] & (statements >= LEAST_APART)
        likeness = np.where(statements >= LEAST_SHOWN, likeness, 0)
        order = np.argsort(-likeness, kind="stable")
        less = np.searchsorted(np.sort(likeness), likeness)  # how many are less alike
        order = order[:min(most, np.count_nonzero(likeness))].tolist()
        return [Pair(self.students[first[each]], self.students[second[each]],
                     float(likeness[each]), rank, float(100 * less[each] / len(likeness)),
                     bool(apart[each])) for rank, each in enumerate(order, 1)]

    def _statements(self):
        """Return what each shares with each, in statements that nobody else writes."""
        return self._shared / math.log(max((len(self.students) + 1) / 2, 1.5))

    def _apart(self):
        """Say which pairs lie far beyond what the rest of the class shows, an array."""
        likeness = self.likeness()
        if len(likeness) < FEW:
            return np.zeros(likeness.shape, bool)
        others = np.sort(likeness, axis=1)[:, -1 - FRIENDS]
        excess = likeness - np.maximum.outer(others, others)
        return (likeness > _fence(likeness, FENCE)) & (excess > _fence(excess, FENCE_OF_EXCESS))


def _fence(values, width):
    """Return what few of the greatest values of each row can exceed."""
    low, middle = np.quantile(values.max(axis=1), [0.1, 0.5])
    return middle + width * (middle - low)
