"""How many faces of each group an audit needs."""

import numpy as np

from course_utils.checks.slips import Number, check, slip

Z, Z80, Z90, ONE_SIDED = 1.959964, 0.841621, 1.281552, 1.644854


def draw(rng):
    """Draw pairs of error rates: close, far apart, and both small; either may be the larger."""
    cases = []
    for low, high in ((0.02, 0.06), (0.05, 0.08), (0.001, 0.004), (0.10, 0.25)):
        pair = [low * float(rng.uniform(0.9, 1.1)), high * float(rng.uniform(0.9, 1.1))]
        cases.append({"rates": pair if rng.random() < 0.5 else pair[::-1]})
    cases[0]["rates"].sort()
    cases[1]["rates"].sort(reverse=True)
    return cases


def arguments(case):
    """Return the two error rates."""
    return tuple(case["rates"])


def arcsine(one, other, z=Z + Z80):
    """Return the size by Cohen's h, as `statsmodels` has it."""
    return (z / (2 * np.arcsin(np.sqrt(one)) - 2 * np.arcsin(np.sqrt(other)))) ** 2 * 2


def apart(one, other, z=Z + Z80):
    """Return the size by the variance of each rate."""
    return z ** 2 * (one * (1 - one) + other * (1 - other)) / (one - other) ** 2


def pooled(one, other, a=Z, b=Z80):
    """Return the size by the pooled variance under the hypothesis of no difference."""
    mean = (one + other) / 2
    root = a * np.sqrt(2 * mean * (1 - mean)) + b * np.sqrt(
        one * (1 - one) + other * (1 - other))
    return (root / (one - other)) ** 2


def continuous(one, other):
    """Return the pooled size with a correction for continuity."""
    n = pooled(one, other)
    return n / 4 * (1 + np.sqrt(1 + 4 / (n * abs(one - other)))) ** 2


def mean_variance(one, other):
    """Return the size by the variance of the mean rate alone."""
    mean = (one + other) / 2
    return (Z + Z80) ** 2 * 2 * mean * (1 - mean) / (one - other) ** 2


# Textbooks differ by a few percent in how they take the variance; all of these are right.
RIGHT = (arcsine, apart, pooled, continuous, mean_variance)
SLIPS = (
    slip("both-groups", (lambda *case: 2 * arcsine(*case), lambda *case: 2 * apart(*case),
                         lambda *case: 2 * pooled(*case)),
         "That is how many faces *both* groups need together. The exercise asks for one group.",
         earns=0.75),
    slip("no-power", (lambda *case: arcsine(*case, z=Z), lambda *case: apart(*case, z=Z),
                      lambda *case: pooled(*case, b=0)),
         "With so many faces the audit finds the difference only every other time: your formula "
         "has the 5 % in it, but not the 80 %.", earns=0.5),
    slip("one-sided", (lambda *case: arcsine(*case, z=ONE_SIDED + Z80),
                       lambda *case: apart(*case, z=ONE_SIDED + Z80)),
         "You look for a difference in one direction only. An audit must not know beforehand which "
         "group fares worse.", earns=0.5),
    slip("one-sample", lambda *case: arcsine(*case) / 2,
         "Your number would do if one of the two rates were known for certain. Both are measured.",
         earns=0.5),
    slip("ninety-percent-power", (lambda *case: arcsine(*case, z=Z + Z90),
                                  lambda *case: apart(*case, z=Z + Z90)),
         "That is for a power of 90 %. The exercise asks for 80 %.", earns=0.75),
    slip("not-squared", lambda *case: np.sqrt(apart(*case)),
         "For half the difference you need four times the faces. In your formula it is twice.",
         earns=0.25),
    slip("rule-of-three", lambda one, other: 3 / min(one, other),
         "That is how many faces it takes to see a single error at all. The exercise asks for a "
         "difference between two rates."),
)
CHECK = check("lab08", "audit_size", 2, draw, Number(
    RIGHT, SLIPS, "For 2 % against 6 % about 350 to 430 faces are needed in each group, depending "
                  "on the formula. Which part of yours would make it larger when the rates are "
                  "closer?", rtol=0.02), arguments)
