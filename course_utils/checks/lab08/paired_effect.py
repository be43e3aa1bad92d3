"""A paired difference and its interval, where some faces were not found."""

import operator

import numpy as np

from course_utils.checks.reading import input_change
from course_utils.checks.slips import Judged, check, close, match, numbers, outcome_of, slip

Z = 1.959964


def draw(rng):
    """Draw distances of the same people twice: they differ much more than the attribute moves."""
    cases = []
    for people, moved in ((60, 0.04), (45, -0.03), (80, 0.08)):
        before = rng.uniform(0.1, 0.5, size=people)
        after = before + moved + rng.normal(scale=0.03, size=people)
        missing = rng.choice(people, size=5, replace=False)
        before[missing[3:]], after[missing[:3]] = np.nan, np.nan
        cases.append({"plain": _without_nan(before), "changed": _without_nan(after)})
    return cases


def _without_nan(distances):
    return [None if np.isnan(distance) else float(distance) for distance in distances]


def arguments(case):
    """Return both arrays, NaN where no face was found."""
    return tuple(np.array(case[name], dtype=float) for name in ("plain", "changed"))


def changes(plain, variant):
    """Return the changes of the people who were found twice."""
    change = variant - plain
    return change[~np.isnan(change)]


def mean_change(*case):
    """Return the mean of these changes."""
    return changes(*case).mean()


def standard_error(distances):
    """Return the standard error of a mean, without those that are missing."""
    distances = distances[~np.isnan(distances)]
    return distances.std(ddof=1) / np.sqrt(distances.size)


VALUE_SLIPS = (
    slip("sign", lambda *case: -mean_change(*case),
         "The size is right and the sign is not: further apart counts above 0.", earns=0.25),
    slip("means-of-others", lambda plain, variant: np.nanmean(variant) - np.nanmean(plain),
         "You take the mean of each list by itself. Somebody who was found in one picture only "
         "then counts in one mean and not in the other: take whole pairs."),
    slip("zero-for-missing",
         lambda plain, variant: np.mean(np.nan_to_num(variant) - np.nan_to_num(plain)),
         "A face that was not found has no distance. In your version it has the distance 0, as if "
         "it matched perfectly."),
    slip("no-change-for-missing", lambda plain, variant: np.nan_to_num(variant - plain).mean(),
         "People without a second distance count as unchanged in your mean. Leave them out."),
    slip("ratio", lambda plain, variant: np.nanmean(variant / plain),
         "You divide. The exercise asks for a difference of distances."),
    slip("median", lambda *case: np.median(changes(*case)),
         "That is the middle of the changes. The exercise asks for their mean."),
    slip("percent", lambda *case: 100 * mean_change(*case),
         "Your change is a hundred times too large.", earns=0.25),
)
WIDTH_SLIPS = (  # their ways are given `widths`
    slip("ends-swapped", lambda right, *_: (right < 0).all(),
         "The lower end is larger than the upper one.", earns=0.5),
    slip(None, lambda right, *_: 0.9 <= right.mean() <= 1.12),  # right
    slip("not-paired", lambda right, unpaired, people: np.abs(unpaired - 1).max() < 0.15,
         "Your interval is far too wide: it counts how much people differ from one another. Each "
         "person is their own comparison, so that cancels.",
         "Of which numbers is the standard deviation small: distances, or changes?", earns=0.5),
    slip("spread-of-people", lambda right, unpaired, people: np.abs(people - 1).max() < 0.15,
         "Your interval says where single people lie. The exercise asks where the *mean* lies.",
         earns=0.5),
    slip("one-standard-error", lambda right, *_: abs(right.mean() - 1 / Z) < 0.06,
         "Your interval is about half as wide as it should be: one standard error to each side.",
         earns=0.5),
    slip("too-narrow", lambda right, *_: right.mean() < 1,
         "The mean change is right; the interval is too narrow.", earns=0.5),
    slip("too-wide", lambda *_: True,
         "The mean change is right; the interval is too wide.", earns=0.5),
)
SLIPS = VALUE_SLIPS + WIDTH_SLIPS + (
    slip("not-three-numbers", None,
         "Your function should give back three numbers: the mean change, then the lower and the "
         "upper end."),
    slip("faces-not-found", None,
         "One of your numbers is NaN or infinite. Where a face was not found the distance is NaN: "
         "what do you do with such a person?"),
    slip("changes-input", None, "The caller's arrays changed on the way.", earns=0.75),
    slip("unknown", None,
         "That is not the mean change of the people who were found twice. Try it with three people "
         "and do it by hand."),
    slip("elsewhere", None,
         "The mean change is right, but it does not lie in the middle of your interval.",
         earns=0.5),
)


def judge(cases, answers):
    """Judge the mean change, then the width of the interval around it."""
    means, lows, highs = numbers(answers, 3, "not-three-numbers", "faces-not-found").T
    tables = [arguments(case) for case in cases]
    outcome = input_change(answers) or outcome_of(
        mean_change, VALUE_SLIPS, tables, means, close(atol=1e-5))
    if outcome:
        return outcome
    half = (highs - lows) / 2
    if (np.abs((lows + highs) / 2 - means) > np.abs(half) / 2).any():
        return "elsewhere"
    return match(WIDTH_SLIPS, [widths(half, tables)], [True], operator.eq).name


def widths(half, tables):
    """Return the widths of intervals in units of the right ones, the unpaired, and the people's."""
    paired = [changes(*table) for table in tables]
    right = half / (Z * np.array([standard_error(change) for change in paired]))
    unpaired = half / (Z * np.array([np.hypot(*map(standard_error, table)) for table in tables]))
    return right, unpaired, right / np.sqrt([change.size for change in paired])


CHECK = check("lab08", "paired_effect", 2, draw, Judged(judge, SLIPS), arguments)
