"""What a test cell of a lab must look like so that nbgrader reads its points."""

import ast
import io
import tokenize

from course_utils.checks.suite import called_check
from course_utils.errors import CourseError
from course_utils.notebooks.source import parse_cell, to_python

SILENT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
          tokenize.ENDMARKER)


def check_test_cell(source, index, name, points, checks=None):
    """Check that a test cell ends in `check.NAME()`, visibly, for the points it promises.

    nbgrader gives full marks to a cell without output, so neither a semicolon nor an
    assignment may stand between the check and its output.

    Parameters
    ----------
    source : course_utils.notebooks.source.Source
    index : int
        The cell's place in the source.
    name : str
        Of the check.
    points : float
        What the cell promises.
    checks : object, optional
        Has one attribute for each check, with its `points`; without it points are not compared.

    Raises
    ------
    CourseError
        Names file, line and what to write instead.
    """
    if called_check(to_python(source.cells[index].source), arguments=True)[1] != name:
        raise source.fault(index, f"the last line of test {name!r} must be check.{name}() and "
                                  "nothing else: nbgrader reads the points from its output.")
    if _ends_in_semicolon(source.cells[index].source):
        raise source.fault(index, f"check.{name}() ends in a semicolon, which hides its output, "
                                  "and nbgrader gives full marks for no output; remove it.")
    if checks is not None:
        _check_points(source, index, name, points, checks)


def load_checks(source):
    """Load the checks that a lab imports as `check`.

    Parameters
    ----------
    source : course_utils.notebooks.source.Source
        The lab.

    Returns
    -------
    module or None
        None if the lab imports no checks.

    Raises
    ------
    CourseError
        If the imported checks do not exist.
    """
    for index, cell in enumerate(source.cells):
        if cell.cell_type != "code":
            continue
        for node in ast.walk(parse_cell(source, index)):
            if isinstance(node, ast.ImportFrom) and node.module == "course_utils.checks":
                for alias in node.names:
                    if alias.asname == "check":
                        return _load(source, index, alias.name)
    return None


def _load(source, index, lab):
    from course_utils.checks import load

    try:
        return load(lab)
    except CourseError as error:
        raise source.fault(index, str(error)) from None


def _ends_in_semicolon(code):
    tokens = tokenize.generate_tokens(io.StringIO(to_python(code)).readline)
    heard = [token for token in tokens if token.type not in SILENT]
    return bool(heard) and heard[-1].string == ";"


def _check_points(source, index, name, points, checks):
    check = getattr(checks, name, None)
    if check is None or not hasattr(check, "points"):
        raise source.fault(index, f"there is no check {name!r} in {checks.__name__}; "
                                  "write it there or fix the name.")
    if float(check.points) != float(points):
        raise source.fault(index, f"the cell promises {points:g} points and check.{name} gives "
                                  f"{float(check.points):g}; make them equal.")
