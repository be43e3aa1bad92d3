"""Judging how a use grows when it is widened step by step."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import array_of, numbers_in

KEYS = ("names", "passers_by", "days")
MOST = {"names": 4_000, "passers_by": 90_000, "days": 120}


def draw(rng):
    """Draw a first policy and some steps; in one case the same thing grows twice."""
    cases = []
    for kinds in (("names", "passers_by", "days"), ("days", "names"),
                  ("passers_by", "names", "passers_by", "days")):
        policy = {"names": int(rng.integers(50, 800)),
                  "passers_by": int(rng.integers(5_000, 60_000)), "days": int(rng.integers(5, 60))}
        steps = [{"what": kind, "more": int(rng.integers(MOST[kind] // 8, MOST[kind]))}
                 for kind in kinds]
        cases.append({"policy": policy, "steps": steps})
    return cases


def build(case):
    """Return the policy and the list of steps, new ones each time."""
    return dict(case["policy"]), [dict(step) for step in case["steps"]]


def judge(cases, answers):
    """Judge one number for each step, by the way of counting that gives them."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    arguments = [build(case) for case in cases]
    last = [numbers_in(answer, 1) for answer in answers]
    if all(each is not None for each in last):
        right = way_of({"last": lambda *case: _levels(*case)[-1:]}, arguments, last)
        return Verdict(0.5 if right else 0.0, "only-the-end")
    said = [_list(answer) for answer in answers]
    if any(each is None for each in said):
        return Verdict(0.0, "not-a-list")
    if way_of({"first": _with_beginning}, arguments, said):
        return Verdict(0.75, "beginning-included")
    if any(len(each) != len(case["steps"]) for each, case in zip(said, cases, strict=True)):
        return Verdict(0.0, "one-for-each-step")
    way = way_of(WAYS, arguments, said)
    slip = way.split(",")[0] if way else "unknown"
    return Verdict(1.0) if slip == "right" else Verdict(PARTS.get(slip, 0.0), slip)


def _list(answer):
    """Return the numbers of a list, a column or a dictionary."""
    if answer["kind"] == "mapping":
        return numbers_in(answer, len(answer["value"]))
    table = array_of(answer)
    return None if table is None else table.ravel()


def _count(policy):
    return float(np.prod([float(policy[key]) for key in KEYS]))


def _levels(policy, steps):
    """Return the comparisons a year after each step."""
    now, found = dict(policy), []
    for step in steps:
        now[step["what"]] += step["more"]
        found.append(_count(now))
    return np.array(found)


def _with_beginning(policy, steps):
    return np.array([_count(policy), *_levels(policy, steps)])


def _alone(policy, steps):
    return np.array([_count(policy | {s["what"]: policy[s["what"]] + s["more"]}) for s in steps])


def _replaced(policy, steps):
    now, found = dict(policy), []
    for step in steps:
        now[step["what"]] = step["more"]
        found.append(_count(now))
    return np.array(found)


def _added(policy, steps):
    growth = np.cumsum([step["more"] / policy[step["what"]] for step in steps])
    return _count(policy) * (1 + growth)


def _first_and_step(policy, steps):
    now, found = dict(policy), []
    for step in steps:
        now[step["what"]] = policy[step["what"]] + step["more"]
        found.append(_count(now))
    return np.array(found)


def _multiplied(policy, steps):
    more = np.cumprod([float(step["more"]) for step in steps])
    return _count(policy) * more


def _summed(policy, steps):
    return sum(policy.values()) + np.cumsum([step["more"] for step in steps])


def _without(key):
    return lambda policy, steps: _levels(policy, steps) / np.array(
        [policy[key] + sum(s["more"] for s in steps[:n + 1] if s["what"] == key)
         for n in range(len(steps))])


WAYS = {
    "right": _levels,
    "each-step-alone": _alone,
    "replaced": _replaced,
    "shares-added": _added,
    "what-is-new": lambda *case: np.diff(_with_beginning(*case)),
    "running-total": lambda *case: np.cumsum(_levels(*case)),
    "times-as-many": lambda *case: _levels(*case) / _count(case[0]),
    "one-day": _without("days"),
    "list-forgotten": _without("names"),
    "crowd-forgotten": _without("passers_by"),
    "same-thing-twice": _first_and_step,
    "multiplied": _multiplied,
    "added-instead": _summed,
    "in-percent": lambda *case: 100 * _levels(*case) / _count(case[0]),
    "in-percent, more": lambda *case: 100 * (_levels(*case) / _count(case[0]) - 1),
    "nothing-grows, but for units": lambda policy, steps: _count(policy) + np.cumsum(
        [step["more"] for step in steps]),
    "nothing-grows": lambda policy, steps: np.full(len(steps), _count(policy)),
}
PARTS = {"each-step-alone": 0.5, "replaced": 0.5, "shares-added": 0.25, "what-is-new": 0.5,
         "running-total": 0.5, "times-as-many": 0.75, "one-day": 0.5, "list-forgotten": 0.5,
         "crowd-forgotten": 0.5, "same-thing-twice": 0.75, "in-percent": 0.5}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-a-list": (
        "Your function should give back a list with one number for each step.",),
    "one-for-each-step": (
        "There should be one number for each step, in their order.",),
    "only-the-end": (
        "You give one number. The council votes on each step: it should see one number for each.",
    ),
    "beginning-included": (
        "All numbers are right, but the first policy is among them. One for each *step*.",),
    "each-step-alone": (
        "You judge each step as if it were the only one. When the second comes, the first is "
        "already there.",
        "This is how each step is presented, and why none of them looks large."),
    "replaced": (
        "You replace the old number by the step's. A step says how many *more* there are.",),
    "shares-added": (
        "You add up how much each step grows the first policy. New names are also compared with "
        "the new passers-by: what multiplies?",),
    "what-is-new": (
        "Those are the comparisons that each step adds. The exercise asks how many there are in "
        "all after it.",),
    "running-total": (
        "You add the years up. Each number should be the comparisons of *one* year, after that "
        "step.",),
    "times-as-many": (
        "Those are multiples of the first policy. The exercise asks for comparisons.",),
    "one-day": (
        "Those are comparisons in a day. On how many days a year?",),
    "list-forgotten": (
        "Each face is compared with one name in your count. How many are on the list?",),
    "crowd-forgotten": (
        "How many people pass on a day? They are missing from your count.",),
    "nothing-grows": (
        "Your numbers stay those of the first policy, or nearly. One name more is compared with "
        "*every* passer-by on *every* day.",),
    "same-thing-twice": (
        "When the same thing grows a second time, you begin again from the first policy.",),
    "multiplied": (
        "You multiply by the step's number. A step says how many are *added*.",),
    "added-instead": (
        "You add up names, people and days. Each face is compared with each name, on each day.",),
    "in-percent": (
        "Those are percent of the first policy. The exercise asks for comparisons.",),
    "unknown": (
        "Those are not the comparisons of a year after each step. By hand: 2 names, 10 passers-by, "
        "3 days are 60. With one name more?",),
}
