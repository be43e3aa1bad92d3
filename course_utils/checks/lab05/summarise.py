"""The mean accuracy over several draws, and its spread."""

from functools import partial

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import arrays_in
from course_utils.checks.slips import Judged, check, close, outcome_of, read, slip

NEARLY = close(1e-5, 1e-8)


def draw(rng):
    """Draw tables of accuracies: a row for each draw, a column for each size."""
    return [{"accuracies": np.sort(rng.uniform(0.3, 0.95, size=shape), axis=1).tolist()}
            for shape in ((5, 4), (3, 3), (8, 2))]


def arguments(case):
    """Return the table, shape (draws, sizes)."""
    return (np.array(case["accuracies"]),)


def by(spread, axis=0):
    """Return the way that gives the means, and a spread beside them."""
    return lambda table: (table.mean(axis=axis), spread(table, axis=axis))


std, var = partial(np.std, ddof=1), partial(np.var, ddof=1)
right = by(std)
SQUARED = "Your spread is measured in squared shares. Nobody could draw it beside the mean."
DRAWS = "You took one mean for each draw. Which of the two directions of the table are the draws?"
SLIPS = (
    slip("divided-by-all", by(np.std),
         "Your spread is a little too small. The mean was taken from the same few draws, and has "
         "crept close to them: see the text for what to divide by.",
         "NumPy and pandas disagree here: look up `ddof`.", earns=0.5),
    slip("variance", by(var), SQUARED, earns=0.5),
    slip("variance-divided-by-all", by(np.var), SQUARED, earns=0.5),
    slip("error-of-mean", by(lambda table, axis: std(table, axis=axis) / len(table) ** 0.5),
         "That tells how well the mean is known. The text asks how far single draws lie apart, "
         "since you will label only once.", earns=0.5),
    slip("range", by(np.ptp),
         "The distance from lowest to highest grows with every draw that you add. Another spread "
         "is asked for.", earns=0.5),
    slip("other-axis", by(std, axis=1), DRAWS),
    slip("other-axis-divided-by-all", by(np.std, axis=1), DRAWS),
    slip("percent", lambda table: 100 * np.array(right(table)),
         "Your numbers are a hundred times too large: accuracies are shares here.", earns=0.5),
    slip("not-two-arrays", None,
         "Give back two arrays: the means, then the spreads, each with one number for each size."),
    slip("unknown", None,
         "Take a table of two draws and one size, 0.4 and 0.6, and do it by hand."),
)


def judge(cases, answers):
    """Judge (means, spreads): half of the points for each."""
    pairs = read(answers, lambda answer: arrays_in(answer, 2), "not-two-arrays")
    if any(row.ndim == 0 for pair in pairs for row in pair):
        return "not-two-arrays"
    tables = [arguments(case) for case in cases]
    outcome = outcome_of(right, SLIPS, tables, pairs, lambda *pair: all(map(NEARLY, *pair)))
    means_right = all(NEARLY(table.mean(axis=0), means)
                      for (table,), (means, _) in zip(tables, pairs, strict=True))
    return Verdict(0.5, "unknown") if outcome == "unknown" and means_right else outcome


CHECK = check("lab05", "summarise", 1, draw, Judged(judge, SLIPS), arguments)
