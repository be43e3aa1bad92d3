"""A paired difference and its interval, where some faces were not found."""

import numpy as np

from course_utils.checks.slips import Judged, changed, check, close, numbers, outcome_of, slip

Z = 1.959964


def draw(rng):
    """Draw distances of the same people twice: they differ much more than the attribute moves."""
    cases = []
    for people, moved in ((60, 0.04), (45, -0.03), (80, 0.08)):
        own = rng.uniform(0.1, 0.5, size=people)
        after = own + moved + rng.normal(scale=0.03, size=people)
        missing = rng.choice(people, size=5, replace=False)
        own[missing[3:]], after[missing[:3]] = np.nan, np.nan
        cases.append({"plain": _without_nan(own), "changed": _without_nan(after)})
    return cases


def _without_nan(distances):
    return [None if np.isnan(distance) else float(distance) for distance in distances]


def arguments(case):
    """Return both arrays, NaN where no face was found."""
    return tuple(np.array(case[name], dtype=float) for name in ("plain", "changed"))


def changes(plain, changed):
    """Return the changes of the people who were found twice."""
    change = changed - plain
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
    slip("means-of-others", lambda plain, changed: np.nanmean(changed) - np.nanmean(plain),
         "You take the mean of each list by itself. Somebody who was found in one picture only "
         "then counts in one mean and not in the other: take whole pairs."),
    slip("zero-for-missing",
         lambda plain, changed: np.mean(np.nan_to_num(changed) - np.nan_to_num(plain)),
         "A face that was not found has no distance. In your version it has the distance 0, as if "
         "it matched perfectly."),
    slip("no-change-for-missing", lambda plain, changed: np.nan_to_num(changed - plain).mean(),
         "People without a second distance count as unchanged in your mean. Leave them out."),
    slip("ratio", lambda plain, changed: np.nanmean(changed / plain),
         "You divide. The exercise asks for a difference of distances."),
    slip("median", lambda *case: np.median(changes(*case)),
         "That is the middle of the changes. The exercise asks for their mean."),
    slip("percent", lambda *case: 100 * mean_change(*case),
         "Your change is a hundred times too large.", earns=0.25),
)
SLIPS = VALUE_SLIPS + (
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
    slip("ends-swapped", None, "The lower end is larger than the upper one.", earns=0.5),
    slip("not-paired", None,
         "Your interval is far too wide: it counts how much people differ from one another. Each "
         "person is their own comparison, so that cancels.",
         "Of which numbers is the standard deviation small: distances, or changes?", earns=0.5),
    slip("spread-of-people", None,
         "Your interval says where single people lie. The exercise asks where the *mean* lies.",
         earns=0.5),
    slip("one-standard-error", None,
         "Your interval is about half as wide as it should be: one standard error to each side.",
         earns=0.5),
    slip("too-narrow", None, "The mean change is right; the interval is too narrow.", earns=0.5),
    slip("too-wide", None, "The mean change is right; the interval is too wide.", earns=0.5),
)


def judge(cases, answers):
    """Judge the mean change, then the width of the interval around it."""
    means, lows, highs = numbers(answers, 3, "not-three-numbers", "faces-not-found").T
    tables = [arguments(case) for case in cases]
    if changed(answers):
        return "changes-input"
    outcome = outcome_of(mean_change, VALUE_SLIPS, tables, means, close(atol=1e-5))
    if outcome:
        return outcome
    half = (highs - lows) / 2
    if (np.abs((lows + highs) / 2 - means) > np.abs(half) / 2).any():
        return "elsewhere"
    return width_slip(half, tables)


def width_slip(half, tables):
    """Return the name of the slip behind half the widths of the intervals, or None."""
    errors = np.array([standard_error(changes(*each)) for each in tables])
    unpaired = np.array([np.hypot(*map(standard_error, each)) for each in tables])
    width = half / (Z * errors)
    mean = width.mean()
    if (width < 0).all():
        return "ends-swapped"
    if 0.9 <= mean <= 1.12:
        return None
    if np.abs(half / (Z * unpaired) - 1).max() < 0.15:
        return "not-paired"
    if np.abs(width / np.sqrt([changes(*each).size for each in tables]) - 1).max() < 0.15:
        return "spread-of-people"
    if abs(mean - 1 / Z) < 0.06:
        return "one-standard-error"
    return "too-narrow" if mean < 1 else "too-wide"


CHECK = check("lab08", "paired_effect", 2, draw, Judged(judge, SLIPS), arguments)
