"""Judging the expected number of false alarms in a crowd."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_number


def draw(rng):
    """Draw short lists, a list so long that nearly everybody is stopped, and a flawless system."""
    return [
        {"f": float(rng.uniform(0.0005, 0.002)), "n": int(rng.integers(40, 80)),
         "passers": int(rng.integers(5_000, 20_000))},
        {"f": float(rng.uniform(0.002, 0.004)), "n": int(rng.integers(800, 1500)),
         "passers": int(rng.integers(300, 700))},
        {"f": float(rng.uniform(0.01, 0.03)), "n": 1, "passers": int(rng.integers(100, 900))},
        {"f": 0.0, "n": 100, "passers": 1000}]


def build(case):
    """Return false match rate, people on the list, passers-by."""
    return case["f"], case["n"], case["passers"]


def judge(cases, answers):
    """Judge the expected number of passers-by with at least one false match."""
    return judge_number(cases, answers, build=build, ways=WAYS, parts=PARTS)


def _right(f, n, passers):
    return passers * (1 - (1 - f) ** n)


WAYS = {
    "right": _right,
    "list-forgotten": lambda f, n, passers: passers * f,
    "more-alarms-than-people": lambda f, n, passers: passers * n * f,
    "more-alarms-than-people, capped": lambda f, n, passers: min(passers, passers * n * f),
    "chance-for-one": lambda f, n, passers: 1 - (1 - f) ** n,
    "who-escapes": lambda f, n, passers: passers * (1 - f) ** n,
    "whole-day": lambda f, n, passers: 1 - (1 - f) ** (n * passers),
    "list-and-crowd-swapped": lambda f, n, passers: n * (1 - (1 - f) ** passers),
    "power-of-the-rate": lambda f, n, passers: passers * (1 - f ** n),
    "rounded": lambda *case: np.round(_right(*case)),
    "rounded, down": lambda *case: np.floor(_right(*case)),
    "rounded, up": lambda *case: np.ceil(_right(*case)),
    "percent": lambda *case: 100 * _right(*case),
}
PARTS = {"more-alarms-than-people": 0.5, "chance-for-one": 0.5, "who-escapes": 0.25,
         "list-and-crowd-swapped": 0.25, "rounded": 0.75, "percent": 0.75, "list-forgotten": 0.25}

HINTS = FORM_HINTS | {
    "list-forgotten": (
        "Each passer-by is compared with one person in your formula. How many are on the list?",),
    "more-alarms-than-people": (
        "With a long list your formula stops more people than pass, or exactly all of them. It "
        "adds up chances; a face that matches twice is still one passer-by.",
        "What is the chance to escape *all* comparisons?"),
    "chance-for-one": (
        "That is the chance that one passer-by sets off an alarm. How many pass?",),
    "who-escapes": (
        "You count those who set off no alarm.",),
    "whole-day": (
        "That is the chance of any alarm at all during the day. The exercise asks how many there "
        "will be.",),
    "list-and-crowd-swapped": (
        "List and crowd change places in your formula: you count people on the list.",),
    "power-of-the-rate": (
        "`f` to the power of N is the chance that *all* N comparisons are wrong at once. One "
        "wrong comparison is enough for an alarm.",),
    "rounded": (
        "You rounded. An expected number need not be whole: 0.4 alarms a day are two in five "
        "days.",),
    "percent": (
        "Your number is a hundred times too large.",),
    "unknown": (
        "That is not the expected number of people with a false alarm. Take two people on the "
        "list and a rate of one half: what share of passers-by escapes both?",),
}
