"""What a notebook imports, and what it sets before, read from its file without running it.

`course lab` has this loaded before the notebook's kernel is started.
"""

import ast
import contextlib
import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.models.tensorflow_settings import quiet_settings

# What else could decide how a library is loaded; a magic is no Python, so the text is searched
TOUCHES_SETTINGS = re.compile(r"environ\b|\b(?:un)?(?:putenv|setenv|setdlopenflags)\b"
                              r"|%\s*(?:set_)?env\b|load_dotenv|sys\.path|meta_path|sys\.modules")
MOST_BYTES = 20 * 2**20  # of a notebook with many pictures; a larger one is not read
OURS = "course_utils"


@dataclass(frozen=True)
class Opening:
    """What a kernel needs before its notebook's first cell is done.

    Attributes
    ----------
    modules : tuple of str
        What the notebook imports, without the course's own, which an author may be changing.
    settings : dict of str to str
        The variables that it sets, where they are not set already, before it loads TensorFlow.
    """

    modules: tuple[str, ...] = ()
    settings: dict = field(default_factory=dict)


def opening(path):
    """Return what a notebook begins with.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    Opening or None
        None if that cannot be told from its text: it changes the environment or the way Python
        imports, it calls `models.quiet` more than once or with what only running it would tell,
        or it is not a notebook.
    """
    try:
        cells = _code(Path(path))
        if any(map(TOUCHES_SETTINGS.search, cells)):
            return None
        trees = list(filter(None, map(_tree, cells)))
        return Opening(_imports(trees), _settings(trees))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError,
            CourseError):
        return None


def _code(path):
    """Return the code cells of a notebook; none of an empty file, as of a new notebook."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("too large")
    text = path.read_text("utf-8")
    cells = json.loads(text)["cells"] if text.strip() else []
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def _tree(code):
    """Return a cell's syntax tree, without its magics; None if it is still not Python."""
    lines = ("pass" if re.match(r"[%!?]", line) else line for line in code.splitlines())
    with contextlib.suppress(SyntaxError):
        return ast.parse("\n".join(lines))
    return None


def _imports(trees):
    """Return what the first cell that imports anything imports, in its order."""
    for tree in trees:
        names = dict.fromkeys(name for node in tree.body for name in _imported(node))
        if names:
            return tuple(name for name in names if name.split(".")[0] not in
                         {OURS, *sys.stdlib_module_names})
    return ()


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        # `from matplotlib import pyplot` may name a module or anything else
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names
                               if node.module == "matplotlib")]
    return []


def _settings(trees):
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)
             and isinstance(node.func, (ast.Attribute, ast.Name))
             and getattr(node.func, "attr", getattr(node.func, "id", None)) == "quiet"]
    if not calls:
        return {}
    (call,) = calls
    words = {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}
    return quiet_settings(*map(ast.literal_eval, call.args), **words)
