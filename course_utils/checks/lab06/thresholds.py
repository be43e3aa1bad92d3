"""Judging a threshold chosen on some people, and its rate told on others."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import numbers_in

CASES = 3
PEOPLE, PICTURES = 60, 3
PAIRS_OFF = 1.5  # by which ways to take a quantile differ


def draw(rng):
    """Draw people whose look-alikes sit on different sides of the split."""
    cases = []
    while len(cases) < CASES:
        case = _draw_one(rng)
        if _tells_apart(case):
            cases.append(case)
    return cases


def _draw_one(rng):
    spots = rng.normal(size=(PEOPLE, 6)) * np.where(np.arange(PEOPLE)[:, None] % 2, 0.88, 1.14)
    who = np.repeat(np.arange(PEOPLE), PICTURES)
    points = spots[who] + 0.25 * rng.normal(size=(len(who), 6))
    first, second = np.triu_indices(len(who), 1)
    apart = np.linalg.norm(points[first] - points[second], axis=1) / 6
    parity = int(rng.integers(2))
    choosers = [person for person in range(PEOPLE) if person % 2 == parity]
    return {"distances": np.round(apart, 7).tolist(), "first": who[first].tolist(),
            "second": who[second].tolist(), "choosers": choosers,
            "target": float(rng.choice([0.01, 0.02]))}


def build(case):
    """Return `distances`, `first` and `second` (who is in each pair), `choosers`, the target."""
    return (np.array(case["distances"]), np.array(case["first"]), np.array(case["second"]),
            list(case["choosers"]), case["target"])


def _kinds(distances, first, second, choosers, target):
    """Return sorted distances of each set of pairs that somebody might use."""
    one, other = np.isin(first, choosers), np.isin(second, choosers)
    apart = first != second
    sets = {"choosers": one & other & apart, "others": ~one & ~other & apart, "all": apart,
            "with-own": one & other, "half": ~(one & other) & apart, "one-side": one & apart}
    return {name: np.sort(distances[chosen]) for name, chosen in sets.items()}


def _tells_apart(case):
    """Tell whether a threshold chosen on one set is a wrong one on each of the others."""
    kinds, target = _kinds(*build(case)), case["target"]
    for name in ("choosers", "all", "others", "with-own", "one-side"):
        threshold = kinds[name][int(target * len(kinds[name])) - 1]
        fits = [each for each in CHOSEN if _fits(kinds[each], threshold, target)]
        rates = [_share(kinds[each], threshold) for each in TOLD]
        if fits != [name] or len(np.unique(np.round(rates, 4))) < len(rates):
            return False
    return True


def _fits(distances, threshold, target):
    below, upto = (distances < threshold).sum(), (distances <= threshold).sum()
    return below - PAIRS_OFF <= target * len(distances) <= upto + PAIRS_OFF


def _share(distances, threshold):
    return (distances <= threshold).mean()


def judge(cases, answers):
    """Judge (threshold, rate): half the points for each."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 2) for answer in answers]
    if any(pair is None for pair in said):
        return Verdict(0.0, "not-two-numbers")
    sets = [(_kinds(*build(case)), case["target"], *pair)
            for case, pair in zip(cases, said, strict=True)]
    chosen, told = _chosen_on(sets), _told_on(sets)
    if chosen is None and told is None:
        return Verdict(1.0)
    share = 0.5 * (chosen is None) + (0.5 if told is None else 0.25 if told == "percent" else 0)
    return Verdict(share, chosen or told)


def _chosen_on(sets):
    """Return the slip in choosing the threshold, or None."""
    for name, slip in CHOSEN.items():
        if all(_fits(kinds[name], threshold, target) for kinds, target, threshold, _ in sets):
            return slip
    excess = [_share(kinds["choosers"], threshold) / target for kinds, target, threshold, _ in sets]
    return "too-strict" if max(excess) < 1 else "too-loose" if min(excess) > 1 else "unknown"


def _told_on(sets):
    """Return the slip in telling the rate, or None."""
    for name, slip in TOLD.items():
        if all(abs(_share(kinds[name], threshold) - rate) < 5e-4
               for kinds, _, threshold, rate in sets):
            return slip
    if all(abs(100 * _share(kinds["others"], threshold) - rate) < 0.05
           for kinds, _, threshold, rate in sets):
        return "percent"
    return "rate-unknown"


CHOSEN = {"choosers": None, "all": "chosen-on-all", "others": "chosen-on-others",
          "with-own": "own-pairs", "one-side": "one-side"}
TOLD = {"others": None, "choosers": "told-on-choosers", "all": "told-on-all",
        "half": "half-held-out"}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Give back two numbers: the threshold, then its false match rate on the other people.",),
    "chosen-on-all": (
        "Your threshold is chosen on all people. Then nobody is left who had no part in it.",
        "Which pairs consist of choosers only? Both people of a pair have to be."),
    "chosen-on-others": (
        "Your threshold is chosen on the people who should judge it. The choosers are those in "
        "`choosers`.",),
    "own-pairs": (
        "Pairs of one person with themselves are among those that you count. They match rightly: "
        "only pairs of different people can match falsely.",),
    "one-side": (
        "In your pairs only the first person has to be a chooser. The second may be anybody, so "
        "the other people take part in the choice.",),
    "too-strict": (
        "Your threshold lets fewer pairs of choosers match than the target allows. Which of their "
        "sorted distances is the last that may match?",),
    "too-loose": (
        "Your threshold lets more pairs of choosers match than the target allows.",
        "Sort the distances of different choosers. How many of them may lie at or below?"),
    "told-on-choosers": (
        "The threshold is right. But the rate you tell is that of the pairs that chose it, so it "
        "is the target again. What happens to people who had no part in it?",),
    "told-on-all": (
        "The threshold is right. The rate you tell includes the pairs that chose it.",),
    "half-held-out": (
        "The threshold is right. In some of the pairs that you judge it on, one of the two people "
        "is a chooser. Held out means: neither of them.",),
    "percent": (
        "The threshold is right, and the rate is a hundred times too large: rates run from 0 to "
        "1 here.",),
    "rate-unknown": (
        "The threshold is right. The rate is not the share of pairs of different people, none of "
        "them choosers, at or below it.",),
    "unknown": (
        "This threshold gives the choosers now too many false matches, now too few. Which pairs "
        "do you sort?",),
}
