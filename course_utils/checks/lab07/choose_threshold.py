"""The threshold that costs least, when both errors have a price."""

from itertools import combinations

import numpy as np

from course_utils.checks.drawing import all_ways, draw_until_apart
from course_utils.checks.slips import Judged, changes_input, check, numbers, outcome_of, slip


def draw(rng):
    """Draw distances and prices until each way of choosing differs from each other somewhere."""
    ways = [right, *all_ways(SLIPS)]

    def told_apart(case, pairs):
        lowest, second = np.sort(cost(*arguments(case)))[:2]
        if second < 1.01 * lowest:
            return None  # rounding would decide
        choices = [way(*arguments(case)) for way in ways]
        return {(one, other) for one, other in pairs if choices[one] != choices[other]}

    return draw_until_apart(lambda: _draw_one(rng), told_apart,
                            combinations(range(len(ways)), 2), least=4)


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


def arguments(case):
    """Return thresholds, genuine and impostor distances, share wanted, and the two prices."""
    arrays = (np.array(case[name]) for name in ("thresholds", "genuine", "impostors"))
    return (*arrays, case["wanted"], case["missed"], case["alarm"])


def errors(thresholds, genuine, impostors, strict=False):
    """Return false non-match and false match rates at each threshold."""
    def at_most(distances):
        below = distances < thresholds[:, None] if strict else distances <= thresholds[:, None]
        return below.mean(axis=1)
    return 1 - at_most(genuine), at_most(impostors)


def cost(thresholds, genuine, impostors, wanted, missed, alarm, *, strict=False):
    """Return what a passer-by costs on average at each threshold."""
    non_match, match = errors(thresholds, genuine, impostors, strict)
    return wanted * missed * non_match + (1 - wanted) * alarm * match


def right(*case, **options):
    """Return the threshold that costs least."""
    return case[0][cost(*case, **options).argmin()]


def equal_errors(thresholds, genuine, impostors, *_):
    """Return the threshold at which both error rates are nearest to each other."""
    non_match, match = errors(thresholds, genuine, impostors)
    return thresholds[np.abs(non_match - match).argmin()]


SLIPS = (
    slip("prices-ignored", lambda *case: right(*case[:4], 1, 1),
         "You add up errors as if both cost the same. What does each of them cost here?",
         earns=1 / 3),
    slip("share-ignored", lambda *case: right(*case[:3], 0.5, *case[4:]),
         "You weigh both kinds of faces alike. Which share of those who pass is wanted?",
         earns=1 / 3),
    slip("both-ignored", lambda *case: right(*case[:3], 0.5, 1, 1),
         "You look for the smallest sum of the two error rates. Neither the prices nor the share "
         "of wanted people has a say in it.", earns=1 / 6),
    slip("equal-errors", equal_errors,
         "That is where both error rates are equal. It is a good summary of a system, and seldom "
         "the cheapest place to run it.", earns=1 / 6),
    slip("prices-swapped", lambda *case: right(*case[:4], case[5], case[4]),
         "A missed person costs what a false alarm should cost in your sum, and the other way "
         "round.", earns=0.5),
    slip("shares-swapped", lambda *case: right(*case[:3], 1 - case[3], *case[4:]),
         "`wanted` is the share of people who can be *missed*. Who can set off a false alarm?",
         earns=0.5),
    slip("below-instead-of-at-most", lambda *case: right(*case, strict=True),
         "Nearly: two pictures match at the threshold too, not only below it.", earns=2.5 / 3),
    slip("most-expensive", lambda *case: case[0][cost(*case).argmax()],
         "You choose the largest cost."),
    slip("only-missed", lambda *case: right(*case[:5], 0),
         "Your sum has no false alarms in it: stop everybody, and nobody is missed."),
    slip("only-alarms", lambda *case: right(*case[:4], 0, case[5]),
         "Your sum has no missed people in it: switch the system off, and there is no alarm."),
    slip("position", lambda *case: float(cost(*case).argmin()),
         "That is the position of the threshold in the list. Which threshold stands there?",
         earns=2 / 3),
    slip("the-cost", lambda *case: cost(*case).min(),
         "That is the lowest cost. The exercise asks for the threshold that has it.", earns=2 / 3),
    slip("not-one-number", None, "Your function should give back one of the thresholds."),
    slip("not-a-threshold", None,
         "Your number is not one of the thresholds that were handed over."),
    changes_input("The threshold is", "arrays", earns=2.5 / 3),
    slip("unknown", None,
         "That is not the cheapest threshold. For one threshold, write down what a passer-by costs "
         "on average: the wanted ones that are missed, and the others that are stopped."),
)


def judge(cases, answers):
    """Judge the chosen threshold by the way of choosing that gives it."""
    values = numbers(answers, infinite="not-one-number")
    inputs = [arguments(case) for case in cases]
    outcome = outcome_of(right, SLIPS, inputs, values)
    if outcome == "unknown" and not all(np.isclose(value, thresholds).any() for value, (
            thresholds, *_) in zip(values, inputs, strict=True)):
        return "not-a-threshold"
    return outcome


CHECK = check("lab07", "choose_threshold", 3, draw, Judged(judge, SLIPS), arguments)
