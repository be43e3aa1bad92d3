"""What the gradebook and the instructor's notebooks say about a lab."""

from types import SimpleNamespace

from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry

from course_utils.errors import CourseError
from course_utils.notebooks.notebook_file import NotANotebook
from course_utils.notebooks.notebook_file import read as read_notebook
from forkgrade.job import Cell, GradedCell, Released
from forkgrade.steps import instructor_notebook


def read(url, lab, source):
    """Return what is released of each notebook of a lab.

    Parameters
    ----------
    url : str
        The gradebook's database.
    lab : str
    source : pathlib.Path
        The folder with the instructor's notebooks.

    Returns
    -------
    dict
        A `forkgrade.job.Released` for each notebook.

    Raises
    ------
    CourseError
        If the gradebook does not know the lab, or one of the instructor's files is no notebook.
    """
    with Gradebook(url) as gradebook:
        try:
            notebooks = gradebook.find_assignment(lab).notebooks
        except MissingEntry:
            raise CourseError(f"The gradebook does not know {lab}. Enter it first: "
                              f"nbgrader generate_assignment {lab}") from None
        return {notebook.name: Released(**_notebook(notebook),
                                        **_source(source / f"{notebook.name}.ipynb"))
                for notebook in notebooks}


def _source(path):
    try:
        nb = read_notebook(path).to_node() if path.is_file() else new_notebook()
    except NotANotebook as error:
        raise CourseError(f"Your own notebook {path} cannot be read: {error}. Restore it, then "
                          "start again.") from None
    return {"definitions": tuple(instructor_notebook.definitions(nb)),
            "seeds": instructor_notebook.sets_a_seed(nb),
            "imports": instructor_notebook.imports(nb),
            "assigned": tuple(sorted(instructor_notebook.assigned_names(nb)))}


def from_gradebook(notebook):
    """Return what a gradebook knows of a notebook; nothing of the instructor's file is in it.

    Parameters
    ----------
    notebook : nbgrader.api.Notebook

    Returns
    -------
    forkgrade.job.Released
    """
    return Released(**_notebook(notebook))


def _notebook(notebook):
    cells = tuple(Cell(cell.name, cell.cell_type, bool(cell.locked), cell.source, cell.checksum)
                  for cell in notebook.source_cells)
    graded = {cell.name: GradedCell(float(cell.max_score), kind, cell.cell_type)
              for kind, entries in (("grade", notebook.grade_cells), ("task", notebook.task_cells))
              for cell in entries}
    return {"kernelspec": notebook.kernelspec, "cells": cells, "graded": graded,
            "solutions": tuple(cell.name for cell in notebook.solution_cells)}


class GradebookStandIn:
    """What nbgrader's preprocessors read from a gradebook, without one.

    Parameters
    ----------
    notebook : forkgrade.job.Released
    """

    def __init__(self, notebook):
        self._cells = {cell.name: cell for cell in notebook.cells}
        self._graded = {name: SimpleNamespace(name=name, max_score=cell.max_points, kind=cell.kind,
                                              cell_type=cell.cell_type)
                        for name, cell in notebook.graded.items()}
        self.kernelspec = notebook.kernelspec
        self.source_cells = list(self._cells.values())
        self.grade_cells = [cell for cell in self._graded.values() if cell.kind == "grade"]
        self.task_cells = [cell for cell in self._graded.values() if cell.kind == "task"]
        self.solution_cells = [SimpleNamespace(name=name) for name in notebook.solutions]

    def find_notebook(self, *_):
        """Return the notebook, which is this object."""
        return self

    def find_source_cell(self, name, *_):
        """Return a cell as it was released.

        Parameters
        ----------
        name : str

        Raises
        ------
        nbgrader.api.MissingEntry
            If there is none.
        """
        return _entry(self._cells, name)

    def find_graded_cell(self, name, *_):
        """Return a cell that counts, see `find_source_cell`.

        Parameters
        ----------
        name : str
        """
        return _entry(self._graded, name)


def _entry(cells, name):
    if name not in cells:
        raise MissingEntry(f"no cell {name!r}")
    return cells[name]
