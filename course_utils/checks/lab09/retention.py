"""Judging what a retention rule and its exceptions demand to be gone on a given day."""

import datetime

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain import array_of

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
    for slip, gone in RULES.items():
        if all(numbers == {each["number"] for each in case["log"] if gone(each, case)}
               for case, numbers in zip(cases, said, strict=True)):
            slip = slip and slip.split(",")[0]
            return Verdict(PARTS.get(slip, 0.0), slip)
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


def _rule(*, old=lambda each, days: each["seen"] > days, held=lambda holds: max(holds) >= 0):
    return lambda each, case: old(each, case["days"]) and not (
        each["holds"] and held(each["holds"]))


def _copied(each, days):
    return (each["seen"] if each["copied"] is None else each["copied"]) > days


RULES = {
    None: _rule(),
    "a-day-early": _rule(old=lambda each, days: each["seen"] >= days),
    "a-day-late": _rule(old=lambda each, days: each["seen"] > days + 1),
    "only-that-day": _rule(old=lambda each, days: each["seen"] == days + 1),
    "last-day-of-hold": _rule(held=lambda holds: max(holds) > 0),
    "holds-ignored": _rule(held=lambda holds: False),
    "held-for-ever": _rule(held=lambda holds: True),
    "one-hold-only": _rule(held=lambda holds: holds[-1] >= 0),
    "one-hold-only, the first": _rule(held=lambda holds: holds[0] >= 0),
    "one-hold-only, the shortest": _rule(held=lambda holds: min(holds) >= 0),
    "hold-keeps-all": lambda each, case: _rule()(each, case) and not any(
        until >= 0 for other in case["log"] for until in other["holds"]),
    "copy-is-new": _rule(old=_copied),
    "copies-only": _rule(old=lambda each, days: each["copied"] is not None
                         and each["copied"] > days),
    "clock-starts-again": lambda each, case: _rule()(each, case) and not (
        each["holds"] and -max(each["holds"]) <= case["days"]),
    "end-of-hold-erases": lambda each, case: max(each["holds"]) < 0 if each["holds"]
    else each["seen"] > case["days"],
    "held-is-gone": lambda each, case: each["seen"] > case["days"] or (
        bool(each["holds"]) and max(each["holds"]) >= 0),
    "what-may-stay": lambda each, case: not _rule()(each, case),
    "everything": lambda each, case: True,
    "nothing": lambda each, case: False,
}
PARTS = {None: 1.0, "a-day-early": 0.75, "a-day-late": 0.75, "only-that-day": 0.25,
         "last-day-of-hold": 0.75, "holds-ignored": 0.5, "held-for-ever": 0.5,
         "one-hold-only": 0.75, "hold-keeps-all": 0.25, "copy-is-new": 0.5,
         "clock-starts-again": 0.5, "end-of-hold-erases": 0.5, "what-may-stay": 0.5}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`? If nothing has to go, "
        "give back an empty list.",),
    "not-numbers": (
        "Your function should give back a list with the numbers of the passages. (A set has no "
        "order that could be shown: `sorted(...)` makes a list of it.)",),
    "a-day-early": (
        "You erase on the last day on which a passage may still be kept.",),
    "a-day-late": (
        "You keep passages for one day more than the rule allows.",),
    "only-that-day": (
        "You look only at passages whose time ended yesterday. What about those that somebody "
        "forgot to erase last month?",),
    "last-day-of-hold": (
        "A hold still holds on its last day.",),
    "holds-ignored": (
        "You erase passages that a court wants kept. Where do you look at the holds?",),
    "held-for-ever": (
        "You keep a passage for ever once it was held. A hold ends.",),
    "one-hold-only": (
        "A passage may have several holds. You look at one of them. While *any* of them runs, it "
        "stays.",
        "A dictionary made from the holds keeps one for each number."),
    "hold-keeps-all": (
        "One hold stops all erasing in your function. A hold names the passages that it is "
        "about; the others did nothing.",),
    "copy-is-new": (
        "With you the time starts again when a passage is copied. Then whoever copies often "
        "enough keeps it for ever.",),
    "copies-only": (
        "You look at copied passages only.",),
    "clock-starts-again": (
        "After a hold you give a passage its days once more. Its time ran out long ago; nothing "
        "keeps it but the hold.",),
    "end-of-hold-erases": (
        "You erase whatever was held once its hold is over, even if its ordinary time is not.",),
    "held-is-gone": (
        "You have turned the holds round: what is held must *stay*.",),
    "what-may-stay": (
        "Those are the passages that may stay. The exercise asks which must go.",),
    "everything": (
        "You erase everything. Some passages may still be kept, and some must be.",),
    "nothing": (
        "You erase nothing, but some passages are too old.",),
    "unknown": (
        "These are not the passages that must be gone. Take one passage and ask: how many days ago "
        "was it *seen*, is that more than allowed, and does any hold on it run today?",),
}
