"""The share of pages right: a page without an answer is a wrong page."""

import numpy as np

from course_utils.checks.lab04.gains import TOO_LARGE, UNKNOWN
from course_utils.checks.slips import Number, check, percent, slip


def draw(rng):
    """Draw totals that a machine said, some of them None, and true ones."""
    cases = []
    for size, share in ((40, 0.6), (25, 0.3), (10, 1.0)):
        truth = rng.integers(20, 300, size=size)
        said = np.where(rng.random(size) < share, truth, truth + rng.integers(1, 30, size=size))
        silent = rng.choice(size, size=max(2, size // 5), replace=False)
        cases.append({"said": [None if i in silent else int(s) for i, s in enumerate(said)],
                      "truth": truth.tolist()})
    return cases


def right(said, truth):
    """Return the share of pages right."""
    return np.mean([total == true for total, true in zip(said, truth, strict=True)])


def silent(said):
    """Return the share of pages without an answer."""
    return said.count(None) / len(said)


SLIPS = (
    slip("silent-left-out", lambda said, truth: right(said, truth) / (1 - silent(said)),
         "You left out the pages on which the machine said nothing. Then a machine that keeps "
         "silent on every hard page looks splendid.",
         "What should a page with `None` count as, to somebody who needed its sum?"),
    slip("silent-as-right", lambda said, truth: right(said, truth) + silent(said),
         "A page without an answer counts as right in your code. Did its user get the sum?"),
    slip("count", lambda said, truth: right(said, truth) * len(said),
         "That is how many pages are right. Of how many?"),
    percent(right, TOO_LARGE, earns=0.5),
    slip("share-wrong", lambda said, truth: 1 - right(said, truth),
         "You give the share that is wrong. The name of the function asks for the other one."),
    slip("share-answered", lambda said, truth: 1 - silent(said),
         "That is how often the machine said something. Was it right?"),
    slip("silent-as-half", lambda said, truth: right(said, truth) + silent(said) / 2,
         "A page without an answer counts as half right in your code. Did its user get half a "
         "sum?"),
    slip("not-one-number", None, "Your function should give back one number for the whole log."),
)
CHECK = check("lab04", "share_right", 1, draw, Number(right, SLIPS, UNKNOWN, rtol=0, atol=1e-3),
              arguments=("said", "truth"))
