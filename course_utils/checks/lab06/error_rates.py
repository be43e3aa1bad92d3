"""Both error rates at a threshold."""

import numpy as np

from course_utils.checks.lab06.pairs import PERCENT, arrays, draw_pairs, missing_left_out, rates
from course_utils.checks.slips import Number, check, draw_cases, percent, slip, tells_apart


def draw(rng):
    """Draw pairs with missing faces, and some that lie exactly on the threshold."""
    return draw_cases(3, lambda: _draw_one(rng), lambda case: tells_apart(
        rates, SLIPS, arguments(case), apart=0.005))


def _draw_one(rng):
    case = draw_pairs(rng, genuine=int(rng.integers(60, 90)), impostors=int(rng.integers(150, 250)))
    return {**case, "threshold": float(np.round(rng.uniform(0.33, 0.42), 2))}


def arguments(case):
    """Return `distances` (NaN: no face was found), `same` and the threshold."""
    return (*arrays(case), case["threshold"])


def by(count):
    """Return the way that counts in its own manner which pairs match."""
    return lambda distances, same, threshold: count(distances <= threshold, same)


SLIPS = (
    slip("strict", lambda distances, same, threshold: rates(
            distances, same, np.nextafter(threshold, 0)),
         "Nearly: some pairs lie exactly on the threshold. Do they match?", earns=0.75),
    missing_left_out(rates),
    slip("missing-matches", lambda distances, same, threshold: (
            rates(distances, same, threshold)[0], (distances[same] > threshold).mean()),
         "A face that was not found counts as recognised in your second rate. What does Python say "
         "to `NaN > 0.4`? And to `NaN <= 0.4`?",
         "Ask for *not at or below* the threshold, rather than for above it.", earns=0.5),
    slip("of-all-pairs", by(lambda match, same: ((match & ~same).mean(), (~match & same).mean())),
         "You divide by all pairs. Only pairs of different people can match falsely. Of which "
         "pairs is each rate a share?", earns=0.25),
    slip("of-matches", by(lambda match, same: ((~same[match]).mean(), same[~match].mean())),
         "You give the share of the matches that are false. That is what somebody who was stopped "
         "wants to know, but it depends on how many strangers came by. The rates here are shares "
         "of the pairs of one kind.",
         "Which comes first in your code: choosing the pairs that match, or the pairs of different "
         "people?", earns=0.25),
    slip("swapped", lambda *case: rates(*case)[::-1],
         "Both numbers are right, but the false match rate comes first.", earns=0.5),
    slip("complement", by(lambda match, same: (match[~same].mean(), match[same].mean())),
         "Your second number is the share of one person's pairs that *do* match. The error is the "
         "rest.", earns=0.5),
    percent(rates, PERCENT),
    slip("counts", by(lambda match, same: ((match & ~same).sum(), (~match & same).sum())),
         "You count pairs. A rate is a share of the pairs that could go wrong in this way."),
    slip("not-two-numbers", None,
         "Give back two numbers: the false match rate, then the false non-match rate."),
)
CHECK = check("lab06", "error_rates", 2, draw, Number(
    rates, SLIPS, "These are not the two rates. Take six pairs, three of each kind, and count by "
                  "hand.", count=2, form="not-two-numbers", infinite=None), arguments)
