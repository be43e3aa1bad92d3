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

- `Number`: one number for each case.
- `Several`: some numbers for each case, each of them a `Number`; their slips earn a share of their
  part. Joint slips give all the numbers at once.
- `Judged`: a function of the lab's own, ``judge(cases, answers)``. It returns an *outcome*: None
  (right), the name of a slip (which earns what the slip says), or a `Verdict` where the share has
  to be worked out. `numbers` and `read` give the values of all cases or end the judgement,
  `outcome_of` and `match` look through slips, `by_parts` puts the outcomes of parts together.
- `course_utils.checks.choices`: words and letters in a dictionary.

With a slip named ``"changes-input"``, each of them asks what is right otherwise whether it left
its arguments as they were.

A `draw` that has to tell slips apart finds help in `course_utils.checks.drawing`.
`draw` and a function `arguments` are as in `course_utils.checks.check.Check`. A function
`arguments` runs where the learner's code runs, so its source is sent there with all that it uses:
import functions of another module of the lab by their names, not by way of the module.
"""

from functools import partial

from course_utils.checks.calling import Fields
from course_utils.checks.check import Check, Verdict
from course_utils.checks.drawing import all_ways, draw_cases, draw_until_apart, tells_apart
from course_utils.checks.matching import (
    ATOL,
    RTOL,
    Slip,
    by_parts,
    changes_input,
    close,
    earned_by,
    match,
    outcome_of,
    percent,
    rounded,
    slip,
)
from course_utils.checks.reading import Stop, input_change, numbers, read, stop_at_error

__all__ = ["Judged", "Judgement", "Number", "Several", "Slip", "Stop", "all_ways", "by_parts",
           "changes_input", "check", "close", "draw_cases", "draw_until_apart",
           "input_change", "match", "nothing", "numbers", "outcome_of", "percent", "read",
           "rounded", "slip", "stop_at_error", "tells_apart"]

USUAL = {usual.name: usual for usual in (
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). Where is its `return`?"),
    slip("not-one-number", None, "Your function should give back one number."),
    slip("not-finite", None, "Your result is NaN or infinite. What did you divide by?"),
)}


class Judgement:
    """What all judgements share: hints by the name of a slip, and turning outcomes into verdicts.

    A subclass has ``_outcome(cases, answers, build)``, which returns what a judge returns (see
    `Judged`) or raises `Stop`.

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
            outcome = self._outcome(cases, answers, build)
            if outcome is None and "changes-input" in self.hints:
                outcome = input_change(answers)
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

    def _outcome(self, cases, answers, build):
        values = numbers(answers, **self.form)
        return self.slip_in([build(case) for case in cases], values)

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
        Joint slips, which give all the numbers at once, and forms.
    form : str
        The slip of an answer with another count of numbers.
    """

    def __init__(self, parts, slips, form="not-so-many-numbers"):
        super().__init__((*slips, *(each for part in parts for each in part.slips)),
                         ("returns-nothing", "not-finite"))
        self.parts, self.joint_slips, self.form = parts, slips, form

    def _outcome(self, cases, answers, build):
        values = numbers(answers, len(self.parts), self.form)
        arguments = [build(case) for case in cases]
        joint = match(self.joint_slips, arguments, values, self.parts[0].agree)
        if joint:
            return joint.name
        names = [part.slip_in(arguments, column)
                 for part, column in zip(self.parts, values.T, strict=True)]
        return by_parts(names, self.slips)


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

    def _outcome(self, cases, answers, build):
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
