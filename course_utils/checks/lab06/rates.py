"""Judging both error rates at a threshold, and the rate at which they are equal."""

import numpy as np

from course_utils import faces
from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in

CASES = 3
APART = 0.012  # of equal error rates: the least by which a slip must differ from the right one


def draw(rng):
    """Draw pairs with missing faces, and some that lie exactly on the threshold."""
    cases = []
    while len(cases) < CASES:
        case = _pairs(rng, own=int(rng.integers(60, 90)), strangers=int(rng.integers(150, 250)))
        case["threshold"] = float(np.round(rng.uniform(0.33, 0.42), 2))
        results = [np.asarray(way(*build(case)), float) for way in RATES.values()]
        if all(np.abs(results[0] - other).max() > 0.005 for other in results[1:]):
            cases.append(case)
    return cases


def _pairs(rng, own, strangers, wide=0.09, digits=2):
    distances = np.round(np.concatenate([rng.normal(0.28, wide, own),
                                         rng.normal(0.5, 0.08, strangers)]).clip(0.01),
                         digits)
    missing = rng.random(own + strangers) < 0.07
    same = np.arange(own + strangers) < own
    order = rng.permutation(own + strangers)
    return {"distances": [None if gone else float(far)
                          for far, gone in zip(distances[order], missing[order], strict=True)],
            "same": same[order].tolist()}


def _arrays(case):
    return np.array([np.nan if far is None else far for far in case["distances"]]), np.array(
        case["same"])


def build(case):
    """Return `distances` (NaN: no face was found), `same` and the threshold."""
    return (*_arrays(case), case["threshold"])


def judge(cases, answers):
    """Judge (false match rate, false non-match rate)."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 2) for answer in answers]
    if any(pair is None for pair in said):
        return Verdict(0.0, "not-two-numbers")
    way = way_of(RATES, [build(case) for case in cases], said)
    if way == "right":
        return Verdict(1.0)
    return Verdict(PARTS.get(way, 0.0), way or "unknown")


def _rates(distances, same, threshold):
    said = distances <= threshold
    return np.mean(said[~same]), 1 - np.mean(said[same])


def _found_only(distances, same, threshold):
    found = ~np.isnan(distances)
    return _rates(distances[found], same[found], threshold)


def _strict(distances, same, threshold):
    return _rates(distances, same, np.nextafter(threshold, 0))


def _missing_matches(distances, same, threshold):
    return _rates(distances, same, threshold)[0], (distances[same] > threshold).mean()


def _of_matches(distances, same, threshold):
    match = distances <= threshold
    return (~same[match]).mean(), same[~match].mean()


def _counts(distances, same, threshold):
    match = distances <= threshold
    return (match & ~same).sum(), (~match & same).sum()


def _change(change):
    return lambda *case: change(np.array(_rates(*case)), case)


RATES = {
    "right": _rates,
    "strict": _strict,
    "missing-left-out": _found_only,
    "missing-matches": _missing_matches,
    "of-all-pairs": lambda *case: np.array(_counts(*case)) / len(case[1]),
    "of-matches": _of_matches,
    "swapped": _change(lambda rates, _: rates[::-1]),
    "complement": _change(lambda rates, _: np.array([rates[0], 1 - rates[1]])),
    "percent": _change(lambda rates, _: 100 * rates),
    "counts": _counts,
}
PARTS = {"strict": 0.75, "missing-left-out": 0.5, "missing-matches": 0.5, "of-matches": 0.25,
         "swapped": 0.5, "complement": 0.5, "percent": 0.75, "of-all-pairs": 0.25}


def draw_equal(rng):
    """Draw pairs on which every usual shortcut ends at another rate."""
    cases = []
    while len(cases) < CASES:
        case = _pairs(rng, own=400, strangers=1600, wide=float(rng.uniform(0.10, 0.14)),
                      digits=3)
        right, *others = (way(*_arrays(case)) for way in EQUAL.values())
        if all(abs(right - other) > APART for other in others):
            cases.append(case)
    return cases


def build_equal(case):
    """Return `distances` (NaN: no face was found) and `same`."""
    return _arrays(case)


def judge_equal(cases, answers):
    """Judge the equal error rate to within 0.6 points, for there are several ways to find it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] != "number" for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = np.array([answer["value"] for answer in answers])
    for name, way in EQUAL.items():
        expected = np.array([way(*_arrays(case)) for case in cases])
        if np.abs(said - expected).max() < APART / 2 * (100 if name == "percent" else 1):
            return Verdict(1.0 if name == "right" else EQUAL_PARTS.get(name, 0.0),
                           None if name == "right" else name)
    return Verdict(0.0, "unknown")


