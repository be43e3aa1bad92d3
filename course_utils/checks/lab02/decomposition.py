"""Judging a learner's squared bias and variance of many fitted curves."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in


def draw(rng):
    """Draw predictions of many fits and the truth: shapes that tell the two axes apart."""
    cases = []
    for repeats, points in ((30, 7), (6, 25), (2, 3), (9, 4)):
        truth = rng.normal(18, 4, size=points)
        gap = rng.normal(0, 2, size=points)
        scatter = rng.normal(size=(repeats, points)) * rng.uniform(0.5, 2, size=points)
        cases.append({"predictions": (truth + gap + scatter).tolist(), "truth": truth.tolist()})
    return cases


def build(case):
    """Return `predictions`, shape (repeats, points), and `truth`, shape (points,)."""
    return np.array(case["predictions"]), np.array(case["truth"])


def judge(cases, answers):
    """Judge the two numbers by the way of computing that gives them."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    slip = _form_slip(cases, answers)
    if slip:
        return Verdict(0.0, slip)
    said = [_in_order(answer) for answer in answers]
    way = way_of(WAYS, [build(case) for case in cases], said)
    if way is None:
        return _judge_each(cases, said)
    if way == "right" and any(answer["changed_input"] for answer in answers):
        return Verdict(2.5 / 3, "changes-input")
    return Verdict(1.0) if way == "right" else Verdict(PARTS.get(way, 0.0), way)


def _form_slip(cases, answers):
    for case, answer in zip(cases, answers, strict=True):
        points = len(case["truth"])
        if answer["kind"] == "none":
            return "returns-nothing"
        if answer["kind"] == "array" and answer["shape"] == [2, points]:
            return "one-for-each-point"
        found = _in_order(answer)
        if found is None:
            return "not-two-numbers"
        if not np.isfinite(found).all():
            return "not-finite"
    return None


def _in_order(answer):
    """Return the two numbers; a mapping may name them in any order."""
    if answer["kind"] == "mapping" and len(answer["value"]) == 2:
        first = min(answer["value"], key=lambda name: "bias" not in name.lower())
        rest = [item for name, item in answer["value"].items() if name != first]
        answer = {"kind": "sequence", "value": [answer["value"][first], *rest]}
    return numbers_in(answer, 2)


def _judge_each(cases, said):
    """Half of the points where one of the two numbers is right and the other is not known."""
    right = np.array([WAYS["right"](*build(case)) for case in cases])
    good = np.isclose(np.array(said), right, rtol=1e-3).all(axis=0)
    return Verdict(0.5 if good.any() else 0.0,
                   "only-bias" if good[0] else "only-variance" if good[1] else "unknown")


def _gap(predictions, truth):
    return predictions.mean(axis=0) - truth


def _bias2(predictions, truth):
    return np.mean(_gap(predictions, truth) ** 2)


def _variance(predictions):
    return predictions.var(axis=0).mean()


WAYS = {
    "right": lambda p, t: (_bias2(p, t), _variance(p)),
    "swapped": lambda p, t: (_variance(p), _bias2(p, t)),
    "gaps-cancel": lambda p, t: (np.mean(p - t) ** 2, _variance(p)),
    "not-squared": lambda p, t: (np.mean(_gap(p, t)), _variance(p)),
    "absolute": lambda p, t: (np.mean(np.abs(_gap(p, t))), _variance(p)),
    "total-error": lambda p, t: (np.mean((p - t) ** 2), _variance(p)),
    "around-the-truth": lambda p, t: (_bias2(p, t), np.mean((p - t) ** 2)),
    "whole-table": lambda p, t: (_bias2(p, t), p.var()),
    "other-axis": lambda p, t: (_bias2(p, t), p.var(axis=1).mean()),
    "standard-deviation": lambda p, t: (_bias2(p, t), p.std(axis=0).mean()),
    "sample-variance": lambda p, t: (_bias2(p, t), p.var(axis=0, ddof=1).mean()),
}
PARTS = {"swapped": 2 / 3, "gaps-cancel": 0.5, "not-squared": 0.5, "absolute": 0.5,
         "total-error": 0.5, "around-the-truth": 0.5, "whole-table": 0.5, "other-axis": 0.5,
         "standard-deviation": 0.5, "sample-variance": 2.5 / 3}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Your function should give back two numbers, first the squared bias, then the variance.",),
    "not-finite": (
        "One of your numbers is NaN or infinite. What did you divide by?",),
    "one-for-each-point": (
        "You have one squared bias and one variance for each moment. That is right on the way: "
        "the exercise asks for their means over the moments.",),
    "swapped": (
        "Both numbers are right, but they change places. Which comes first?",),
    "gaps-cancel": (
        "Your squared bias is too small. A curve that is too high in the morning and too low in "
        "the evening has a bias in both, but in your formula the two cancel.",
        "In which order do you square and average over the moments?"),
    "not-squared": (
        "The first number can be negative in your version. The exercise asks for bias², which "
        "cannot.",),
    "absolute": (
        "You averaged the sizes of the gaps. Parts that add up to a *squared* error are squared "
        "themselves.",),
    "total-error": (
        "Your first number is the whole squared distance of the single curves from the truth. "
        "It contains the variance too. Bias is about the *mean* curve.",),
    "around-the-truth": (
        "Your second number measures how far the curves lie from the truth. Variance does not "
        "know the truth: around what do the curves scatter?",),
    "whole-table": (
        "Your variance is large even if all curves are equal, because a curve is not flat: you "
        "took one mean for all moments together.",
        "How many means are there, if each moment has its own?"),
    "other-axis": (
        "Your variance tells how much a curve goes up and down during the day. It should tell how "
        "much different curves differ at the same moment.",
        "Which axis of `predictions` holds the repeats?"),
    "standard-deviation": (
        "Your second number is in °C, but the parts must add up to a squared error, in °C².",),
    "sample-variance": (
        "Your variance is a little too large, most so with two repeats. For bias² and variance "
        "to add up exactly, divide by the number of repeats itself.",),
    "only-bias": (
        "The squared bias is right; the variance is not. Take two curves and three moments, and "
        "do it by hand.",),
    "only-variance": (
        "The variance is right; the squared bias is not. Which curve do you compare with the "
        "truth?",),
    "changes-input": (
        "The numbers are right, but the caller's predictions changed on the way. `-=` writes into "
        "the caller's own array.",),
    "unknown": (
        "These are not the squared bias and the variance. Take two curves and three moments, do "
        "it by hand, and compare.",),
}
