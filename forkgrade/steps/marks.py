"""nbgrader's marks in a submission: only the cells of the lab have some, each of them once."""

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from forkgrade.steps.released import from_gradebook
from forkgrade.steps.texts import same_text

PYTHON = {"name": "python", "pygments_lexer": "ipython3"}
MARKS = ("grade", "solution", "points")


def tidy(nb, released):
    """Take the marks from cells that have no right to them; in place.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    released : forkgrade.job.Released

    Returns
    -------
    list of str
        Flags.
    """
    flags, order = [], [cell.name for cell in released.cells]
    places = {name: [] for name in order}
    for place, cell in enumerate(nb.cells):
        name = _name(cell)
        if name in places:
            places[name].append(place)
        elif "nbgrader" in cell.metadata:
            del cell.metadata["nbgrader"]
            if name is not None:
                flags.append(f"renamed: there is no cell {name[:60]!r} in this lab")
    kept = []
    for original in released.cells:
        name, among = original.name, places[original.name]
        if among:
            kept.append((_counting(nb, among, original), name))
            flags += _mark(nb.cells[kept[-1][0]], original, released)
        if len(among) > 1:
            flags.append(_repeated(nb, among, kept[-1][0], original))
        for place in among:
            if place != kept[-1][0]:
                del nb.cells[place].metadata["nbgrader"]
    if kept != sorted(kept):
        flags.append("reordered: the graded cells are not in the order of the lab")
    return flags


def _name(cell):
    """Return the name in a cell's marks, or None if there is none."""
    marks = cell.metadata.get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    return name if isinstance(name, str) else None


def _counting(nb, among, original):
    """Return the place of the cell that counts: the last one in which somebody has worked."""
    if not original.locked:
        among = [place for place in among
                 if not same_text(nb.cells[place].source, original.source)] or among
    return among[-1]


def _repeated(nb, among, counting, original):
    name, texts = original.name, [nb.cells[place].source for place in among]
    which = "the last one" if counting == among[-1] else "the last one that was changed"
    if among == list(range(among[0], among[-1] + 1)) and _are_parts(texts) \
            and not any(same_text(text, original.source) for text in texts):
        return f"split: {name} was split into {len(among)} cells; {which} has its marks"
    return f"copied: {name} occurs more than once; {which} counts"


def _are_parts(texts):
    """Say whether some texts share so little that they are parts of one, and not copies."""
    lines = [{line.strip() for line in text.splitlines() if line.strip()} for text in texts]
    return all(len(one & other) * 2 < min(len(one), len(other))
               for one, other in zip(lines, lines[1:], strict=False) if one and other)


def _mark(cell, original, released):
    """Give a cell of the lab the marks with which it was released; return a flag if they differ."""
    name = original.name
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
    if any(claims.get(key, marks[key]) != marks[key] for key in MARKS if key in marks):
        return [f"edited: the marks of {name} were put back"]
    return []


def clean_metadata(nb):
    """Leave of a whole notebook's metadata what nbgrader and its pages need; in place.

    The rest says how another program showed it: a page could not be made of widgets without a
    state, or with a language that is none.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    """
    kernel = nb.metadata.get("kernelspec")
    nb.metadata = nbformat.from_dict({"language_info": PYTHON})
    if isinstance(kernel, dict) and {"name", "display_name"} <= set(kernel) \
            and all(isinstance(value, str) for value in kernel.values()):
        nb.metadata["kernelspec"] = kernel


class TidyMarks(NbGraderPreprocessor):
    """In place of nbgrader's DeduplicateIds, which leaves what later steps stumble over."""

    def preprocess(self, nb, resources):
        """Put the marks right, and clean the metadata of the notebook.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        resources : dict

        Returns
        -------
        nb : nbformat.NotebookNode
        resources : dict
        """
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(names["notebook"], names["assignment"])
            flags = tidy(nb, from_gradebook(notebook))
        clean_metadata(nb)
        for flag in flags:
            self.log.warning("%s, %s: %s", names["student"], names["notebook"], flag)
        return nb, resources
