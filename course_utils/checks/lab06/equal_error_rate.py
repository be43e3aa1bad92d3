"""The rate at which both errors are equally frequent."""

import numpy as np

from course_utils import faces
from course_utils.checks.lab06.pairs import PERCENT, arrays, draw_pairs, missing_left_out, rates
from course_utils.checks.slips import Number, check, draw_cases, percent, slip, tells_apart

APART = 0.012  # the least by which a slip must differ from the right rate


def draw(rng):
    """Draw pairs on which every usual shortcut ends at another rate."""
    return draw_cases(
        3, lambda: draw_pairs(rng, genuine=400, impostors=1600, wide=float(rng.uniform(0.10, 0.14)),
                              digits=3),
        lambda case: tells_apart(right, SLIPS, arrays(case), APART))


def right(distances, same):
    """Return the equal error rate."""
    return faces.equal_error_rate(distances, same)[0]


def _fewest_wrong(distances, same):
    curve = faces.det_curve(distances, same)
    match, miss = (curve[name].to_numpy() for name in ("false_match_rate", "false_non_match_rate"))
    return (match * (~same).sum() + miss * same.sum()).min() / len(same)


SLIPS = (
    missing_left_out(right),
    slip("threshold", lambda *case: faces.equal_error_rate(*case)[1],
         "You give the threshold at which both errors are equal. Which rate do they have there?",
         earns=0.5),
    slip("fewest-wrong", _fewest_wrong,
         "You look for the threshold with the fewest wrong pairs. There are four times as many "
         "pairs of different people, so they decide nearly alone.",
         "Compare the two *rates* at each threshold. Where is their difference smallest?",
         earns=0.25),
    slip("at-0.6", lambda *case: np.mean(rates(*case, 0.6)),
         "You take the errors at 0.6, the library's threshold. Here both errors are equal at "
         "another one: try many."),
    slip("sum", lambda *case: 2 * right(*case),
         "You added the two rates. Where they are equal, each of them is the equal error rate.",
         earns=0.5),
    slip("share-right", lambda *case: 1 - right(*case),
         "You give the share that is right. The name asks for the errors.", earns=0.5),
    percent(right, PERCENT),
    slip("not-one-number", None,
         "Give back one number: the rate at which both errors are equally frequent."),
)
# there are several ways to find it, hence the room
CHECK = check("lab06", "equal_error_rate", 2, draw, Number(
    right, SLIPS, "This is not the rate at which both errors are equal. Print both rates for a "
                  "dozen thresholds: one falls, one rises. Where do they meet?",
    rtol=0, atol=APART / 2, infinite=None), arrays)
