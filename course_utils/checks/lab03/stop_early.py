"""When training stops, and which epoch's weights it keeps."""

import math
import operator
from functools import partial

import numpy as np

from course_utils.checks.lab03.parts import read_pairs
from course_utils.checks.slips import Judged, changes_input, check, outcome_of, slip, stop_at_error

UNIT = 1 / 64  # losses are multiples of it, so that every order of subtraction gives the same


def draw(rng):
    """Draw losses with ties, plateaus, late minima and, at the end, NaN; each with a patience."""
    return [
        _case(50 - np.cumsum(rng.integers(1, 4, size=12) * np.repeat([1, -1], 6)),
              int(rng.integers(2, 5))),  # a valley
        _case([60, 50, 52, 53, 40, 41, 42, 43, 44, 10, 9], 3),  # recovers
        _case([60, 40, 40, 40, 40, 40, 20], 3),  # ties
        _case([64, 60, 59, 59, 58, 40, 41], 3, 3),  # small gains
        # a gain of 2 with a min_delta of 3 at a low level: no improvement, though a large share
        _case([12, 8, 6, 6, 6, 6, 3, 2], 3, 3),
        _case([60, 40, 45, 46, 47, 48, 5, 4], 3),  # a late minimum
        _case([60, 30, 50, 40, 50, 40, 50, 40, 20], 4),  # a saw
        _case([60, 50, 40, 41, 30, 31], 5),  # runs out
        _case(sorted(rng.choice(60, 8, replace=False) + 3, reverse=True), 2),
        *(_case(rng.integers(8, 30, size=25), int(rng.integers(2, 6)), int(rng.integers(0, 3)))
          for _ in range(6)),
        _case([60, 50, None, 48, None, None, 47, 55, None, 56, 57, 20], 3),
    ]


def _case(losses, patience, delta=0):
    return {"patience": patience, "min_delta": delta * UNIT,
            "losses": [None if loss is None else float(loss) * UNIT for loss in losses]}


def arguments(case):
    """Return `losses` (a list of floats, NaN included), `patience` and `min_delta`."""
    losses = [math.nan if loss is None else loss for loss in case["losses"]]
    return losses, case["patience"], case["min_delta"]


def right(losses, patience, min_delta, *, improves=operator.lt, extra=0, share=0, nan_counts=True,
          reset=lambda waited: 0, previous=False):
    """Return (stop epoch, best epoch), right or with a slip built in."""
    reference = best = losses[0]
    best_epoch = waited = 0
    for epoch, loss in enumerate(losses[1:], start=1):
        if improves(loss, reference * (1 - share) - min_delta):
            best, best_epoch, waited = loss, epoch, reset(waited)
        elif nan_counts or not math.isnan(loss):
            waited += 1
        reference = loss if previous else best
        if waited >= patience + extra:
            return epoch, best_epoch
    return len(losses) - 1, best_epoch


def with_best(best):
    """Return the way that stops where it should, and tells another best epoch."""
    def way(losses, patience, min_delta):
        stop, _ = right(losses, patience, min_delta)
        return stop, best(losses, patience, stop)
    return way


def _stop_before(losses, patience, min_delta):
    stop, best = right(losses, patience, min_delta)
    return stop - (stop - best == patience), best


