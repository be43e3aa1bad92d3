"""An interval of a rate, above all where nothing was counted."""

import operator

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.slips import Judged, check, match, numbers, slip

METHODS = ("wilson", "beta", "jeffreys", "agresti_coull")  # of statsmodels; all four are accepted


def draw(rng):
    """Draw counts of errors in tries, among them none at all and every one."""
    cases = [{"count": 0, "n": int(rng.integers(200, 400))},
             {"count": 0, "n": int(rng.integers(15, 30))},
             {"count": int(rng.integers(2, 5)), "n": int(rng.integers(300, 600))}]
    n = int(rng.integers(12, 25))
    return [*cases, {"count": n, "n": n}, {"count": int(rng.integers(30, 60)), "n": 150}]


def usual(cases, ends, alpha=0.05):
    """Tell whether all ends lie between those of the usual intervals, with a little room."""
    from statsmodels.stats.proportion import proportion_confint

    for case, (low, high) in zip(cases, ends, strict=True):
        lows, highs = np.transpose([proportion_confint(case["count"], case["n"], alpha, method)
                                    for method in METHODS])
        room = 0.04 * (max(highs) - min(lows)) + 1e-9
        if not (min(lows) - room <= low <= max(lows) + room
                and min(highs) - room <= high <= max(highs) + room):
            return False
    return True


def usual_after(change):
    """Return whether ends are usual ones once `change` was made to them, as a way."""
    return lambda cases, ends: usual(cases, change(ends))


def usual_for(alpha):
    """Return whether ends are usual for another chance to miss the rate, as a way."""
    return lambda cases, ends: usual(cases, ends, alpha)


def wald(cases, ends):
    """Return whether all ends are those of the formula with the square root, cut off or not."""
    rate, n = np.transpose([(case["count"] / case["n"], case["n"]) for case in cases])
    reach = 1.96 * np.sqrt(rate * (1 - rate) / n)
    expected = np.transpose([rate - reach, rate + reach])
    return min(np.abs(ends - expected).max(), np.abs(ends - expected.clip(0, 1)).max()) < 2e-3


SLIPS = (
    slip(None, usual, earns=1.0),  # right
    slip("ends-swapped", usual_after(lambda ends: ends[:, ::-1]),
         "The numbers are right, but the lower end comes first.", earns=0.75),
    slip("percent", usual_after(lambda ends: ends / 100),
         "Your numbers are a hundred times too large: rates run from 0 to 1 here.", earns=0.75),
    slip("of-success", usual_after(lambda ends: 1 - ends[:, ::-1]),
         "That is the interval of the share that went right. The exercise asks for the errors.",
         earns=0.5),
    slip("no-width", wald,
         "After no error in 20 tries your interval is 0 to 0: you would bet anything that there "
         "never is one. The formula with the square root fails at the ends.",
         "Wilson's formula, and the exact one, are two lines with `statsmodels`.", earns=0.5),
    slip("one-standard-error", usual_for(0.317),
         "Your interval is about half as wide as it should be: it holds 68 %, not 95 %."),
    slip("ninety", usual_for(0.10),
         "Your interval is a little too narrow: it looks like one for 90 %."),
    slip("ninety-nine", usual_for(0.01),
         "Your interval is too wide: it looks like one for 99 %."),
    # without the formula it earns nothing
    slip("no-width", lambda cases, ends: (ends[:2, 1] <= 1e-9).all()),
    slip("not-two-numbers", None, "Give back two finite numbers: the lower and the upper end."),
    slip("unknown", lambda cases, ends: True,
         "None of the usual 95 % intervals for a rate ends there. Try 0 of 20: the upper end "
         "should lie between 0.11 and 0.20."),
)


def judge(cases, answers):
    """Judge the ends of 95 % intervals; any of the four usual ones is right."""
    ends = numbers(answers, 2, "not-two-numbers", infinite="not-two-numbers")
    matched = match(SLIPS, [(cases, ends)], [True], operator.eq)
    return Verdict(matched.earns, matched.name)


CHECK = check("lab06", "rate_interval", 2, draw, Judged(judge, SLIPS), ("count", "n"))
