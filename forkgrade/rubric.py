"""The file of comments as a teacher begins it: all misconceptions and rubric rows of a lab."""

import json
import re
import tomllib

from forkgrade.comments import FAILED
from forkgrade.steps.gradebook_marks import key

WORDS = {"half a": 0.5, "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0}
POINTS = re.compile(r"(half a|one|two|three|a|\d+(?:\.\d+)?) points?\b", re.IGNORECASE)
HEAD = """\
# Comments on {lab}: written once, and shown to everybody whom they concern.
# An empty text is no comment. Check this file and write the comments: course comments {lab}
#
# Misconceptions stand under the test whose check names them; what you write directly below
# [misconceptions] is said in every part. `failed` is for a test that lost points for which there
# is no other comment.

[misconceptions]
{failed} = ""
"""
RUBRIC = """
# Rows of a rubric. They give points and comment together:
#   course comments {lab} --mark STUDENT {cell} ROW ROW
"""


def template(lab, parts, notebooks):
    """Return the text of a file of comments with every name that a lab has.

    Parameters
    ----------
    lab : str
    parts : forkgrade.comments.Parts
    notebooks : dict of str to nbformat.NotebookNode
        The instructor's notebooks, by name.

    Returns
    -------
    str
    """
    text = HEAD.format(lab=lab, failed=FAILED)
    for test, names in parts.tests.items():
        text += f"\n[misconceptions.{_key(test)}]\n"
        for name, hint in (names or {}).items():
            if name == FAILED:
                continue
            text += f"# the learner reads: {' '.join(hint.split())}\n" if hint else ""
            text += f'{_key(name)} = ""\n'
        text += f'{FAILED} = ""\n'
    for cell, most in parts.written.items():
        text += RUBRIC.format(lab=lab, cell=cell)
        for name, points, meaning in _rows_of(lab, cell, notebooks) or [("full", most, "")]:
            text += f"\n[rubric.{_key(cell)}.{_key(name)}]\n"
            text += f"# {meaning}\n" if meaning else ""
            text += f'points = {points:g}\ntext = ""\n'
    return text


def missing(old, new):
    """Return the entries of a template that a file of comments lacks, as dotted names.

    Parameters
    ----------
    old, new : str
        The file and the template, both TOML.

    Returns
    -------
    list of str
    """
    there = set(_names(tomllib.loads(old)))
    return [name for name in _names(tomllib.loads(new)) if name not in there]


def _names(table, before=()):
    for name, value in table.items():
        if isinstance(value, dict) and "points" not in value:
            yield from _names(value, (*before, name))
        else:
            yield ".".join(_key(each) for each in (*before, name))


def _key(name):
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else json.dumps(name)


def _rows_of(lab, part, notebooks):
    """Return (name, points, meaning) for the rows of a written answer's rubric."""
    for notebook, nb in notebooks.items():
        for cell in nb.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if name and key(lab, notebook, name) == part:
                return list(rows(cell.source))
    return []


def rows(source):
    """Yield the rows of the tables that follow the word *rubric* in a sample answer.

    Parameters
    ----------
    source : str
        Markdown. A table whose only column of points is the first one has a row for each line
        (``| half a point for | for example |``); one with points above further columns
        (``| | 1 point | half a point |``) has a row for each cell.

    Yields
    ------
    name : str
    points : float
    meaning : str
    """
    found = re.search("rubric", source, re.IGNORECASE)
    heads, names = None, {}
    for line in source[found.end():].splitlines() if found else []:
        if not line.lstrip().startswith("|"):
            heads = None
            continue
        cells = [cell.strip() for cell in line.strip()[1:].rstrip("|").split("|")]
        if heads is None:
            heads = [_points(cell) for cell in cells]
        elif not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            for name, points, meaning in _of_line(heads, cells):
                names[name] = names.get(name, 0) + 1
                yield name + (f"-{names[name]}" if names[name] > 1 else ""), points, meaning


def _of_line(heads, cells):
    if any(points is not None for points in heads[1:]):
        for points, meaning in zip(heads[1:], cells[1:], strict=False):
            if points is not None:
                level = "half" if points == 0.5 else f"{points:g}".replace(".", "-")
                yield f"{_slug(cells[0])}-{level}", points, meaning
    elif heads[0] is not None:
        yield _slug(cells[0]), heads[0], cells[0]


def _points(text):
    match = POINTS.search(text)
    if match is None:
        return None
    word = match[1].lower()
    return WORDS[word] if word in WORDS else float(word)


def _slug(text):
    words = re.findall(r"\w+", re.split(r"[:,(]", text)[0].lower(), re.ASCII)
    return "-".join(words[:5]) or "row"
