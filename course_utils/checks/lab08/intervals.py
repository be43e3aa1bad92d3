"""Judging a 95 % interval for an error rate, of any usual kind that survives few faces."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain import numbers_in

USUAL = ("wilson", "beta", "agresti_coull", "jeffreys")
Z, Z90, Z99 = 1.959964, 1.644854, 2.575829


def draw(rng):
    """Draw few faces without an error, and more faces with some."""
    return [{"wrong": 0, "n": int(rng.integers(4, 8))},
            {"wrong": int(rng.integers(3, 6)), "n": int(rng.integers(40, 60))},
            {"wrong": int(rng.integers(20, 40)), "n": int(rng.integers(300, 500))},
            {"wrong": int(rng.integers(30, 34)), "n": 36}]


def build(case):
    """Return how many were wrong, and of how many."""
    return case["wrong"], case["n"]


def judge(cases, answers):
    """Judge the two ends against the usual intervals, then against slips."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 2) for answer in answers]
    if any(pair is None or not np.isfinite(pair).all() for pair in said):
        return Verdict(0.0, "not-two-numbers")
    cases = [build(case) for case in cases]
    for slip, (way, share) in WAYS.items():
        if all(_near(way(*case), pair) for case, pair in zip(cases, said, strict=True)):
            return Verdict(share, slip and slip.split(",")[0])
    if said[0][0] == said[0][1]:
        return Verdict(0.5 if _normal_elsewhere(cases, said) else 0.0, "no-width")
    return Verdict(0.0, "unknown")


def _near(way, pair):
    ends = np.atleast_2d(way)
    return bool(np.isclose(ends, pair, rtol=0.01, atol=0.004).all(axis=1).any())


def _normal_elsewhere(cases, said):
    """Say whether the other cases come out about as a bootstrap or the normal formula does."""
    return all(np.allclose(np.clip(_normal(*case), 0, 1), pair, atol=0.035)
               for case, pair in zip(cases[1:], said[1:], strict=True))


def _usual(wrong, n, level=0.95):
    from statsmodels.stats.proportion import proportion_confint

    return np.clip([proportion_confint(wrong, n, alpha=1 - level, method=kind)
                    for kind in USUAL], 0, 1)


def _normal(wrong, n, z=Z):
    rate = wrong / n
    half = z * np.sqrt(rate * (1 - rate) / n)
    return rate - half, rate + half


def _single(wrong, n):
    rate = wrong / n
    half = Z * np.sqrt(rate * (1 - rate))
    return rate - half, rate + half


def _counts(wrong, n):
    return _usual(wrong, n) * n


def _value_and_half(wrong, n):
    low, high = _usual(wrong, n)[0]
    return [(wrong / n, (high - low) / 2), (wrong / n, _normal(wrong, n)[1] - wrong / n)]


# Each way with the share of the points that it deserves.
WAYS = {
    None: (_usual, 1.0),
    "normal-formula": (_normal, 0.5),
    "normal-formula, cut": (lambda *case: np.clip(_normal(*case), 0, 1), 0.5),
    "one-standard-error": (lambda *case: np.vstack([_usual(*case, level=0.6827),
                                                    [_normal(*case, z=1)]]), 0.25),
    "ninety": (lambda *case: _usual(*case, level=0.90), 0.5),
    "ninety-nine": (lambda *case: _usual(*case, level=0.99), 0.5),
    "single-faces": (_single, 0.0),
    "percent": (lambda *case: 100 * _usual(*case), 0.75),
    "counts": (_counts, 0.5),
    "ends-swapped": (lambda *case: _usual(*case)[:, ::-1], 0.75),
    "value-and-half": (_value_and_half, 0.25),
    "share-right": (lambda wrong, n: _usual(n - wrong, n), 0.5),
}

_NORMAL_HINT = (
    "Your interval is the value plus and minus 1.96 standard errors. With no error among few "
    "faces it has no width at all: does that mean that you are certain?",
    "Wilson's interval does not break down there: look for `proportion_confint` in `statsmodels`, "
    "or use the formula in the text.")
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Your function should give back two finite numbers: the lower and the upper end.",),
    "normal-formula": _NORMAL_HINT,
    "no-width": (
        "Where no face was wrong, your interval has no width. Resampling faces that are all right "
        "gives faces that are all right; it cannot know what was not seen.",),
    "one-standard-error": (
        "Your interval is about half as wide as it should be: one standard error to each side.",),
    "ninety": (
        "Your interval is a little too narrow: it looks like one of 90 %.",),
    "ninety-nine": (
        "Your interval is too wide: it looks like one of 99 %.",),
    "single-faces": (
        "Your interval does not get narrower with more faces. What is the standard error of a "
        "*mean* of n faces?",),
    "percent": (
        "Your ends are a hundred times too large: rates run from 0 to 1 here.",),
    "counts": (
        "Those are numbers of faces. Of how many?",),
    "ends-swapped": (
        "The lower end is larger than the upper one.",),
    "value-and-half": (
        "You give the rate and half a width. The exercise asks for the two ends.",),
    "share-right": (
        "That is an interval for the share that is *right*.",),
    "unknown": (
        "These are not the ends of a usual 95 % interval. For none of 5 wrong, the upper end lies "
        "between about 0.38 and 0.53, depending on the kind.",),
}