SLIPS = (
    slip("ties", partial(right, improves=operator.le),
         "Try losses that stay exactly the same from the second epoch on. Is an equal loss an "
         "improvement?", earns=0.5),
    slip("off-by-one", partial(right, extra=1),
         "Your function waits one epoch longer than its patience. With a patience of 1, the first "
         "epoch without improvement is the last.", earns=0.5),
    slip("never-resets", partial(right, reset=lambda waited: waited),
         "Your function is patient once in its life. Epochs without improvement count only as long "
         "as they follow each other.",
         "What should happen to the count when the loss improves?", earns=0.25),
    slip("previous-loss", partial(right, previous=True),
         "Losses like 0.30, 0.50, 0.40, 0.50, 0.40 fool your function: each second one looks like "
         "progress. With which loss must a new one be compared?", earns=0.25),
    slip("no-min-delta", lambda *case: right(*case[:2], 0),
         "Gains smaller than `min_delta` still count as improvements in your function.",
         earns=0.5),
    slip("nan", partial(right, nan_counts=False),
         "Try a list with NaN in it. A NaN is no progress, and it must not become the best loss: "
         "nothing is ever smaller than NaN.", earns=0.75),
    slip("too-early", partial(right, extra=-1),
         "Your function waits one epoch less than its patience. With a patience of 2, the second "
         "epoch in a row without improvement is the last.", earns=0.5),
    slip("min-delta-added", lambda *case: right(*case[:2], -case[2]),
         "With `min_delta`, a loss that is a little *worse* counts as an improvement in your "
         "function. On which side of the comparison does it stand, and with which sign?",
         earns=0.5),
    slip("min-delta-as-share", lambda *case: right(*case[:2], 0, share=case[2]),
         "You take `min_delta` as a share of the best loss. It is a difference of losses.",
         earns=0.5),
    slip("never-back-to-zero", partial(right, reset=lambda waited: 1),
         "After an improvement your function begins to count at 1. How many epochs without "
         "improvement have there been at that moment?", earns=0.5),
    slip("stop-before", _stop_before,
         "Where patience runs out, your stop epoch is one too small: training stops *at* the epoch "
         "that is one too many.", earns=0.75),
    slip("stop-as-best", with_best(lambda losses, patience, stop: stop),
         "The second number repeats the first. Training goes on for a while after its best epoch, "
         "and that one's weights are the ones to bring back.", earns=0.5),
    slip("swapped", lambda *case: right(*case)[::-1],
         "Both numbers are right, but in the other order: first where training stops.",
         earns=0.75),
    slip("counts-from-one", lambda *case: tuple(epoch + 1 for epoch in right(*case)),
         "Your epochs count from 1. Here they count from 0, like positions in a list.",
         earns=0.75),
    slip("stop-minus-patience", with_best(lambda losses, patience, stop: max(stop - patience, 0)),
         "The best epoch lies `patience` before the stop only if patience ran out. What if the "
         "list ended first?", earns=0.5),
    slip("looks-into-the-future", with_best(lambda losses, patience, stop: np.nanargmin(losses)),
         "Your best epoch may come after the stop. On the day when training stops, those losses "
         "do not exist yet.", earns=0.5),
    slip("lowest-instead-of-improved",
         with_best(lambda losses, patience, stop: np.nanargmin(losses[:stop + 1])),
         "Your best epoch is the lowest loss up to the stop. With `min_delta`, a loss that is "
         "lower by less than that is no improvement, so its weights were never kept.", earns=0.75),
    slip("never-stops", lambda losses, *_: (len(losses) - 1, np.nanargmin(losses)),
         "Your function always runs to the end of the list. When should it lose patience?"),
    slip("no-answer-at-the-end", None,
         "For some losses your function gives back nothing. What happens when the losses end "
         "before the patience does?"),
    slip("one-number", None,
         "Your function gives back one number. Two are asked for: where training stops, and which "
         "epoch's weights are kept."),
    slip("not-two-numbers", None,
         "Your function should give back two whole numbers, for any list of losses."),
    changes_input("The numbers are", "list"),
    slip("unknown", None,
         "Take the losses 0.9, 0.7, 0.8, 0.6, 0.7, 0.7 and a patience of 2. Go through them by "
         "hand, with a column for the best loss and one for the epochs waited, and compare."),
)


def judge(cases, answers):
    """Judge (stop epoch, best epoch) in every case."""
    if 0 < sum(answer["kind"] == "none" for answer in answers) < len(answers):
        return "no-answer-at-the-end"
    pairs = read_pairs(answers, "best", error_value=(math.nan, math.nan))
    inputs = list(map(arguments, cases))
    outcome = outcome_of(right, SLIPS, inputs, pairs, operator.eq)
    if outcome != "unknown":
        return outcome
    stop_at_error(answers[:-1])  # the last case has NaN in it
    return outcome_of(right, (), inputs[:-1], pairs[:-1], operator.eq) or "nan"


CHECK = check("lab03", "stop_early", 3, draw, Judged(judge, SLIPS), arguments)
