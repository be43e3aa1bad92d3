"""What the instructor wants to know of a graded lab: points, difficulty, slips, oddities."""

import hashlib
import html
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

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
        found = []
        for name, most in self.most.items():
            points = np.array([row.points.get(name, np.nan) for row in self.rows], dtype=float)
            others = self.totals() - np.nan_to_num(points)
            known = np.isfinite(points)
            share = points[known].mean() / most if most and known.any() else np.nan
            varied = known.sum() > 2 and np.ptp(points[known]) > 0 and np.ptp(others[known]) > 0
            fit = np.corrcoef(points[known], others[known])[0, 1] if varied else np.nan
            found.append((name, most, share, fit, int((~known).sum())))
        return found

    def unread(self):
        """Return how many written answers nobody has given points to yet."""
        return sum(unread for *_, unread in self.questions())

    def in_order_of(self, name_of):
        """Return the same report in the order of other names: the order of ids tells who it is."""
        return replace(self, rows=sorted(self.rows, key=lambda row: name_of(row.student)))

    def misconceptions(self):
        """Return (cell, misconception, share of the submissions), the most frequent first."""
        counted = Counter((name, slip) for row in self.rows
                          for name, slip in row.misconceptions.items())
        return [(*key, number / len(self.rows)) for key, number in counted.most_common()]


def read(coursedir, lab):
    """Return the `Report` of a graded lab.

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
    """Return a short name that does not tell who it is, the same in every report of a course."""
    return "s-" + hashlib.blake2b(student.encode(), key=secret[:64], digest_size=4).hexdigest()


def to_html(report, name_of):
    """Return the report as one HTML page without scripts.

    Parameters
    ----------
    report : Report
    name_of : callable
        Turns a student's id into what the page calls them.
    """
    odd = [row for row in report.rows if row.flags or row.reasons]
    totals = report.totals()
    seconds = np.array([row.seconds for row in report.rows])
    parts = [
        f"<h1>{_text(report.lab)}</h1>",
        f"<p>{len(report.rows)} submissions, {sum(report.most.values()):g} points at most. "
        f"Median {np.median(totals):g}, mean {totals.mean():.1f}, from {totals.min():g} to "
        f"{totals.max():g}. Grading took {seconds.sum():.0f} s of kernels, for a submission "
        f"{np.median(seconds):.1f} s in the median and {seconds.max():.1f} s at most.</p>",
        "<h2>Points</h2>", _histogram(totals, sum(report.most.values())),
        "<h2>Questions</h2><p>Difficulty: mean share of the points. Discrimination: correlation "
        "with the points of all other questions; low or negative asks for a look at the "
        "question.</p>",
        _table(("question", "points", "difficulty", "discrimination", "not read yet"),
               [(name, f"{most:g}", _number(share), _number(fit), unread)
                for name, most, share, fit, unread in report.questions()]),
        "<h2>Misconceptions</h2><p>Each has the name that the check gives it; what the learner "
        "reads about it stands on the feedback page.</p>",
        _table(("question", "misconception", "share of the class"),
               [(name, slip, f"{share:.0%}") for name, slip, share in report.misconceptions()]),
        "<h2>To look at</h2>",
        _table(("submission", "why it did not run to its end", "flags"),
               [(name_of(row.student), " ".join(row.reasons), " · ".join(row.flags))
                for row in odd])]
    return ("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
            f"{_text(report.lab)}</title><style>body{{font:16px sans-serif;max-width:60em;"
            "margin:2em auto}td,th{text-align:left;padding:2px 12px;border-bottom:1px solid #ccc}"
            "</style></head><body>" + "\n".join(parts) + "</body></html>\n")


def to_rows(report, name_of):
    """Return the report as rows of a table, the first of them headings."""
    heads = ["student", "total", "penalty", *report.most, "seconds", "misconceptions", "reasons",
             "flags"]
    return [heads] + [
        [_cell(name_of(row.student)), f"{row.total:g}", f"{row.penalty:g}",
         *(_number(row.points.get(name, float("nan")), "g") for name in report.most),
         f"{row.seconds:.2f}", "; ".join(f"{k}: {v}" for k, v in row.misconceptions.items()),
         _cell(" ".join(row.reasons)), _cell("; ".join(row.flags))] for row in report.rows]


def canvas_rows(report, id_of=str):
    """Return the table that Canvas imports: its ids, and one column for the lab."""
    most = sum(report.most.values())
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", report.lab]
    return [heads, ["Points Possible", "", "", "", "", f"{most:g}"]] + [
        [_cell(id_of(row.student)), "", _cell(row.student), _cell(row.student), "",
         f"{row.total:g}"] for row in report.rows]


def moodle_rows(report):
    """Return the table that Moodle imports: the id number, the points and a comment."""
    return [["ID number", report.lab, "Feedback comments"]] + [
        [_cell(row.student), f"{row.total:g}", _cell(" ".join(row.reasons))]
        for row in report.rows]


def _histogram(totals, most):
    counts, edges = np.histogram(totals, bins=10, range=(0, max(most, 1)))
    top = max(counts.max(), 1)
    bars = "".join(
        f'<rect x="{60 * i + 34}" y="{134 - 110 * n / top:.0f}" width="52" '
        f'height="{110 * n / top:.0f}" fill="#0072B2"/>'
        + _label(60 * i + 60, 128 - 110 * n / top, n or "")
        + _label(60 * i + 30, 150, f"{edge:.3g}")
        for i, (n, edge) in enumerate(zip([*counts, 0], edges, strict=True)))
    said = ", ".join(f"{n} from {edges[i]:.3g} to {edges[i + 1]:.3g}"
                     for i, n in enumerate(counts) if n)
    return f'<svg role="img" aria-label="Submissions by points: {said}" viewBox="0 0 660 160">' \
           f"{bars}</svg>"


def _label(x, y, text):
    return f'<text x="{x}" y="{y:.0f}" text-anchor="middle" font-size="12">{text}</text>'


def _table(heads, rows):
    if not rows:
        return "<p>None.</p>"
    lines = ["".join(f"<th>{_text(head)}</th>" for head in heads)]
    lines += ["".join(f"<td>{_text(cell)}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _text(value):
    return html.escape(str(value))


def _number(value, form=".2f"):
    return "" if not np.isfinite(value) else format(value, form)


def _cell(text):
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text
