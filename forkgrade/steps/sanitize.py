"""Make what a learner wrote harmless before a teacher's browser shows it."""

import re
from urllib.parse import unquote

from nbformat.v4 import new_output

from forkgrade.steps.markup import Cleaner
from forkgrade.suite import RECORD_TYPE

RECORD = RECORD_TYPE.partition(".check")[0]  # and whatever else begins like it
PICTURES = ("image/png", "image/jpeg", "image/gif")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
ATTACHED = re.compile(r"attachment:([^\s)\"'<>]*)")
TEXTS = ("text/plain", "text/latex", "text/html", "text/markdown")
PICTURE = re.compile(r"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=]+")
MOST = {"text": 400_000, "cells": 2_000_000, "picture": 4_000_000, "line": 20_000, "outputs": 1000}


def clean_outputs(outputs):
    """Return outputs as notebooks hold them, without anything that a browser would execute.

    Parameters
    ----------
    outputs : object
        What a learner's process sent; it may be anything.

    Returns
    -------
    outputs : list of nbformat.NotebookNode
    forged : bool
        Whether one posed as a check's record.
    """
    cleaned, forged = [], False
    outputs = outputs if isinstance(outputs, list) else []
    if len(outputs) > MOST["outputs"]:
        more = f"[{len(outputs) - MOST['outputs']} more outputs are left out]\n"
        outputs = [*outputs[:MOST["outputs"]],
                   {"output_type": "stream", "name": "stdout", "text": more}]
    cleaner = Cleaner()
    for output in outputs:
        data = output.get("data") if isinstance(output, dict) else None
        forged |= isinstance(data, dict) and any(str(kind).startswith(RECORD) for kind in data)
        try:
            cleaned += _output(output, cleaner)
        except (AttributeError, KeyError, TypeError, ValueError):
            continue  # not an output at all
    return cleaned, forged


def _output(output, cleaner):
    kind = output["output_type"]
    if kind == "stream":
        name = "stderr" if output["name"] == "stderr" else "stdout"
        return [new_output("stream", name=name, text=_lines(output["text"]))]
    if kind == "error":
        trace = [_lines(line) for line in list(output["traceback"])[:200]]
        return [new_output("error", ename=_lines(output["ename"])[:200],
                           evalue=_lines(output["evalue"])[:5000], traceback=trace)]
    if kind not in ("execute_result", "display_data"):
        return []
    data = _data(output["data"], cleaner)
    more = {"execution_count": execution_count(output.get("execution_count"))} \
        if kind == "execute_result" else {}
    return [new_output(kind, data=data, **more)] if data else []


def _data(data, cleaner):
    bundle = {}
    for kind in TEXTS:
        if isinstance(data.get(kind), str):
            text = _lines(data[kind])
            bundle[kind] = text if kind == "text/plain" else cleaner.clean(text)
    for kind in PICTURES:
        if isinstance(data.get(kind), str) and len(data[kind]) < MOST["picture"] \
                and BASE64.fullmatch(data[kind]):
            bundle[kind] = data[kind]
    if "text/markdown" in bundle:
        bundle["text/markdown"] = ATTACHED.sub("", bundle["text/markdown"])
    return bundle


def printable(text):
    """Return a text that can be written and shown on one line.

    Parameters
    ----------
    text : object
        Whatever it holds.

    Returns
    -------
    str
    """
    text = str(text).encode("utf-8", "replace").decode()
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def clean_cells(nb, locked):
    """Clean Markdown that a learner could write, and attachments; cut what is long; in place.

    A page of a long text takes minutes to make, in which the pages of others wait.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    locked : set of str
        The cells that were put back as released.
    """
    cleaner, left = Cleaner(), MOST["cells"]
    for cell in nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in locked:
            continue
        cell.source = _cut(cell.source, min(left, MOST["text"]), cell.cell_type == "code")
        left -= _length(cell.source)
        if cell.cell_type in ("markdown", "raw"):
            cell.cell_type = "markdown"
            cell.source = cleaner.clean(cell.source)
        attachments = cell.get("attachments", {})
        for name in [name for name in attachments if not _is_picture(attachments[name])]:
            del attachments[name]
        if cell.cell_type == "markdown":
            cell.source = _without_dead_references(cell.source, attachments)


def _cut(text, most, is_code):
    """Return a text cut to so many characters, pictures in it not counted."""
    if _length(text) <= most:
        return text
    return f"{text[:max(most, 0)]}\n{'# ' if is_code else ''}[cut: it had {len(text):,} characters]"


def _length(text):
    return len(text) - sum(len(match[0]) for match in PICTURE.finditer(text))


def _is_picture(bundle):
    return isinstance(bundle, dict) and bundle and set(bundle) <= set(PICTURES) and all(
        isinstance(picture, str) and BASE64.fullmatch(picture) for picture in bundle.values())


def _without_dead_references(text, attachments):
    """Return a text without references to missing attachments, at which nbconvert would fail."""
    def reference(match):
        plain = unquote(match[1])
        if plain in attachments:  # nbconvert looks up the name as written
            attachments.setdefault(match[1], attachments[plain])
        return match[0] if match[1] in attachments else f"removed-{match[1]}"

    return ATTACHED.sub(reference, text)


def execution_count(value):
    """Return a value if it can be the count of an execution, else None.

    Parameters
    ----------
    value : object
    """
    return value if type(value) is int and 0 <= value < 10**9 else None


def _lines(text):
    """Return a text cut to what a page can show, long lines and the whole."""
    text = str(text)
    if len(text) > MOST["text"]:
        text = text[:MOST["text"]] + "\n[cut]"
    if len(text) > MOST["line"]:
        text = "\n".join(line if len(line) <= MOST["line"] else line[:MOST["line"]] + " [cut]"
                         for line in text.split("\n"))
    return text
