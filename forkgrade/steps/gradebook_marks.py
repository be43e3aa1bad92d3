"""The marks that stand in nbgrader's gradebook, as they count."""

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import bindparam, select

PENALTY = "late penalty"
EVERYBODY = (
    select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score,
           Grade.manual_score, Grade.extra_credit, SubmittedNotebook.late_submission_penalty)
    .select_from(Grade)
    .join(BaseCell, Grade.cell_id == BaseCell.id)
    .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
    .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
    .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    .where(Assignment.name == bindparam("lab")))
ONE = EVERYBODY.where(SubmittedAssignment.student_id == bindparam("student"))


def key(lab, notebook, cell):
    """Return the name of a part in a lab: its cell, with the notebook where that says more.

    Parameters
    ----------
    lab, notebook, cell : str

    Returns
    -------
    str
    """
    return cell if notebook == lab else f"{notebook}/{cell}"


def read_marks(db, lab, student=None):
    """Return the points of each part of each submission.

    Parameters
    ----------
    db : sqlalchemy.orm.Session
        Of the gradebook; what is flushed counts.
    lab : str
    student : str, optional
        Only this one.

    Returns
    -------
    dict of str to dict of str to float
        By student and part (see `key`). Parts that nobody has marked yet are left out; a late
        penalty is a part of its own.
    """
    marks = {}
    rows = db.execute(EVERYBODY, {"lab": lab}) if student is None \
        else db.execute(ONE, {"lab": lab, "student": student})
    for name, notebook, cell, auto, manual, extra, penalty in rows:
        points = marks.setdefault(name, {})
        score = auto if manual is None else manual
        if score is not None:
            points[key(lab, notebook, cell)] = score + (extra or 0.0)
        if penalty:
            points[key(lab, notebook, PENALTY)] = penalty
    return marks
