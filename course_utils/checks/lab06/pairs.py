"""Pairs of pictures with and without a face, their error rates, and slips in both."""

import numpy as np

from course_utils.checks.slips import slip

PERCENT = "Your numbers are a hundred times too large. Rates run from 0 to 1 here."


def draw_pairs(rng, genuine, impostors, wide=0.09, digits=2):
    """Draw so many distances of one person's pairs and of two people's; some are missing (None)."""
    distances = np.round(np.concatenate([rng.normal(0.28, wide, genuine),
                                         rng.normal(0.5, 0.08, impostors)]).clip(0.01),
                         digits)
    missing = rng.random(genuine + impostors) < 0.07
    same = np.arange(genuine + impostors) < genuine
    order = rng.permutation(genuine + impostors)
    return {"distances": [None if gone else float(far)
                          for far, gone in zip(distances[order], missing[order], strict=True)],
            "same": same[order].tolist()}


def arrays(case):
    """Return `distances` (NaN: no face was found) and `same`."""
    return np.array([np.nan if far is None else far for far in case["distances"]]), np.array(
        case["same"])


def rates(distances, same, threshold):
    """Return (false match rate, false non-match rate); a pair with NaN does not match."""
    match = distances <= threshold
    return np.mean(match[~same]), 1 - np.mean(match[same])


def missing_left_out(right):
    """Return the slip of leaving out pairs in which a face was not found."""
    def way(distances, same, *threshold):
        with_face = ~np.isnan(distances)
        return right(distances[with_face], same[with_face], *threshold)

    return slip(
        "missing-left-out", way,
        "You left out the pairs in which a face was not found. A person whose face is never found "
        "is never recognised: to that person, is this no error?",
        "A pair with NaN does not match. It stays in the count of pairs.", earns=0.5)
