"""Run a notebook from top to bottom in a kernel of its own."""

import os
import time
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.notebooks import notebook_file
from course_utils.notebooks.memory import PeakMemory

CELL_TIMEOUT = 600  # seconds; a lesson's slowest cell takes a tenth of it on 2 cores


@dataclass
class Execution:
    """The outcome of running a notebook.

    Attributes
    ----------
    notebook : nbformat.NotebookNode
        The notebook with its outputs, as far as it ran. The file is not changed.
    ok : bool
        Whether every cell ran without an error and every claim held.
    seconds : float
        From the start of the kernel to its end.
    peak_mib : float
        The most memory that the kernel had, in MiB.
    error : str
        One line that names the place and the fault; empty if all went well.
    """

    notebook: object
    ok: bool
    seconds: float
    peak_mib: float
    error: str = ""


def execute(notebook, *, seed=None, timeout=CELL_TIMEOUT, on_cell=None):
    """Run a notebook.

    Parameters
    ----------
    notebook : path-like or nbformat.NotebookNode
        A file, which runs in its own folder and stays as it is; or a notebook, which runs in the
        working directory.
    seed : int, optional
        What `course_utils.lesson_seed` gives in the notebook.
    timeout : float, optional
        Seconds for each cell.
    on_cell : callable, optional
        Called as ``on_cell(count, total)`` after each cell.

    Returns
    -------
    Execution
        A failing notebook gives a result that is not `ok`; it does not raise.

    Raises
    ------
    CourseError
        If the file is no notebook, or there is no kernel to run it.
    """
    folder = None
    if isinstance(notebook, (str, os.PathLike)):
        folder = str(Path(notebook).resolve().parent)
        notebook = read_notebook(notebook)
    else:
        notebook = deepcopy(notebook)
    start = time.perf_counter()
    error, peak = _Run(notebook, folder, timeout, on_cell).run(_environment(seed))
    return Execution(notebook, not error, time.perf_counter() - start, peak, error)


def read_notebook(path):
    """Return the notebook in a file.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    CourseError
        If there is none, or its content is not a notebook.
    """
    try:
        notebook = notebook_file.read(path)
        if notebook.omissions:
            raise notebook_file.NotANotebook(f"it has {notebook.omissions[0]}")
        return notebook.to_node()
    except (FileNotFoundError, IsADirectoryError):
        raise CourseError(f"{path} is not a file; give the path of a notebook.") from None
    except notebook_file.NotANotebook as error:
        raise CourseError(f"{path} is not a notebook: {error}. If it came with the course, get it "
                          f"back with: course reset {Path(path).stem}") from None


class _Run:
    """One run: the client, the memory of its kernel, and the messages for what goes wrong."""

    def __init__(self, notebook, folder, timeout, on_cell):
        from nbclient import NotebookClient

        self.notebook, self.timeout, self.on_cell = notebook, timeout, on_cell
        self.index, self.memory = 0, None
        self.client = NotebookClient(
            notebook, timeout=timeout, kernel_name="python3", shutdown_kernel="immediate",
            resources={"metadata": {"path": folder}} if folder else {},
            extra_arguments=["--log-level=ERROR"], on_notebook_start=self._on_start,
            on_cell_start=self._on_cell_start, on_cell_executed=self._on_cell_executed)
        self.client.log.setLevel("CRITICAL")  # this run says itself what went wrong

    def run(self, environment):
        """Run all cells and return the error, if any, and the peak memory."""
        from jupyter_client.kernelspec import NoSuchKernel

        try:
            error = self._try(environment)
        except NoSuchKernel:
            raise CourseError("Jupyter finds no kernel named python3. Set the course up again: "
                              "make setup") from None
        finally:
            if self.memory:
                self.memory.close()
        return error, self.memory.peak if self.memory else 0.0

    def _try(self, environment):
        try:
            self.client.execute(env=environment)
        except Exception as error:
            # on Ctrl-C nbclient ends the kernel and then stumbles over its absence
            if hasattr(self.client, "_async_cleanup_kernel_future"):
                raise KeyboardInterrupt from None
            return self._at(self._words(error))
        return ""

    def _words(self, error):
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

        if isinstance(error, CellExecutionError):
            return f"{error.ename}: {_first_line(error.evalue)}".rstrip(": ")
        if isinstance(error, CellTimeoutError):
            return f"the cell did not finish in {self.timeout:g} s"
        if isinstance(error, DeadKernelError):
            return "the kernel died; often the memory was not enough"
        if isinstance(error, RuntimeError):
            return f"the kernel did not start: {_first_line(str(error))}"
        raise error

    def _on_start(self, **_):
        pid = getattr(self.client.km.provisioner, "pid", None)
        self.memory = PeakMemory(pid) if pid else None

    def _on_cell_start(self, cell_index, **_):
        self.index = cell_index
        if self.on_cell:
            self.on_cell(cell_index, len(self.notebook.cells))

    def _on_cell_executed(self, **_):
        if self.memory:
            self.memory.read()

    def _at(self, fault):
        heading = heading_above(self.notebook, self.index)
        return f'under "{heading}", cell {self.index + 1}: {fault}'


def heading_above(notebook, index):
    """Return the last heading at or above a cell, or "the beginning".

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    index : int
        The cell's place.
    """
    for cell in reversed(notebook.cells[:index + 1]):
        if cell.cell_type == "markdown":
            headings = [line for line in cell.source.splitlines() if line.startswith("#")]
            if headings:
                return headings[-1].lstrip("#").strip()
    return "the beginning"


def _first_line(text):
    return text.strip().splitlines()[0] if text.strip() else ""


def _environment(seed):
    """Return the kernel's environment: the same package, a fresh seed, nobody's progress."""
    import course_utils

    package = str(Path(course_utils.__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PLAIN_SIGHT_PROGRESS": "off",
                   "PYTHONPATH": os.pathsep.join(paths)}
    environment.pop("MPLBACKEND", None)  # the kernel shows figures in the notebook
    if seed is not None:
        environment["COURSE_SEED"] = str(seed)
    return environment