def _curve(distances, same):
    curve = faces.det_curve(distances, same)
    return (curve[name].to_numpy() for name in ("threshold", "false_match_rate",
                                                "false_non_match_rate"))


def _equal(distances, same):
    return faces.equal_error_rate(distances, same)[0]


def _equal_found(distances, same):
    found = ~np.isnan(distances)
    return _equal(distances[found], same[found])


def _equal_threshold(distances, same):
    return faces.equal_error_rate(distances, same)[1]


def _fewest_wrong(distances, same):
    _, match, miss = _curve(distances, same)
    return (match * (~same).sum() + miss * same.sum()).min() / len(same)


def _halfway(distances, same):
    middle = (np.nanmean(distances[same]) + np.nanmean(distances[~same])) / 2
    return np.mean(_rates(distances, same, middle))


EQUAL = {
    "right": _equal,
    "missing-left-out": _equal_found,
    "threshold": _equal_threshold,
    "fewest-wrong": _fewest_wrong,
    "at-0.6": lambda distances, same: np.mean(_rates(distances, same, 0.6)),
    "sum": lambda distances, same: 2 * _equal(distances, same),
    "share-right": lambda distances, same: 1 - _equal(distances, same),
    "percent": lambda distances, same: 100 * _equal(distances, same),
}
EQUAL_PARTS = {"missing-left-out": 0.5, "threshold": 0.5, "sum": 0.5, "share-right": 0.5,
               "percent": 0.75, "fewest-wrong": 0.25}

_SHARED = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "missing-left-out": (
        "You left out the pairs in which a face was not found. A person whose face is never found "
        "is never recognised: to that person, is this no error?",
        "A pair with NaN does not match. It stays in the count of pairs."),
    "percent": (
        "Your numbers are a hundred times too large. Rates run from 0 to 1 here.",),
}
HINTS = _SHARED | {
    "not-two-numbers": (
        "Give back two numbers: the false match rate, then the false non-match rate.",),
    "strict": (
        "Nearly: some pairs lie exactly on the threshold. Do they match?",),
    "missing-matches": (
        "A face that was not found counts as recognised in your second rate. What does Python say "
        "to `NaN > 0.4`? And to `NaN <= 0.4`?",
        "Ask for *not at or below* the threshold, rather than for above it."),
    "of-all-pairs": (
        "You divide by all pairs. Only pairs of different people can match falsely. Of which pairs "
        "is each rate a share?",),
    "of-matches": (
        "You give the share of the matches that are false. That is what somebody who was stopped "
        "wants to know, but it depends on how many strangers came by. The rates here are shares of "
        "the pairs of one kind.",
        "Which comes first in your code: choosing the pairs that match, or the pairs of different "
        "people?"),
    "swapped": (
        "Both numbers are right, but the false match rate comes first.",),
    "complement": (
        "Your second number is the share of one person's pairs that *do* match. The error is the "
        "rest.",),
    "counts": (
        "You count pairs. A rate is a share of the pairs that could go wrong in this way.",),
    "unknown": (
        "These are not the two rates. Take six pairs, three of each kind, and count by hand.",),
}
EQUAL_HINTS = _SHARED | {
    "not-one-number": (
        "Give back one number: the rate at which both errors are equally frequent.",),
    "threshold": (
        "You give the threshold at which both errors are equal. Which rate do they have there?",),
    "fewest-wrong": (
        "You look for the threshold with the fewest wrong pairs. There are four times as many "
        "pairs of different people, so they decide nearly alone.",
        "Compare the two *rates* at each threshold. Where is their difference smallest?"),
    "at-0.6": (
        "You take the errors at 0.6, the library's threshold. Here both errors are equal at "
        "another one: try many.",),
    "sum": (
        "You added the two rates. Where they are equal, each of them is the equal error rate.",),
    "share-right": (
        "You give the share that is right. The name asks for the errors.",),
    "unknown": (
        "This is not the rate at which both errors are equal. Print both rates for a dozen "
        "thresholds: one falls, one rises. Where do they meet?",),
}
