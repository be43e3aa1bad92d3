"""Folds cut by hand, judged by their properties in whatever order rows come."""

import operator

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, check, match, slip

MINOR = ("never-tested", "unequal-folds")  # others count for more, and earn nothing


def draw(rng):
    """Draw numbers of rows and folds: even, uneven, one row in each fold, two folds."""
    k = int(rng.integers(4, 7))
    # With k - 1 rows left over, sizes rounded up would come out right by chance.
    uneven = k * int(rng.integers(3, 7)) + int(rng.integers(2, k - 1))
    size = int(rng.integers(5, 9))
    return [{"name": "even", "n": 4 * size, "k": 4}, {"name": "uneven", "n": uneven, "k": k},
            {"name": "single rows", "n": size, "k": size}, {"name": "two", "n": 2 * size, "k": 2}]


def rows_of(pairs):
    """Return the row numbers on all sides."""
    return set().union(*(rows for pair in pairs for rows in pair))


def tested(pairs):
    """Return the row numbers of all test sides."""
    return np.concatenate([test for _, test in pairs])


# their ways tell whether pairs for n rows in k folds show the slip, once the earlier ones do not
FOLDS = (
    slip("number-of-folds", lambda n, k, pairs: len(pairs) != k,
         "The list has another length than `k`. Each fold is the test side once.",
         "For numbers that do not divide evenly: do a few rows make up a fold of their own?"),
    slip("masks", lambda n, k, pairs: n > 2 and all(
            len(rows) == n and set(rows) <= {0, 1} for pair in pairs for rows in pair),
         "You give back one True or False for each row. The exercise asks for row numbers.",
         "`np.flatnonzero` turns one into the other."),
    slip("counted-from-one", lambda n, k, pairs: (
            n in rows_of(pairs) and min(rows_of(pairs)) >= 1 and max(rows_of(pairs)) == n),
         "Your rows are numbered from 1 to n. Python counts from 0, so row 0 never takes part and "
         "the last number is no row at all."),
    slip("no-such-row", lambda n, k, pairs: not rows_of(pairs) <= set(range(n)),
         "Among your numbers there are some that no row has. Rows are numbered 0 to n - 1."),
    slip("sides-swapped", lambda n, k, pairs: k > 2 and all(
            len(test) > len(train) for train, test in pairs),
         "Your test sides are larger than your training sides. Which comes first in a pair?"),
    slip("tested-twice", lambda n, k, pairs: len(set(tested(pairs))) < len(tested(pairs)),
         "Some row is in the test side of two folds. Then its error counts twice, and another "
         "row's perhaps not at all. Are the test sides drawn independently of each other?"),
    slip("never-tested", lambda n, k, pairs: len(tested(pairs)) < n,
         "Some rows are never tested. Try 11 rows in 4 folds: `11 // 4` is 2, and 4 times 2 is 8.",
         "Where do the left-over rows go?", earns=0.5),
    slip("unequal-folds", lambda n, k, pairs: np.ptp([len(test) for _, test in pairs]) > 1,
         "One fold is larger than another by more than one row. Try 11 rows in 4 folds: the three "
         "left-over rows need not go to the same fold.", earns=2 / 3),
    slip("trained-on-test", lambda n, k, pairs: any(
            set(train) & set(test) for train, test in pairs),
         "A row is on both sides of the same fold: the model has seen what it is tested on."),
    slip("training-incomplete", lambda n, k, pairs: any(
            len(set(train)) + len(test) < n for train, test in pairs),
         "Some rows are on neither side of a fold. Whatever is not tested there can be trained "
         "on."),
    slip("trained-twice", lambda n, k, pairs: any(
            len(set(train)) < len(train) for train, _ in pairs),
         "A row occurs twice on the training side of a fold, so it counts double there."),
)
SLIPS = (
    *FOLDS,
    slip("generator", None,
         "Your function gives back something that makes the folds only when asked for them, and "
         "only once. The exercise asks for a list: wrap it in `list(...)`."),
    slip("not-pairs", None,
         "The result should be a list with one pair for each fold: first the numbers of the "
         "training rows, then those of the test rows."),
)


def judge(cases, answers):
    """Judge lists of (training rows, test rows); who fails the uneven case only earns something."""
    wrong = {case["name"]: name for case, answer in zip(cases, answers, strict=True) if (
        name := "stops" if answer["kind"] == "error" else slip_in(case["n"], case["k"], answer))}
    error = first_error(answers)
    if error:
        return error._replace(share=0.5) if wrong == {"uneven": "stops"} else error
    if set(wrong) == {"uneven"}:
        return wrong["uneven"]
    gravest = min(wrong.values(), key=MINOR.__contains__, default=None)
    return Verdict(0.5, gravest) if gravest in MINOR else gravest


def slip_in(n, k, answer):
    """Return the name of the slip in one answer, or None."""
    if answer["kind"] == "none":
        return "returns-nothing"
    if answer["type"] in ("generator", "zip", "map"):
        return "generator"
    pairs = [[array_of(side) for side in _items(pair)] for pair in _items(answer)]
    if not pairs or any([np.ndim(side) for side in pair] != [1, 1] for pair in pairs):
        return "not-pairs"
    matched = match(FOLDS, [(n, k, pairs)], [True], operator.eq)
    return matched.name if matched else None


def _items(answer):
    """Return the entries of an encoded list, tuple or array, each encoded."""
    if answer["kind"] == "sequence":
        return answer["value"]
    if answer["kind"] == "array" and len(answer["shape"]) > 1:
        return [{"kind": "array", "shape": answer["shape"][1:], "value": part}
                for part in answer["value"]]
    return ()


CHECK = check("lab02", "cut_folds", 3, draw, Judged(judge, SLIPS), ("n", "k"), needs=("folds",))
