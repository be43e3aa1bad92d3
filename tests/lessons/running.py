"""Running a lesson's source in this process, with or without a change."""

import ast
import contextlib
import io
import sys
from pathlib import Path

import jupytext

from course_utils.checks import claims

LESSONS = Path(__file__).parents[2] / "source" / "lessons"


def names():
    """Return the names of all lessons, in teaching order."""
    return sorted(path.stem for path in LESSONS.glob("[0-9][0-9]_*.py"))


def source(lesson):
    """Return the text of a lesson's source."""
    return (LESSONS / f"{lesson}.py").read_text("utf-8")


def run(lesson, *, old="", new="", seed=1, monkeypatch):
    """Run every code cell; return the claims as {statement: held} and what the cells show."""
    text = source(lesson)
    assert old in text, f"this is no longer in the lesson: {old}"
    notebook = jupytext.reads(text.replace(old, new) if old else text, fmt="py:percent")
    monkeypatch.setenv("COURSE_SEED", str(seed))
    monkeypatch.setattr(claims, "LOG", [])
    space, shown = {"__name__": "lesson"}, []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown.append(_run_cell(cell.source, space))
    return dict(claims.LOG), shown


def _run_cell(code, space):
    body = ast.parse(code).body
    printed, value = io.StringIO(), None
    with contextlib.redirect_stdout(printed), contextlib.suppress(claims.ClaimFailed):
        if body and isinstance(body[-1], ast.Expr):
            exec(compile(ast.Module(body[:-1], []), "lesson", "exec"), space)
            value = eval(compile(ast.Expression(body[-1].value), "lesson", "eval"), space)
        else:
            exec(compile(code, "lesson", "exec"), space)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")  # as a notebook does after each cell
    text = printed.getvalue()
    # outside a notebook a widget prints its whole state, with ids that differ from run to run
    return ("" if text.startswith("{'") else text) + (repr(value) if _is_plain(value) else "")


def _is_plain(value):
    # figures and widgets show their address, which differs from run to run
    return isinstance(value, (int, float, str, tuple, dict)) or hasattr(value, "to_numpy")
