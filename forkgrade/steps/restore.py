"""Restore a submission's notebook: locked cells as released, and only the marks of the lab."""

import json
import re
import warnings

import nbformat
from nbformat.reader import NotJSONError
from nbformat.v4 import new_markdown_cell, new_notebook
from nbformat.validator import isvalid, normalize
from nbgrader.preprocessors import NbGraderPreprocessor

from forkgrade.steps.overwrite import OverwriteReleased
from forkgrade.steps.released import GradebookStandIn

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MOST_SOURCE = 20_000_000  # characters in all cells
FIELDS = {"cell_type", "id", "metadata", "source"}  # of each cell
MORE_FIELDS = {"code": {"execution_count", "outputs"}, "markdown": {"attachments"},
               "raw": {"attachments"}}


class TooLong(ValueError):
    """The notebook has more text than any real notebook."""


class Restore(OverwriteReleased):
    """OverwriteReleased without a gradebook, which keeps a list of what was changed.

    Parameters
    ----------
    gradebook : forkgrade.steps.released.GradebookStandIn
    **more
        As nbgrader has them.

    Attributes
    ----------
    flags : list of str
        What was changed and is put back.
    """

    def __init__(self, gradebook, **more):
        super().__init__(**more)
        self.gradebook, self.flags, self.notebook_id, self.assignment_id = gradebook, [], "", ""

    def preprocess(self, nb, resources):
        """Put every locked cell back.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        resources : dict

        Returns
        -------
        nb : nbformat.NotebookNode
        resources : dict
        """
        nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        present = _names(nb)
        nb, resources = self.add_missing_grade_cells(nb, resources)
        nb, resources = self.add_missing_task_cells(nb, resources)
        self.flags += [f"deleted: {name} was put back" for name in _names(nb)
                       if name not in present]
        return nb, resources

    def report_change(self, name, attr, old, new):
        """Flag a change, unless it is the removal of hidden tests at release.

        Parameters
        ----------
        name, attr : str
            Of the cell, and what of it changed.
        old, new : object
        """
        if attr == "checksum" and new == self._released_checksum(name):
            return
        what = {"checksum": "text", "cell_type": "type"}.get(attr, attr)
        self.flags.append(f"edited: the {what} of {name} was put back")


def restore(text, released, reason=None):
    """Return the notebook to run, and flags.

    Parameters
    ----------
    text : str or None
        The notebook as it was handed in.
    released : forkgrade.job.Released
    reason : str, optional
        Why there is nothing to run; the notebook then says so.

    Returns
    -------
    notebook : nbformat.NotebookNode
    flags : list of str
    reason : str or None
    """
    if reason is None:
        try:
            with warnings.catch_warnings(action="ignore"):  # of ids, which are made unique here
                nb = _parsed(text)
                flags = _tidy(nb, released)
                return *_completed(nb, flags, released), None
        except Exception as error:  # whatever a hostile file makes a parser raise
            reason = f"The notebook cannot be read: {_trouble(text, error)}."
    nb = new_notebook(cells=[new_markdown_cell(f"**Not run.** {reason}", id="not-run")])
    return _completed(nb, [], released)[0], [], reason


def _trouble(text, error):
    if isinstance(error, TooLong):
        return str(error)
    if not (text or "").strip():
        return "it is empty"
    if isinstance(error, NotJSONError):
        return "it is not JSON, as notebooks are"
    return f"it holds something else than a notebook ({type(error).__name__}: {error}"[:250] + ")"


def _completed(nb, flags, released):
    """Put the locked cells back; return the notebook, and the flags with those of changes."""
    if released.kernelspec:
        nb.metadata["kernelspec"] = json.loads(released.kernelspec)
    step = Restore(GradebookStandIn(released))
    nb, _ = step.preprocess(nb, {})
    _unique_ids(nb)
    if not isvalid(nb):  # other programs are to open it
        _, nb = normalize(nb, strip_invalid_metadata=True)
    return nb, flags + step.flags


def _parsed(text):
    nb = nbformat.reads(text, as_version=4)
    for key in set(nb) - {"cells", "metadata", "nbformat", "nbformat_minor"}:
        del nb[key]
    nb.cells = [cell for cell in nb.cells if cell.get("cell_type") in ("code", "markdown", "raw")]
    for cell in nb.cells:
        _repair_cell(cell)
    if sum(len(cell.source) for cell in nb.cells) > MOST_SOURCE:
        raise TooLong(f"its cells hold more than {MOST_SOURCE:,} characters")
    if not isinstance(nb.get("metadata"), dict):
        nb.metadata = nbformat.NotebookNode()
    if not isinstance(nb.metadata.get("language_info", {}), dict):
        del nb.metadata["language_info"]
    return nb


def _repair_cell(cell):
    """Leave in a cell only what belongs there and has the right type; forget its outputs."""
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    cell.source = source.encode("utf-8", "replace").decode()  # half a surrogate pair cannot stay
    for key in set(cell) - FIELDS - MORE_FIELDS[cell.cell_type]:
        del cell[key]
    for key in {"metadata", "attachments"} & set(cell):
        if not isinstance(cell[key], dict):
            del cell[key]
    cell.setdefault("metadata", nbformat.NotebookNode())
    tags = cell.metadata.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        del cell.metadata["tags"]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None


def _tidy(nb, released):
    """Take nbgrader's marks from cells that have no right to them; return flags."""
    order, flags, names = [cell.name for cell in released.cells], [], set()
    for cell in reversed(nb.cells):  # of copies the last one stays, as in nbgrader
        if "nbgrader" not in cell.metadata:
            continue
        name = _marked_name(cell)
        if name in order and name not in names:
            names.add(name)
            flags += _mark(cell, released)
            continue
        del cell.metadata["nbgrader"]
        if name in names:
            flags.append(f"copied: {name} occurs more than once; the last one counts")
        elif name is not None:
            flags.append(f"renamed: there is no cell {str(name)[:60]!r} in this lab")
    if [name for name in _names(nb) if name in names] != [name for name in order if name in names]:
        flags.append("reordered: the graded cells are not in the order of the lab")
    return flags


def _mark(cell, released):
    """Give a cell of the lab the marks with which it was released; return a flag if they differ."""
    name = cell.metadata["nbgrader"]["grade_id"]
    original = next(cell for cell in released.cells if cell.name == name)
    graded = released.graded.get(name)
    kind = graded and graded.kind
    claims = cell.metadata["nbgrader"]
    marks = {"grade": kind == "grade", "solution": name in released.solutions,
             "locked": original.locked, "task": kind == "task", "grade_id": name,
             "schema_version": 3, "cell_type": original.cell_type,
             "checksum": claims.get("checksum", original.checksum)}
    if graded:
        marks["points"] = graded.max_points
    cell.metadata["nbgrader"] = nbformat.NotebookNode(marks)
    if any(claims.get(key, marks[key]) != marks[key] for key in ("grade", "solution", "points")
           if key in marks):
        return [f"edited: the marks of {name} were put back"]
    return []


def _marked_name(cell):
    """Return the name in a cell's marks, or None if there is none."""
    marks = cell.metadata["nbgrader"]
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None


def _names(nb):
    return [cell.metadata["nbgrader"]["grade_id"] for cell in nb.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id")]


def _unique_ids(nb):
    ids = set()
    for number, cell in enumerate(nb.cells):
        if not isinstance(cell.get("id"), str) or cell.id in ids or not ID.fullmatch(cell.id):
            cell["id"] = f"cell-{number}"
        ids.add(cell.id)
    nb.nbformat, nb.nbformat_minor = 4, max(int(nb.get("nbformat_minor", 5)), 5)
