"""What the instructor wants to know of a graded lab: points, difficulty, slips, oddities."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2
import nbformat
import numpy as np
from nbgrader.api import Gradebook, MissingEntry

from course_utils.errors import CourseError
from forkgrade.run import records
from forkgrade.steps.gradebook import NOTE, autograded


@dataclass
class Row:
    """One submission: `points` by cell (NaN while unread), the total, and what happened."""

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
    """A lab's report: `rows`, one for each submission, and `most`, the maximum for each cell."""

    lab: str
    most: dict
    rows: list

    def totals(self):
        """Return the points of everybody, an array."""
        return np.array([row.total for row in self.rows])

    def questions(self):
        """Return for each cell (name, maximum, difficulty, discrimination, unread answers).

        Difficulty is the mean share of the points: 1 is what everybody solved. Discrimination is
        the correlation of a question's points with the points of all the others; NaN where
        everybody has the same.
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
        """Return how many written answers nobody has given points to yet."""
        return sum(unread for *_, unread in self.questions())

    def in_order_of(self, name_of):
        """Return the same report in the order of other names, as the order of ids tells who it is.

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
        nb = nbformat.read(path, 4)
        note = nb.metadata.get(NOTE, {})
        row.flags += [flag for flag in note.get("flags", []) if flag not in row.flags]
        row.reasons += [note["reason"]] if note.get("reason") else []
        row.seconds += 0 if row.seconds else note.get("seconds", 0.0)
        row.misconceptions |= {name: record["misconception"] for name, record
                               in records(nb).items() if record.get("misconception")}
    return row


def alias(student, secret=b""):
    """Return a short name that does not tell who it is, the same in every report of a course.

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


def to_html(report, name_of):
    """Return the report as one HTML page without scripts.

    Parameters
    ----------
    report : Report
    name_of : callable
        Turns a student's id into what the page calls them.

    Returns
    -------
    str
    """
    totals, most = report.totals(), sum(report.most.values())
    return _template().render(
        report=report, most=most, totals=totals, median=np.median, bars=_bars(totals, most),
        seconds=np.array([row.seconds for row in report.rows]),
        questions=[(name, f"{points:g}", _number(share), _number(fit), unread)
                   for name, points, share, fit, unread in report.questions()],
        misconceptions=[(name, slip, f"{share:.0%}")
                        for name, slip, share in report.misconceptions()],
        odd=[(name_of(row.student), " ".join(row.reasons), " · ".join(row.flags))
             for row in report.rows if row.flags or row.reasons])


def to_rows(report, name_of):
    """Return the report as rows of a table, the first of them headings.

    Parameters
    ----------
    report : Report
    name_of : callable
        Turns a student's id into what the table calls them.

    Returns
    -------
    list of list of str
    """
    heads = ["student", "total", "penalty", *report.most, "seconds", "misconceptions", "reasons",
             "flags"]
    return [heads] + [
        [_cell(name_of(row.student)), f"{row.total:g}", f"{row.penalty:g}",
         *(_number(row.points.get(name, float("nan")), "g") for name in report.most),
         f"{row.seconds:.2f}", "; ".join(f"{k}: {v}" for k, v in row.misconceptions.items()),
         _cell(" ".join(row.reasons)), _cell("; ".join(row.flags))] for row in report.rows]


def canvas_rows(report, id_of=str):
    """Return the table that Canvas imports: its ids, and one column for the lab.

    Parameters
    ----------
    report : Report
    id_of : callable, optional
        Turns a student's id into the one that Canvas knows.

    Returns
    -------
    list of list of str
    """
    most = sum(report.most.values())
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", report.lab]
    return [heads, ["Points Possible", "", "", "", "", f"{most:g}"]] + [
        [_cell(id_of(row.student)), "", _cell(row.student), _cell(row.student), "",
         f"{row.total:g}"] for row in report.rows]


def moodle_rows(report):
    """Return the table that Moodle imports: the id number, the points and a comment.

    Parameters
    ----------
    report : Report

    Returns
    -------
    list of list of str
    """
    return [["ID number", report.lab, "Feedback comments"]] + [
        [_cell(row.student), f"{row.total:g}", _cell(" ".join(row.reasons))]
        for row in report.rows]


def _template():
    loader = jinja2.PackageLoader("forkgrade", ".")
    environment = jinja2.Environment(loader=loader, autoescape=True, keep_trailing_newline=True)
    return environment.get_template("report.html.j2")


def _bars(totals, most):
    counts, edges = np.histogram(totals, bins=10, range=(0, max(most, 1)))
    return [{"count": int(count), "begin": begin, "end": end}
            for count, begin, end in zip(counts, edges[:-1], edges[1:], strict=True)]


def _number(value, form=".2f"):
    return "" if not np.isfinite(value) else format(value, form)


def _cell(text):
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text
