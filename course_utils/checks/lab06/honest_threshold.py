"""A threshold chosen on the pairs of some people, and its error rate on other people's."""

from operator import itemgetter

import numpy as np

from course_utils.checks.drawing import all_ways, draw_cases
from course_utils.checks.matching import by_parts, close
from course_utils.checks.slips import Judged, check, numbers, outcome_of, percent, slip

PEOPLE, PICTURES = 60, 3
PAIRS_OFF = 1.5  # by which ways to take a quantile differ


def draw(rng):
    """Draw people whose look-alikes sit on different sides of the split."""
    return draw_cases(3, lambda: _draw_one(rng), _tells_apart)


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


def arguments(case):
    """Return `distances`, `first` and `second` (who is in each pair), `choosers`, the target."""
    return (np.array(case["distances"]), np.array(case["first"]), np.array(case["second"]),
            list(case["choosers"]), case["target"])


def kinds_of(case):
    """Return sorted distances of each set of pairs that somebody might use."""
    distances, first, second, choosers, _ = arguments(case)
    one, other = np.isin(first, choosers), np.isin(second, choosers)
    apart = first != second
    sets = {"choosers": one & other & apart, "others": ~one & ~other & apart, "all": apart,
            "with-own": one & other, "half": ~(one & other) & apart, "one-side": one & apart}
    return {name: np.sort(distances[pairs]) for name, pairs in sets.items()}


def _tells_apart(case):
    """Return whether a threshold chosen on one set is wrong on each of the others."""
    kinds, target = kinds_of(case), case["target"]
    sets = [way(kinds) for way in (CHOOSERS, *all_ways(CHOICE_SLIPS))]
    for at, distances in enumerate(sets):
        threshold = distances[int(target * len(distances)) - 1]
        fitting = [fits(other, (threshold, target)) for other in sets]
        rates = np.round([way(kinds, threshold)
                          for way in (rate_on("others"), *all_ways(RATE_SLIPS))], 4)
        if sum(fitting) != 1 or not fitting[at] or len(np.unique(rates)) < len(rates):
            return False
    return True


def fits(distances, choice):
    """Return whether a (threshold, target) lets that share of the distances match, or nearly."""
    threshold, target = choice
    below, upto = (distances < threshold).sum(), (distances <= threshold).sum()
    return below - PAIRS_OFF <= target * len(distances) <= upto + PAIRS_OFF


def rate_on(kind):
    """Return the way that computes the false match rate on one set of pairs."""
    return lambda kinds, threshold: (kinds[kind] <= threshold).mean()


CHOOSERS = itemgetter("choosers")
CHOICE_SLIPS = (
    slip("chosen-on-all", itemgetter("all"),
         "Your threshold is chosen on all people. Then nobody is left who had no part in it.",
         "Which pairs consist of choosers only? Both people of a pair have to be."),
    slip("chosen-on-others", itemgetter("others"),
         "Your threshold is chosen on the people who should judge it. The choosers are those in "
         "`choosers`."),
    slip("own-pairs", itemgetter("with-own"),
         "Pairs of one person with themselves are among those that you count. They match rightly: "
         "only pairs of different people can match falsely."),
    slip("one-side", itemgetter("one-side"),
         "In your pairs only the first person has to be a chooser. The second may be anybody, so "
         "the other people take part in the choice."),
    slip("too-strict", None,
         "Your threshold lets fewer pairs of choosers match than the target allows. Which of their "
         "sorted distances is the last that may match?"),
    slip("too-loose", None,
         "Your threshold lets more pairs of choosers match than the target allows.",
         "Sort the distances of different choosers. How many of them may lie at or below?"),
    slip("unknown", None,
         "This threshold gives the choosers now too many false matches, now too few. Which pairs "
         "do you sort?"),
)
RATE_SLIPS = (
    slip("told-on-choosers", rate_on("choosers"),
         "The threshold is right. But the rate you tell is that of the pairs that chose it, so it "
         "is the target again. What happens to people who had no part in it?"),
    slip("told-on-all", rate_on("all"),
         "The threshold is right. The rate you tell includes the pairs that chose it."),
    slip("half-held-out", rate_on("half"),
         "The threshold is right. In some of the pairs that you judge it on, one of the two people "
         "is a chooser. Held out means: neither of them."),
    percent(rate_on("others"), "The threshold is right, and the rate is a hundred times too large: "
                               "rates run from 0 to 1 here.", earns=0.5),
    slip("rate-unknown", None,
         "The threshold is right. The rate is not the share of pairs of different people, none of "
         "them choosers, at or below it."),
)
SLIPS = (*CHOICE_SLIPS, *RATE_SLIPS, slip(
    "not-two-numbers", None,
    "Give back two numbers: the threshold, then its false match rate on the other people."))


def judge(cases, answers):
    """Judge (threshold, rate): half the points for each."""
    thresholds, rates = numbers(answers, 2, "not-two-numbers", infinite=None).T
    kinds, targets = [kinds_of(case) for case in cases], [case["target"] for case in cases]
    choice = outcome_of(CHOOSERS, CHOICE_SLIPS, [(each,) for each in kinds],
                        list(zip(thresholds, targets, strict=True)), fits)
    choices = list(zip(kinds, thresholds, strict=True))
    if choice == "unknown":
        excess = np.array([rate_on("choosers")(*each) for each in choices]) / targets
        choice = "too-strict" if max(excess) < 1 else "too-loose" if min(excess) > 1 else choice
    rate = outcome_of(rate_on("others"), RATE_SLIPS, choices, rates, close(0, 5e-4),
                      "rate-unknown")
    return by_parts([choice, rate], SLIPS)


CHECK = check("lab06", "honest_threshold", 3, draw, Judged(judge, SLIPS), arguments)
