"""The table at the end of a lab."""

import html

from course_utils.checks.check import RESULTS


class Points:
    """The points of one lab so far, as a table."""

    def __init__(self, rows, written):
        self.rows, self.written = rows, written
        self.earned = sum(result.points for _, result in rows if result)
        self.most = sum(check.points for check, _ in rows)

    def __repr__(self):
        lines = [f"{check.exercise}: {_said(check, result)}" for check, result in self.rows]
        lines += [f"{name}: {points:g} points, graded by your teacher"
                  for name, points in self.written.items()]
        return "\n".join([*lines, f"So far: {self.earned:g} of {self.most:g} points"])

    def _repr_html_(self):
        rows = [(check.exercise, _said(check, result)) for check, result in self.rows]
        rows += [(name, f"{points:g} points, graded by your teacher")
                 for name, points in self.written.items()]
        rows += [("so far", f"{self.earned:g} of {self.most:g} points")]
        cells = "".join(f'<tr><th scope="row" style="text-align:left">{html.escape(name)}</th>'
                        f'<td style="text-align:left">{html.escape(said)}</td></tr>'
                        for name, said in rows)
        return f"<table>{cells}</table>"


def _said(check, result):
    if result is None:
        return f"not checked yet ({check.points:g} points)"
    return f"{result.points:g} of {result.max_points:g} points, {result.state}"


def points_so_far(checks, written):
    """Return the table of `checks` and of the `written` answers (name to points)."""
    return Points([(check, RESULTS.get(f"{check.lab}.{check.exercise}")) for check in checks],
                  written)
