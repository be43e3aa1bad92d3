"""Reading the answers to all cases, or ending the judgement with what is wrong about their form."""

import numpy as np

from course_utils.checks.check import first_error
from course_utils.checks.plain_data import numbers_in


class Stop(Exception):
    """Ends a judgement early.

    Parameters
    ----------
    outcome : str or Verdict
        The name of a slip, or what it stands for.
    """

    def __init__(self, outcome):
        super().__init__(outcome)
        self.outcome = outcome


def stop_at_error(answers):
    """End the judgement if the learner's own code stopped in some case.

    Parameters
    ----------
    answers : list of dict
    """
    error = first_error(answers)
    if error:
        raise Stop(error)


def read(answers, reader, form, error_value=None):
    """Return the value of each answer, or end the judgement.

    Parameters
    ----------
    answers : list of dict
    reader : callable
        Returns the value in an encoded answer, or None if it has another form.
    form : str
        The slip of an answer that has another form. The learner's own error comes first, then
        ``"returns-nothing"``.
    error_value : object, optional
        The value of a case in which the learner's code stopped; without it, that is the end.
    """
    if error_value is None:
        stop_at_error(answers)
    if any(answer["kind"] == "none" for answer in answers):
        raise Stop("returns-nothing")
    values = [error_value if answer["kind"] == "error" else reader(answer) for answer in answers]
    if any(value is None for value in values):
        raise Stop(form)
    return values


def numbers(answers, count=1, form="not-one-number", infinite="not-finite"):
    """Return the numbers in the answers, shape (cases,) or (cases, count), or end the judgement.

    Parameters
    ----------
    answers : list of dict
    count : int
        How many each answer should hold.
    form : str
        The slip of an answer with anything else in it.
    infinite : str or None
        The slip of NaN and infinity; None lets them through.
    """
    values = np.array(read(answers, lambda answer: numbers_in(answer, count), form))
    if infinite and not np.isfinite(values).all():
        raise Stop(infinite)
    return values[:, 0] if count == 1 else values


def input_change(answers):
    """Return ``"changes-input"`` if the learner's function changed its arguments, or None.

    Parameters
    ----------
    answers : list of dict
    """
    return "changes-input" if any(answer.get("changed_input") for answer in answers) else None
