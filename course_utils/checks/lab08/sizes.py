"""Judging how many faces of each group an audit needs."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_number

Z, Z80 = 1.959964, 0.841621


def draw(rng):
    """Draw pairs of error rates: close, far apart, and both small; either may be the larger."""
    cases = []
    for low, high in ((0.02, 0.06), (0.05, 0.08), (0.001, 0.004), (0.10, 0.25)):
        pair = [low * float(rng.uniform(0.9, 1.1)), high * float(rng.uniform(0.9, 1.1))]
        cases.append({"rates": pair if rng.random() < 0.5 else pair[::-1]})
    cases[0]["rates"].sort()
    cases[1]["rates"].sort(reverse=True)
    return cases


def build(case):
    """Return the two error rates."""
    return tuple(case["rates"])


def judge(cases, answers):
    """Judge the number of faces by the formula, right or wrong, that gives it."""
    return judge_number(cases, answers, build=build, ways=WAYS, parts=PARTS, rtol=0.02)


def _arcsine(one, other, z=Z + Z80):
    return (z / (2 * np.arcsin(np.sqrt(one)) - 2 * np.arcsin(np.sqrt(other)))) ** 2 * 2


def _apart(one, other, z=Z + Z80):
    return z ** 2 * (one * (1 - one) + other * (1 - other)) / (one - other) ** 2


def _together(one, other, a=Z, b=Z80):
    mean = (one + other) / 2
    root = a * np.sqrt(2 * mean * (1 - mean)) + b * np.sqrt(
        one * (1 - one) + other * (1 - other))
    return (root / (one - other)) ** 2


def _continuous(one, other):
    n = _together(one, other)
    return n / 4 * (1 + np.sqrt(1 + 4 / (n * abs(one - other)))) ** 2


def _mean_variance(one, other):
    mean = (one + other) / 2
    return (Z + Z80) ** 2 * 2 * mean * (1 - mean) / (one - other) ** 2


# Textbooks differ by a few percent in how they take the variance; all of these are right.
_FORMULAS = {"right": _arcsine, "right, apart": _apart, "right, together": _together,
             "right, continuous": _continuous, "right, mean variance": _mean_variance}
WAYS = _FORMULAS | {
    "both-groups": lambda *case: 2 * _arcsine(*case),
    "both-groups, apart": lambda *case: 2 * _apart(*case),
    "both-groups, together": lambda *case: 2 * _together(*case),
    "no-power": lambda *case: _arcsine(*case, z=Z),
    "no-power, apart": lambda *case: _apart(*case, z=Z),
    "no-power, together": lambda *case: _together(*case, b=0),
    "one-sided": lambda *case: _arcsine(*case, z=1.644854 + Z80),
    "one-sided, apart": lambda *case: _apart(*case, z=1.644854 + Z80),
    "one-sample": lambda *case: _arcsine(*case) / 2,
    "ninety-percent-power": lambda *case: _arcsine(*case, z=Z + 1.281552),
    "ninety-percent-power, apart": lambda *case: _apart(*case, z=Z + 1.281552),
    "not-squared": lambda one, other: abs((Z + Z80) * np.sqrt(
        one * (1 - one) + other * (1 - other)) / (one - other)),
    "rule-of-three": lambda one, other: 3 / min(one, other),
}
PARTS = {"both-groups": 0.75, "no-power": 0.5, "one-sided": 0.5, "one-sample": 0.5,
         "ninety-percent-power": 0.75, "not-squared": 0.25}

HINTS = FORM_HINTS | {
    "both-groups": (
        "That is how many faces *both* groups need together. The exercise asks for one group.",),
    "no-power": (
        "With so many faces the audit finds the difference only every other time: your formula "
        "has the 5 % in it, but not the 80 %.",),
    "one-sided": (
        "You look for a difference in one direction only. An audit must not know beforehand which "
        "group fares worse.",),
    "one-sample": (
        "Your number would do if one of the two rates were known for certain. Both are measured.",),
    "ninety-percent-power": (
        "That is for a power of 90 %. The exercise asks for 80 %.",),
    "not-squared": (
        "For half the difference you need four times the faces. In your formula it is twice.",),
    "rule-of-three": (
        "That is how many faces it takes to see a single error at all. The exercise asks for a "
        "difference between two rates.",),
    "unknown": (
        "For 2 % against 6 % about 350 to 430 faces are needed in each group, depending on the "
        "formula. Which part of yours would make it larger when the rates are closer?",),
}
