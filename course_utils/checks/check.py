"""A check in three parts: inputs to draw, a call on the learner's object, a judgement.

Only the second part touches what the learner wrote. Inputs and answers are plain data (JSON), so
the third part can run in another process, in which no student code has run.
"""

import os
import sys
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from course_utils import progress_file as progress
from course_utils.checks.calling import answer_of
from course_utils.checks.result import NotYet, Result

HEADLINES = {
    "right": "Right.",
    "wrong": "Not there yet.",
    "error": "Your own code stopped with an error:",
    "not attempted": "Not attempted yet.",
}


class Verdict(NamedTuple):
    """A judgement.

    Attributes
    ----------
    share : float
        Of the points, 0 to 1.
    misconception : str or None
    error : int or None
        The index of a case in which the learner's own code stopped, when that is what the learner
        should hear.
    hints : tuple of str
        Without them those of the check for this misconception are shown.
    """

    share: float
    misconception: str | None = None
    error: int | None = None
    hints: tuple = ()


def first_error(answers):
    """Return a `Verdict` on the first answer that is an error, or None if there is none.

    Parameters
    ----------
    answers : list of dict
    """
    for index, answer in enumerate(answers):
        if answer["kind"] == "error":
            return Verdict(0.0, error=index)
    return None


@dataclass(frozen=True)
class Check:
    """One graded part of a lab.

    Parameters
    ----------
    lab, exercise : str
        For example ``"lab01"`` and ``"standardize"``.
    points : float
        The most it can earn.
    needs : tuple of str
        The names that the learner defines.
    draw : callable
        ``draw(rng)`` returns the inputs as plain data.
    judge : callable
        ``judge(inputs, answer)`` returns a `Verdict`.
    hints : dict
        For each misconception, from a nudge to a plain statement. None of them is the answer.
    build : callable, optional
        Turns one drawn case into the arguments of the learner's function. Without it the learner's
        objects are values, and the answer is what they hold.
    """

    lab: str
    exercise: str
    points: float
    needs: tuple
    draw: callable
    judge: callable
    hints: dict = field(default_factory=dict)
    build: callable = None

    def __call__(self, *objects, seed=None):
        """Check the learner's work and show points and hint.

        Parameters
        ----------
        *objects
            What to check instead of the names that the learner defined, in the order of `needs`.
        seed : int, optional
            Of the drawn inputs; by default new inputs each time.
        """
        names = dict(zip(self.needs, objects, strict=False)) if objects else _defined(self.needs)
        inputs = self.draw(np.random.default_rng(seed))
        return _show(self.grade(inputs, self.call(names, inputs)))

    def call(self, names, inputs):
        """Return the plain answer of the learner's objects to `inputs`.

        Parameters
        ----------
        names : dict
            The names that the learner defined, with what they hold.
        inputs : list
            What `draw` returned.
        """
        return answer_of(self.needs, self.build, names, inputs)

    def grade(self, inputs, answer):
        """Judge a plain answer; needs nothing that the learner wrote.

        Parameters
        ----------
        inputs : list
        answer : dict
            What `call` returned.
        """
        early = self._not_judged(answer)
        if early:
            return early
        with np.errstate(all="ignore"):
            verdict = self.judge(inputs, answer["value"])
        if verdict.error is not None:
            error = answer["value"][verdict.error]["error"]
            return self._result("error", verdict.share, details=error["traceback"])
        share = verdict.share if np.isfinite(verdict.share) else 0.0
        state = "right" if share >= 1 and verdict.misconception is None else "wrong"
        headline = "Partly right." if state == "wrong" and share > 0 else HEADLINES[state]
        return self._result(state, share, headline, misconception=verdict.misconception,
                            hints=verdict.hints or self.hints.get(verdict.misconception, ()))

    def _not_judged(self, answer):
        name = " and ".join(f"`{each}`" for each in answer.get("names", self.needs))
        if answer["kind"] == "missing":
            return self._result("not attempted", hints=(
                f"{name} does not exist yet. Run the cell above this one; if it ended with an "
                "error, mend that first.",))
        if answer["kind"] == "uncallable":
            return self._result("wrong", misconception="not-a-function", hints=(
                f"{name} should be a function, but now it holds a value of type "
                f"`{answer['type']}`. Did you store a result under the function's name?",))
        errors = _errors(answer)
        if not errors or len(errors) < len(answer["value"]):
            return None
        if all(error["type"] == "NotImplementedError" for error in errors):
            return self._result("not attempted", hints=(
                "Replace the line `raise NotImplementedError()` by your own code, run that cell, "
                "then run this one again.",))
        return self._result("error", details=errors[0]["traceback"])

    def _result(self, state, share=0.0, headline=None, **more):
        return Result(f"{self.lab}.{self.exercise}", state, round(share * self.points, 2),
                      self.points, headline=headline or HEADLINES[state], **more)


def _errors(answer):
    if answer["kind"] != "cases":
        return []
    return [case["error"] for case in answer["value"] if case["kind"] == "error"]


def _defined(names):
    """Return those of `names` that exist where the check was called."""
    caller = sys._getframe(2).f_globals  # the cell, two calls up; inspect reads its source too
    return {name: caller[name] for name in names if name in caller}


def _show(result):
    """Hand the result to whoever asked: nbgrader, its Validate button or the learner."""
    asked_by = os.environ.get("NBGRADER_EXECUTION")
    if asked_by == "validate" and result.points < result.max_points:
        raise NotYet(result.text)
    if not asked_by:
        progress.record(result)
    RESULTS[result.exercise] = result
    _display_despite_semicolon(result)
    return result


RESULTS = {}  # the latest result of each exercise in this session


def _display_despite_semicolon(result):
    """Show a result that `check.NAME();` would hide: without output nbgrader gives full marks."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    hook = getattr(shell, "displayhook", None)
    if hook is None or not hook.quiet():
        return
    data, metadata = hook.compute_format_data(result)
    hook.start_displayhook()
    hook.write_output_prompt()
    hook.write_format_data(data, metadata)
    hook.finish_displayhook()
