"""Run a submission with nbgrader; cells that cannot run earn nothing, the others keep their points.
"""

import os

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute

from forkgrade.suite import environment


class ExecuteSubmission(Execute):
    """nbgrader's Execute, which survives a kernel that dies or ignores an interrupt.

    nbgrader itself removes such a submission and records no points for it, not even for the
    parts that were right.
    """

    def preprocess(self, nb, resources=None, km=None):
        """Run the notebook as far as it can run.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        resources : dict, optional
        km : jupyter_client.KernelManager, optional

        Returns
        -------
        nb : nbformat.NotebookNode
        resources : dict
        """
        try:
            return super().preprocess(nb, resources, km=km)
        except (DeadKernelError, CellTimeoutError) as error:
            reason = str(error).strip().splitlines()[0]
            self.log.warning("%s stopped early: %s. Its later tests earn nothing.",
                             _who(resources), reason)
            # without an error the cell in which it stopped could pass for a silent success
            nb.cells[self._index].outputs.append(
                new_output("error", ename=type(error).__name__, evalue=reason, traceback=[reason]))
            return nb, resources

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, and remember which.

        Parameters
        ----------
        cell : nbformat.NotebookNode
        resources : dict
        index : int

        Returns
        -------
        cell : nbformat.NotebookNode
        resources : dict
        """
        self._index = index
        return super().preprocess_cell(cell, resources, index)

    def start_new_kernel(self, **kwargs):
        """Start a kernel with the variables that courses want while learners' code is graded.

        Parameters
        ----------
        **kwargs
            As nbclient has them.
        """
        kwargs.setdefault("env", {**os.environ, **environment()})
        super().start_new_kernel(**kwargs)


def _who(resources):
    names = (resources or {}).get("nbgrader", {})
    return f"{names.get('student', 'a submission')}'s {names.get('notebook', 'notebook')}"
