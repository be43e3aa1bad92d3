"""Judging a learner's draw of few labels, and the summary of accuracies over draws."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of


def draw(rng):
    """Draw labels, sizes and seeds: the first two cases are the same, the third has a new seed."""
    names = np.sort(rng.choice(20, 4, replace=False))
    labels = rng.permutation(np.repeat(names, rng.integers(12, 20, size=4))).tolist()
    tight = rng.permutation(np.repeat([0, 1, 2], (5, 9, 7))).tolist()
    seed = int(rng.integers(1_000_000))
    return [{"labels": labels, "sizes": [1, 3, 8], "seed": seed},
            {"labels": labels, "sizes": [1, 3, 8], "seed": seed},
            {"labels": labels, "sizes": [1, 3, 8], "seed": seed + 1},
            {"labels": tight, "sizes": [2, 5], "seed": seed}]


def build(case):
    """Return `labels`, `sizes` and `rng`."""
    return np.array(case["labels"]), list(case["sizes"]), np.random.default_rng(case["seed"])


def judge(cases, answers):
    """Judge the sets of rows: so many of each class, each within the next, drawn at random."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    found = [_sets(case, answer) for case, answer in zip(cases, answers, strict=True)]
    if any(rows is None for rows in found):
        return Verdict(0.0, "not-one-for-each-size")
    for slip, (seen, share) in SLIPS.items():
        if any(seen(case, rows) for case, rows in zip(cases, found, strict=True)):
            return Verdict(share, slip)
    drawn = [[sorted(rows.tolist()) for rows in sets] for sets in found]
    if drawn[0] == drawn[2]:
        return Verdict(0.5, "not-random")
    if drawn[0] != drawn[1]:
        return Verdict(0.75, "own-randomness")
    return Verdict(1.0)


def _sets(case, answer):
    """Return one array of rows for each size, or None."""
    value = answer.get("value")
    if answer["kind"] == "array":
        sets = [np.array(rows, dtype=float).ravel() for rows in value]
    elif answer["kind"] in ("sequence", "mapping"):
        items = value if answer["kind"] == "sequence" else list(value.values())
        sets = [array_of(item) for item in items]
    else:
        return None
    if len(sets) != len(case["sizes"]) or any(rows is None or rows.ndim != 1 for rows in sets):
        return None
    return sets


def _not_rows(case, sets):
    return any((rows != np.round(rows)).any() or (rows < 0).any()
               or (rows >= len(case["labels"])).any() for rows in sets)


def _repeats(case, sets):
    return any(len(np.unique(rows)) < len(rows) for rows in sets)


def _counts(case, rows):
    classes = np.unique(case["labels"])
    return (np.array(case["labels"])[rows.astype(int)] == classes[:, None]).sum(axis=1)


def _lengths(case, sets, sizes, each):
    return [len(rows) for rows in sets] == [size * each for size in sizes]


def _in_all(case, sets):
    return _lengths(case, sets, case["sizes"], 1)


def _only_new(case, sets):
    new = np.diff([0, *case["sizes"]])
    return all((_counts(case, rows) == size).all()
               for size, rows in zip(new, sets, strict=True))


def _not_even(case, sets):
    return any((_counts(case, rows) != size).any()
               for size, rows in zip(case["sizes"], sets, strict=True))


def _not_nested(case, sets):
    return not all(set(small) <= set(large)
                   for small, large in zip(sets, sets[1:], strict=False))


SLIPS = {
    "not-rows": (_not_rows, 0.0),
    "in-all": (_in_all, 0.25),
    "only-new": (_only_new, 0.5),
    "rows-repeat": (_repeats, 0.25),
    "not-even": (_not_even, 0.25),
    "not-nested": (_not_nested, 0.5),
}


def draw_accuracies(rng):
    """Draw tables of accuracies: a row for each draw, a column for each size."""
    return [{"accuracies": np.sort(rng.uniform(0.3, 0.95, size=shape), axis=1).tolist()}
            for shape in ((5, 4), (3, 3), (8, 2))]


def build_accuracies(case):
    """Return the table, shape (draws, sizes)."""
    return (np.array(case["accuracies"]),)


