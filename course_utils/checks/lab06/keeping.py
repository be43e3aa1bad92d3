"""Judging who is enrolled in a gallery, and what is left of somebody who was erased."""

import copy
import datetime

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of

PURPOSE, OTHER = "opening the door of the workshop", "counting who comes late"
NAMES = ["P1", "P2", "P10", "P12", "P21"]
SIZE = 4  # numbers in an embedding here


def draw(rng):
    """Draw people at the door: with a consent that holds, without one, and the cases between."""
    days = rng.integers(10, 60, size=8).tolist()
    known, new = rng.permutation(NAMES)[:3].tolist(), "P30"
    plain = {"purpose": PURPOSE, "start": -days[0], "until": days[1]}
    visits = [
        (new, plain), (known[0], plain), (new, None), (known[1], None),
        (new, plain | {"until": 0}), (new, plain | {"start": 0}),
        (new, plain | {"until": -days[2]}), (new, plain | {"start": days[3], "until": 99}),
        (new, plain | {"purpose": OTHER}), (known[2], plain | {"purpose": OTHER}),
    ]
    return [{"gallery": _gallery(rng, known), "name": name, "consent": consent,
             "embedding": rng.normal(size=SIZE).round(3).tolist(),
             "today": int(rng.integers(730_000, 740_000))} for name, consent in visits]


def _gallery(rng, people):
    rows = [*people, people[0]]
    return {"purpose": PURPOSE, "names": rows,
            "embeddings": rng.normal(size=(len(rows), SIZE)).round(3).tolist()}


def build(case):
    """Return the gallery, a name, an embedding, the consent (or None) and the day."""
    today = datetime.date.fromordinal(case["today"])
    consent = copy.deepcopy(case["consent"])
    if consent is not None:
        for name in ("start", "until"):
            consent[name] = today + datetime.timedelta(days=consent[name])
    return (copy.deepcopy(case["gallery"]), case["name"], list(case["embedding"]), consent, today)


def judge(cases, answers):
    """Judge the gallery after each visit."""
    early = _form(answers)
    if early:
        return early
    for slip, allowed in ENROL.items():
        for replace in (False, True):
            expected = [_enrolled(case, allowed(case), replace) for case in cases]
            if all(_same(answer, rows) for answer, rows in zip(answers, expected, strict=True)):
                slip = slip or ("replaces" if replace else None)
                return Verdict(1.0 if slip is None else ENROL_PARTS.get(slip, 0.0), slip)
    return Verdict(0.0, "unknown")


def _form(answers):
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(_rows(answer) is None for answer in answers):
        return Verdict(0.0, "not-a-gallery")
    if any(len(names) != len(table) for names, table in map(_rows, answers)):
        return Verdict(0.0, "not-aligned")
    return None


def _rows(answer):
    """Return names and embeddings of an encoded gallery, or None if it has lost its shape."""
    if answer["kind"] != "mapping" or not {"names", "embeddings"} <= set(answer["value"]):
        return None
    names, table = answer["value"]["names"], array_of(answer["value"]["embeddings"])
    if table is None or table.size and table.ndim != 2:
        return None
    if names["kind"] == "array" and names["shape"] == [0]:
        return [], table
    if names["kind"] != "sequence" or any(item["kind"] != "text" for item in names["value"]):
        return None
    return [item["value"] for item in names["value"]], table


def _same(answer, expected):
    names, table = _rows(answer)
    return sorted(zip(names, table.round(3).tolist(), strict=True)) == sorted(
        (name, list(numbers)) for name, numbers in expected)


def _pairs(gallery):
    return list(zip(gallery["names"], gallery["embeddings"], strict=True))


def _enrolled(case, allowed, replace):
    rows = _pairs(case["gallery"])
    if allowed and replace:
        rows = [row for row in rows if row[0] != case["name"]]
    return rows + [(case["name"], case["embedding"])] * bool(allowed)


def _consent(*, start=True, until=True, purpose=True, inclusive=True, known=True):
    """Return a rule that looks at some parts of the consent; days count from today."""
    def allowed(case):
        consent = case["consent"]
        if consent is None or (not known and case["name"] in case["gallery"]["names"]):
            return False
        ends = 0 if inclusive else 1
        return ((not start or consent["start"] <= 0) and (not until or consent["until"] >= ends)
                and (not purpose or consent["purpose"] == case["gallery"]["purpose"]))
    return allowed


ENROL = {
    None: _consent(),
    "no-consent-needed": lambda case: True,
    "any-consent": _consent(start=False, until=False, purpose=False),
    "purpose-ignored": _consent(purpose=False),
    "end-ignored": _consent(until=False),
    "start-ignored": _consent(start=False),
    "dates-ignored": _consent(start=False, until=False),
    "last-day-refused": _consent(inclusive=False),
    "once-only": _consent(known=False),
}
ENROL_PARTS = {"any-consent": 0.25, "purpose-ignored": 0.5, "end-ignored": 0.5,
               "start-ignored": 0.5, "dates-ignored": 0.5, "last-day-refused": 0.75,
               "once-only": 0.75, "replaces": 0.75}


