"""The vocabulary of a check: a wrong way is one thing, said once.

The module of an exercise declares what is right, what learners do instead, and `CHECK`::

    def right(f, n, passers):
        return passers * (1 - (1 - f) ** n)

    SLIPS = (
        slip("list-forgotten", lambda f, n, passers: passers * f,
             "Your formula compares each passer-by with one person.", earns=0.25),
        rounded(right, "You rounded. An expected number need not be whole."),
        percent(right),
    )
    CHECK = check("lab07", "false_alarms", 2, draw,
                  Number(right, SLIPS, "That is not the expected number."),
                  arguments=("f", "n", "passers"))

A *way* takes the arguments of one case. The first slip that agrees in every case is what the
learner did, so their order matters. A slip without ways (None) is one that the judgement names by
itself: the form of an answer, `"changes-input"`, or what a judge of the lab's own decides. Those
in `USUAL` have a text already; a slip of the same name in an exercise takes its place. A name that
occurs again needs no hints the second time.

How to judge, from the simplest on:

- `Number`: one number for each case; a slip named ``"changes-input"`` turns on that test.
- `Several`: some numbers for each case, each of them a `Number`; their slips earn a share of their
  part. Slips of the whole give all the numbers at once.
- `Judged`: a function of the lab's own, ``judge(cases, answers)``. It returns an *outcome*: None
  (right), the name of a slip (which earns what the slip says), or a `Verdict` where the share has
  to be worked out. `numbers` and `read` give the values of all cases or end the judgement,
  `outcome_of` and `match` look through slips, `by_parts` puts the outcomes of parts together.
- `course_utils.checks.choices`: words and letters in a dictionary.

`draw` and a function `arguments` are as in `course_utils.checks.check.Check`. A function
`arguments` runs where the learner's code runs, so its source is sent there with all that it uses:
import functions of another module of the lab by their names, not by way of the module.
"""

from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from course_utils.checks.calling import Fields
from course_utils.checks.check import Check, Verdict, first_error
from course_utils.checks.plain_data import numbers_in

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
        What the learner hears, from a nudge to a plain word. None of them is the answer.
    earns : float
        The share of the points (0 to 1).
    unit : float
        In what its numbers are told; the room that a comparison leaves grows with it.
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


def _then(right, change):
    return lambda *case: change(right(*case))


def _ways(ways):
    return ways if isinstance(ways, tuple) else () if ways is None else (ways,)


def all_ways(slips):
    """Return the ways of all slips, for a `draw` that has to tell them apart.

    Parameters
    ----------
    slips : iterable of Slip
    """
    return [way for each in slips for way in each.ways]


def draw_cases(count, draw_one, accept):
    """Return so many drawn cases that are accepted.

    Parameters
    ----------
    count : int
    draw_one : callable
        Without parameters; returns a case.
    accept : callable
        ``accept(case)`` tells whether the case is one to keep.
    """
    return list(islice(filter(accept, iter(draw_one, None)), count))


