"""Judging which stage a learner blames first for each page."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of

STAGES = ["find", "cut", "read", "add"]
NONE = "none"


def draw(rng):
    """Draw tables of which stage was right on which page; one table holds right pages only."""
    cases = [rng.random((30, 4)) < [0.8, 0.6, 0.7, 0.6], rng.random((4, 4)) < 0.5]
    cases[0][:4] = [[1, 1, 1, 1], [0, 1, 0, 1], [1, 1, 1, 0], [1, 0, 0, 0]]
    return [{"ok": table.tolist()} for table in (*cases, np.ones((3, 4), dtype=bool))]


def build(case):
    """Return `ok`, an array of True and False, one row for each page."""
    return (np.array(case["ok"], dtype=bool),)


def judge(cases, answers):
    """Judge a word for each page: the first stage that failed, or "none"."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [_words(answer) for answer in answers]
    if any(words is None for words in said):
        return Verdict(0.0, "not-a-list")
    if any(len(words) != len(case["ok"]) for words, case in zip(said, cases, strict=True)):
        return Verdict(0.0, "wrong-length")
    for slip, (way, share) in WAYS.items():
        expected = [[way(row) for row in case["ok"]] for case in cases]
        if said == expected:
            return Verdict(share, slip)
    right = [word in (*STAGES, NONE) for words in said for word in words]
    return Verdict(0.0, "unknown" if all(right) else "not-a-stage")


def _words(answer):
    """Return the answer as words in lower case, or None; whole numbers become words of digits."""
    values = array_of(answer)
    if values is not None and values.ndim == 1:
        return [NONE if np.isnan(value) else f"{value:g}" for value in values]
    if answer["kind"] != "sequence":
        return None
    return [NONE if item["kind"] == "none" else str(item.get("value", "?")).strip().lower()
            for item in answer["value"]]


def _first(row):
    return next((name for name, fine in zip(STAGES, row, strict=True) if not fine), NONE)


def _last(row):
    return next((name for name, fine in zip(STAGES[::-1], row[::-1], strict=True) if not fine),
                NONE)


def _first_right(row):
    return next((name for name, fine in zip(STAGES, row, strict=True) if fine), NONE)


def _all_blamed(row):
    return STAGES[0] if all(row) else _first(row)


def _position(row):
    return str(([*row, False]).index(False))


WAYS = {
    None: (_first, 1.0),
    "right-pages-blamed": (_all_blamed, 0.5),
    "last-failure": (_last, 0.25),
    "right-pages-for-the-adder": (lambda row: STAGES[3] if all(row) else _first(row), 0.5),
    "first-stage-only": (lambda row: NONE if row[0] else STAGES[0], 0.25),
    "first-right": (_first_right, 0.0),
    "positions": (_position, 0.5),
}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-a-list": (
        "Give back a list with one word for each page.",),
    "wrong-length": (
        "There should be as many words as pages, in the same order. What do you say of a page on "
        "which nothing failed?",),
    "right-pages-blamed": (
        "On some pages every stage was right, yet you blame `find` for them.",
        "What does `argmin` (or `argmax`) give for a row in which all values are equal?"),
    "right-pages-for-the-adder": (
        "On some pages every stage was right, yet you blame `add` for them. What word is there for "
        "such a page?",),
    "first-stage-only": (
        "You only ever look at `find`. A page can be spoiled by any of the four.",),
    "last-failure": (
        "You name the last stage that failed. What came before it may have handed it rubbish: "
        "blame begins at the front.",),
    "first-right": (
        "You name the first stage that was right. `ok` is True where a stage did its job.",),
    "positions": (
        "You give positions. The report is read by people: give names.",),
    "not-a-stage": (
        "The only words are `find`, `cut`, `read`, `add` and `none`.",),
    "unknown": (
        "For some pages the word is another one. Take a page on which two stages failed and one "
        "on which none did, and follow your code by hand.",),
}
