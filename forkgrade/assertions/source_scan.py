"""Scan a learner's code for what could make tests of plain assertions pass unearned."""

import base64

from forkgrade.assertions.learner_code import Code
from forkgrade.assertions.rules import HIDING, UNREAD, UNREAD_FILE

ALL_MAGIC = {f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "bool", "contains",
                                        "array_ufunc", "array_function")}
# what these add to a class counts as written
GENERATED = {"dataclass": {"__eq__", "__lt__", "__le__", "__gt__", "__ge__"},
             "total_ordering": {"__lt__", "__le__", "__gt__", "__ge__"}}


def sources(nb, locked=frozenset(), files=(), instructor_cells=()):
    """Return the learner's code: of the cells, and of what was handed in beside the notebook.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    locked : set of str
        Cells that are not the learner's.
    files : dict, optional
        What was handed in beside the notebook, in base64.
    instructor_cells : collection of str, optional
        See `forkgrade.steps.instructor_notebook.code_without_answers`.

    Returns
    -------
    list of str
    """
    cells = [cell.source for cell in nb.cells if cell.cell_type == "code"
             and cell.metadata.get("nbgrader", {}).get("grade_id") not in locked
             and cell.source.strip() not in instructor_cells]
    return cells + [base64.b64decode(files[name]).decode("utf-8", "replace") for name in files
                    if name.endswith(".py")]


def magic(sources):
    """Return the special methods by which a class can answer every comparison as it likes.

    Parameters
    ----------
    sources : iterable of str

    Returns
    -------
    set of str
    """
    return set().union(*(Code(source).magic() for source in sources))


def generated(sources):
    """Return the special methods that decorators make for the classes in some code.

    Parameters
    ----------
    sources : collection of str

    Returns
    -------
    set of str
    """
    return set().union(*(methods for name, methods in GENERATED.items()
                         if any(name in source for source in sources)))


def hiding_rule(sources):
    """Return the rule by which calls of special methods could stay unseen.

    `forkgrade.assertions.comparisons` sees those of methods that are defined in the usual way, but
    not if one is set, decorated, a generator, or in text to be executed.

    Parameters
    ----------
    sources : iterable of str

    Returns
    -------
    forkgrade.assertions.rules.Rule or None
    """
    codes = [Code(source) for source in sources]
    return next((rule for rule in HIDING if any(map(rule.matches, codes))), None)


def unread_rule(sources, files):
    """Return the rule by which a learner's classes could come from code that is not scanned.

    Parameters
    ----------
    sources : iterable of str
    files : iterable of str
        Names of what was handed in beside the notebook.

    Returns
    -------
    forkgrade.assertions.rules.Rule or None
    """
    codes = [Code(source) for source in sources]
    rule = next((rule for rule in UNREAD if any(map(rule.matches, codes))), None)
    return rule or (UNREAD_FILE if any(map(UNREAD_FILE.matches, files)) else None)
