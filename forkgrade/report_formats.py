"""A lab's report as a page for the instructor, and as tables for other programs."""

import jinja2
import numpy as np


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
    """Return a text that no spreadsheet mistakes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text
