"""Shares and statistics with their confidence intervals."""

from dataclasses import dataclass

import numpy as np

from course_utils.data.arguments import random_generator
from course_utils.errors import CourseError


@dataclass(frozen=True)
class Rate:
    """A share with its confidence interval.

    Attributes
    ----------
    value, low, high : float
        From 0 to 1; NaN where there is nothing to count.
    count, n : int
        How often it happened, in how many tries.
    """

    value: float
    low: float
    high: float
    count: int
    n: int

    def __float__(self):
        return self.value

    def __str__(self):
        return f"{self.value:.2%} ({self.low:.2%} to {self.high:.2%}; {self.count} of {self.n})"


def rate(count, n, *, confidence=0.95):
    """Return `count` of `n` as a `Rate`, with Wilson's interval (`statsmodels`).

    It takes tries as independent. Pairs that share people are not: see `interval_over_people`.

    Parameters
    ----------
    count, n : int
        `count` is at most `n`.
    confidence : float
        Between 0 and 1.
    """
    from statsmodels.stats.proportion import proportion_confint

    if not 0 <= count <= n:
        raise CourseError(f"count is {count} and n is {n}, but count must lie between 0 and n.")
    if not 0 < confidence < 1:
        raise CourseError(f"confidence is {confidence}, but it must lie between 0 and 1, as 0.95.")
    if n == 0:
        return Rate(np.nan, np.nan, np.nan, 0, 0)
    low, high = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    return Rate(count / n, float(low), float(high), int(count), int(n))


def interval_over_people(statistic, people, *, rng, resamples=200, confidence=0.95):
    """Return an interval from resampling whole people, since pairs share people.

    Parameters
    ----------
    statistic : callable
        Takes an array of indices into `people`, some of them several times, returns a number.
    people : sequence
        Who can be drawn, one entry each.
    rng : numpy.random.Generator
    resamples : int
    confidence : float

    Returns
    -------
    low, high : float
        By the percentile bootstrap of `scipy.stats.bootstrap`.
    """
    from scipy.stats import bootstrap

    random_generator(rng)
    result = bootstrap((np.arange(len(people)),), lambda indices: float(statistic(indices)),
                       n_resamples=resamples, confidence_level=confidence, method="percentile",
                       vectorized=False, rng=rng)
    return float(result.confidence_interval.low), float(result.confidence_interval.high)
