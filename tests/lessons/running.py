"""Running a lesson's source in this process, with or without a change."""

import ast
import contextlib
import copy
import io
import random
import sys
from pathlib import Path

import jupytext
import numpy as np
import pandas as pd

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


def differs(lesson, shown, *, seed, monkeypatch):
    """Say whether a lesson shows something else with this seed; run it no further than that."""
    space = _begin(seed, monkeypatch)
    return any(_run_cell(cell, space) != text
               for cell, text in zip(_code_cells(source(lesson)), shown, strict=True))


def run_with_changes(lesson, cases, *, seed=1, monkeypatch):
    """Run every code cell once, and on the way try each case of (beginning, old, new).

    Before the first cell that a change touches, that cell and those up to the claim are run as
    changed; then the variables, tables, lists and generators of random numbers are put back.
    Other objects that cells change in place are not: such cells must begin by setting what they
    change. A lesson that runs without changes shows whether anything was left over.

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
    put_back = _remember(space)
    claims.LOG.clear()
    for cell in cells:
        _run_cell(cell.replace(old, new), space)
    held = [held for statement, held in claims.LOG if statement.startswith(beginning)]
    put_back()
    return held == [False]


def _remember(space):
    """Return a function that gives the variables and all random numbers their present state."""
    before = dict(space)
    contents = {name: copy.copy(value) for name, value in space.items()
                if isinstance(value, (dict, list, pd.DataFrame)) and not name.startswith("__")}
    state = copy.deepcopy(space["rng"].bit_generator.state) if "rng" in space else None
    common = random.getstate(), np.random.get_state()

    def put_back():
        space.clear()
        space.update(before)
        for name, content in contents.items():
            _refill(space[name], content)
        if state:
            space["rng"].bit_generator.state = state
        random.setstate(common[0])
        np.random.set_state(common[1])

    return put_back


def _refill(value, content):
    """Give a container the content that it had; other variables may hold the same container."""
    if isinstance(value, dict):
        value.clear()
        value.update(content)
    elif isinstance(value, list):
        value[:] = content
    elif not value.equals(content):
        raise AssertionError("a cell changes a table in place: it must begin by making it anew")


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
