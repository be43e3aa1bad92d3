"""Judging on which group wrong stops fall, for one person and in all."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_several


def draw(rng):
    """Draw groups in which the highest rate, the most people and the most stops differ."""
    cases = []
    for groups in (2, 3, 4):
        rate = np.sort(rng.uniform(0.5, 1.0, size=groups)) * np.logspace(-4, -2.6, groups)
        people = rng.integers(1_000, 4_000, size=groups)
        # the last has the highest rate; another one is so large that it has the most stops
        people[0] = int(1.5 * (people * rate)[1:].max() / rate[0]) + 1_000
        order = rng.permutation(groups)
        cases.append({"people": people[order].tolist(), "rate": rate[order].tolist()})
    # and one in which the group with the highest rate also has the most stops
    cases.append({"people": [int(rng.integers(4_000, 9_000)), int(rng.integers(40_000, 90_000))],
                  "rate": [0.004, 0.0002]})
    return cases


def build(case):
    """Return two arrays: people in each group, and each group's rate of wrong stops."""
    return np.array(case["people"]), np.array(case["rate"])


def judge(cases, answers):
    """Judge ratio, share of the stops and share of the people, each for a third."""
    return judge_several(cases, answers, build=build, parts=PARTS, together=TOGETHER)


def _worst(rate):
    return int(np.argmax(rate))


def _stops(p, r):
    return p * r / np.sum(p * r)


def _ratio(p, r):
    return r.max() / r.min()


PARTS = {
    "ratio": {
        "right": _ratio,
        "ratio-of-counts": lambda p, r: (p * r).max() / (p * r).min(),
        "ratio-of-counts, same groups": lambda p, r: (p * r)[_worst(r)] / (p * r)[r.argmin()],
        "difference": lambda p, r: r.max() - r.min(),
        "ratio-upside-down": lambda p, r: r.min() / r.max(),
        "against-all": lambda p, r: r.max() / np.average(r, weights=p),
        "against-the-mean-rate": lambda p, r: r.max() / r.mean(),
        "in-percent-more": lambda p, r: 100 * (r.max() / r.min() - 1),
        "more-than-once": lambda p, r: r.max() / r.min() - 1,
    },
    "stops": {
        "right": lambda p, r: _stops(p, r)[_worst(r)],
        "most-stops": lambda p, r: _stops(p, r).max(),
        "sizes-forgotten": lambda p, r: r.max() / r.sum(),
        "rate-of-the-group": lambda p, r: r.max(),
        "number-of-stops": lambda p, r: (p * r)[_worst(r)],
    },
    "people": {
        "right": lambda p, r: p[_worst(r)] / p.sum(),
        "largest-group": lambda p, r: p.max() / p.sum(),
        "groups-alike": lambda p, r: 1 / len(p),
        "number-of-people": lambda p, r: p[_worst(r)],
    },
}
TOGETHER = {
    "swapped": (lambda p, r: (_ratio(p, r), p[_worst(r)] / p.sum(), _stops(p, r)[_worst(r)]),
                0.75),
    "percent": (lambda p, r: (_ratio(p, r), 100 * _stops(p, r)[_worst(r)],
                              100 * p[_worst(r)] / p.sum()), 0.75),
}

HINTS = {
    "returns-nothing": FORM_HINTS["returns-nothing"],
    "not-so-many-numbers": (
        "Your function should give back three numbers: a ratio, a share of the stops, a share of "
        "the people.",),
    "not-finite": FORM_HINTS["not-finite"],
    "swapped": (
        "All three are right, but the last two change places: the stops first, then the people.",),
    "percent": (
        "The two shares should lie between 0 and 1.",),
    "ratio-of-counts": (
        "Your ratio compares numbers of stops. A larger group has more of everything; the ratio "
        "asks about the risk of *one* person.",),
    "difference": (
        "You subtract one rate from the other. Both views are needed in a report, but the "
        "exercise asks how many *times* as likely.",),
    "ratio-upside-down": (
        "Your ratio is below 1: you divide the lowest rate by the highest.",),
    "against-all": (
        "You compare with the rate of everybody together, and the group itself is in there. "
        "Compare with the group that is stopped least.",),
    "against-the-mean-rate": (
        "You compare with the mean of the rates. Compare with the group that is stopped least.",),
    "in-percent-more": (
        "That is by how many percent the risk is higher. The exercise asks how many times as "
        "high it is.",),
    "more-than-once": (
        "Twice as likely is a ratio of 2. Yours says 1: by how much *more*.",),
    "wrong-ratio": (
        "Your first number is not the highest rate, divided by the lowest.",),
    "most-stops": (
        "You look at the group with the most stops: it may simply be large. The exercise asks "
        "about the group with the highest *rate*.",),
    "sizes-forgotten": (
        "Your share of the stops adds up rates as if all groups were of one size. How many people "
        "of each are stopped?",),
    "rate-of-the-group": (
        "That is which share of the *group* is stopped. The exercise asks which share of the "
        "*stops* falls on the group.",),
    "number-of-stops": (
        "Your second number counts stops. Of how many in all?",),
    "wrong-stops": (
        "Your second number is not the share of all wrong stops that falls on the group with the "
        "highest rate. Count the stops of each group first.",),
    "largest-group": (
        "Your third number is about the largest group. It should be about the group with the "
        "highest rate.",),
    "groups-alike": (
        "Your third number takes all groups as equally large.",),
    "number-of-people": (
        "Your third number counts people. Of how many in all?",),
    "wrong-people": (
        "Your third number is not the share of all people who are in the group with the highest "
        "rate.",),
}
