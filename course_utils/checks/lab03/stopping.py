"""Judging a learner's early stopping by what it returns for many sequences of losses."""

import math

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of

UNIT = 1 / 64  # losses are multiples of it, so that every order of subtraction gives the same


def draw(rng):
    """Draw losses with ties, plateaus, NaN and late minima, and a patience for each."""
    cases = [
        _case("plain", _valley(rng), int(rng.integers(2, 5))),
        _case("recovers", [60, 50, 52, 53, 40, 41, 42, 43, 44, 10, 9], 3),
        _case("tie", [60, 40, 40, 40, 40, 40, 20], 3),
        _case("small gains", [64, 60, 59, 59, 58, 40, 41], 3, 3),
        # a gain of 2 with a min_delta of 3 at a low level: no improvement, though a large share
        _case("low", [12, 8, 6, 6, 6, 6, 3, 2], 3, 3),
        _case("late", [60, 40, 45, 46, 47, 48, 5, 4], 3),
        _case("nan", [60, 50, None, 48, None, None, 47, 55, None, 56, 57, 20], 3),
        _case("saw", [60, 30, 50, 40, 50, 40, 50, 40, 20], 4),
        _case("runs out", [60, 50, 40, 41, 30, 31], 5),
        _case("falls", sorted(rng.choice(60, 8, replace=False) + 3, reverse=True), 2),
    ]
    cases += [_case("random", rng.integers(8, 30, size=25), int(rng.integers(2, 6)),
                    int(rng.integers(0, 3))) for _ in range(6)]
    return cases


def _valley(rng):
    steps = rng.integers(1, 4, size=12)
    return 50 - np.cumsum(np.where(np.arange(12) < 6, steps, -steps))


def _case(name, losses, patience, delta=0):
    return {"name": name, "patience": patience, "min_delta": delta * UNIT,
            "losses": [None if loss is None else float(loss) * UNIT for loss in losses]}


def build(case):
    """Return `losses` (a list of floats, NaN included), `patience` and `min_delta`."""
    losses = [math.nan if loss is None else loss for loss in case["losses"]]
    return losses, case["patience"], case["min_delta"]


def judge(cases, answers):
    """Judge (stop epoch, best epoch) for every case against the right rule and known slips."""
    slip = _form_slip(answers)
    if slip:
        return Verdict(0.0, slip)
    said = [_pair(answer) for answer in answers]
    for way, (rule, share) in WAYS.items():
        if all(_same(rule(*build(case)), pair) for case, pair in zip(cases, said, strict=True)):
            if way is None and any(answer["changed_input"] for answer in answers):
                return Verdict(0.75, "changes-input")
            return Verdict(share, way)
    stopped = _always_stops(cases, answers)
    if stopped:
        return stopped
    right = [_same(run(*build(case)), pair) for case, pair in zip(cases, said, strict=True)]
    if not any(right[:5]):
        return Verdict(0.0, "unknown")
    only_nan = all(ok for ok, case in zip(right, cases, strict=True) if case["name"] != "nan")
    return Verdict(0.75, "nan") if only_nan else Verdict(0.0, "unknown")


def _always_stops(cases, answers):
    """Return a verdict of error if the learner's code stops on more than the case with NaN."""
    usual = [answer for case, answer in zip(cases, answers, strict=True) if case["name"] != "nan"]
    return first_error(answers) if first_error(usual) else None


def _form_slip(answers):
    if any(answer["kind"] == "none" for answer in answers):
        ended = [answer["kind"] != "none" for answer in answers]
        return "no-answer-at-the-end" if any(ended) else "returns-nothing"
    if any(answer["kind"] == "number" for answer in answers):
        return "one-number"
    if any(_pair(answer) is None for answer in answers if answer["kind"] != "error"):
        return "not-two-numbers"
    return None


def _pair(answer):
    values = array_of(answer)
    if values is None and answer["kind"] == "mapping":
        # a name that says "best" comes second, in whatever order the learner wrote them
        named = sorted(answer["value"].items(), key=lambda pair: "best" in pair[0].lower())
        answer = {"value": dict(named)}
        values = np.array([item.get("value", np.nan) for item in answer["value"].values()
                           if item["kind"] == "number"])
    return None if values is None or values.shape != (2,) else tuple(values)


def _same(pair, said):
    return said is not None and tuple(map(float, pair)) == said


def run(losses, patience, min_delta, *, ties=False, extra=0, resets=True, previous=False,
        delta=True, nan_counts=True, reset_to=0, share=0):
    """Return (stop epoch, best epoch), right or with a slip built in."""
    best, best_epoch, waited = losses[0], 0, 0
    reference = best
    for epoch, loss in enumerate(losses[1:], start=1):
        target = reference * (1 - share) - (min_delta if delta else 0)
        improves = loss <= target if ties else loss < target
        if improves:
            best, best_epoch = loss, epoch
            waited = reset_to if resets else waited
        elif nan_counts or not math.isnan(loss):
            waited += 1
        reference = loss if previous else best
        if waited >= patience + extra:
            return epoch, best_epoch
    return len(losses) - 1, best_epoch


def _with(**slip):
    return lambda *case: run(*case, **slip)


def _delta_added(losses, patience, min_delta):
    return run(losses, patience, -min_delta)


def _stop_before(*case):
    stop, best = run(*case)
    return stop - (stop - best == case[1]), best


def _stop_as_best(*case):
    return run(*case)[0], run(*case)[0]


def _swapped(*case):
    return run(*case)[::-1]


def _from_one(*case):
    return tuple(epoch + 1 for epoch in run(*case))


def _stop_minus_patience(*case):
    stop = run(*case)[0]
    return stop, max(stop - case[1], 0)


def _lowest_of_all(*case):
    return run(*case)[0], int(np.nanargmin(case[0]))


def _lowest_so_far(*case):
    stop = run(*case)[0]
    return stop, int(np.nanargmin(case[0][:stop + 1]))


def _never_stops(*case):
    return len(case[0]) - 1, int(np.nanargmin(case[0]))


# Each way with the share of the points that it deserves.
WAYS = {
    None: (run, 1.0),
    "ties": (_with(ties=True), 0.5),
    "off-by-one": (_with(extra=1), 0.5),
    "never-resets": (_with(resets=False), 0.25),
    "previous-loss": (_with(previous=True), 0.25),
    "no-min-delta": (_with(delta=False), 0.5),
    "nan": (_with(nan_counts=False), 0.75),
    "too-early": (_with(extra=-1), 0.5),
    "min-delta-added": (_delta_added, 0.5),
    "min-delta-as-share": (lambda losses, patience, delta: run(
        losses, patience, 0, share=delta), 0.5),
    "never-back-to-zero": (_with(reset_to=1), 0.5),
    "stop-before": (_stop_before, 0.75),
    "stop-as-best": (_stop_as_best, 0.5),
    "swapped": (_swapped, 0.75),
    "counts-from-one": (_from_one, 0.75),
    "stop-minus-patience": (_stop_minus_patience, 0.5),
    "looks-into-the-future": (_lowest_of_all, 0.5),
    "lowest-instead-of-improved": (_lowest_so_far, 0.75),
    "never-stops": (_never_stops, 0.0),
}
