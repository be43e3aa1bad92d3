"""A bootstrap interval of a gain, judged by where it lies and how wide it is."""

import operator

import numpy as np

from course_utils.checks.plain_data import flat_numbers
from course_utils.checks.slips import Judged, check, match, read, slip

NORMAL = 1.959964


def draw(rng):
    """Draw pages before and after a fix that rescues a few of them and spoils fewer."""
    cases = []
    for size in (300, 400, 500, 300, 400, 500):
        before = rng.random(size) < 0.6
        flips = rng.random(size) < np.where(before, 0.03, 0.2)
        cases.append({"before": before.tolist(), "after": (before ^ flips).tolist()})
    return cases


def arguments(case):
    """Return `before` and `after`, arrays of True and False for the same pages."""
    return np.array(case["before"]), np.array(case["after"])


class Intervals:
    """The learner's intervals of all cases, beside what is known of the gains."""

    def __init__(self, cases, ends):
        low, high = np.array(ends).T
        self.gain, self.error, apart = np.array([spread(*arguments(case)) for case in cases]).T
        self.middle, self.length = (low + high) / 2, high - low
        self.shift = np.abs(self.middle - self.gain)
        # In units of the right one; with 500 resamples, noise moves it over six cases by 2 %
        self.width = np.mean(self.length / (2 * NORMAL * self.error))
        self.apart = np.mean(apart / self.error)  # the width where pairs are forgotten


def spread(before, after):
    """Return the gain and its standard error, for the same pages and for others."""
    change = after.astype(float) - before
    size = len(before)
    return (change.mean(), change.std() / np.sqrt(size),
            np.sqrt((before.var() + after.var()) / size))


SLIPS = (
    slip("not-two-numbers", None,
         "Your function should give back two finite numbers: the lower and the upper end."),
    slip("ends-swapped", lambda i: i.width < 0,
         "The lower end is larger than the upper one.", earns=0.25),
    slip("percent", lambda i: np.abs(i.middle / 100 - i.gain).max() < 0.02
         and np.abs(i.middle).max() > 2,
         "Your interval is a hundred times too large: gains are shares between -1 and 1 here.",
         earns=0.5),
    slip("pages-not-means", lambda i: np.mean(i.length > 0.9) > 0.5,
         "Your interval spans nearly everything from -1 to 1: those are percentiles of single "
         "pages. An interval of the gain comes from many means, one for each resample."),
    slip("sign", lambda i: (np.abs(i.middle + i.gain) / i.error).max() < 1
         < (i.shift / i.error).max(),
         "Your interval lies on the other side of 0. A gain is what there is after, compared with "
         "before.", earns=0.5),
    slip("elsewhere", lambda i: (i.shift > np.maximum(i.error, i.length / 4)).any(),
         "The gain that was measured does not lie in the middle of your interval. Is it an "
         "interval for a difference of two means?"),
    slip(None, lambda i: 0.88 <= i.width <= 1.14),  # right
    slip("apart", lambda i: abs(i.width / i.apart - 1) < 0.12,
         "You resample `before` and `after` separately, so a page may be in one and not in the "
         "other. That throws away that both were measured on the same pages, and the interval gets "
         "several times too wide.",
         "Draw row numbers once for each resample. Where do you use them?", earns=0.5),
    slip("one-standard-error", lambda i: abs(i.width - 1 / NORMAL) < 0.06,
         "Your interval is about half as wide as it should be: one standard error to each side, or "
         "the middle 68 %. The exercise asks for 95 %.", earns=0.5),
    slip("ninety", lambda i: 0.78 <= i.width < 0.88,
         "Your interval is a little too narrow: it looks like the middle 90 %. How much of the "
         "resamples must lie outside in all, and how much of that on each side?", earns=0.5),
    slip("ninety-nine", lambda i: 1.22 <= i.width <= 1.42,
         "Your interval is too wide: it looks like the middle 99 %.", earns=0.5),
    slip("too-narrow", lambda i: i.width < 0.88,
         "Your interval is far too narrow. Does each resample hold as many pages as the log, drawn "
         "with replacement?",
         "Do the resamples differ from one another at all? Shuffled pages have the same mean."),
    slip("too-wide", lambda i: i.width > 1.14,
         "Your interval is too wide. Does each resample hold as many pages as the log? Do you take "
         "percentiles rather than the smallest and the largest?"),
)


def judge(cases, answers):
    """Judge intervals by the first slip that looks like them."""
    ends = read(answers, two_ends, "not-two-numbers")
    return match(SLIPS, [(Intervals(cases, ends),)], [True], operator.eq).name


def two_ends(answer):
    """Return two finite numbers, or None."""
    ends = flat_numbers(answer)
    return ends if ends is not None and ends.size == 2 and np.isfinite(ends).all() else None


CHECK = check("lab04", "gain_interval", 2, draw, Judged(judge, SLIPS), arguments)
