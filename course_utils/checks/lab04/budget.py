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
    often = [name for name in WAYS if name not in RARE]
    open_pairs = {*combinations(often, 2), *((None, name) for name in RARE), *ALIKE}
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
    hours = rng.integers(4, 40, size=4)
    # every other budget is spent to the last hour by some pair
    budget = rng.integers(25, 60) if rng.random() < 0.5 else rng.choice(hours, 2, False).sum()
    return {"ok": ok.tolist(), "hours": hours.tolist(), "budget": int(budget)}


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
         "per-hour-updated": 2 / 3, "one-fix-only": 1 / 3,
         "as-if-independent": 2 / 3, "mean-of-stages": 1 / 3,
         "an-hour-left-over": 2 / 3, "weakest-first": 1 / 3, "two-at-most": 2 / 3}


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


def _rated(rate, *, strict=False, most=4):
    """Return a way: the affordable set with the highest rate."""
    def way(ok, hours, budget):
        sets = [fixes for fixes in _affordable(hours, budget - strict) if len(fixes) <= most]
        return max(sets, key=lambda fixes: rate(ok, fixes), default=[])
    return way


def _each_right(ok, fixes):
    return [1 if name in fixes else ok[:, k].mean() for k, name in enumerate(STAGES)]


def _weakest_first(ok, hours, budget):
    return _fill([STAGES[k] for k in ok.mean(axis=0).argsort()], hours, budget)


def _front_first(ok, hours, budget):
    return _fill(STAGES, hours, budget)


def _per_hour_of_set(ok, hours, budget):
    sets = [fixes for fixes in _affordable(hours, budget) if fixes]
    return max(sets, default=[], key=lambda fixes: (_share(ok, fixes) - _share(ok, [])) / sum(
        hours[name] for name in fixes))


WAYS = {None: _best, "sums-single-gains": _sums, "largest-gain-first": _largest_first,
        "per-hour-once": _per_hour_once, "per-hour-updated": _per_hour_updated,
        "one-fix-only": _one_only,
        "as-if-independent": _rated(lambda ok, fixes: np.prod(_each_right(ok, fixes))),
        "mean-of-stages": _rated(lambda ok, fixes: np.mean(_each_right(ok, fixes))),
        "an-hour-left-over": _rated(_share, strict=True),
        "as-many-as-possible": _rated(lambda ok, fixes: len(fixes)),
        "two-at-most": _rated(_share, most=2),
        "weakest-first": _weakest_first, "front-first": _front_first,
        "per-hour-of-the-set": _per_hour_of_set, "nothing": lambda ok, hours, budget: []}
# Told apart from the right way only, not from every other slip: that would take too many cases.
RARE = ("as-if-independent", "mean-of-stages", "an-hour-left-over", "as-many-as-possible",
        "two-at-most", "weakest-first", "front-first", "per-hour-of-the-set", "nothing")
ALIKE = {("front-first", "as-many-as-possible"), ("mean-of-stages", "as-if-independent"),
         ("mean-of-stages", "sums-single-gains")}
