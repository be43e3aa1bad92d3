"""Judging what a retention rule and its exceptions demand to be gone on a given day."""

import datetime

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of

# An entry: days since it was seen, relative to the rule; days since it was copied, or None; its
# holds, each as days from today until it ends. `K` days may be kept.
KINDS = [(0, None, ()), (1, None, ()), (2, None, ()), (-1, None, ()), (40, None, ()),
         (15, 1, ()), (9, 9, ()), (-3, 0, ()),
         (20, None, (5,)), (20, None, (0,)), (20, None, (-1,)), (60, None, (-50,)),
         (20, None, (-2, 3)), (20, None, (4, -6)), (-2, None, (-1,)), (0, None, (7,))]


def draw(rng):
    """Draw logs with every boundary; one of them without holds, one that keeps no day at all."""
    cases = []
    for days, holds in ((int(rng.integers(10, 20)), True), (int(rng.integers(25, 40)), True),
                        (int(rng.integers(5, 9)), False), (0, True)):
        numbers = rng.choice(900, size=len(KINDS), replace=False) + 100
        log = [{"number": int(number), "seen": max(days + over, 0),
                "copied": None if copied is None else min(copied, max(days + over, 0)),
                "holds": list(until) if holds else []}
               for number, (over, copied, until) in zip(numbers, KINDS, strict=True)]
        order = rng.permutation(len(log))
        cases.append({"log": [log[k] for k in order], "days": days,
                      "today": int(rng.integers(735_000, 740_000))})
    # nothing is too old, and nothing is held
    cases.append({"log": [{"number": 7, "seen": 3, "copied": None, "holds": []}], "days": 30,
                  "today": 739_000})
    return cases


def build(case):
    """Return the log, the day, the days that may be kept, and the holds."""
    today = datetime.date.fromordinal(case["today"])

    def ago(days):
        return None if days is None else today - datetime.timedelta(days=days)

    log = [{"number": each["number"], "seen": ago(each["seen"]), "copied": ago(each["copied"])}
           for each in case["log"]]
    holds = [{"number": each["number"], "until": ago(-until)}
             for each in case["log"] for until in each["holds"]]
    return log, today, case["days"], holds


def judge(cases, answers):
    """Judge the set of numbers by the rule, right or wrong, that gives it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [_numbers(answer) for answer in answers]
    if any(each is None for each in said):
        return Verdict(0.0, "not-numbers")
    told = list(zip(cases, said, strict=True))
    for slip, rule in RULES.items():
        if all(numbers == rule(case) for case, numbers in told):
            return Verdict(PARTS.get(slip, 0.0), slip)
    return _both_halves(told)


def _both_halves(told):
    """Look for an idea of age and one of holds that together give the numbers."""
    for age, old in OLD.items():
        for hold, held in HELD.items():
            if all(numbers == _gone(case, old, held) for case, numbers in told):
                hold = hold and hold.split(",")[0]
                share = PARTS.get(age, 1.0) + PARTS.get(hold, 1.0) - 1
                return Verdict(max(share, 0.0), age or hold)
    return Verdict(0.0, "unknown")


def _numbers(answer):
    """Return the numbers in a list, an array or a list of whole entries."""
    table = array_of(answer)
    if table is not None:
        return set(table.ravel().tolist())
    if answer["kind"] != "sequence":
        return None
    items = [item["value"].get("number", item) if item["kind"] == "mapping" else item
             for item in answer["value"]]
    return {item["value"] for item in items} if all(
        item["kind"] == "number" for item in items) else None


def _gone(case, old=lambda each, days: each["seen"] > days,
          held=lambda holds: max(holds) >= 0):
    return {each["number"] for each in case["log"] if old(each, case["days"]) and not (
        each["holds"] and held(each["holds"]))}


def _copied(each, days):
    return (each["seen"] if each["copied"] is None else each["copied"]) > days


def _chosen(test):
    """Return the rule that chooses each entry by itself."""
    return lambda case: {each["number"] for each in case["log"] if test(each, case["days"])}


def _removed_while_walking(case):
    log, right, gone = list(case["log"]), _gone(case), set()
    for each in log:  # what follows a removed entry is skipped
        if each["number"] in right:
            log.remove(each)
            gone.add(each["number"])
    return gone


# How old is too old, and which holds count: each way of the one may meet each of the other
OLD = {
    None: lambda each, days: each["seen"] > days,
    "a-day-early": lambda each, days: each["seen"] >= days,
    "a-day-late": lambda each, days: each["seen"] > days + 1,
    "copy-is-new": _copied,
    "only-that-day": lambda each, days: each["seen"] == days + 1,
    "copies-only": lambda each, days: each["copied"] is not None and each["copied"] > days,
}
HELD = {
    None: lambda holds: max(holds) >= 0,
    "last-day-of-hold": lambda holds: max(holds) > 0,
    "holds-ignored": lambda holds: False,
    "held-for-ever": lambda holds: True,
    "one-hold-only": lambda holds: holds[-1] >= 0,
    "one-hold-only, the first": lambda holds: holds[0] >= 0,
    "one-hold-only, the shortest": lambda holds: min(holds) >= 0,
}
RULES = {
    "hold-keeps-all": lambda case: set() if any(
        until >= 0 for each in case["log"] for until in each["holds"]) else _gone(case),
    "clock-starts-again": _chosen(lambda each, days: each["seen"] > days and not (
        each["holds"] and -max(each["holds"]) <= days)),
    "end-of-hold-erases": _chosen(lambda each, days: max(each["holds"]) < 0 if each["holds"]
                                  else each["seen"] > days),
    "held-is-gone": _chosen(lambda each, days: each["seen"] > days or (
        bool(each["holds"]) and max(each["holds"]) >= 0)),
    "what-may-stay": lambda case: {each["number"] for each in case["log"]} - _gone(case),
    "positions": lambda case: {at for at, each in enumerate(case["log"])
                               if each["number"] in _gone(case)},
    "removed-while-walking": _removed_while_walking,
    "everything": _chosen(lambda each, days: True),
    "nothing": _chosen(lambda each, days: False),
}
PARTS = {"a-day-early": 0.75, "a-day-late": 0.75, "only-that-day": 0.25,
         "last-day-of-hold": 0.75, "holds-ignored": 0.5, "held-for-ever": 0.5,
         "one-hold-only": 0.75, "hold-keeps-all": 0.25, "copy-is-new": 0.5,
         "clock-starts-again": 0.5, "end-of-hold-erases": 0.5, "what-may-stay": 0.5,
         "positions": 0.75, "removed-while-walking": 0.75, "copies-only": 0.0}