def judge_summary(cases, answers):
    """Judge (means, spreads): half of the points for each."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [_two_rows(answer) for answer in answers]
    if any(pair is None for pair in said):
        return Verdict(0.0, "not-two-arrays")
    tables = [build_accuracies(case)[0] for case in cases]
    for slip, (rule, share) in SUMMARIES.items():
        if all(_same(rule(table), pair) for table, pair in zip(tables, said, strict=True)):
            return Verdict(share, slip)
    means = all(_same(table.mean(axis=0), pair[0])
                for table, pair in zip(tables, said, strict=True))
    return Verdict(0.5 * means, "unknown")


def _two_rows(answer):
    whole = array_of(answer)
    if whole is not None:
        return whole if whole.ndim == 2 and len(whole) == 2 else None
    if answer["kind"] != "sequence" or len(answer["value"]) != 2:
        return None
    parts = [array_of(item) for item in answer["value"]]
    return None if any(part is None for part in parts) else parts


def _same(wanted, found):
    if len(np.shape(wanted)) == 1:
        return np.shape(found) == np.shape(wanted) and np.allclose(wanted, found)
    return all(_same(np.asarray(one), other) for one, other in zip(wanted, found, strict=True))


def _summary(spread, axis=0, times=1):
    return lambda table: (times * table.mean(axis=axis), times * spread(table, axis))


def _std(table, axis):
    return table.std(axis=axis, ddof=1)


SUMMARIES = {
    None: (_summary(_std), 1.0),
    "divided-by-all": (_summary(lambda table, axis: table.std(axis=axis)), 0.5),
    "variance": (_summary(lambda table, axis: table.var(axis=axis, ddof=1)), 0.5),
    "variance-divided-by-all": (_summary(lambda table, axis: table.var(axis=axis)), 0.5),
    "error-of-mean": (_summary(lambda table, axis: _std(table, axis)
                               / np.sqrt(table.shape[axis])), 0.5),
    "range": (_summary(lambda table, axis: np.ptp(table, axis=axis)), 0.5),
    "other-axis": (_summary(_std, axis=1), 0.0),
    "other-axis-divided-by-all": (_summary(lambda table, axis: table.std(axis=axis), axis=1), 0.0),
    "percent": (_summary(_std, times=100), 0.5),
}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-for-each-size": (
        "A list is asked for with one array of row numbers for each of the sizes.",),
    "not-rows": (
        "Some of your numbers are no rows of `labels`. Did you give back labels, or a mask?",),
    "in-all": (
        "You drew so many rows in all. The sizes count the rows of *each* class.",),
    "only-new": (
        "Each of your sets holds only what the one before lacks. A learner with 8 labels has the "
        "first 3 too.",),
    "rows-repeat": (
        "A row occurs twice in one set. Somebody would pay for a label that is already there.",),
    "not-even": (
        "Count the classes in each of your sets: they are not as many of each as the size says.",
        "Row numbers within a class are not row numbers of the table."),
    "not-nested": (
        "Your sets are fair, but drawn afresh for each size. Then a step in the curve may come "
        "from other pictures rather than from more.",
        "What could you do once for each class, before you look at the sizes?"),
    "not-random": (
        "Two generators with different seeds gave the same rows. The first rows of a file are "
        "seldom a fair sample.",),
    "own-randomness": (
        "The same seed gave different rows. Where does your chance come from, if not from `rng`?",
        ),
}

SUMMARY_HINTS = {
    "returns-nothing": HINTS["returns-nothing"],
    "not-two-arrays": (
        "Give back two arrays: the means, then the spreads, each with one number for each size.",),
    "divided-by-all": (
        "Your spread is a little too small. The mean was taken from the same few draws, and has "
        "crept close to them: see the text for what to divide by.",
        "NumPy and pandas disagree here: look up `ddof`."),
    "variance": (
        "Your spread is measured in squared shares. Nobody could draw it beside the mean.",),
    "variance-divided-by-all": (
        "Your spread is measured in squared shares. Nobody could draw it beside the mean.",),
    "error-of-mean": (
        "That tells how well the mean is known. The text asks how far single draws lie apart, "
        "since you will label only once.",),
    "range": (
        "The distance from lowest to highest grows with every draw that you add. Another spread "
        "is asked for.",),
    "other-axis": (
        "You took one mean for each draw. Which of the two directions of the table are the "
        "draws?",),
    "other-axis-divided-by-all": (
        "You took one mean for each draw. Which of the two directions of the table are the "
        "draws?",),
    "percent": (
        "Your numbers are a hundred times too large: accuracies are shares here.",),
    "unknown": (
        "Take a table of two draws and one size, 0.4 and 0.6, and do it by hand.",),
}
