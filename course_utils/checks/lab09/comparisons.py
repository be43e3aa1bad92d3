"""How a use grows when it is widened step by step."""

import math

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import flat_numbers, numbers_in
from course_utils.checks.slips import Judged, check, match, outcome_of, read, slip

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


def count(policy):
    """Return the comparisons of a year."""
    return math.prod(policy.values())


def right(policy, steps, change=lambda now, first, more: now + more, total=count):
    """Return the comparisons a year after each step, which changes the number that it names."""
    current, totals = dict(policy), []
    for step in steps:
        what = step["what"]
        current[what] = change(current[what], policy[what], step["more"])
        totals.append(float(total(current)))
    return np.array(totals)


def with_beginning(policy, steps):
    """Return the comparisons a year of the first policy, then those after each step."""
    return np.array([count(policy), *right(policy, steps)])


def without(key):
    """Return a way that leaves one of the three numbers out."""
    return lambda *case: right(*case, total=lambda current: count(current) / current[key])


ONLY_THE_END = slip(
    "only-the-end", lambda *case: right(*case)[-1:],
    "You give one number. The council votes on each step: it should see one number for each.",
    earns=0.5)
SLIPS = (
    slip("beginning-included", with_beginning,
         "All numbers are right, but the first policy is among them. One for each *step*.",
         earns=0.75),
    slip("each-step-alone", lambda policy, steps: np.array(
        [right(policy, [step])[0] for step in steps]),
         "You judge each step as if it were the only one. When the second comes, the first is "
         "already there.",
         "This is how each step is presented, and why none of them looks large.", earns=0.5),
    slip("replaced", lambda *case: right(*case, lambda now, first, more: more),
         "You replace the old number by the step's. A step says how many *more* there are.",
         earns=0.5),
    slip("shares-added", lambda policy, steps: count(policy) * (1 + np.cumsum(
        [step["more"] / policy[step["what"]] for step in steps])),
         "You add up how much each step grows the first policy. New names are also compared with "
         "the new passers-by: what multiplies?", earns=0.25),
    slip("what-is-new", lambda *case: np.diff(with_beginning(*case)),
         "Those are the comparisons that each step adds. The exercise asks how many there are in "
         "all after it.", earns=0.5),
    slip("running-total", lambda *case: np.cumsum(right(*case)),
         "You add the years up. Each number should be the comparisons of *one* year, after that "
         "step.", earns=0.5),
    slip("times-as-many", lambda *case: right(*case) / count(case[0]),
         "Those are multiples of the first policy. The exercise asks for comparisons.",
         earns=0.75),
    slip("one-day", without("days"),
         "Those are comparisons in a day. On how many days a year?", earns=0.5),
    slip("list-forgotten", without("names"),
         "Each face is compared with one name in your count. How many are on the list?",
         earns=0.5),
    slip("crowd-forgotten", without("passers_by"),
         "How many people pass on a day? They are missing from your count.", earns=0.5),
    slip("same-thing-twice", lambda *case: right(*case, lambda now, first, more: first + more),
         "When the same thing grows a second time, you begin again from the first policy.",
         earns=0.75),
    slip("multiplied", lambda *case: right(*case, lambda now, first, more: now * more),
         "You multiply by the step's number. A step says how many are *added*."),
    slip("added-instead", lambda *case: right(*case, total=lambda current: sum(current.values())),
         "You add up names, people and days. Each face is compared with each name, on each day."),
    slip("in-percent", (lambda *case: 100 * right(*case) / count(case[0]),
                        lambda *case: 100 * (right(*case) / count(case[0]) - 1)),
         "Those are percent of the first policy. The exercise asks for comparisons.", earns=0.5),
    slip("nothing-grows", (lambda policy, steps: np.full(len(steps), count(policy)),
                           lambda policy, steps: count(policy) + np.cumsum(
                               [step["more"] for step in steps])),
         "Your numbers stay those of the first policy, or nearly. One name more is compared with "
         "*every* passer-by on *every* day."),
    slip("not-a-list", None,
         "Your function should give back a list with one number for each step."),
    slip("one-for-each-step", None, "There should be one number for each step, in their order."),
    slip("unknown", None,
         "Those are not the comparisons of a year after each step. By hand: 2 names, 10 "
         "passers-by, 3 days are 60. With one name more?"),
)


def judge(cases, answers):
    """Judge one number for each step, by the way of counting that gives them."""
    inputs = [(case["policy"], case["steps"]) for case in cases]
    ends = [numbers_in(answer, 1) for answer in answers]
    if all(end is not None for end in ends):
        earned = ONLY_THE_END.earns if match((ONLY_THE_END,), inputs, ends) else 0.0
        return Verdict(earned, ONLY_THE_END.name)
    values = read(answers, flat_numbers, "not-a-list")
    outcome = outcome_of(right, SLIPS, inputs, values)
    lengths_differ = any(len(row) != len(case["steps"])
                         for row, case in zip(values, cases, strict=True))
    return "one-for-each-step" if outcome == "unknown" and lengths_differ else outcome


CHECK = check("lab09", "comparisons", 2, draw, Judged(judge, (ONLY_THE_END, *SLIPS)),
              arguments=("policy", "steps"))
