"""Read the points of each test cell as the test means them.

nbgrader 0.9.6 gives nothing to a test that writes a line to stderr, and full marks to one that
shows no number: no output at all, `np.float64(1.5)`, NaN, a negative number. A number above the
maximum stops the grading of the whole submission.
"""

import math
import re
from pathlib import Path

from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Unicode

from forkgrade.suite import calls_check, check_registered

NUMBER = re.compile(r"^(?:(?:np|numpy)\.\w+\()?(nan|[-+]?inf|[-+]?[\d.]+(?:e[-+]?\d+)?)\)?$",
                    re.IGNORECASE)
NO_POINTS = "NoPoints"  # the name of the error that says why a test earned nothing


class ReadPoints(NbGraderPreprocessor):
    """Rewrite the outputs of test cells so that nbgrader gives the points they deserve."""

    course_root = Unicode(help="The course's folder, whose checks have to be installed.").tag(
        config=True)

    def preprocess(self, nb, resources):
        """Repair the outputs of all cells.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        resources : dict

        Raises
        ------
        CourseError
            If the course's checks are not installed: one that showed nothing would pass.
        """
        if self.course_root:
            check_registered(Path(self.course_root))
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell, resources, cell_index):
        """Repair the outputs of one cell if it is a test.

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
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell.outputs = repaired_outputs(cell, float(cell.metadata.nbgrader["points"]))
        return cell, resources


def repaired_outputs(cell, max_points):
    """Return the outputs of a test cell, with the deserved points where nbgrader looks.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        A test cell that was run, or should have been.
    max_points : float
        What it can earn.

    Returns
    -------
    list of nbformat.NotebookNode
    """
    outputs = [_as_stdout(output) for output in cell.outputs]
    errors = [output for output in outputs if output.output_type == "error"]
    if errors:
        return errors + [output for output in outputs if output.output_type != "error"]
    if cell.execution_count is None:
        return [error_output(NO_POINTS, "This test did not run."), *outputs]
    results = [output for output in outputs if output.output_type == "execute_result"]
    points = _points(results[-1], max_points) if results else None
    if points is None and calls_check(cell.source):
        return [error_output(NO_POINTS, "This test showed no points."), *outputs]
    if not results:
        return outputs  # assertions that hold show nothing
    if points is not None:  # else the assertions hold, and it showed something else
        results[-1].data["text/plain"] = repr(points)
    return results[-1:] + [output for output in outputs if output is not results[-1]]


def _points(result, max_points):
    """Return the number shown, between 0 and the maximum; NaN earns nothing."""
    shown = result.data.get("text/plain", "")
    match = NUMBER.match("".join(shown).strip())
    try:
        number = float(match[1]) if match else None
    except ValueError:
        return None
    if number is None:
        return None
    return 0.0 if math.isnan(number) else min(max(number, 0.0), max_points)


def _as_stdout(output):
    if output.output_type == "stream":
        output.name = "stdout"
    return output


def error_output(name, text):
    """Return the output of a cell that ended with an error.

    Parameters
    ----------
    name, text : str
        Its class and its message.
    """
    return new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])
