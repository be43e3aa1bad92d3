"""What is left of somebody who was erased from a gallery and its log."""

import operator

from course_utils.checks.lab06.galleries import FORMS, NAMES, draw_gallery, read_rows, rows_of
from course_utils.checks.slips import Judged, by_parts, check, outcome_of, read, slip


def draw(rng):
    """Draw galleries with a log, and somebody to erase: with one picture, with two, with none."""
    cases = []
    for person in ("P1", "P2", "P10", "P99"):
        names = [*rng.permutation(NAMES).tolist(), "P1", "P12", "P2"]
        log = [{"day": int(day), "found": found} for day, found in zip(
            rng.integers(1, 30, size=9), [*NAMES, "P1", "P2", None, "P12"], strict=True)]
        cases.append({"gallery": {**draw_gallery(rng, names), "log": log}, "name": person})
    return cases


def rows_without(is_person):
    """Return the way that takes out the rows whose name is taken for that of the person."""
    return lambda case: sorted(row for row in rows_of(case["gallery"])
                               if not is_person(row[0], case["name"]))


def _without_first_row(case):
    name, names = case["name"], case["gallery"]["names"]
    return sorted(row for at, row in enumerate(rows_of(case["gallery"]))
                  if row[0] != name or name in names[:at])


def log_without(is_person):
    """Return the way that takes out the entries whose name is taken for that of the person."""
    return lambda case: [entry["found"] for entry in case["gallery"]["log"]
                         if not is_person(entry["found"], case["name"])]


ROWS = (
    slip("rows-kept", rows_without(lambda name, person: False),
         "The embeddings are still there. An embedding finds the person again, whatever name is "
         "beside it."),
    slip("first-only", _without_first_row,
         "Somebody may have several rows. You erase only the first."),
    slip("part-of-a-name", rows_without(lambda name, person: person in name),
         "Erasing `P1`, you also erase `P10` and `P12`: other people, who did not ask for it. Do "
         "you compare whole names?"),
    *FORMS,
)
LOGS = (
    slip("log-kept", log_without(lambda name, person: False),
         "The embeddings are gone, but the log still tells on which days the person was here."),
    slip("log-anonymous", lambda case: [None if entry["found"] == case["name"] else entry["found"]
                                        for entry in case["gallery"]["log"]],
         "Nearly: the entries of the person stay without a name. In a small workshop the day alone "
         "may tell who it was. Take them out.", earns=0.5),
    slip("log-emptied", lambda case: [],
         "You emptied the log. The others did not ask for that."),
    slip("part-of-a-name", log_without(lambda name, person: person in (name or ""))),
    slip("no-log", None,
         "The gallery has lost its log, or the entries their shape. Other people's entries should "
         "stay."),
    slip("log-unknown", None,
         "The rows are right, the log is not. Which entries name the person, and which do not?"),
)


def judge(cases, answers):
    """Judge what is left in names and embeddings, and then, for half the points, in the log."""
    rows, logs = read_rows(answers), read(answers, _log, "no-log")
    arguments = [(case,) for case in cases]
    slip_in_rows = outcome_of(rows_without(operator.eq), ROWS, arguments, rows, operator.eq)
    return slip_in_rows or by_parts([None, outcome_of(
        log_without(operator.eq), LOGS, arguments, logs, operator.eq, "log-unknown")], LOGS)


def _log(answer):
    """Return who was found in each entry of an encoded log, or None if it has lost its shape."""
    log = answer["value"].get("log", {"kind": "none"})
    if log["kind"] not in ("sequence", "array") or not all(
            isinstance(entry, dict) and entry["kind"] == "mapping" for entry in log["value"]):
        return None
    names = [entry["value"].get("found", {"kind": "none"}) for entry in log["value"]]
    return [name.get("value") if name["kind"] == "text" else None for name in names]


CHECK = check("lab06", "erase", 2, draw, Judged(judge, (*ROWS, *LOGS)), ("gallery", "name"))
