"""Running a lesson's source in this process, with or without a change."""

import ast
import contextlib
import copy
import io
import sys
from pathlib import Path

import jupytext

from course_utils import claims

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
    cells = _code_cells(text.replace(old, new) if old else text)
    space = _begin(seed, monkeypatch)
    shown = [_run_cell(cell, space) for cell in cells]
    return dict(claims.LOG), shown


def run_with_changes(lesson, cases, *, seed=1, monkeypatch):
    """Run every code cell once, and on the way try each case of (beginning, old, new).

    Before the first cell that a change touches, that cell and those up to the claim are run as
    changed; then the variables and the lesson's `rng` are put back. Objects that cells change in
    place are not: such cells must begin by setting what they change.

    Returns
    -------
    failed : dict of str to bool
        By the claim's beginning: whether it failed with the change.
    shown : list of str
        What the unchanged cells show.
    """
    cells = _code_cells(source(lesson))
    space, failed, shown = _begin(seed, monkeypatch), {}, []
    for place, cell in enumerate(cells):
        for beginning, old, new in cases:
            if old in cell and beginning not in failed:
                end = next(k for k, each in enumerate(cells) if f'claim("{beginning}' in each)
                failed[beginning] = _fails(cells[place:end + 1], old, new, beginning, space)
        shown.append(_run_cell(cell, space))
    return failed, shown


def _fails(cells, old, new, beginning, space):
    before, state = dict(space), _state(space)
    claims.LOG.clear()
    for cell in cells:
        _run_cell(cell.replace(old, new), space)
    held = [held for statement, held in claims.LOG if statement.startswith(beginning)]
    space.clear()
    space.update(before)
    if state:
        space["rng"].bit_generator.state = state
    return held == [False]


def _state(space):
    return copy.deepcopy(space["rng"].bit_generator.state) if "rng" in space else None


def _code_cells(text):
    return [cell.source for cell in jupytext.reads(text, fmt="py:percent").cells
            if cell.cell_type == "code"]


def _begin(seed, monkeypatch):
    monkeypatch.setenv("COURSE_SEED", str(seed))
    monkeypatch.setattr(claims, "LOG", [])
    return {"__name__": "lesson"}


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
