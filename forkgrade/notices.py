"""The cell of a graded notebook that tells a learner which marks have changed, and why."""

import re
from datetime import datetime

import nbformat
from nbformat.v4 import new_markdown_cell

from course_utils.paths import write_whole
from forkgrade.steps.gradebook_marks import PENALTY, key

MARKER = "plain_sight_changes"  # in the cell's metadata
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")
WORDS = {"grade": "handed in again", "regrade": "regraded", "zero": "set to 0 by your teacher",
         "unzero": "the 0 was taken back", "mark": "marked by your teacher",
         "unmark": "your teacher's mark was taken back", "elsewhere": "changed by your teacher"}


def put(nb, lab, notebook, told):
    """Let the first cell of a graded notebook say which marks have changed; in place.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    lab, notebook : str
        The notebook's name, and its lab's.
    told : list
        What `forkgrade.changes.Log.told` returns.

    Returns
    -------
    bool
        Whether the notebook is another one now.
    """
    before = [cell for cell in nb.cells if cell.metadata.get(MARKER)]
    sentences = list(_sentences(nb, lab, notebook, told))
    text = "\n".join(["**Marks that changed**", "", *(f"- {each}" for each in sentences)])
    if [cell.source for cell in before] == ([text] if sentences else []):
        return False
    nb.cells = [cell for cell in nb.cells if not cell.metadata.get(MARKER)]
    if sentences:
        nb.cells.insert(0, _cell(nb, text))
    return True


def _cell(nb, text):
    cell = new_markdown_cell(text, metadata={MARKER: True})
    if nb.get("nbformat_minor", 5) < 5:
        del cell["id"]
    return cell


def _sentences(nb, lab, notebook, told):
    names = {key(lab, notebook, name): name for name in [*_parts(nb), PENALTY]}
    for entry, part, old, new in told:
        if part in names:
            yield sentence(_label(nb, names[part]), entry, old, new)


def _parts(nb):
    return [cell.metadata["nbgrader"]["grade_id"] for cell in nb.cells
            if cell.metadata.get("nbgrader", {}).get("grade_id")]


def sentence(label, entry, old, new):
    """Return the sentence that tells a learner of a change.

    Parameters
    ----------
    label : str
        What was marked.
    entry : forkgrade.changes.Entry
    old, new : float or None

    Returns
    -------
    str
    """
    why = WORDS[entry.kind] + (f": {entry.because}" if entry.because else "")
    day = datetime.fromisoformat(entry.time).astimezone()
    date = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if old == new:
        return f"{label} was set to {_points(new)} on {date} ({why})."
    return f"{label} changed from {_points(old)} to {_points(new)} on {date} ({why})."


def _points(value):
    return "none" if value is None else f"{value:g}"


def _label(nb, name):
    """Return how a learner knows a part: by the heading above it, and the name of its cell."""
    if name == PENALTY:
        return "Your late penalty"
    heading = ""
    for cell in nb.cells:
        if cell.cell_type == "markdown" and (lines := re.findall(r"(?m)^#+ +(.+)$", cell.source)):
            heading = lines[-1]
        if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
            break
    # whatever a learner made of the heading, it stays one plain line
    plain = re.sub(r"\s*\(.*?\)\s*$|[^\w\s·.,:;'?!-]", "", heading).strip()[:80]
    return f"Your mark for {plain} (`{name}`)" if plain else f"Your mark for `{name}`"


def rewrite(folder, lab, told):
    """Bring what the notebooks of a graded submission say of changes up to date.

    Parameters
    ----------
    folder : pathlib.Path
        In `autograded/`.
    lab : str
    told : list
        What `forkgrade.changes.Log.told` returns.
    """
    for path in sorted(folder.glob("*.ipynb")):
        nb = nbformat.read(path, 4)
        if put(nb, lab, path.stem, told):
            write_whole(path, nbformat.writes(nb))
