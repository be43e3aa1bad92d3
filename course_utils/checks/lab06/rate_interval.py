"""An interval of a rate, above all where nothing was counted."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.slips import Judged, check, numbers, slip

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


FORMS = (  # their ways turn such ends into right ones
    slip("ends-swapped", lambda ends: ends[:, ::-1],
         "The numbers are right, but the lower end comes first.", earns=0.75),
    slip("percent", lambda ends: ends / 100,
         "Your numbers are a hundred times too large: rates run from 0 to 1 here.", earns=0.75),
    slip("of-success", lambda ends: 1 - ends[:, ::-1],
         "That is the interval of the share that went right. The exercise asks for the errors.",
         earns=0.5),
)
WIDTHS = (  # their ways are the chance to miss the rate
    slip("one-standard-error", 0.317,
         "Your interval is about half as wide as it should be: it holds 68 %, not 95 %."),
    slip("ninety", 0.10,
         "Your interval is a little too narrow: it looks like one for 90 %."),
    slip("ninety-nine", 0.01,
         "Your interval is too wide: it looks like one for 99 %."),
)
SLIPS = (
    *FORMS, *WIDTHS,
    slip("no-width", None,
         "After no error in 20 tries your interval is 0 to 0: you would bet anything that there "
         "never is one. The formula with the square root fails at the ends.",
         "Wilson's formula, and the exact one, are two lines with `statsmodels`.", earns=0.5),
    slip("not-two-numbers", None, "Give back two finite numbers: the lower and the upper end."),
    slip("unknown", None,
         "None of the usual 95 % intervals for a rate ends there. Try 0 of 20: the upper end "
         "should lie between 0.11 and 0.20."),
)


def judge(cases, answers):
    """Judge the ends of 95 % intervals; any of the four usual ones is right."""
    ends = numbers(answers, 2, "not-two-numbers", infinite="not-two-numbers")
    if usual(cases, ends):
        return None
    for form in FORMS:
        if usual(cases, form.ways[0](ends)):
            return form.name
    rate, n = np.transpose([(case["count"] / case["n"], case["n"]) for case in cases])
    reach = 1.96 * np.sqrt(rate * (1 - rate) / n)
    wald = np.transpose([rate - reach, rate + reach])
    if min(np.abs(ends - wald).max(), np.abs(ends - wald.clip(0, 1)).max()) < 2e-3:
        return "no-width"
    for width in WIDTHS:
        if usual(cases, ends, width.ways[0]):
            return width.name
    # without the formula it earns nothing
    return Verdict(0.0, "no-width") if (ends[:2, 1] <= 1e-9).all() else "unknown"


CHECK = check("lab06", "rate_interval", 2, draw, Judged(judge, SLIPS), ("count", "n"))
