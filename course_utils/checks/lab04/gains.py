"""Gains between the runs of a machine's log: drawing logs, and judging a table of gains."""

import numpy as np

from course_utils.checks.plain_data import array_of, numbers_in
from course_utils.checks.reading import input_change
from course_utils.checks.slips import Judged, check, close, outcome_of, percent, read, slip

STAGES = ("find", "cut", "read", "add")
# The runs before and after each gain, by the stages that are perfect in them
ALONE = ("", "", "", ""), STAGES
FRONT = ("", "find", "find+cut", "find+cut+read"), (
    "find", "find+cut", "find+cut+read", "find+cut+read+add")


def draw(rng):
    """Draw logs: for each set of perfect stages, which pages were right.

    Right pages stay right when more stages are perfect, except for one or two, as in real logs.
    """
    cases = []
    for size, chances in ((400, (0.92, 0.75, 0.85, 0.8)), (60, (0.7, 0.9, 0.8, 0.95))):
        quality = rng.normal(size=(size, 1))
        luck = 0.7 * quality + 0.7 * rng.normal(size=(size, 4))
        ok = luck > np.quantile(luck, 1 - np.array(chances), axis=0).diagonal()
        log = {run: ok[:, [stage not in run.split("+") for stage in STAGES]].all(axis=1)
               for run in dict.fromkeys(("", *ALONE[1], *FRONT[1]))}
        surprise = rng.integers(size)
        log["cut"][surprise] = not log["cut"][surprise]
        for before, after in (("", "add"), ("find", "find+cut")):  # one page spoiled by the fix
            log[after][rng.choice(np.flatnonzero(log[before]))] = False
        cases.append({"log": {name: right.tolist() for name, right in log.items()}})
    return cases


def arguments(case):
    """Return the log: a dictionary of arrays of True and False."""
    return ({name: np.array(right) for name, right in case["log"].items()},)


def shares(log, runs):
    """Return the shares of pages right in the runs."""
    return np.array([log[run].mean() for run in runs])


def gains(log, before, after):
    """Return the gains from runs to others, in shares of all pages."""
    return shares(log, after) - shares(log, before)


TOO_LARGE = "Your numbers are a hundred times too large. Shares run from 0 to 1 here."
UNKNOWN = slip(
    "unknown", None,
    "These are not the numbers that the text describes. Make a log of four pages, do it by hand, "
    "and compare.")
SLIPS = (
    slip("shares", lambda log, before, after: shares(log, after),
         "These are shares of pages right. How much of each was there before anything was changed?",
         "A gain is a difference of two shares. Which two?", earns=0.25),
    slip("sign", lambda *case: -gains(*case),
         "The sizes are right, the signs are not: a fix that helps should have a gain above 0.",
         earns=0.5),
    percent(gains, TOO_LARGE),
    slip("relative", lambda log, before, after: gains(log, before, after) / shares(log, before),
         "You divided by the share that was right before. The exercise asks for a difference, in "
         "shares of all pages."),
    slip("counts", lambda log, *runs: gains(log, *runs) * len(log[""]),
         "You count pages. A log of 60 pages and one of 400 should be comparable: give shares.",
         earns=0.5),
    slip("still-missing", None,
         "That is what is still missing. A gain compares two runs of the log: which two?"),
    slip("rescued-only", lambda log, before, after: np.array(
        [(log[late] & ~log[early]).mean() for early, late in zip(before, after, strict=True)]),
         "You count the pages that a fix rescues. In real logs it also spoils one now and then; "
         "what remains of the gain?", earns=0.5),
    slip("shares-of-the-sum", lambda *case: gains(*case) / gains(*case).sum(),
         "Your four numbers add up to 1: you divided by their sum. The exercise asks for shares of "
         "all pages."),
    slip("other-order", lambda *case: gains(*case)[::-1],
         "The numbers are right, but they stand in another order than the stages.", earns=0.75),
    slip("not-a-table", None,
         "There should be one finite number for each of `find`, `cut`, `read` and `add`: a "
         "dictionary with these keys."),
    slip("changes-input", None,
         "Your numbers may be right, but the log of the caller changed on the way.", earns=0.5),
    UNKNOWN,
)


def table_check(exercise, runs, own_slips):
    """Return the check of a table of gains between runs."""
    every_slip = (*own_slips, *SLIPS)

    def judge(cases, answers):
        tables = read(answers, table, "not-a-table")
        inputs = [(*arguments(case), *runs) for case in cases]
        outcome = input_change(answers) or outcome_of(
            gains, every_slip, inputs, tables, close(rtol=0, atol=1e-6))
        if outcome != "unknown":
            return outcome
        return outcome_of(lambda *case: np.round(gains(*case), 3), (), inputs, tables,
                          close(rtol=0, atol=1e-3))  # rounded on the way

    return check("lab04", exercise, 2, draw, Judged(judge, every_slip), arguments)


def table(answer):
    """Return four numbers: by stage in a dictionary or in pairs, or in order; or None."""
    items = _by_stage(answer)
    values = array_of(answer) if items is None else numbers_in(
        {"kind": "sequence", "value": [items.get(stage, {"kind": "none"}) for stage in STAGES]}, 4)
    valid = values is not None and values.size == 4 and np.isfinite(values).all()
    return values.ravel() if valid else None


def _by_stage(answer):
    if answer["kind"] == "mapping":
        return {name.strip().lower(): item for name, item in answer["value"].items()}
    items = answer["value"] if answer["kind"] == "sequence" else []
    pairs = [item["value"] for item in items if item["kind"] == "sequence"]
    if len(pairs) != 4 or any(len(pair) != 2 or pair[0]["kind"] != "text" for pair in pairs):
        return None
    return {name["value"].strip().lower(): item for name, item in pairs}
