"""Judging rates that two groups would have if they used the gates alike."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import array_of, numbers_in


def draw(rng):
    """Draw groups that use good and bad gates differently."""
    cases = []
    for groups, gates in ((2, 2), (2, 3), (3, 2)):
        passed = rng.integers(200, 3000, size=(groups, gates))
        rate = rng.uniform(0.01, 0.3, size=gates) * rng.uniform(0.6, 1.4, size=(groups, 1))
        missed = rng.binomial(passed, np.clip(rate, 0, 1))
        cases.append({"passed": passed.tolist(), "missed": missed.tolist()})
    return cases


def build(case):
    """Return two tables, shape (groups, gates): how many passed, and how many were missed."""
    return np.array(case["passed"]), np.array(case["missed"])


def judge(cases, answers):
    """Judge one rate for each group by the way of computing that gives them."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = []
    for case, answer in zip(cases, answers, strict=True):
        groups = len(case["passed"])
        table = array_of(answer)
        rates = table.ravel() if table is not None and table.size == groups \
            else numbers_in(answer, groups)
        if rates is None:
            slip = "a-rate-for-each-gate" if answer.get("shape") == [
                groups, len(case["passed"][0])] else "one-for-each-group"
            return Verdict(0.0, slip)
        said.append(rates)
    way = way_of(WAYS, [build(case) for case in cases], said)
    if way == "right" and any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    return Verdict(1.0) if way == "right" else Verdict(PARTS.get(way, 0.0), way or "unknown")


def _weighted(weights):
    return lambda passed, missed: (missed / passed) @ weights(passed)


WAYS = {
    "right": _weighted(lambda passed: passed.sum(axis=0) / passed.sum()),
    "own-gates": lambda passed, missed: missed.sum(axis=1) / passed.sum(axis=1),
    "gates-weigh-alike": lambda passed, missed: (missed / passed).mean(axis=1),
    "mix-of-one-group": _weighted(lambda passed: passed[0] / passed[0].sum()),
    "share-of-the-missed": lambda passed, missed: missed.sum(axis=1) / missed.sum(),
    "weights-of-missed": lambda passed, missed: (missed / passed) @ (
        missed.sum(axis=0) / missed.sum()),
    "counts": lambda passed, missed: (missed / passed) @ passed.sum(axis=0),
    "percent": lambda passed, missed: 100 * (missed / passed) @ (
        passed.sum(axis=0) / passed.sum()),
}
PARTS = {"gates-weigh-alike": 0.5, "mix-of-one-group": 0.5, "own-gates": 0.25, "counts": 0.5,
         "weights-of-missed": 0.25, "percent": 0.75}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "one-for-each-group": (
        "There should be one rate for each group, in the order of the rows.",),
    "a-rate-for-each-gate": (
        "Those are the rates at the single gates: right on the way. How do they become one rate "
        "for each group?",),
    "own-gates": (
        "Each group is still measured on the gates that it happens to use: that is the comparison "
        "which gate and group spoil together.",),
    "gates-weigh-alike": (
        "Each gate counts as much as the others in your mean. How many people pass each of them?",),
    "mix-of-one-group": (
        "You weigh the gates as the first group uses them. The exercise asks for the mix of all "
        "people.",),
    "share-of-the-missed": (
        "Those are the groups' shares of the people missed. How many passed?",),
    "weights-of-missed": (
        "You weigh the gates by the people they miss. Weigh them by the people who pass.",),
    "counts": (
        "Those are numbers of people. Of how many? Weights should add up to 1.",),
    "percent": (
        "Your rates are a hundred times too large.",),
    "changes-input": (
        "The rates are right, but the caller's tables changed on the way.",),
    "unknown": (
        "These are not the rates. For each group: its rate at each gate, times the share of *all* "
        "people who pass this gate, added up.",),
}
