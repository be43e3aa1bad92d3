"""Judging the share of pages right and the two ceiling tables, from a machine's log."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain import array_of

STAGES = 4
TOLERANCE = 1e-6


def draw_totals(rng):
    """Draw totals that a machine said, some of them None, and true ones."""
    cases = []
    for size, share in ((40, 0.6), (25, 0.3), (10, 1.0)):
        truth = rng.integers(20, 300, size=size)
        said = np.where(rng.random(size) < share, truth, truth + rng.integers(1, 30, size=size))
        silent = rng.choice(size, size=max(2, size // 5), replace=False)
        cases.append({"said": [None if i in silent else int(s) for i, s in enumerate(said)],
                      "truth": truth.tolist()})
    return cases


def build_totals(case):
    """Return `said` (a list with some None) and `truth` (a list)."""
    return list(case["said"]), list(case["truth"])


def judge_share(cases, answers):
    """Judge the share of pages right: a page without an answer is a wrong page."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] != "number" for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = np.array([answer["value"] for answer in answers])
    hits = np.array([sum(s == t for s, t in zip(*build_totals(case), strict=True))
                     for case in cases])
    every = np.array([len(case["truth"]) for case in cases])
    silent = np.array([case["said"].count(None) for case in cases])
    slip = _nearest(said, {None: hits / every, "silent-left-out": hits / (every - silent),
                           "silent-as-right": (hits + silent) / every, "count": hits,
                           "percent": 100 * hits / every, "share-wrong": 1 - hits / every})
    return Verdict(1.0 if slip is None else {"percent": 0.5}.get(slip, 0.0), slip)


def draw_log(rng):
    """Draw logs: for each set of perfect stages, which pages were right.

    Right pages stay right when more stages are perfect, except for one or two, as in real logs.
    """
    cases = []
    for size, chances in ((400, (0.92, 0.75, 0.85, 0.8)), (60, (0.7, 0.9, 0.8, 0.95))):
        quality = rng.normal(size=(size, 1))
        luck = 0.7 * quality + 0.7 * rng.normal(size=(size, STAGES))
        ok = luck > np.quantile(luck, 1 - np.array(chances), axis=0).diagonal()
        sets = [[], *([k] for k in range(STAGES)), *(list(range(k)) for k in (2, 3, 4))]
        log = {"+".join(_names()[k] for k in fixed): np.delete(ok, fixed, axis=1).all(axis=1)
               for fixed in sets}
        surprise = rng.integers(size)
        log["cut"][surprise] = not log["cut"][surprise]
        cases.append({"log": {name: right.tolist() for name, right in log.items()}})
    return cases


def build_log(case):
    """Return the log: a dictionary of arrays of True and False."""
    return ({name: np.array(right) for name, right in case["log"].items()},)


def judge_alone(cases, answers):
    """Judge the gains of one perfect stage at a time."""
    def ways(log):
        now, alone, front = _shares(log)
        return {None: alone - now, "from-front": np.diff([now, *front]), "shares": alone,
                "sign": now - alone, "percent": 100 * (alone - now), "relative": alone / now - 1,
                "counts": (alone - now) * len(log[""]),
                "share-of-missing": (alone - now) / (1 - now)}
    return _judge_table(cases, answers, ways)


def judge_front(cases, answers):
    """Judge the steps from the front."""
    def ways(log):
        now, alone, front = _shares(log)
        steps = np.diff([now, *front])
        return {None: steps, "alone": alone - now, "shares": front, "sign": -steps,
                "percent": 100 * steps, "from-the-start": front - now,
                "last-step-lost": np.append(steps[:3], 0), "first-step-lost": np.append(
                    [0], steps[1:]), "counts": steps * len(log[""])}
    return _judge_table(cases, answers, ways)


PARTS = {"percent": 0.75, "sign": 0.5, "shares": 0.25, "counts": 0.5, "from-the-start": 0.25,
         "last-step-lost": 0.75, "first-step-lost": 0.75}


