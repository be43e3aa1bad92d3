"""Judging which fixes a learner chooses for a budget of hours."""

from itertools import combinations

import numpy as np

from course_utils.checks.check import Verdict, first_error

STAGES = ["find", "cut", "read", "add"]
TRIES = 4000


def draw(rng):
    """Draw machines and budgets on which the usual shortcuts end elsewhere than the best set.

    Between them the cases tell every shortcut apart; in one of them nothing can be paid for.
    """
    slips = [name for name in WAYS if name]
    open_pairs = {(one, other) for one, other in combinations([None, *slips], 2)}
    cases = []
    for _ in range(TRIES):
        case = _draw_one(rng)
        value = {name: _value(case, way(*build(case))) for name, way in WAYS.items()}
        apart = {pair for pair in open_pairs if abs(value[pair[0]] - value[pair[1]]) > 0.02}
        if apart:
            cases.append(case)
            open_pairs -= apart
        if not open_pairs:
            break
    nothing = _draw_one(rng) | {"budget": 1}
    return [*cases, nothing]


def _draw_one(rng):
    size = 120
    trouble = rng.random((size, 1)) < 0.35
    weak = rng.uniform(0.02, 0.75, size=4)
    ok = ~(trouble & (rng.random((size, 4)) < weak)) & (rng.random((size, 4)) < 0.94)
    return {"ok": ok.tolist(), "hours": rng.integers(4, 40, size=4).tolist(),
            "budget": int(rng.integers(25, 60))}


def build(case):
    """Return `ok` (pages by stages), `hours` by stage and the budget."""
    hours = dict(zip(STAGES, case["hours"], strict=True))
    return np.array(case["ok"], dtype=bool), hours, case["budget"]


def judge(cases, answers):
    """Judge the sets of fixes by the share of pages right that each reaches within its budget."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    chosen = [_fixes(answer) for answer in answers]
    if any(fixes is None for fixes in chosen):
        return Verdict(0.0, "not-stages")
    if any(_hours(case, fixes) > case["budget"] for case, fixes in zip(cases, chosen, strict=True)):
        return Verdict(0.0, "over-budget")
    reached = [_value(case, fixes) for case, fixes in zip(cases, chosen, strict=True)]
    best = [_value(case, _best(*build(case))) for case in cases]
    if np.allclose(reached, best):
        return Verdict(1.0)
    for name, way in WAYS.items():
        if name and chosen == [set(way(*build(case))) for case in cases]:
            return Verdict(PARTS.get(name, 0.0), name)
    return Verdict(0.0, "unknown")


PARTS = {"sums-single-gains": 2 / 3, "largest-gain-first": 1 / 3, "per-hour-once": 1 / 3,
         "per-hour-updated": 2 / 3, "one-fix-only": 1 / 3}


def _fixes(answer):
    if answer["kind"] == "array" and answer["shape"] == [0]:
        return set()
    if answer["kind"] == "text" and answer["value"].strip().lower() in STAGES:
        return {answer["value"].strip().lower()}
    if answer["kind"] != "sequence" or any(item["kind"] != "text" for item in answer["value"]):
        return None
    words = {item["value"].strip().lower() for item in answer["value"]}
    return words if words <= set(STAGES) else None


def _share(ok, fixes):
    kept = [k for k, name in enumerate(STAGES) if name not in fixes]
    return ok[:, kept].all(axis=1).mean()


def _value(case, fixes):
    return _share(build(case)[0], fixes)


def _hours(case, fixes):
    return sum(hours for name, hours in zip(STAGES, case["hours"], strict=True) if name in fixes)


def _affordable(hours, budget):
    sets = [fixes for size in range(5) for fixes in combinations(STAGES, size)]
    return [fixes for fixes in sets if sum(hours[name] for name in fixes) <= budget]


def _best(ok, hours, budget):
    return max(_affordable(hours, budget), key=lambda fixes: _share(ok, fixes))


def _single(ok):
    return {name: _share(ok, [name]) - _share(ok, []) for name in STAGES}


def _sums(ok, hours, budget):
    gain = _single(ok)
    return max(_affordable(hours, budget), key=lambda fixes: sum(gain[name] for name in fixes))


def _largest_first(ok, hours, budget):
    gain = _single(ok)
    return _fill(sorted(STAGES, key=lambda name: -gain[name]), hours, budget)


def _per_hour_once(ok, hours, budget):
    gain = _single(ok)
    return _fill(sorted(STAGES, key=lambda name: -gain[name] / hours[name]), hours, budget)


def _fill(order, hours, budget):
    fixes = []
    for name in order:
        if sum(hours[other] for other in (*fixes, name)) <= budget:
            fixes.append(name)
    return fixes


def _per_hour_updated(ok, hours, budget):
    fixes = []
    while True:
        left = budget - sum(hours[name] for name in fixes)
        open_ones = [name for name in STAGES if name not in fixes and hours[name] <= left]
        if not open_ones:
            return fixes
        fixes.append(max(open_ones, key=lambda name: (
            _share(ok, [*fixes, name]) - _share(ok, fixes)) / hours[name]))


def _one_only(ok, hours, budget):
    single = [fixes for fixes in _affordable(hours, budget) if len(fixes) <= 1]
    return max(single, key=lambda fixes: _share(ok, fixes))


WAYS = {None: _best, "sums-single-gains": _sums, "largest-gain-first": _largest_first,
        "per-hour-once": _per_hour_once, "per-hour-updated": _per_hour_updated,
        "one-fix-only": _one_only}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). If nothing can be paid for, give back an empty "
        "list.",),
    "not-stages": (
        "Give back a list of names out of `find`, `cut`, `read` and `add`.",),
    "over-budget": (
        "One of your choices costs more hours than there are.",
        "Hours add up over all fixes of a choice. Do you check the sum, and can your choice be "
        "empty?"),
    "sums-single-gains": (
        "You added up gains that were measured one at a time. Two faults on one page mask each "
        "other, so two fixes together can bring more than the sum.",
        "The table `ok` tells for any set of fixes which pages would be right. Why estimate it?"),
    "largest-gain-first": (
        "You take the largest gain first and then what still fits. One expensive fix may push out "
        "two cheaper ones that together bring more.",
        "Four stages: how many different choices are there in all?"),
    "per-hour-once": (
        "You rank by gain per hour as it is at the start. After the first fix, the gains of the "
        "others are no longer what they were.",
        "Four stages: how many different choices are there in all?"),
    "per-hour-updated": (
        "Nearly: you measure again after each fix. But the best first step is not always part of "
        "the best pair, and hours may be left over that buy nothing.",
        "Four stages: how many different choices are there in all?"),
    "one-fix-only": (
        "You choose a single fix even where the hours would pay for more.",),
    "unknown": (
        "For some machines another choice within the budget gets more pages right. Compute the "
        "share of pages right for each of your candidates, and compare.",),
}
