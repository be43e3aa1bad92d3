"""Few labels, drawn fairly: so many of each class, each set within the next."""

import numpy as np

from course_utils.checks.plain_data import arrays_in
from course_utils.checks.slips import Judged, check, read, slip


def draw(rng):
    """Draw labels, sizes and seeds: the first two cases are the same, the third has a new seed."""
    names = np.sort(rng.choice(20, 4, replace=False))
    labels = rng.permutation(np.repeat(names, rng.integers(12, 20, size=4))).tolist()
    tight = rng.permutation(np.repeat([0, 1, 2], (5, 9, 7))).tolist()
    seed = int(rng.integers(1_000_000))
    case = {"labels": labels, "sizes": [1, 3, 8], "seed": seed}
    return [case, case, {**case, "seed": seed + 1}, {**case, "labels": tight, "sizes": [2, 5]}]


def arguments(case):
    """Return `labels`, `sizes` and `rng`."""
    return np.array(case["labels"]), list(case["sizes"]), np.random.default_rng(case["seed"])


def uneven(case, sets, sizes):
    """Tell whether some set does not have as many rows of each class as its size says."""
    labels, classes = np.array(case["labels"]), np.unique(case["labels"])[:, None]
    return any(((labels[rows.astype(int)] == classes).sum(axis=1) != size).any()
               for rows, size in zip(sets, sizes, strict=True))


SLIPS = (  # their ways tell whether the sets of some case show them
    slip("not-one-for-each-size",
         lambda case, sets: [rows.ndim for rows in sets] != [1] * len(case["sizes"]),
         "A list is asked for with one array of row numbers for each of the sizes."),
    slip("not-rows",
         lambda case, sets: not np.isin(np.concatenate(sets), range(len(case["labels"]))).all(),
         "Some of your numbers are no rows of `labels`. Did you give back labels, or a mask?"),
    slip("in-all", lambda case, sets: [len(rows) for rows in sets] == case["sizes"],
         "You drew so many rows in all. The sizes count the rows of *each* class.", earns=0.25),
    slip("only-new", lambda case, sets: not uneven(case, sets, np.diff([0, *case["sizes"]])),
         "Each of your sets holds only what the one before lacks. A learner with 8 labels has the "
         "first 3 too.", earns=0.5),
    slip("rows-repeat", lambda case, sets: any(len(set(rows)) < len(rows) for rows in sets),
         "A row occurs twice in one set. Somebody would pay for a label that is already there.",
         earns=0.25),
    slip("not-even", lambda case, sets: uneven(case, sets, case["sizes"]),
         "Count the classes in each of your sets: they are not as many of each as the size says.",
         "Row numbers within a class are not row numbers of the table.", earns=0.25),
    slip("not-nested",
         lambda case, sets: any(set(a) - set(b) for a, b in zip(sets, sets[1:], strict=False)),
         "Your sets are fair, but drawn afresh for each size. Then a step in the curve may come "
         "from other pictures rather than from more.",
         "What could you do once for each class, before you look at the sizes?", earns=0.5),
    slip("not-random", None,
         "Two generators with different seeds gave the same rows. The first rows of a file are "
         "seldom a fair sample.", earns=0.5),
    slip("own-randomness", None,
         "The same seed gave different rows. Where does your chance come from, if not from `rng`?",
         earns=0.75),
)


def judge(cases, answers):
    """Judge the sets of rows: so many of each class, each within the next, drawn at random."""
    draws = [[np.atleast_1d(rows) for rows in sets]
             for sets in read(answers, arrays_in, "not-one-for-each-size")]
    for each in SLIPS:
        if any(way(*pair) for way in each.ways for pair in zip(cases, draws, strict=True)):
            return each.name
    first, again, reseeded, _ = ([sorted(rows) for rows in sets] for sets in draws)
    if first == reseeded:
        return "not-random"
    return None if first == again else "own-randomness"


CHECK = check("lab05", "draw_labels", 2, draw, Judged(judge, SLIPS), arguments)
