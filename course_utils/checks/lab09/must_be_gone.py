"""What a retention rule and its exceptions demand to be gone on a given day."""

import datetime
import operator

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, check, match, read, slip

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


def arguments(case):
    """Return the log, the day, the days that may be kept, and the holds."""
    today, day = case["today"], datetime.date.fromordinal
    log = [{"number": entry["number"], "seen": day(today - entry["seen"]),
            "copied": None if entry["copied"] is None else day(today - entry["copied"])}
           for entry in case["log"]]
    holds = [{"number": entry["number"], "until": day(today + until)}
             for entry in case["log"] for until in entry["holds"]]
    return log, day(today), case["days"], holds


def each_entry(test):
    """Return the rule that chooses each entry by itself."""
    return lambda case: {entry["number"] for entry in case["log"] if test(entry, case["days"])}


def old_unless_held(is_old, is_held):
    """Return the rule that chooses what is old, but for what is held."""
    return each_entry(lambda entry, days: is_old(entry, days) and not (
        entry["holds"] and is_held(entry["holds"])))


right = old_unless_held(lambda entry, days: entry["seen"] > days, lambda holds: max(holds) >= 0)


def removed_while_walking(case):
    """Return what a loop finds that removes entries from the list that it walks through."""
    log, overdue, numbers = list(case["log"]), right(case), set()
    for entry in log:  # what follows a removed entry is skipped
        if entry["number"] in overdue:
            log.remove(entry)
            numbers.add(entry["number"])
    return numbers


RULES = (
    slip("hold-keeps-all", lambda case: set() if any(
        until >= 0 for entry in case["log"] for until in entry["holds"]) else right(case),
         "One hold stops all erasing in your function. A hold names the passages that it is "
         "about; the others did nothing.", earns=0.25),
    slip("clock-starts-again", each_entry(lambda entry, days: entry["seen"] > days and not (
        entry["holds"] and -max(entry["holds"]) <= days)),
         "After a hold you give a passage its days once more. Its time ran out long ago; nothing "
         "keeps it but the hold.", earns=0.5),
    slip("end-of-hold-erases", each_entry(
        lambda entry, days: max(entry["holds"]) < 0 if entry["holds"] else entry["seen"] > days),
         "You erase whatever was held once its hold is over, even if its ordinary time is not.",
         earns=0.5),
    slip("held-is-gone", each_entry(
        lambda entry, days: entry["seen"] > days or max(entry["holds"], default=-1) >= 0),
         "You have turned the holds round: what is held must *stay*."),
    slip("what-may-stay", lambda case: {entry["number"] for entry in case["log"]} - right(case),
         "Those are the passages that may stay. The exercise asks which must go.", earns=0.5),
    slip("positions", lambda case: {place for place, entry in enumerate(case["log"])
                                    if entry["number"] in right(case)},
         "Those are places in the list. The exercise asks for each passage's `number`.",
         earns=0.75),
    slip("removed-while-walking", removed_while_walking,
         "You take passages out of the list that you are walking through: the one after each of "
         "them is skipped, and stays for ever. Walk through a copy.", earns=0.75),
    slip("everything", each_entry(lambda entry, days: True),
         "You erase everything. Some passages may still be kept, and some must be."),
    slip("nothing", each_entry(lambda entry, days: False),
         "You erase nothing, but some passages are too old."),
)
# How old is too old, and which holds count: each idea of the one may meet each of the other.
# The first of each is right and has no name.
AGES = (
    slip(None, lambda entry, days: entry["seen"] > days, earns=1.0),
    slip("a-day-early", lambda entry, days: entry["seen"] >= days,
         "You erase on the last day on which a passage may still be kept.", earns=0.75),
    slip("a-day-late", lambda entry, days: entry["seen"] > days + 1,
         "You keep passages for one day more than the rule allows.", earns=0.75),
    slip("copy-is-new", lambda entry, days: days < (
        entry["seen"] if entry["copied"] is None else entry["copied"]),
         "With you the time starts again when a passage is copied. Then whoever copies often "
         "enough keeps it for ever.", earns=0.5),
    slip("only-that-day", lambda entry, days: entry["seen"] == days + 1,
         "You look only at passages whose time ended yesterday. What about those that somebody "
         "forgot to erase last month?", earns=0.25),
    slip("copies-only", lambda entry, days: entry["copied"] is not None and entry["copied"] > days,
         "You look at copied passages only."),
)
HOLDS = (
    slip(None, lambda holds: max(holds) >= 0, earns=1.0),
    slip("last-day-of-hold", lambda holds: max(holds) > 0,
         "A hold still holds on its last day.", earns=0.75),
    slip("holds-ignored", lambda holds: False,
         "You erase passages that a court wants kept. Where do you look at the holds?", earns=0.5),
    slip("held-for-ever", lambda holds: True,
         "You keep a passage for ever once it was held. A hold ends.", earns=0.5),
    slip("one-hold-only", (lambda holds: holds[-1] >= 0, lambda holds: holds[0] >= 0,
                           lambda holds: min(holds) >= 0),
         "A passage may have several holds. You look at one of them. While *any* of them runs, it "
         "stays.",
         "A dictionary made from the holds keeps one for each number.", earns=0.75),
)
PAIRS = tuple(slip(age.name or hold.name, old_unless_held(is_old, is_held),
                   earns=max(age.earns + hold.earns - 1, 0.0))
              for age in AGES for is_old in age.ways for hold in HOLDS for is_held in hold.ways)
FORMS = (
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). Where is its `return`? If nothing has to go, "
         "give back an empty list."),
    slip("not-numbers", None,
         "Your function should give back a list with the numbers of the passages. (A set has no "
         "order that could be shown: `sorted(...)` makes a list of it.)"),
    slip("unknown", None,
         "These are not the passages that must be gone. Take one passage and ask: how many days "
         "ago was it *seen*, is that more than allowed, and does any hold on it run today?"),
)


def judge(cases, answers):
    """Judge the set of numbers by the rule, right or wrong, that gives it."""
    values = read(answers, set_of_numbers, "not-numbers")
    matched = match((*RULES, *PAIRS), [(case,) for case in cases], values, operator.eq)
    return Verdict(matched.earns, matched.name) if matched else "unknown"


def set_of_numbers(answer):
    """Return the numbers in a list, an array or a list of whole entries, or None."""
    table = array_of(answer)
    if table is not None:
        return set(table.ravel().tolist())
    if answer["kind"] != "sequence":
        return None
    items = [item["value"].get("number", item) if item["kind"] == "mapping" else item
             for item in answer["value"]]
    return {item["value"] for item in items} if all(
        item["kind"] == "number" for item in items) else None


CHECK = check("lab09", "must_be_gone", 2, draw, Judged(judge, (*RULES, *AGES, *HOLDS, *FORMS)),
              arguments)
