"""Drawing cases that tell slips apart, from each other or from what is right."""

from itertools import islice

import numpy as np


def all_ways(slips):
    """Return the ways of all slips, for a `draw` that has to tell them apart.

    Parameters
    ----------
    slips : iterable of Slip
    """
    return [way for each in slips for way in each.ways]


def draw_cases(count, draw_one, accept):
    """Draw until so many cases are accepted, and return these.

    Parameters
    ----------
    count : int
    draw_one : callable
        Without parameters; returns a case.
    accept : callable
        ``accept(case)`` tells whether to keep the case.
    """
    return list(islice(filter(accept, iter(draw_one, None)), count))


def draw_until_apart(draw_one, told_apart, confusable, *, least=1, tries=4000):
    """Return drawn cases that together tell everything confusable apart.

    Parameters
    ----------
    draw_one : callable
        Without parameters; returns a case.
    told_apart : callable
        ``told_apart(case, left)`` returns the set of what a case tells apart, or None if it is a
        case that should not be drawn; `left` is what no case before it told apart.
    confusable : set
        For example pairs of slips. Only cases that tell something new apart are kept.
    least : int
        The number of cases that are returned at least.
    tries : int
        After so many draws, what is left stays confusable.
    """
    left, cases = set(confusable), []
    for _ in range(tries):
        if len(cases) >= least and not left:
            break
        case = draw_one()
        apart = told_apart(case, left)
        if apart is not None and (apart & left or not left):
            cases.append(case)
            left -= apart
    return cases


def tells_apart(right, slips, arguments, apart):
    """Return whether every slip differs from the right result by more than `apart` somewhere.

    Parameters
    ----------
    right : callable
    slips : iterable of Slip
    arguments : tuple
        Of one case.
    apart : float
    """
    expected = np.asarray(right(*arguments), dtype=float)
    return all(np.abs(expected - way(*arguments)).max() > apart for way in all_ways(slips))
