"""Slips, and which of them gives the numbers or words that a learner gave."""

from dataclasses import dataclass

import numpy as np

from course_utils.checks.check import Verdict

RTOL, ATOL = 1e-3, 1e-6


@dataclass(frozen=True)
class Slip:
    """Something that learners do instead of what is right; make it with `slip`.

    Parameters
    ----------
    name : str
        The misconception, for the report.
    ways : tuple of callable
        How it computes, in one or more variants.
    hints : tuple of str
        What the learner hears, from a nudge to a plain statement. None of them is the answer.
    earns : float
        The share of the points (0 to 1).
    unit : float
        The unit of its numbers; the tolerance of a comparison grows with it.
    """

    name: str
    ways: tuple = ()
    hints: tuple = ()
    earns: float = 0.0
    unit: float = 1.0


def slip(name, ways, *hints, earns=0.0):
    """Return a `Slip`.

    Parameters
    ----------
    name : str
    ways : callable, tuple of callable or None
    *hints : str
    earns : float
    """
    return Slip(name, _ways(ways), hints, earns)


def rounded(right, *hints, earns=0.75):
    """Return the slip of rounding what is right: to the nearest, down or up.

    Parameters
    ----------
    right : callable
    *hints : str
    earns : float
    """
    return slip("rounded", tuple(_then(right, change) for change in (np.round, np.floor, np.ceil)),
                *(hints or ("You rounded. Give back the number as it is.",)), earns=earns)


def percent(right, *hints, earns=0.75):
    """Return the slip of giving a percentage where a share is right.

    Parameters
    ----------
    right : callable
    *hints : str
    earns : float
    """
    return Slip("percent", (_then(right, lambda result: 100 * np.asarray(result)),),
                hints or ("Your number is a hundred times too large.",), earns, unit=100)


def changes_input(subject, owned, *, when="on the way", earns=0.75):
    """Return the slip of changing the caller's data, for an answer that is right otherwise.

    Parameters
    ----------
    subject : str
        For example ``"The numbers are"``.
    owned : str
        What the caller handed over, for example ``"table"``.
    when : str
        The end of the sentence.
    earns : float
    """
    return slip("changes-input", None,
                f"{subject} right, but the caller's {owned} changed {when}.", earns=earns)


def _then(right, change):
    return lambda *case: change(right(*case))


def _ways(ways):
    return ways if isinstance(ways, tuple) else () if ways is None else (ways,)


def close(rtol=RTOL, atol=ATOL):
    """Return a comparison that tells whether an expected result and a value are nearly the same.

    Parameters
    ----------
    rtol, atol : float
        As for `numpy.allclose`.
    """
    def agree(expected, value):
        expected, value = np.asarray(expected, dtype=float), np.asarray(value, dtype=float)
        return expected.shape == value.shape \
            and bool(np.allclose(value, expected, rtol=rtol, atol=atol))
    return agree


NEARLY = close()


def match(slips, arguments, values, agree=NEARLY):
    """Return the first slip of which one way agrees with the values in every case, or None.

    Parameters
    ----------
    slips : iterable of Slip
    arguments : list of tuple
        Of each case.
    values : list
        What the learner's function gave for each case.
    agree : callable
        ``agree(expected, value)``; by default numbers are compared with some tolerance.
    """
    return next((each for each in slips for way in each.ways
                 if all(agree(*_in_unit(each.unit, way(*case), value))
                        for case, value in zip(arguments, values, strict=True))), None)


def _in_unit(unit, *results):
    return results if unit == 1 else (np.divide(result, unit) for result in results)


def outcome_of(right, slips, arguments, values, agree=NEARLY, otherwise="unknown"):
    """Return None if the values are right, or else the name of the slip that gives them.

    Parameters
    ----------
    right : callable or tuple of callable
    slips, arguments, values, agree
        As for `match`.
    otherwise : str
        The name where no slip agrees.
    """
    matched = match((slip(None, right), *slips), arguments, values, agree)
    return matched.name if matched else otherwise


def by_parts(names, slips, weights=None):
    """Return the outcome of an exercise in parts: the first slip, and the mean share.

    Parameters
    ----------
    names : list of str or None
        For each part its slip, or None if it is right.
    slips : iterable of Slip
        What a slip earns is a share of its part.
    weights : list of float, optional
        Of the parts; by default all weigh the same.
    """
    wrong = [name for name in names if name]
    shares = [earned_by(name, slips) if name else 1.0 for name in names]
    return Verdict(float(np.average(shares, weights=weights)), wrong[0]) if wrong else None


def earned_by(name, slips):
    """Return the share that the first slip of a name earns; without such a slip it is 0.

    Parameters
    ----------
    name : str
    slips : iterable of Slip
    """
    return next((each.earns for each in slips if each.name == name), 0.0)
