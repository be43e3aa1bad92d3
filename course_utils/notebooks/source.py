"""Read one file of `source/` and remember where its cells begin."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.notebooks.notebook_file import text_of

CELL_MARKER = re.compile(r"^# ?%%")


@dataclass
class Source:
    """A py:percent file as a notebook.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    label : str
        How messages name it, for example ``source/labs/lab01_feature_scaling.py``.
    cells : list of nbformat.NotebookNode
        Its cells, markers still in their metadata.
    lines : list of int
        The line in which each cell begins, as far as it is known.
    """

    path: Path
    label: str
    cells: list
    lines: list = field(default_factory=list)

    @property
    def name(self):
        """The name without ending, for example ``lab01_feature_scaling``."""
        return self.path.stem

    def fault(self, index, message):
        """Return an error that names the file and the line of a cell.

        Parameters
        ----------
        index : int
            The cell's place.
        message : str
        """
        place = f", line {self.lines[index]}" if index < len(self.lines) else ""
        return CourseError(f"{self.label}{place}: {message}")


def read_source(path, root=None):
    """Read a py:percent file as a `Source`.

    Parameters
    ----------
    path : path-like
        The file.
    root : path-like, optional
        The folder to which messages relate the file's name.

    Raises
    ------
    CourseError
        If the file is not text, a cell is not valid Python or its metadata are not
        Jupyter's; names the file and, where known, the line.
    """
    import jupytext
    from nbformat import ValidationError

    path = Path(path)
    label = path.relative_to(root).as_posix() if root else path.name
    try:
        text = text_of(path.read_bytes())
    except UnicodeDecodeError as error:
        raise CourseError(f"{label} is not UTF-8 text ({error.reason} at byte {error.start}); "
                          "save it as UTF-8.") from None
    _parse(text, label)
    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except ValidationError as error:
        raise CourseError(f"{label} makes no valid notebook: {str(error).splitlines()[0]}. "
                          "Look at the markers of its cells.") from None
    source = Source(path, label, notebook.cells, _cell_lines(text, len(notebook.cells)))
    for index, cell in enumerate(source.cells):
        cell.metadata.pop("lines_to_next_cell", None)
        if cell.cell_type == "code":
            parse_cell(source, index)
    return source


def parse_cell(source, index):
    """Return the syntax tree of a code cell of valid Python; IPython's magics are allowed.

    Parameters
    ----------
    source : Source
    index : int
        The cell's place.
    """
    try:
        return _compile(to_python(source.cells[index].source))
    except SyntaxError as error:
        raise source.fault(index, f"this cell is not valid Python: {error.msg} "
                                  f"(line {error.lineno} of the cell). Fix it and build again."
                           ) from None


def to_python(code):
    """Return a cell's code as plain Python: IPython's magics become calls.

    Parameters
    ----------
    code : str
    """
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(code)


def _compile(code):
    return compile(code, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


def _parse(text, label):
    """Parse the whole file first: that gives the line in the file, which a single cell cannot."""
    try:
        _compile(text)
    except SyntaxError as error:
        line = text.splitlines()[(error.lineno or 1) - 1] if text else ""
        if line.lstrip().startswith(("%", "!")):
            return  # a magic that nobody commented out: valid in its cell
        raise CourseError(f"{label}, line {error.lineno}: this is not valid Python: {error.msg}. "
                          "Fix it and build again.") from None


def _cell_lines(text, count):
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if CELL_MARKER.match(line)]
    if len(lines) == count - 1:
        lines.insert(0, 1)  # text before the first marker is a cell of its own
    return lines if len(lines) == count else []
