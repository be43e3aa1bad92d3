"""Judging one number by the way of computing, right or wrong, that gives it."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in

FORM_HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-number": (
        "Your function should give back one number.",),
    "not-finite": (
        "Your result is NaN or infinite. What did you divide by?",),
}


def judge_number(cases, answers, *, build, ways, parts, rtol=1e-3):
    """Return a verdict on one number for each case.

    Parameters
    ----------
    cases, answers : list
    build : callable
        Turns a case into arguments.
    ways : dict of str to callable
        The first is right; what follows a comma in a name tells variants apart.
    parts : dict of str to float
        The share of the points of each slip that earns any.
    rtol : float
        How far a number may lie from that of a way, as a share of it.
    """
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 1) for answer in answers]
    if any(each is None for each in said):
        return Verdict(0.0, "not-one-number")
    said = [float(each[0]) for each in said]
    if not np.isfinite(said).all():
        return Verdict(0.0, "not-finite")
    way = way_of(ways, [build(case) for case in cases], said, rtol=rtol)
    slip = way.split(",")[0] if way else "unknown"
    if slip == next(iter(ways)):
        return Verdict(1.0)
    return Verdict(parts.get(slip, 0.0), slip)


def judge_several(cases, answers, *, build, parts, together=None, rtol=1e-3):
    """Return a verdict on several numbers for each case: an equal share of the points for each.

    Parameters
    ----------
    cases, answers : list
    build : callable
        Turns a case into arguments.
    parts : dict of str to dict of str to callable
        For each number, in order, its ways; the first of them is right. A number that no way
        gives is ``wrong-NAME``.
    together : dict of str to tuple of (callable, float), optional
        Ways that give all the numbers at once, with the share that each earns.
    rtol : float
    """
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, len(parts)) for answer in answers]
    if any(each is None for each in said):
        return Verdict(0.0, "not-so-many-numbers")
    if not np.isfinite(said).all():
        return Verdict(0.0, "not-finite")
    arguments = [build(case) for case in cases]
    for slip, (way, share) in (together or {}).items():
        if way_of({slip: way}, arguments, said, rtol=rtol):
            return Verdict(share, slip)
    slips = []
    for at, (name, ways) in enumerate(parts.items()):
        way = way_of(ways, arguments, [each[at] for each in said], rtol=rtol)
        if way != next(iter(ways)):
            slips.append(way or f"wrong-{name}")
    return Verdict(1 - len(slips) / len(parts), slips[0].split(",")[0] if slips else None)