def draw_erase(rng):
    """Draw galleries with a log, and somebody to erase: with one picture, with two, with none."""
    cases = []
    for person in ("P1", "P2", "P10", "P99"):
        names = [*rng.permutation(NAMES).tolist(), "P1", "P12", "P2"]
        log = [{"day": int(day), "found": found} for day, found in zip(
            rng.integers(1, 30, size=9), [*NAMES, "P1", "P2", None, "P12"], strict=True)]
        cases.append({"gallery": {"purpose": PURPOSE, "names": names, "embeddings": rng.normal(
            size=(len(names), SIZE)).round(3).tolist(), "log": log}, "name": person})
    return cases


def build_erase(case):
    """Return the gallery with its log, and the name of whom to erase."""
    return copy.deepcopy(case["gallery"]), case["name"]


def judge_erase(cases, answers):
    """Judge what is left in names, embeddings and log."""
    early = _form(answers)
    if early:
        return early
    logs = [_log(answer) for answer in answers]
    if any(log is None for log in logs):
        return Verdict(0.0, "no-log")
    rows = next((name for name, way in ROWS.items() if all(
        _same(answer, way(case)) for answer, case in zip(answers, cases, strict=True))), "unknown")
    said = next((name for name, way in LOGS.items() if all(
        log == way(case) for log, case in zip(logs, cases, strict=True))), "log-unknown")
    if rows is None and said is None:
        return Verdict(1.0)
    return Verdict(0.5 * (rows is None) + 0.25 * (rows is None and said == "log-anonymous"),
                   rows or said)


def _log(answer):
    """Return who was found in each entry of an encoded log, or None if it has lost its shape."""
    log = answer["value"].get("log")
    if log is None or log["kind"] not in ("sequence", "array"):
        return None
    found = []
    for entry in log["value"]:
        if not isinstance(entry, dict) or entry.get("kind") != "mapping":
            return None
        item = entry["value"].get("found", {"kind": "none"})
        found.append(item.get("value") if item["kind"] == "text" else None)
    return found


def _without(gone):
    return lambda case: [row for row in _pairs(case["gallery"]) if not gone(row[0], case["name"])]


def _first_gone(case):
    rows, names = _pairs(case["gallery"]), case["gallery"]["names"]
    return rows if case["name"] not in names else [
        row for at, row in enumerate(rows) if at != names.index(case["name"])]


def _found(case):
    return [entry["found"] for entry in case["gallery"]["log"]]


def _kept(gone):
    return lambda case: [name for name in _found(case) if not gone(name, case["name"])]


ROWS = {
    None: _without(lambda name, person: name == person),
    "rows-kept": _without(lambda name, person: False),
    "first-only": _first_gone,
    "part-of-a-name": _without(lambda name, person: person in name),
}
LOGS = {
    None: _kept(lambda name, person: name == person),
    "log-kept": _kept(lambda name, person: False),
    "log-anonymous": lambda case: [None if name == case["name"] else name
                                   for name in _found(case)],
    "log-emptied": lambda case: [],
    "part-of-a-name": _kept(lambda name, person: name is not None and person in name),
}

_SHARED = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Give back the gallery, changed or not.",),
    "not-a-gallery": (
        "What you give back has lost its shape: a dictionary with the same keys, `names` a list "
        "of names, `embeddings` a row of numbers for each.",),
    "not-aligned": (
        "There are more names than embeddings, or fewer. From then on every search finds the "
        "wrong person.",),
    "unknown": (
        "The gallery does not hold the people that it should. Follow your code by hand for one "
        "case in which nothing should change, and one in which something should.",),
}
HINTS = _SHARED | {
    "no-consent-needed": (
        "You enrol everybody. Where do you ask whether the person agreed?",),
    "any-consent": (
        "You enrol whoever has a consent, whatever it says. To what did they agree, and for when?",
    ),
    "purpose-ignored": (
        "You enrol people who agreed to something else. The gallery says what it is for, and so "
        "does each consent.",
        "Using faces for a purpose that nobody agreed to has a name: function creep."),
    "end-ignored": (
        "You enrol people whose consent is over.",),
    "start-ignored": (
        "You enrol people whose consent has not begun.",),
    "dates-ignored": (
        "You do not look at the days. A consent holds from one day to another.",),
    "last-day-refused": (
        "Nearly: a consent still holds on its last day.",),
    "once-only": (
        "You refuse a second picture of somebody who is enrolled. They agreed to it, and it helps "
        "to recognise them.",),
    "replaces": (
        "You throw away the earlier embeddings of the person. Several pictures may be enrolled.",),
}
ERASE_HINTS = _SHARED | {
    "no-log": (
        "The gallery has lost its log, or the entries their shape. Other people's entries should "
        "stay.",),
    "rows-kept": (
        "The embeddings are still there. An embedding finds the person again, whatever name is "
        "beside it.",),
    "first-only": (
        "Somebody may have several rows. You erase only the first.",),
    "part-of-a-name": (
        "Erasing `P1`, you also erase `P10` and `P12`: other people, who did not ask for it. Do "
        "you compare whole names?",),
    "log-kept": (
        "The embeddings are gone, but the log still tells on which days the person was here.",),
    "log-anonymous": (
        "Nearly: the entries of the person stay without a name. In a small workshop the day alone "
        "may tell who it was. Take them out.",),
    "log-emptied": (
        "You emptied the log. The others did not ask for that.",),
    "log-unknown": (
        "The rows are right, the log is not. Which entries name the person, and which do not?",),
}