def tells_apart(right, slips, arguments, apart):
    """Tell whether every slip differs from what is right by more than `apart` in some number.

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


USUAL = {usual.name: usual for usual in (
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). Where is its `return`?"),
    slip("not-one-number", None, "Your function should give back one number."),
    slip("not-finite", None, "Your result is NaN or infinite. What did you divide by?"),
)}


class Stop(Exception):
    """Ends a judgement early with an outcome: the name of a slip or a `Verdict`."""

    def __init__(self, outcome):
        super().__init__(outcome)
        self.outcome = outcome


def read(answers, reader, form):
    """Return the value of each answer, or end the judgement.

    Parameters
    ----------
    answers : list of dict
    reader : callable
        Returns the value in an encoded answer, or None if it has another form.
    form : str
        The slip of an answer that has another form. The learner's own error comes first, then
        ``"returns-nothing"``.
    """
    error = first_error(answers)
    if error:
        raise Stop(error)
    if any(answer["kind"] == "none" for answer in answers):
        raise Stop("returns-nothing")
    values = [reader(answer) for answer in answers]
    if any(value is None for value in values):
        raise Stop(form)
    return values


def numbers(answers, count=1, form="not-one-number", infinite="not-finite"):
    """Return the numbers in the answers, shape (cases,) or (cases, count), or end the judgement.

    Parameters
    ----------
    answers : list of dict
    count : int
        How many there should be in each.
    form : str
        The slip of an answer with anything else in it.
    infinite : str or None
        The slip of NaN and infinity; None lets them through.
    """
    values = np.array(read(answers, lambda answer: numbers_in(answer, count), form))
    if infinite and not np.isfinite(values).all():
        raise Stop(infinite)
    return values[:, 0] if count == 1 else values


def changed(answers):
    """Return ``"changes-input"`` if the learner's function changed its arguments, or None.

    Parameters
    ----------
    answers : list of dict
    """
    return "changes-input" if any(answer.get("changed_input") for answer in answers) else None


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
        ``agree(expected, value)``; by default numbers are compared with some room.
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


class Judgement:
    """What all judgements share: looking up slips by name, and the end of a judgement.

    A subclass has ``outcome(cases, answers, build)``.

    Parameters
    ----------
    slips : iterable of Slip
    usual : iterable of str
        The names in `USUAL` that the judgement itself may give.
    """

    def __init__(self, slips, usual=()):
        self.slips = tuple(slips)
        self.hints = {name: USUAL[name].hints for name in usual} | {
            each.name: each.hints for each in reversed(self.slips) if each.hints}

    def __call__(self, cases, answers, build=None):
        """Return a `Verdict` with its hints."""
        try:
            outcome = self.outcome(cases, answers, build)
        except Stop as stop:
            outcome = stop.outcome
        if outcome is None:
            return Verdict(1.0)
        verdict = outcome if isinstance(outcome, Verdict) \
            else Verdict(earned_by(outcome, self.slips), outcome)
        if verdict.misconception is None:
            return verdict
        return verdict._replace(hints=self._hints(verdict.misconception))

    def _hints(self, name):
        hints = self.hints.get(name) or getattr(USUAL.get(name), "hints", ())
        if not hints:
            raise LookupError(f"A judgement gave {name!r}, and no slip of that name has a hint; "
                              "declare one with slip(name, None, hint).")
        return hints


class Number(Judgement):
    """Judge one number for each case, or `count` numbers that are right or wrong together.

    Parameters
    ----------
    right : callable or tuple of callable
    slips : tuple of Slip
    otherwise : str, tuple of str or Slip
        The hints where no slip agrees, or a slip of another name than ``"unknown"``.
    rtol, atol : float
        As for `close`.
    count, form, infinite
        As for `numbers`.
    """

    def __init__(self, right, slips, otherwise, *, rtol=RTOL, atol=ATOL, count=1,
                 form="not-one-number", infinite="not-finite"):
        if not isinstance(otherwise, Slip):
            hints = (otherwise,) if isinstance(otherwise, str) else otherwise
            otherwise = slip("unknown", None, *hints)
        usual = {"returns-nothing", form, infinite} & set(USUAL)
        super().__init__((*slips, otherwise), usual)
        self.right, self.otherwise, self.agree = right, otherwise.name, close(rtol, atol)
        self.form = {"count": count, "form": form, "infinite": infinite}

    def outcome(self, cases, answers, build):
        values = numbers(answers, **self.form)
        return self.slip_in([build(case) for case in cases], values) or _changed(self, answers)

    def slip_in(self, arguments, values):
        """Return the name of the slip in one number for each case, or None if all are right.

        Parameters
        ----------
        arguments : list of tuple
        values : list of float
        """
        return outcome_of(self.right, self.slips, arguments, values, self.agree, self.otherwise)


class Several(Judgement):
    """Judge some numbers for each case, each for an equal part of the points.

    Parameters
    ----------
    parts : tuple of Number
        In the order in which the learner gives them. Each `otherwise` has a name of its own.
    slips : tuple of Slip
        What gives all the numbers at once, and forms.
    form : str
        The slip of an answer that is not so many numbers.
    """

    def __init__(self, parts, slips, form="not-so-many-numbers"):
        super().__init__((*slips, *(each for part in parts for each in part.slips)),
                         ("returns-nothing", "not-finite"))
        self.parts, self.whole, self.form = parts, slips, form

    def outcome(self, cases, answers, build):
        values = numbers(answers, len(self.parts), self.form)
        arguments = [build(case) for case in cases]
        whole = match(self.whole, arguments, values, self.parts[0].agree)
        if whole:
            return whole.name
        names = [part.slip_in(arguments, column)
                 for part, column in zip(self.parts, values.T, strict=True)]
        return by_parts(names, self.slips) or _changed(self, answers)


def _changed(judgement, answers):
    return changed(answers) if "changes-input" in judgement.hints else None


class Judged(Judgement):
    """Judge with a function of the lab's own.

    Parameters
    ----------
    judge : callable
        ``judge(cases, answers)`` returns an outcome: None, the name of a slip or a `Verdict`.
        For objects that are values, ``judge(inputs, values)``.
    slips : tuple of Slip
    """

    def __init__(self, judge, slips):
        super().__init__(slips)
        self.judge = judge

    def outcome(self, cases, answers, build):
        return self.judge(cases, answers)


def nothing(rng):
    """Draw nothing: what the exercise is about stands in the lab.

    Parameters
    ----------
    rng : numpy.random.Generator
    """
    return []


def check(lab, exercise, points, draw, judgement, arguments=None, needs=None):
    """Return the `Check` of an exercise.

    Parameters
    ----------
    lab, exercise : str
        The module of the exercise has its name.
    points : float
    draw : callable
        ``draw(rng)`` returns the inputs: a list of cases, each a dictionary of plain data.
    judgement : Judgement
    arguments : tuple of str or callable, optional
        The keys of a case that the learner's function gets, or a function that makes the arguments
        from a case. Without it the learner's objects are values.
    needs : tuple of str, optional
        The names that the learner defines; by default that of the exercise.
    """
    build = Fields(arguments) if isinstance(arguments, tuple) else arguments
    return Check(lab=lab, exercise=exercise, points=points, needs=needs or (exercise,), draw=draw,
                 judge=partial(judgement, build=build), hints=judgement.hints, build=build)
