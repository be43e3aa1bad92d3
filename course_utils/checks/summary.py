"""What a lab's package gives a notebook: its checks by name, and the table at its end."""

import html
import sys
from importlib import import_module

from course_utils.checks.check import RESULTS


class Points:
    """The points of one lab so far, as a table.

    Parameters
    ----------
    rows : list of tuple
        Each check with its `Result`, or None.
    written : dict of str to float
        Points of the answers that a teacher reads.
    """

    def __init__(self, rows, written):
        self.rows, self.written = rows, written
        self.earned = sum(result.points for _, result in rows if result)
        self.most = sum(check.points for check, _ in rows)

    def __repr__(self):
        lines = [f"{check.exercise}: {_status(check, result)}" for check, result in self.rows]
        lines += [f"{name}: {points:g} points, graded by your teacher"
                  for name, points in self.written.items()]
        return "\n".join([*lines, f"So far: {self.earned:g} of {self.most:g} points"])

    def _repr_html_(self):
        rows = [(check.exercise, _status(check, result)) for check, result in self.rows]
        rows += [(name, f"{points:g} points, graded by your teacher")
                 for name, points in self.written.items()]
        rows += [("so far", f"{self.earned:g} of {self.most:g} points")]
        cells = "".join(f'<tr><th scope="row" style="text-align:left">{html.escape(name)}</th>'
                        f'<td style="text-align:left">{html.escape(status)}</td></tr>'
                        for name, status in rows)
        return f"<table>{cells}</table>"


def _status(check, result):
    if result is None:
        return f"not checked yet ({check.points:g} points)"
    return f"{result.points:g} of {result.max_points:g} points, {result.state}"


def points_so_far(checks, written):
    """Return the table of some checks and written answers.

    Parameters
    ----------
    checks : tuple of Check
    written : dict of str to float
    """
    return Points([(check, RESULTS.get(f"{check.lab}.{check.exercise}")) for check in checks],
                  written)


def collect(package, exercises, written):
    """Return the checks of a lab, and the function that shows its points so far.

    Each exercise is a module of its own name that has a `CHECK`. The package gets an attribute of
    that name which is the check, in place of the module, so that a notebook calls `check.NAME()`.

    Parameters
    ----------
    package : str
        The name of the lab's package.
    exercises : tuple of str
        In the order of the lab.
    written : dict of str to float
        Points of the answers that a teacher reads.

    Returns
    -------
    tuple
        The checks, a tuple, and a function without parameters.
    """
    checks = tuple(import_module(f"{package}.{name}").CHECK for name in exercises)
    # after all imports: importing a module for the first time sets the attribute to the module
    vars(sys.modules[package]).update(zip(exercises, checks, strict=True))

    def show_points():
        """Show the points of this lab's parts, as far as they were checked in this session."""
        return points_so_far(checks, written)

    return checks, show_points
