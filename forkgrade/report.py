"""What the instructor wants to know of a graded lab: points, difficulty, slips, oddities."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import nbformat
import numpy as np
from nbgrader.api import Gradebook, MissingEntry

from course_utils.errors import CourseError
from course_utils.paths import is_litter
from forkgrade.run import records
from forkgrade.steps.gradebook import NOTE, autograded


@dataclass
class Row:
    """One submission.

    Attributes
    ----------
    student : str
    points : dict of str to float
        By cell; NaN while nobody has read the answer.
    total, penalty : float
    seconds : float
        What running it took.
    flags, reasons : list of str
        What was odd, and why a notebook stopped early.
    misconceptions : dict of str to str
        By cell.
    """

    student: str
    points: dict
    total: float
    penalty: float
    seconds: float = 0.0
    flags: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    misconceptions: dict = field(default_factory=dict)


@dataclass
class Report:
    """A lab's report.

    Attributes
    ----------
    lab : str
    most : dict of str to float
        The maximum for each cell.
    rows : list of Row
        One for each submission.
    """

    lab: str
    most: dict
    rows: list

    def totals(self):
        """Return the points of everybody, an array."""
        return np.array([row.total for row in self.rows])

    def questions(self):
        """Return for each cell (name, maximum, difficulty, discrimination, unread answers).

        Difficulty is the mean share of the points: 1 means that everybody solved it.
        Discrimination is the correlation of a question's points with the points of all the
        others; NaN where everybody has the same.
        """
        rows = []
        for name, most in self.most.items():
            points = np.array([row.points.get(name, np.nan) for row in self.rows], dtype=float)
            others = self.totals() - np.nan_to_num(points)
            known = np.isfinite(points)
            share = points[known].mean() / most if most and known.any() else np.nan
            varied = known.sum() > 2 and np.ptp(points[known]) > 0 and np.ptp(others[known]) > 0
            fit = np.corrcoef(points[known], others[known])[0, 1] if varied else np.nan
            rows.append((name, most, share, fit, int((~known).sum())))
        return rows

    def unread(self):
        """Return how many written answers have no points yet."""
        return sum(unread for *_, unread in self.questions())

    def in_order_of(self, name_of):
        """Return the same report in the order of other names: the order of ids reveals people.

        Parameters
        ----------
        name_of : callable
            Turns a student's id into another name.

        Returns
        -------
        Report
        """
        return replace(self, rows=sorted(self.rows, key=lambda row: name_of(row.student)))

    def misconceptions(self):
        """Return (cell, misconception, share of the submissions), the most frequent first."""
        counted = Counter((name, slip) for row in self.rows
                          for name, slip in row.misconceptions.items())
        return [(*key, number / len(self.rows)) for key, number in counted.most_common()]


def read(coursedir, lab):
    """Return the report of a graded lab.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    lab : str

    Returns
    -------
    Report

    Raises
    ------
    CourseError
        If nothing is graded yet.
    """
    with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        try:
            assignment = gradebook.find_assignment(lab)
        except MissingEntry:
            raise CourseError(f"The gradebook does not know {lab}: nothing of it is graded yet. "
                              f"Do that first: course grade {lab}") from None
        most = {cell.name: float(cell.max_score) for notebook in assignment.notebooks
                for cell in notebook.grade_cells}
        rows = [_row(submission, coursedir, lab) for submission in assignment.submissions]
    if not rows:
        raise CourseError(f"Nothing of {lab} is graded yet. Do that first: course grade {lab}")
    return Report(lab, most, sorted(rows, key=lambda row: row.student))


def _row(submission, coursedir, lab):
    points, penalty = {}, 0.0
    for notebook in submission.notebooks:
        penalty += notebook.late_submission_penalty or 0.0
        for grade in notebook.grades:
            unread = grade.auto_score is None and grade.manual_score is None
            points[grade.name] = float("nan") if unread else float(grade.score)
    total = float(np.nansum(list(points.values()) or [0.0])) - penalty
    row = Row(submission.student_id, points, total, penalty)
    for path in sorted(Path(autograded(coursedir, row.student, lab)).glob("*.ipynb")):
        if is_litter(path.name):
            continue
        nb = nbformat.read(path, 4)
        note = nb.metadata.get(NOTE, {})
        row.flags += [flag for flag in note.get("flags", []) if flag not in row.flags]
        row.reasons += [note["reason"]] if note.get("reason") else []
        row.seconds += 0 if row.seconds else note.get("seconds", 0.0)
        row.misconceptions |= {name: record["misconception"] for name, record
                               in records(nb).items() if record.get("misconception")}
    return row


def alias(student, secret=b""):
    """Return a short name that does not reveal the student, the same in each report of a course.

    Parameters
    ----------
    student : str
        The id.
    secret : bytes, optional
        The course's own.

    Returns
    -------
    str
    """
    return "s-" + hashlib.blake2b(student.encode(), key=secret[:64], digest_size=4).hexdigest()
