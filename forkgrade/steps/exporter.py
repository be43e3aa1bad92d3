"""How plain `nbgrader autograde` reads a submission: as `course grade` does."""

from nbconvert.exporters import NotebookExporter

from course_utils.notebooks.notebook_file import read
from forkgrade.steps.marks import clean_metadata


class SubmissionExporter(NotebookExporter):
    """nbgrader's exporter, which also reads what other programs and older formats wrote."""

    def from_file(self, file_stream, resources=None, **more):
        """Convert the notebook in a file.

        Parameters
        ----------
        file_stream : file object
            Its name counts: in which coding the file is, the reader finds out.
        resources : dict, optional
        **more
            As nbconvert has them.

        Returns
        -------
        output : str
        resources : dict

        Raises
        ------
        course_utils.notebooks.notebook_file.NotANotebook
        """
        nb = read(file_stream.name).to_node()
        clean_metadata(nb)
        return self.from_notebook_node(nb, resources=resources, **more)
