"""Judging a paired difference and its interval, where some faces were not found."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import numbers_in

Z = 1.959964


def draw(rng):
    """Draw distances of the same people twice: they differ much more than the attribute moves."""
    cases = []
    for people, moved in ((60, 0.04), (45, -0.03), (80, 0.08)):
        own = rng.uniform(0.1, 0.5, size=people)
        changed = own + moved + rng.normal(scale=0.03, size=people)
        missing = rng.choice(people, size=5, replace=False)
        plain = [float(value) for value in own]
        other = [None if k in missing[:3] else float(v) for k, v in enumerate(changed)]
        plain = [None if k in missing[3:] else v for k, v in enumerate(plain)]
        cases.append({"plain": plain, "changed": other})
    return cases


def build(case):
    """Return both arrays, NaN where no face was found."""
    return tuple(np.array(case[name], dtype=float) for name in ("plain", "changed"))


def judge(cases, answers):
    """Judge the mean difference, then the width of the interval around it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 3) for answer in answers]
    if any(each is None for each in said):
        return Verdict(0.0, "not-three-numbers")
    said = np.array(said)
    if not np.isfinite(said).all():
        return Verdict(0.0, "faces-not-found")
    arguments = [build(case) for case in cases]
    if any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    slip = _by_value(arguments, said[:, 0])
    if slip:
        return Verdict(0.25 if slip in ("sign", "percent") else 0.0, slip)
    value, half = said[:, 0], (said[:, 2] - said[:, 1]) / 2
    width = half / (Z * np.array([_error(*each) for each in arguments]))
    if (np.abs((said[:, 1] + said[:, 2]) / 2 - value) > np.abs(half) / 2).any():
        return Verdict(0.5, "elsewhere")
    slip = _by_width(width, np.array([_unpaired(*each) / _error(*each) for each in arguments]),
                     np.sqrt([_pairs(*each).size for each in arguments]))
    return Verdict(1.0 if slip is None else 0.5, slip)


def _pairs(plain, changed):
    change = changed - plain
    return change[~np.isnan(change)]


def _error(plain, changed):
    change = _pairs(plain, changed)
    return change.std(ddof=1) / np.sqrt(change.size)


def _unpaired(plain, changed):
    return np.hypot(*(values[~np.isnan(values)].std(ddof=1) / np.sqrt((~np.isnan(values)).sum())
                      for values in (plain, changed)))


VALUES = {
    None: lambda plain, changed: _pairs(plain, changed).mean(),
    "sign": lambda plain, changed: -_pairs(plain, changed).mean(),
    "means-of-others": lambda plain, changed: np.nanmean(changed) - np.nanmean(plain),
    "zero-for-missing": lambda plain, changed: np.mean(
        np.nan_to_num(changed) - np.nan_to_num(plain)),
    "no-change-for-missing": lambda plain, changed: np.nan_to_num(changed - plain).mean(),
    "ratio": lambda plain, changed: np.nanmean(changed / plain),
    "median": lambda plain, changed: np.median(_pairs(plain, changed)),
    "percent": lambda plain, changed: 100 * _pairs(plain, changed).mean(),
}


def _by_value(arguments, said):
    for slip, way in VALUES.items():
        if np.allclose([way(*each) for each in arguments], said, rtol=1e-3, atol=1e-5):
            return slip
    return "unknown"


def _by_width(width, unpaired, root):
    """Name the slip behind a width, in units of the right one."""
    if (width < 0).all():
        return "ends-swapped"
    mean = width.mean()
    if 0.9 <= mean <= 1.12:
        return None
    if np.abs(width / unpaired - 1).max() < 0.15:
        return "not-paired"
    if np.abs(width / root - 1).max() < 0.15:
        return "spread-of-people"
    if abs(mean - 1 / Z) < 0.06:
        return "one-standard-error"
    return "too-narrow" if mean < 1 else "too-wide"


HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-three-numbers": (
        "Your function should give back three numbers: the mean change, then the lower and the "
        "upper end.",),
    "faces-not-found": (
        "One of your numbers is NaN or infinite. Where a face was not found the distance is NaN: "
        "what do you do with such a person?",),
    "sign": (
        "The size is right and the sign is not: further apart counts above 0.",),
    "percent": (
        "Your change is a hundred times too large.",),
    "means-of-others": (
        "You take the mean of each list by itself. Somebody who was found in one picture only "
        "then counts in one mean and not in the other: take whole pairs.",),
    "zero-for-missing": (
        "A face that was not found has no distance. In your version it has the distance 0, as if "
        "it matched perfectly.",),
    "no-change-for-missing": (
        "People without a second distance count as unchanged in your mean. Leave them out.",),
    "ratio": (
        "You divide. The exercise asks for a difference of distances.",),
    "median": (
        "That is the middle of the changes. The exercise asks for their mean.",),
    "elsewhere": (
        "The mean change is right, but it does not lie in the middle of your interval.",),
    "ends-swapped": (
        "The lower end is larger than the upper one.",),
    "not-paired": (
        "Your interval is far too wide: it counts how much people differ from one another. Each "
        "person is their own comparison, so that cancels.",
        "Of which numbers is the standard deviation small: distances, or changes?"),
    "spread-of-people": (
        "Your interval says where single people lie. The exercise asks where the *mean* lies.",),
    "one-standard-error": (
        "Your interval is about half as wide as it should be: one standard error to each side.",),
    "too-narrow": (
        "The mean change is right; the interval is too narrow.",),
    "too-wide": (
        "The mean change is right; the interval is too wide.",),
    "changes-input": (
        "The caller's arrays changed on the way.",),
    "unknown": (
        "That is not the mean change of the people who were found twice. Try it with three people "
        "and do it by hand.",),
}
