"""Restore a submission's notebook: locked cells as released, and only the marks of the lab."""

import json
import warnings

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from nbformat.validator import isvalid, normalize
from nbgrader.preprocessors import NbGraderPreprocessor

from course_utils.notebooks.notebook_file import ID, NotANotebook, parse
from forkgrade.steps.marks import clean_metadata, tidy
from forkgrade.steps.overwrite import OverwriteReleased
from forkgrade.steps.released import GradebookStandIn
from forkgrade.steps.texts import code_size

KEPT = ("nbgrader", "tags", "deletable", "editable")  # of a cell's metadata
MOST_SIGNS = 200_000  # of all code; to parse a sign takes up to two kilobytes
MOST_NAMED = 3  # cells in one flag


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
        self._changes = {}

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
        # a formatter changes every cell, and is one thing to look at
        self.flags += [f"edited: the {what} of {_listed(names)} was put back"
                       for what, names in self._changes.items()]
        present = _names(nb)
        nb, resources = self.add_missing_grade_cells(nb, resources)
        nb, resources = self.add_missing_task_cells(nb, resources)
        self.flags += [f"deleted: {name} was put back" for name in _names(nb)
                       if name not in present]
        return nb, resources

    def report_change(self, name, attr, old, new):
        """Remember a change for a flag, unless nobody changed the text that was released.

        Parameters
        ----------
        name, attr : str
            Of the cell, and what of it changed.
        old, new : object
        """
        if attr == "checksum" and self._is_as_released(name):
            return
        what = {"checksum": "text", "cell_type": "type"}.get(attr, attr)
        self._changes.setdefault(what, []).append(name)


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
                flags = tidy(nb, released)
                return *_completed(nb, flags, released), None
        except NotANotebook as error:
            reason = f"The notebook cannot be read: {error}."
        except Exception as error:  # whatever a hostile file makes a parser raise
            reason = ("The notebook cannot be read: it holds something else than a notebook "
                      f"({type(error).__name__}: {error}"[:300] + ").")
    nb = new_notebook(cells=[new_markdown_cell(f"**Not run.** {reason}", id="not-run")])
    return _completed(nb, [], released)[0], [], reason


def _listed(names):
    """Return some names in words."""
    if len(names) > MOST_NAMED + 1:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more cells"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _completed(nb, flags, released):
    """Put the locked cells back; return the notebook, and the flags with those of changes."""
    clean_metadata(nb)
    if released.kernelspec:
        nb.metadata["kernelspec"] = json.loads(released.kernelspec)
    step = Restore(GradebookStandIn(released))
    nb, _ = step.preprocess(nb, {})
    _unique_ids(nb)
    if not isvalid(nb):  # other programs are to open it
        _, nb = normalize(nb, strip_invalid_metadata=True)
    return nb, flags + step.flags


def _parsed(text):
    nb = parse((text or "").encode("utf-8", "replace")).to_node()
    for cell in nb.cells:
        cell.metadata = nbformat.NotebookNode({key: cell.metadata[key] for key in KEPT
                                               if key in cell.metadata})
        tags = cell.metadata.get("tags", [])
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            del cell.metadata["tags"]
    if code_size("\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")) \
            > MOST_SIGNS:
        raise NotANotebook(f"its code has more than {MOST_SIGNS:,} words and signs, which no "
                           "program has that a person writes")
    return nb


def _names(nb):
    return [cell.metadata["nbgrader"]["grade_id"] for cell in nb.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id")]


def _unique_ids(nb):
    ids = set()
    for number, cell in enumerate(nb.cells):
        if not isinstance(cell.get("id"), str) or cell.id in ids or not ID.fullmatch(cell.id):
            cell["id"] = f"cell-{number}"
        ids.add(cell.id)
    nb.nbformat, nb.nbformat_minor = 4, 5
