"""Judging an interval of a rate, above all where nothing was counted."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import numbers_in

METHODS = ("wilson", "beta", "jeffreys", "agresti_coull")  # of statsmodels; all four are accepted


def draw(rng):
    """Draw counts of errors in tries, among them none at all and every one."""
    cases = [{"count": 0, "n": int(rng.integers(200, 400))},
             {"count": 0, "n": int(rng.integers(15, 30))},
             {"count": int(rng.integers(2, 5)), "n": int(rng.integers(300, 600))}]
    n = int(rng.integers(12, 25))
    return [*cases, {"count": n, "n": n}, {"count": int(rng.integers(30, 60)), "n": 150}]


def build(case):
    """Return the count of errors and the number of tries."""
    return case["count"], case["n"]


def judge(cases, answers):
    """Judge the ends of 95 % intervals; any of the four usual ones is right."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 2) for answer in answers]
    if any(ends is None or not np.isfinite(ends).all() for ends in said):
        return Verdict(0.0, "not-two-numbers")
    ends = np.array(said)
    for slip, change, share in FORMS:
        if _close(cases, change(ends), 0.05):
            return Verdict(share, slip)
    wald = np.array([_wald(*build(case)) for case in cases])
    if any(np.abs(ends - known).max() < 2e-3 for known in (wald, wald.clip(0, 1))):
        return Verdict(0.5, "no-width")
    return Verdict(0.0, _by_width(cases, ends))


def _close(cases, ends, alpha):
    """Tell whether all ends lie between those of the usual intervals, with a little room."""
    for case, (low, high) in zip(cases, ends, strict=True):
        lows, highs = _usual(case, alpha)
        room = 0.04 * (max(highs) - min(lows)) + 1e-9
        if not (min(lows) - room <= low <= max(lows) + room
                and min(highs) - room <= high <= max(highs) + room):
            return False
    return True


def _usual(case, alpha):
    from statsmodels.stats.proportion import proportion_confint

    return np.transpose([proportion_confint(case["count"], case["n"], alpha, method)
                         for method in METHODS])


def _wald(count, n):
    rate = count / n
    reach = 1.96 * np.sqrt(rate * (1 - rate) / n)
    return rate - reach, rate + reach


def _by_width(cases, ends):
    for alpha, slip in ((0.317, "one-standard-error"), (0.10, "ninety"), (0.01, "ninety-nine")):
        if _close(cases, ends, alpha):
            return slip
    if (ends[:2, 1] <= 1e-9).all():
        return "no-width"
    return "unknown"


FORMS = (
    (None, lambda ends: ends, 1.0),
    ("ends-swapped", lambda ends: ends[:, ::-1], 0.75),
    ("percent", lambda ends: ends / 100, 0.75),
    ("of-success", lambda ends: 1 - ends[:, ::-1], 0.5),
)

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Give back two finite numbers: the lower and the upper end.",),
    "ends-swapped": (
        "The numbers are right, but the lower end comes first.",),
    "percent": (
        "Your numbers are a hundred times too large: rates run from 0 to 1 here.",),
    "of-success": (
        "That is the interval of the share that went right. The exercise asks for the errors.",),
    "no-width": (
        "After no error in 20 tries your interval is 0 to 0: you would bet anything that there "
        "never is one. The formula with the square root fails at the ends.",
        "Wilson's formula, and the exact one, are two lines with `statsmodels`."),
    "one-standard-error": (
        "Your interval is about half as wide as it should be: it holds 68 %, not 95 %.",),
    "ninety": (
        "Your interval is a little too narrow: it looks like one for 90 %.",),
    "ninety-nine": (
        "Your interval is too wide: it looks like one for 99 %.",),
    "unknown": (
        "None of the usual 95 % intervals for a rate ends there. Try 0 of 20: the upper end should "
        "lie between 0.11 and 0.20.",),
}
