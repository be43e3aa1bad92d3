"""Squared bias and variance of many fitted curves."""

import numpy as np

from course_utils.checks.plain_data import numbers_in
from course_utils.checks.slips import Judged, Stop, check, outcome_of, read, slip


def draw(rng):
    """Draw predictions of many fits and the truth: shapes that tell the two axes apart."""
    cases = []
    for repeats, points in ((30, 7), (6, 25), (2, 3), (9, 4)):
        truth = rng.normal(18, 4, size=points)
        gap = rng.normal(0, 2, size=points)
        scatter = rng.normal(size=(repeats, points)) * rng.uniform(0.5, 2, size=points)
        cases.append({"predictions": (truth + gap + scatter).tolist(), "truth": truth.tolist()})
    return cases


def arguments(case):
    """Return `predictions`, shape (repeats, points), and `truth`, shape (points,)."""
    return np.array(case["predictions"]), np.array(case["truth"])


def bias2(p, t):
    """Return the squared bias of predictions of a truth."""
    return np.mean((p.mean(axis=0) - t) ** 2)


def variance(p):
    """Return the variance of predictions."""
    return p.var(axis=0).mean()


def right(p, t):
    """Return squared bias and variance."""
    return bias2(p, t), variance(p)


SLIPS = (
    slip("swapped", lambda p, t: (variance(p), bias2(p, t)),
         "Both numbers are right, but they change places. Which comes first?", earns=2 / 3),
    slip("gaps-cancel", lambda p, t: (np.mean(p - t) ** 2, variance(p)),
         "Your squared bias is too small. A curve that is too high in the morning and too low in "
         "the evening has a bias in both, but in your formula the two cancel.",
         "In which order do you square and average over the moments?", earns=0.5),
    slip("not-squared", lambda p, t: (np.mean(p - t), variance(p)),
         "The first number can be negative in your version. The exercise asks for bias², which "
         "cannot.", earns=0.5),
    slip("absolute", lambda p, t: (np.mean(np.abs(p.mean(axis=0) - t)), variance(p)),
         "You averaged the sizes of the gaps. Parts that add up to a *squared* error are squared "
         "themselves.", earns=0.5),
    slip("total-error", lambda p, t: (np.mean((p - t) ** 2), variance(p)),
         "Your first number is the whole squared distance of the single curves from the truth. "
         "It contains the variance too. Bias is about the *mean* curve.", earns=0.5),
    slip("around-the-truth", lambda p, t: (bias2(p, t), np.mean((p - t) ** 2)),
         "Your second number measures how far the curves lie from the truth. Variance does not "
         "know the truth: around what do the curves scatter?", earns=0.5),
    slip("whole-table", lambda p, t: (bias2(p, t), p.var()),
         "Your variance is large even if all curves are equal, because a curve is not flat: you "
         "took one mean for all moments together.",
         "How many means are there, if each moment has its own?", earns=0.5),
    slip("other-axis", lambda p, t: (bias2(p, t), p.var(axis=1).mean()),
         "Your variance tells how much a curve goes up and down during the day. It should tell how "
         "much different curves differ at the same moment.",
         "Which axis of `predictions` holds the repeats?", earns=0.5),
    slip("standard-deviation", lambda p, t: (bias2(p, t), p.std(axis=0).mean()),
         "Your second number is in °C, but the parts must add up to a squared error, in °C².",
         earns=0.5),
    slip("sample-variance", lambda p, t: (bias2(p, t), p.var(axis=0, ddof=1).mean()),
         "Your variance is a little too large, most so with two repeats. For bias² and variance "
         "to add up exactly, divide by the number of repeats itself.", earns=2.5 / 3),
    slip("only-bias", lambda p, t: (bias2(p, t), np.nan),
         "The squared bias is right; the variance is not. Take two curves and three moments, and "
         "do it by hand.", earns=0.5),
    slip("only-variance", lambda p, t: (np.nan, variance(p)),
         "The variance is right; the squared bias is not. Which curve do you compare with the "
         "truth?", earns=0.5),
    slip("one-for-each-point", None,
         "You have one squared bias and one variance for each moment. That is right on the way: "
         "the exercise asks for their means over the moments."),
    slip("not-two-numbers", None,
         "Your function should give back two numbers, first the squared bias, then the variance."),
    slip("not-finite", None, "One of your numbers is NaN or infinite. What did you divide by?"),
    slip("changes-input", None,
         "The numbers are right, but the caller's predictions changed on the way. `-=` writes into "
         "the caller's own array.", earns=2.5 / 3),
    slip("unknown", None,
         "These are not the squared bias and the variance. Take two curves and three moments, do "
         "it by hand, and compare."),
)


def judge(cases, answers):
    """Judge the two numbers by the way of computing that gives them."""
    values = read(answers, _two_numbers, "not-two-numbers")
    if not np.isfinite(values).all():
        return "not-finite"
    return outcome_of(right, SLIPS, [arguments(case) for case in cases], values, _agree)


def _two_numbers(answer):
    """Return the two numbers, or None; a mapping may name them in any order."""
    if len(answer.get("shape", ())) == 2 and answer["shape"][0] == 2:
        raise Stop("one-for-each-point")
    if answer["kind"] == "mapping":
        items = sorted(answer["value"].items(), key=lambda item: "bias" not in item[0].lower())
        answer = {"kind": "sequence", "value": [item for _, item in items]}
    return numbers_in(answer, 2)


def _agree(expected, values):
    """Tell whether the numbers are as expected; where NaN is expected, all are."""
    return all(np.isnan(number) or np.isclose(value, number, rtol=1e-3, atol=1e-6)
               for number, value in zip(expected, values, strict=True))


CHECK = check("lab02", "decompose", 3, draw, Judged(judge, SLIPS), arguments,
              needs=("bias_and_variance",))
