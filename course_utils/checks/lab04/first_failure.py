"""Which stage a learner blames first for each page."""

import operator

import numpy as np

from course_utils.checks.lab04.gains import STAGES
from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, check, outcome_of, read, slip


def draw(rng):
    """Draw tables of which stage was right on which page; one table holds right pages only."""
    cases = [rng.random((30, 4)) < [0.8, 0.6, 0.7, 0.6], rng.random((4, 4)) < 0.5]
    cases[0][:4] = [[1, 1, 1, 1], [0, 1, 0, 1], [1, 1, 1, 0], [1, 0, 0, 0]]
    return [{"ok": table.tolist()} for table in (*cases, np.ones((3, 4), dtype=bool))]


def arguments(case):
    """Return `ok`, an array of True and False, one row for each page."""
    return (np.array(case["ok"], dtype=bool),)


def each_page(word):
    """Return the way that finds a word for each page from the stages that failed on it."""
    return lambda ok: [word([stage for stage, fine in zip(STAGES, row, strict=True) if not fine])
                       for row in ok]


right = each_page(lambda failed: [*failed, "none"][0])
SLIPS = (
    slip("right-pages-blamed", each_page(lambda failed: [*failed, "find"][0]),
         "On some pages every stage was right, yet you blame `find` for them.",
         "What does `argmin` (or `argmax`) give for a row in which all values are equal?",
         earns=0.5),
    slip("last-failure", each_page(lambda failed: ["none", *failed][-1]),
         "You name the last stage that failed. What came before it may have handed it rubbish: "
         "blame begins at the front.", earns=0.25),
    slip("right-pages-for-the-adder", each_page(lambda failed: [*failed, "add"][0]),
         "On some pages every stage was right, yet you blame `add` for them. What word is there "
         "for such a page?", earns=0.5),
    slip("first-stage-only", each_page(lambda failed: "find" if "find" in failed else "none"),
         "You only ever look at `find`. A page can be spoiled by any of the four.", earns=0.25),
    slip("first-right", each_page(
        lambda failed: [*(stage for stage in STAGES if stage not in failed), "none"][0]),
         "You name the first stage that was right. `ok` is True where a stage did its job."),
    slip("positions", each_page(lambda failed: str(STAGES.index(failed[0]) if failed else 4)),
         "You give positions. The report is read by people: give names.", earns=0.5),
    slip("not-a-list", None, "Give back a list with one word for each page."),
    slip("wrong-length", None,
         "There should be as many words as pages, in the same order. What do you say of a page on "
         "which nothing failed?"),
    slip("not-a-stage", None, "The only words are `find`, `cut`, `read`, `add` and `none`."),
    slip("unknown", None,
         "For some pages the word is another one. Take a page on which two stages failed and one "
         "on which none did, and follow your code by hand."),
)


def judge(cases, answers):
    """Judge a word for each page: the first stage that failed, or "none"."""
    values = read(answers, words, "not-a-list")
    if any(len(row) != len(case["ok"]) for row, case in zip(values, cases, strict=True)):
        return "wrong-length"
    outcome = outcome_of(right, SLIPS, [arguments(case) for case in cases], values, operator.eq)
    if outcome == "unknown" and set().union(*values) - {*STAGES, "none"}:
        return "not-a-stage"
    return outcome


def words(answer):
    """Return the answer as words in lower case, or None; whole numbers become words of digits."""
    values = array_of(answer)
    if values is not None and values.ndim == 1:
        return ["none" if np.isnan(value) else f"{value:g}" for value in values]
    if answer["kind"] != "sequence":
        return None
    return ["none" if item["kind"] == "none" else str(item.get("value", "?")).strip().lower()
            for item in answer["value"]]


CHECK = check("lab04", "first_failure", 2, draw, Judged(judge, SLIPS), arguments)
