"""What to look for where tests are plain assertions, which run in the learner's own process."""

import ast
import re

MAGIC = re.compile(r"__(eq|ne|lt|le|gt|ge|bool|contains|instancecheck|array_ufunc|"
                   r"array_function|array_priority|hash|class)__")


def magic(nb, locked=frozenset()):
    """Return the special methods by which a class can answer every comparison as it likes.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    locked : set of str
        Cells that are not the learner's.
    """
    return {found[0] for cell in nb.cells if cell.cell_type == "code"
            and cell.metadata.get("nbgrader", {}).get("grade_id") not in locked
            for found in MAGIC.finditer(cell.source)}


def imports(nb):
    """Return what the names in a notebook's own imports stand for.

    Returns
    -------
    dict
        For each name ``[module, attribute or None]``; for ``from m import *`` the attribute ``*``
        of a key that is no name.
    """
    found, assigned = {}, set()
    for cell in nb.cells:
        for node in _statements(cell):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                assigned.add(node.id)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or whole] = [whole, None]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    star = f"* of {node.module}" if alias.name == "*" else None
                    found[star or alias.asname or alias.name] = [node.module, alias.name]
    return {name: meaning for name, meaning in found.items() if name not in assigned}


def assigned(nb):
    """Return the names to which a notebook gives a meaning of its own, outside of functions."""
    found, inner = set(), (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in nb.cells:
        nodes = _statements(cell)[:1]
        for node in nodes:  # grows meanwhile
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            if isinstance(node, inner[:3]):
                found.add(node.name)
            if not isinstance(node, inner):
                nodes += ast.iter_child_nodes(node)
    return found


def checks_of(nb):
    """Return whose checks a lab imports as `check`, for example ``lab01``, or None."""
    module, name = imports(nb).get("check", [None, None])
    return name if module == "course_utils.checks" else None


def _statements(cell):
    if cell.cell_type != "code":
        return []
    code = "\n".join("" if line.lstrip().startswith(("%", "!")) else line
                     for line in cell.source.splitlines())
    try:
        return list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return []
