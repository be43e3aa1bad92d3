"""Restore the locked cells, and warn only of those that someone changed."""

from nbformat import from_dict
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, OverwriteCells

from forkgrade.steps.texts import same_text


class OverwriteReleased(OverwriteCells):
    """nbgrader's OverwriteCells without three faults.

    With hidden tests it warns of a changed checksum for every honest submission, because it
    compares the released cell with the one that still has them; and line ends of another system
    or a blank at the end of a line are a change to it. It stops the grading of a
    submission from which a solution cell was deleted together with its test. And it stops where
    the type of a cell was changed in a notebook whose format knows no ids of cells, or whose cell
    has what the other type cannot have.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        """Restore one cell if it is locked.

        Parameters
        ----------
        cell : nbformat.NotebookNode
        resources : dict
        cell_index : int

        Returns
        -------
        cell : nbformat.NotebookNode
        resources : dict
        """
        self._cell = cell
        return super().preprocess_cell(cell, resources, cell_index)

    def report_change(self, name, attr, old, new):
        """Warn of a change, unless nobody changed the text that was released.

        Parameters
        ----------
        name, attr : str
            Of the cell, and what of it changed.
        old, new : object
        """
        if attr == "checksum" and self._is_as_released(name):
            return
        super().report_change(name, attr, old, new)

    def update_cell_type(self, cell, cell_type):
        """Change the type of a cell, and drop what cells of that type do not have.

        Parameters
        ----------
        cell : nbformat.NotebookNode
        cell_type : str
        """
        for key in set(cell) - {"id", "metadata", "source"}:
            del cell[key]
        cell.cell_type = cell_type
        if cell_type == "code":
            cell.outputs, cell.execution_count = [], None

    def add_missing_grade_cells(self, nb, resources):
        """Restore deleted test cells, at the end if their neighbours are gone too.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        resources : dict

        Returns
        -------
        nb : nbformat.NotebookNode
        resources : dict
        """
        try:
            return super().add_missing_grade_cells(nb, resources)
        except KeyError:
            return self._append_missing(nb), resources

    def _is_as_released(self, name):
        """Say whether the present cell has the text that learners got."""
        source_cell = self.gradebook.find_source_cell(name, self.notebook_id, self.assignment_id)
        released = from_dict({**self._cell, "source": source_cell.source})
        for remove in (ClearHiddenTests(), ClearMarkScheme()):
            released, _ = remove.preprocess_cell(released, {}, 0)
        return same_text(self._cell.source, released.source)

    def _append_missing(self, nb):
        notebook = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        present = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
        sources = {cell.name: cell for cell in notebook.source_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        for grade_cell in notebook.grade_cells:
            if grade_cell.name not in present:
                nb.cells.append(self.missing_cell_transform(
                    sources[grade_cell.name], grade_cell.max_score,
                    is_solution=grade_cell.name in solutions))
        return nb
