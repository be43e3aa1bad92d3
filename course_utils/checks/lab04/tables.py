"""Judging the share of pages right and the two ceiling tables, from a machine's log."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of, numbers_in

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
    numbers = [numbers_in(answer, 1) for answer in answers]
    if any(number is None for number in numbers):
        return Verdict(0.0, "not-one-number")
    said = np.concatenate(numbers)
    hits = np.array([sum(s == t for s, t in zip(*build_totals(case), strict=True))
                     for case in cases])
    every = np.array([len(case["truth"]) for case in cases])
    silent = np.array([case["said"].count(None) for case in cases])
    slip = _nearest(said, {None: hits / every, "silent-left-out": hits / (every - silent),
                           "silent-as-right": (hits + silent) / every, "count": hits,
                           "percent": 100 * hits / every, "share-wrong": 1 - hits / every,
                           "share-answered": 1 - silent / every,
                           "silent-as-half": (hits + silent / 2) / every})
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
        for before, after in (("", "add"), ("find", "find+cut")):  # one page spoiled by the fix
            log[after][rng.choice(np.flatnonzero(log[before]))] = False
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
                "share-of-missing": (alone - now) / (1 - now), "still-missing": 1 - alone,
                "rescued-only": _rescued(log, [("", name) for name in _names()]),
                "of-wrong-pages": _rescued(log, [("", name) for name in _names()]) / (1 - now),
                "shares-of-the-sum": (alone - now) / (alone - now).sum(),
                "other-order": (alone - now)[::-1]}
    return _judge_table(cases, answers, ways)


def judge_front(cases, answers):
    """Judge the steps from the front."""
    def ways(log):
        now, alone, front = _shares(log)
        steps = np.diff([now, *front])
        return {None: steps, "alone": alone - now, "shares": front, "sign": -steps,
                "percent": 100 * steps, "from-the-start": front - now,
                "last-step-lost": np.append(steps[:3], 0), "first-step-lost": np.append(
                    [0], steps[1:]), "relative": steps / np.array([now, *front[:3]]),
                "still-missing": 1 - np.array([now, *front[:3]]),
                "rescued-only": _rescued(log, list(zip(["", *RUNS], RUNS, strict=False))),
                "shares-of-the-sum": steps / steps.sum(), "other-order": steps[::-1],
                "counts": steps * len(log[""])}
    return _judge_table(cases, answers, ways)


RUNS = ["find", "find+cut", "find+cut+read", "find+cut+read+add"]


def _rescued(log, pairs):
    return np.array([(log[after] & ~log[before]).mean() for before, after in pairs])


PARTS = {"rescued-only": 0.5, "other-order": 0.75,
         "percent": 0.75, "sign": 0.5, "shares": 0.25, "counts": 0.5, "from-the-start": 0.25,
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
        pairs = _as_mapping(answer)
        if pairs:
            return _table(pairs)
        values = array_of(answer)
        if values is None or values.size != STAGES:
            return None
    return values.ravel() if np.isfinite(values).all() else None


def _as_mapping(answer):
    """Return a list of (stage, number) as a mapping, or None."""
    items = answer["value"] if answer["kind"] == "sequence" else []
    pairs = [item["value"] for item in items if item["kind"] == "sequence"]
    if len(pairs) != STAGES or any(len(pair) != 2 or pair[0]["kind"] != "text" for pair in pairs):
        return None
    return {"kind": "mapping", "value": {name["value"]: number for name, number in pairs}}


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
