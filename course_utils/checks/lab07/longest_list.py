"""How long a list may be before false alarms pass a limit."""

import numpy as np

from course_utils.checks.slips import Number, check, slip


def draw(rng):
    """Draw limits that few and many people on the list reach, and one that nobody may be on."""
    # Where a list falls between two whole numbers; rounding goes wrong in the first case
    between = ((0.55, 0.95), (0.05, 0.45), (0.05, 0.95))
    cases = [_draw_one(rng, share, f, *ends) for (share, f), ends in zip(
        ((0.05, 1e-3), (0.6, 4e-3), (0.3, 4e-3)), between, strict=True)]
    return [*cases, {"f": 0.02, "passers": 1000, "most": 12}]


def _draw_one(rng, share, f, low, high):
    while True:
        passers = int(rng.integers(2_000, 9_000))
        case = {"f": f * float(rng.uniform(0.8, 1.2)), "passers": passers,
                "most": round(share * passers * rng.uniform(0.9, 1.1))}
        if low < exact(**case) % 1 < high:
            return case


def exact(f, passers, most):
    """Return the length, not a whole number, at which false alarms reach the limit."""
    return np.log(1 - most / passers) / np.log(1 - f)


def right(*case):
    """Return the greatest whole length that keeps within the limit."""
    return np.floor(exact(*case))


SLIPS = (
    slip("one-too-long", lambda *case: right(*case) + 1,
         "With your list the expected false alarms are just above the limit.", earns=0.75),
    slip("one-too-short", lambda *case: max(right(*case) - 1, 0),
         "One more person would still be within the limit.", earns=0.75),
    slip("not-whole", exact,
         "Nobody can be on a list by half. In which direction do you round, so that the limit "
         "holds?", earns=0.75),
    slip("to-the-nearest", lambda *case: np.round(exact(*case)),
         "Rounding to the nearest sometimes goes over the limit.", earns=0.75),
    slip("in-proportion", (lambda f, passers, most: np.floor(most / (passers * f)),
                           lambda f, passers, most: most / (passers * f),
                           lambda f, passers, most: np.round(most / (passers * f))),
         "Your list is in proportion to the limit: right while alarms are few. In one of the cases "
         "more than half of the crowd may be stopped, and there the list may be longer.",
         "Which list length gives part A's formula this value? `np.log` turns a power into a "
         "product. Trying one length after the other works, too.", earns=0.5),
    slip("crowd-forgotten", (lambda f, passers, most: np.floor(most / f),
                             lambda f, passers, most: most / f),
         "How many people pass? The same list stops more people in a larger crowd."),
    slip("alarms-instead",
         lambda f, passers, most: passers * (1 - (1 - f) ** right(f, passers, most)),
         "Those are the false alarms that your list gives. The exercise asks for its length.",
         earns=0.25),
)
CHECK = check("lab07", "longest_list", 2, draw, Number(
    right, SLIPS, "That is not the longest list. Put your number into part A: the alarms should be "
                  "within the limit, and with one person more beyond it. Sometimes the list must "
                  "stay empty."),
    arguments=("f", "passers", "most"))
