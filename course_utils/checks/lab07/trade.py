"""Judging the threshold that costs least, when both errors have a price."""

from itertools import combinations

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in

CASES, TRIES = 4, 4000


def draw(rng):
    """Draw distances and prices until each way of choosing differs from each other somewhere."""
    cases, open_pairs = [], set(combinations(WAYS, 2))
    for _ in range(TRIES):
        case = _draw_one(rng)
        lowest, second = np.sort(_cost(*build(case)))[:2]
        if second < 1.01 * lowest:
            continue  # rounding would decide
        chosen = {name: way(*build(case)) for name, way in WAYS.items()}
        told = {pair for pair in open_pairs if chosen[pair[0]] != chosen[pair[1]]}
        if told or not open_pairs:
            cases.append(case)
            open_pairs -= told
        if len(cases) >= CASES and not open_pairs:
            break
    return cases


def _draw_one(rng):
    """Distances lie on the grid of the thresholds, so that "at most" and "below" differ."""
    thresholds = np.round(np.arange(0.2, 0.61, 0.05), 2)
    genuine = np.clip(rng.normal(0.3, 0.09, size=60), 0.05, 0.9)
    impostors = np.clip(rng.normal(0.52, 0.09, size=80), 0.05, 0.9)
    return {"thresholds": thresholds.tolist(),
            "genuine": (np.round(genuine * 20) / 20).round(2).tolist(),
            "impostors": (np.round(impostors * 20) / 20).round(2).tolist(),
            "wanted": float(rng.choice([0.05, 0.2, 0.5, 0.8])),
            "missed": float(rng.choice([1, 5, 20])), "alarm": float(rng.choice([1, 4, 15]))}


def build(case):
    """Return thresholds, genuine and impostor distances, share wanted, and the two prices."""
    arrays = (np.array(case[name]) for name in ("thresholds", "genuine", "impostors"))
    return (*arrays, case["wanted"], case["missed"], case["alarm"])


def judge(cases, answers):
    """Judge the chosen threshold by the way of choosing that gives it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 1) for answer in answers]
    if any(each is None or not np.isfinite(each).all() for each in said):
        return Verdict(0.0, "not-one-number")
    said = [float(each[0]) for each in said]
    arguments = [build(case) for case in cases]
    way = way_of(WAYS, arguments, said)
    if way == "right":
        changed = any(answer["changed_input"] for answer in answers)
        return Verdict(2.5 / 3, "changes-input") if changed else Verdict(1.0)
    if way is None and not all(np.isclose(value, each[0]).any()
                               for value, each in zip(said, arguments, strict=True)):
        way = "not-a-threshold"
    return Verdict(PARTS.get(way, 0.0), way or "unknown")


def _errors(thresholds, genuine, impostors, strict=False):
    """Return false non-match and false match rates at each threshold."""
    def at_most(distances):
        below = distances < thresholds[:, None] if strict else distances <= thresholds[:, None]
        return below.mean(axis=1)
    return 1 - at_most(genuine), at_most(impostors)


def _cost(thresholds, genuine, impostors, wanted, missed, alarm, *, strict=False):
    non_match, match = _errors(thresholds, genuine, impostors, strict)
    return wanted * missed * non_match + (1 - wanted) * alarm * match


def _cheapest(*case, **options):
    return case[0][_cost(*case, **options).argmin()]


def _equal_errors(thresholds, genuine, impostors, *_):
    non_match, match = _errors(thresholds, genuine, impostors)
    return thresholds[np.abs(non_match - match).argmin()]


WAYS = {
    "right": _cheapest,
    "prices-ignored": lambda *case: _cheapest(*case[:4], 1, 1),
    "share-ignored": lambda *case: _cheapest(*case[:3], 0.5, *case[4:]),
    "both-ignored": lambda *case: _cheapest(*case[:3], 0.5, 1, 1),
    "equal-errors": _equal_errors,
    "prices-swapped": lambda *case: _cheapest(*case[:4], case[5], case[4]),
    "shares-swapped": lambda *case: _cheapest(*case[:3], 1 - case[3], *case[4:]),
    "below-instead-of-at-most": lambda *case: _cheapest(*case, strict=True),
    "most-expensive": lambda *case: case[0][_cost(*case).argmax()],
    "only-missed": lambda *case: _cheapest(*case[:5], 0),
    "only-alarms": lambda *case: _cheapest(*case[:4], 0, case[5]),
    "position": lambda *case: float(_cost(*case).argmin()),
    "the-cost": lambda *case: _cost(*case).min(),
}
PARTS = {"prices-ignored": 1 / 3, "share-ignored": 1 / 3, "equal-errors": 1 / 6,
         "both-ignored": 1 / 6, "prices-swapped": 0.5, "shares-swapped": 0.5,
         "below-instead-of-at-most": 2.5 / 3, "position": 2 / 3, "the-cost": 2 / 3}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-number": (
        "Your function should give back one of the thresholds.",),
    "prices-ignored": (
        "You add up errors as if both cost the same. What does each of them cost here?",),
    "share-ignored": (
        "You weigh both kinds of faces alike. Which share of those who pass is wanted?",),
    "both-ignored": (
        "You look for the smallest sum of the two error rates. Neither the prices nor the share "
        "of wanted people has a say in it.",),
    "equal-errors": (
        "That is where both error rates are equal. It is a good summary of a system, and seldom "
        "the cheapest place to run it.",),
    "prices-swapped": (
        "A missed person costs what a false alarm should cost in your sum, and the other way "
        "round.",),
    "shares-swapped": (
        "`wanted` is the share of people who can be *missed*. Who can set off a false alarm?",),
    "below-instead-of-at-most": (
        "Nearly: two pictures match at the threshold too, not only below it.",),
    "most-expensive": (
        "You choose the largest cost.",),
    "only-missed": (
        "Your sum has no false alarms in it: stop everybody, and nobody is missed.",),
    "only-alarms": (
        "Your sum has no missed people in it: switch the system off, and there is no alarm.",),
    "position": (
        "That is the position of the threshold in the list. Which threshold stands there?",),
    "the-cost": (
        "That is the lowest cost. The exercise asks for the threshold that has it.",),
    "not-a-threshold": (
        "Your number is not one of the thresholds that were handed over.",),
    "changes-input": (
        "The threshold is right, but the caller's arrays changed on the way.",),
    "unknown": (
        "That is not the cheapest threshold. For one threshold, write down what a passer-by costs "
        "on average: the wanted ones that are missed, and the others that are stopped.",),
}
