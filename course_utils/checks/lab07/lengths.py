"""Judging how long a list may be before false alarms pass a limit."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_number


def draw(rng):
    """Draw limits that few and many people on the list reach, and one that nobody may be on."""
    # Where a list falls between two whole numbers; rounding goes wrong in the first case
    between = ((0.55, 0.95), (0.05, 0.45), (0.05, 0.95))
    cases = [_draw_one(rng, share, f, *ends) for (share, f), ends in zip(
        ((0.05, 1e-3), (0.6, 4e-3), (0.3, 4e-3)), between, strict=True)]
    return [*cases, {"f": 0.02, "passers": 1000, "most": 12}]


def _draw_one(rng, share, f, low, high):
    while True:
        passers = int(rng.integers(2_000, 9_000))
        case = {"f": f * float(rng.uniform(0.8, 1.2)), "passers": passers,
                "most": round(share * passers * rng.uniform(0.9, 1.1))}
        if low < _exact(*build(case)) % 1 < high:
            return case


def build(case):
    """Return false match rate, passers-by, and the most false alarms that are bearable."""
    return case["f"], case["passers"], case["most"]


def judge(cases, answers):
    """Judge the longest list by the way of computing that gives it."""
    return judge_number(cases, answers, build=build, ways=WAYS, parts=PARTS)


def _exact(f, passers, most):
    return np.log(1 - most / passers) / np.log(1 - f)


def _longest(*case):
    return np.floor(_exact(*case))


WAYS = {
    "right": _longest,
    "one-too-long": lambda *case: _longest(*case) + 1,
    "one-too-short": lambda *case: max(_longest(*case) - 1, 0),
    "not-whole": _exact,
    "to-the-nearest": lambda *case: np.round(_exact(*case)),
    "in-proportion": lambda f, passers, most: np.floor(most / (passers * f)),
    "in-proportion, not whole": lambda f, passers, most: most / (passers * f),
    "in-proportion, nearest": lambda f, passers, most: np.round(most / (passers * f)),
    "crowd-forgotten": lambda f, passers, most: np.floor(most / f),
    "crowd-forgotten, not whole": lambda f, passers, most: most / f,
    "alarms-instead": lambda f, passers, most: passers * (1 - (1 - f) ** _longest(
        f, passers, most)),
}
PARTS = {"one-too-long": 0.75, "one-too-short": 0.75, "not-whole": 0.75, "to-the-nearest": 0.75,
         "in-proportion": 0.5, "alarms-instead": 0.25}

HINTS = FORM_HINTS | {
    "one-too-long": (
        "With your list the expected false alarms are just above the limit.",),
    "one-too-short": (
        "One more person would still be within the limit.",),
    "not-whole": (
        "Nobody can be on a list by half. In which direction do you round, so that the limit "
        "holds?",),
    "to-the-nearest": (
        "Rounding to the nearest sometimes goes over the limit.",),
    "in-proportion": (
        "Your list is in proportion to the limit: right while alarms are few. In one of the cases "
        "more than half of the crowd may be stopped, and there the list may be longer.",
        "Which list length gives part A's formula this value? `np.log` turns a power into a "
        "product. Trying one length after the other works, too."),
    "crowd-forgotten": (
        "How many people pass? The same list stops more people in a larger crowd.",),
    "alarms-instead": (
        "Those are the false alarms that your list gives. The exercise asks for its length.",),
    "unknown": (
        "That is not the longest list. Put your number into part A: the alarms should be within "
        "the limit, and with one person more beyond it. Sometimes the list must stay empty.",),
}
