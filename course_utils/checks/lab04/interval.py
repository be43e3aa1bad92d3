"""Judging a bootstrap interval of a gain by where it lies and how wide it is."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of, numbers_in

CASES = 6
NORMAL = 1.959964


def draw(rng):
    """Draw pages before and after a fix that rescues a few of them and spoils fewer."""
    cases = []
    for size in (300, 400, 500, 300, 400, 500):
        before = rng.random(size) < 0.6
        flips = rng.random(size) < np.where(before, 0.03, 0.2)
        cases.append({"before": before.tolist(), "after": (before ^ flips).tolist()})
    return cases


def build(case):
    """Return `before` and `after`, arrays of True and False for the same pages."""
    return np.array(case["before"]), np.array(case["after"])


def judge(cases, answers):
    """Judge intervals against the standard error of the paired difference.

    The bootstrap's own noise at 500 resamples moves the mean width over six cases by 2 %.
    """
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    ends = [numbers_in(answer, 2) if answer["kind"] == "mapping" else array_of(answer)
            for answer in answers]
    if any(end is None or end.size != 2 or not np.isfinite(end).all() for end in ends):
        return Verdict(0.0, "not-two-numbers")
    low, high = np.array([end.ravel() for end in ends]).T
    gain, paired, apart = np.array([_spread(*build(case)) for case in cases]).T
    middle = (low + high) / 2
    width = np.mean((high - low) / (2 * NORMAL * paired))
    if width < 0:
        return Verdict(0.25, "ends-swapped")
    shift = np.abs(middle - gain) / paired
    if np.abs(middle / 100 - gain).max() < 0.02 and np.abs(middle).max() > 2:
        return Verdict(0.5, "percent")
    if np.mean((high - low) > 0.9) > 0.5:
        return Verdict(0.0, "pages-not-means")
    if (np.abs(middle + gain) / paired).max() < 1 < shift.max():
        return Verdict(0.5, "sign")
    if (np.abs(middle - gain) > np.maximum(paired, (high - low) / 4)).any():
        return Verdict(0.0, "elsewhere")
    slip = _by_width(width, np.mean(apart / paired))
    return Verdict(1.0 if slip is None else PARTS.get(slip, 0.0), slip)


PARTS = {"apart": 0.5, "one-standard-error": 0.5, "ninety": 0.5, "ninety-nine": 0.5}


def _spread(before, after):
    change = after.astype(float) - before
    size = len(before)
    return (change.mean(), change.std() / np.sqrt(size),
            np.sqrt((before.var() + after.var()) / size))


def _by_width(width, apart):
    """Name the slip behind a width, in units of the right one."""
    if 0.88 <= width <= 1.14:
        return None
    if abs(width / apart - 1) < 0.12:
        return "apart"
    if abs(width - 1 / NORMAL) < 0.06:
        return "one-standard-error"
    if 0.78 <= width < 0.88:
        return "ninety"
    if 1.22 <= width <= 1.42:
        return "ninety-nine"
    return "too-narrow" if width < 0.88 else "too-wide"


HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Your function should give back two finite numbers: the lower and the upper end.",),
    "ends-swapped": (
        "The lower end is larger than the upper one.",),
    "percent": (
        "Your interval is a hundred times too large: gains are shares between -1 and 1 here.",),
    "sign": (
        "Your interval lies on the other side of 0. A gain is what there is after, compared with "
        "before.",),
    "elsewhere": (
        "The gain that was measured does not lie in the middle of your interval. Is it an interval "
        "for a difference of two means?",),
    "apart": (
        "You resample `before` and `after` separately, so a page may be in one and not in the "
        "other. That throws away that both were measured on the same pages, and the interval gets "
        "several times too wide.",
        "Draw row numbers once for each resample. Where do you use them?"),
    "one-standard-error": (
        "Your interval is about half as wide as it should be: one standard error to each side, or "
        "the middle 68 %. The exercise asks for 95 %.",),
    "ninety": (
        "Your interval is a little too narrow: it looks like the middle 90 %. How much of the "
        "resamples must lie outside in all, and how much of that on each side?",),
    "ninety-nine": (
        "Your interval is too wide: it looks like the middle 99 %.",),
    "pages-not-means": (
        "Your interval spans nearly everything from -1 to 1: those are percentiles of single "
        "pages. An interval of the gain comes from many means, one for each resample.",),
    "too-narrow": (
        "Your interval is far too narrow. Does each resample hold as many pages as the log, drawn "
        "with replacement?",
        "Do the resamples differ from one another at all? Shuffled pages have the same mean."),
    "too-wide": (
        "Your interval is too wide. Does each resample hold as many pages as the log? Do you take "
        "percentiles rather than the smallest and the largest?",),
}
