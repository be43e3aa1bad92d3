"""Judging folds that a learner cut by hand: by their properties, in whatever order rows come."""

import numpy as np

from course_utils.checks.check import Verdict, first_error


def draw(rng):
    """Draw numbers of rows and folds: even, uneven, one row in each fold, two folds."""
    k = int(rng.integers(4, 7))
    # With k - 1 rows left over, sizes rounded up would come out right by chance.
    uneven = k * int(rng.integers(3, 7)) + int(rng.integers(2, k - 1))
    size = int(rng.integers(5, 9))
    return [{"name": "even", "n": 4 * size, "k": 4}, {"name": "uneven", "n": uneven, "k": k},
            {"name": "single rows", "n": size, "k": size}, {"name": "two", "n": 2 * size, "k": 2}]


def build(case):
    """Return `n` and `k`."""
    return case["n"], case["k"]


def judge(cases, answers):
    """Judge a list of (training rows, test rows): every row is tested exactly once."""
    stopped = first_error(answers)
    if stopped:
        only_uneven = [case["name"] for case, answer in zip(cases, answers, strict=True)
                       if answer["kind"] == "error"] == ["uneven"]
        divides = all(not _slip(case["n"], case["k"], answer)
                      for case, answer in zip(cases, answers, strict=True)
                      if answer["kind"] != "error")
        return stopped._replace(share=0.5) if only_uneven and divides else stopped
    slips = {}
    for case, answer in zip(cases, answers, strict=True):
        slip = _slip(case["n"], case["k"], answer)
        if slip:
            slips[case["name"]] = slip
    if not slips:
        return Verdict(1.0)
    if set(slips) == {"uneven"} and slips["uneven"] in PARTS:
        return Verdict(PARTS[slips["uneven"]], slips["uneven"])
    slip = next((each for each in slips.values() if each not in PARTS), None)
    return Verdict(0.0 if slip else 0.5, slip or next(iter(slips.values())))


def _slip(n, k, answer):
    """Return what is wrong with one answer, or None."""
    pairs = _pairs(answer)
    if isinstance(pairs, str):
        return pairs
    if len(pairs) != k:
        return "number-of-folds"
    return (_slip_in_rows(n, k, pairs) or _slip_in_tests(n, k, [test for _, test in pairs])
            or _slip_in_training(n, pairs))


def _slip_in_rows(n, k, pairs):
    every = np.concatenate([rows for pair in pairs for rows in pair] or [np.array([])])
    if all(len(rows) == n and set(rows) <= {0.0, 1.0} for pair in pairs for rows in pair) and n > 2:
        return "masks"
    if every.size and (every.min() >= 1) and every.max() == n:
        return "counted-from-one"
    if not np.isin(every, np.arange(n)).all():
        return "no-such-row"
    if k > 2 and all(len(test) > len(train) for train, test in pairs):
        return "sides-swapped"
    return None


def _slip_in_tests(n, k, tests):
    tested = np.concatenate(tests)
    if len(set(tested)) < len(tested):
        return "tested-twice"
    if len(tested) < n:
        return "never-tested"
    sizes = [len(test) for test in tests]
    return "unequal-folds" if max(sizes) - min(sizes) > 1 else None


def _slip_in_training(n, pairs):
    for train, test in pairs:
        if set(train) & set(test):
            return "trained-on-test"
        if len(set(train)) + len(test) < n:
            return "training-incomplete"
        if len(set(train)) < len(train):
            return "trained-twice"
    return None


def _pairs(answer):
    """Return the pairs as arrays, or the name of what is wrong with their form."""
    if answer["kind"] == "none":
        return "returns-nothing"
    if answer["type"] in ("generator", "zip", "map"):
        return "generator"
    found = _items(answer)
    if not found:
        return "not-pairs"
    pairs = []
    for item in found:
        sides = _items(item)
        rows = [_rows(side) for side in sides or ()]
        if len(rows) != 2 or any(side is None for side in rows):
            return "not-pairs"
        pairs.append(rows)
    return pairs


def _items(answer):
    """Return the entries of an encoded list, tuple or array, each encoded."""
    if answer["kind"] == "sequence":
        return answer["value"]
    if answer["kind"] == "array" and len(answer["shape"]) > 1:
        return [{"kind": "array", "shape": answer["shape"][1:], "value": part}
                for part in answer["value"]]
    return None


def _rows(side):
    if side["kind"] == "array" and len(side["shape"]) == 1:
        return np.array(side["value"], dtype=float)
    return None


PARTS = {"unequal-folds": 2 / 3, "never-tested": 0.5}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "generator": (
        "Your function gives back something that makes the folds only when asked for them, and "
        "only once. The exercise asks for a list: wrap it in `list(...)`.",),
    "not-pairs": (
        "The result should be a list with one pair for each fold: first the numbers of the "
        "training rows, then those of the test rows.",),
    "number-of-folds": (
        "The list has another length than `k`. Each fold is the test side once.",
        "For numbers that do not divide evenly: do a few rows make up a fold of their own?"),
    "masks": (
        "You give back one True or False for each row. The exercise asks for row numbers.",
        "`np.flatnonzero` turns one into the other."),
    "counted-from-one": (
        "Your rows are numbered from 1 to n. Python counts from 0, so row 0 never takes part and "
        "the last number is no row at all.",),
    "no-such-row": (
        "Among your numbers there are some that no row has. Rows are numbered 0 to n - 1.",),
    "sides-swapped": (
        "Your test sides are larger than your training sides. Which comes first in a pair?",),
    "tested-twice": (
        "Some row is in the test side of two folds. Then its error counts twice, and another "
        "row's perhaps not at all. Are the test sides drawn independently of each other?",),
    "never-tested": (
        "Some rows are never tested. Try 11 rows in 4 folds: `11 // 4` is 2, and 4 times 2 is 8.",
        "Where do the left-over rows go?"),
    "unequal-folds": (
        "One fold is larger than another by more than one row. Try 11 rows in 4 folds: the "
        "three left-over rows need not go to the same fold.",),
    "trained-on-test": (
        "A row is on both sides of the same fold: the model has seen what it is tested on.",),
    "training-incomplete": (
        "Some rows are on neither side of a fold. Whatever is not tested there can be trained "
        "on.",),
    "trained-twice": (
        "A row occurs twice on the training side of a fold, so it counts double there.",),
}