def _judge_table(cases, answers, ways):
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    tables = [_table(answer) for answer in answers]
    if any(table is None for table in tables):
        return Verdict(0.0, "not-a-table")
    if any(answer.get("changed_input") for answer in answers):
        return Verdict(0.5, "changes-input")
    options = [ways(build_log(case)[0]) for case in cases]
    slip = _nearest(np.concatenate(tables), {
        name: np.concatenate([option[name] for option in options]) for name in options[0]})
    return Verdict(1.0 if slip is None else PARTS.get(slip, 0.0), slip)


def _table(answer):
    """Return four numbers from a dictionary by stage, or from four numbers in order."""
    if answer["kind"] == "mapping":
        found = {name.strip().lower(): item for name, item in answer["value"].items()}
        if any(found.get(name, {}).get("kind") != "number" for name in _names()):
            return None
        values = np.array([found[name]["value"] for name in _names()])
    else:
        values = array_of(answer)
        if values is None or values.size != STAGES:
            return None
    return values.ravel() if np.isfinite(values).all() else None


def _shares(log):
    alone = np.array([log[name].mean() for name in _names()])
    front = np.array([log["+".join(_names()[:k])].mean() for k in range(1, STAGES + 1)])
    return log[""].mean(), alone, front


def _names():
    return ["find", "cut", "read", "add"]


def _nearest(said, ways):
    """Return the way whose numbers are said, or "unknown"."""
    if not np.isfinite(said).all():
        return "unknown"
    for name, values in ways.items():
        if np.allclose(said, values, rtol=0, atol=TOLERANCE):
            return name
    if np.allclose(said, np.round(ways[None], 3), rtol=0, atol=1e-3):
        return None  # rounded on the way
    return "unknown"


_SHARED = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "percent": (
        "Your numbers are a hundred times too large. Shares run from 0 to 1 here.",),
    "unknown": (
        "These are not the numbers that the text describes. Make a log of four pages, do it by "
        "hand, and compare.",),
}
_TABLE = _SHARED | {
    "not-a-table": (
        "There should be one finite number for each of `find`, `cut`, `read` and `add`: a "
        "dictionary with these keys.",),
    "shares": (
        "These are shares of pages right. How much of each was there before anything was changed?",
        "A gain is a difference of two shares. Which two?"),
    "sign": (
        "The sizes are right, the signs are not: a fix that helps should have a gain above 0.",),
    "counts": (
        "You count pages. A log of 60 pages and one of 400 should be comparable: give shares.",),
    "changes-input": (
        "Your numbers may be right, but the log of the caller changed on the way.",),
}
SHARE_HINTS = _SHARED | {
    "not-one-number": (
        "Your function should give back one number for the whole log.",),
    "silent-left-out": (
        "You left out the pages on which the machine said nothing. Then a machine that keeps "
        "silent on every hard page looks splendid.",
        "What should a page with `None` count as, to somebody who needed its sum?"),
    "silent-as-right": (
        "A page without an answer counts as right in your code. Did its user get the sum?",),
    "count": (
        "That is how many pages are right. Of how many?",),
    "share-wrong": (
        "You give the share that is wrong. The name of the function asks for the other one.",),
}
ALONE_HINTS = _TABLE | {
    "from-front": (
        "Those are the steps from the front: earlier stages were perfect as well. One at a time, "
        "the other three stay as they are.",
        "Which of the log's runs have exactly one perfect stage, and which has none?"),
    "relative": (
        "You divided by the share that was right before. The exercise asks for a difference, in "
        "shares of all pages.",),
    "share-of-missing": (
        "You divided by what is missing. The exercise asks for shares of all pages.",),
}
FRONT_HINTS = _TABLE | {
    "alone": (
        "Those are gains one at a time. From the front, what was made perfect stays perfect.",
        "Which runs of the log have more than one perfect stage?"),
    "from-the-start": (
        "Each of your numbers is measured against the machine as it is, so the gain of `find` is "
        "counted four times. What did this stage add to the step before it?",),
    "last-step-lost": (
        "The steps should climb all the way to the run in which everything is perfect. Yours stop "
        "one short.",),
    "first-step-lost": (
        "The first step begins at the machine as it is. Which run of the log is that?",),
}
