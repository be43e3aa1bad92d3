"""What an instructor's notebook says: its imports, its names, and its code besides the answers."""

import ast
import re
from collections import Counter

from forkgrade.examiner.rewriting import bound_names

SEED = re.compile(r"seed\s*\(|RandomState\s*\(|setstate|set_state")
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef)


def definitions(nb):
    """Return the imports and functions of a notebook's cells that are neither answers nor tests.

    And of locked cells the names that are assigned once, and as a literal.

    Parameters
    ----------
    nb : nbformat.NotebookNode

    Returns
    -------
    list of str
        The source of each, in order, without what an answer cell defines too.
    """
    given, answered = [], set()
    for cell in nb.cells:
        marks, tree = cell.metadata.get("nbgrader", {}), (_nodes(cell) or [ast.Module([])])[0]
        if marks.get("solution"):
            answered |= bound_names(tree.body)
        elif not marks.get("grade"):
            given += [node for node in tree.body if isinstance(node, DEFINITIONS)
                      or marks.get("locked") and _is_constant(node)]
    counted = Counter(name for node in given for name in bound_names([node]))
    return [ast.unparse(node) for node in given if not bound_names([node]) & answered
            and (isinstance(node, DEFINITIONS) or max(
                counted[name] for name in bound_names([node])) == 1)]


def _is_constant(node):
    if not isinstance(node, ast.Assign) or not all(
            isinstance(target, ast.Name) for target in node.targets):
        return False
    try:
        ast.literal_eval(node.value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def sets_a_seed(nb):
    """Say whether the cells of a notebook that are neither answers nor tests set a seed.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    """
    return any(SEED.search(cell.source) for cell in nb.cells if cell.cell_type == "code" and not (
        cell.metadata.get("nbgrader", {}).get("solution")
        or cell.metadata.get("nbgrader", {}).get("grade")))


def imports(nb):
    """Return what the names in a notebook's own imports stand for.

    Parameters
    ----------
    nb : nbformat.NotebookNode

    Returns
    -------
    dict
        For each name ``[module, attribute or None]``; for ``from m import *`` the attribute ``*``
        of a key that is not a name.
    """
    meanings, stored = {}, set()
    for node in (node for cell in nb.cells for node in _nodes(cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            stored.add(node.id)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                module = alias.name if alias.asname else alias.name.split(".")[0]
                meanings[alias.asname or module] = [module, None]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                star = f"* of {node.module}" if alias.name == "*" else None
                meanings[star or alias.asname or alias.name] = [node.module, alias.name]
    return {name: meaning for name, meaning in meanings.items() if name not in stored}


def assigned_names(nb):
    """Return the names that a notebook assigns or defines itself, outside of functions.

    Parameters
    ----------
    nb : nbformat.NotebookNode

    Returns
    -------
    set of str
    """
    names = set()
    for cell in nb.cells:
        nodes = _nodes(cell)[:1]
        for node in nodes:  # grows meanwhile
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            if isinstance(node, SCOPES[:3]):
                names.add(node.name)
            if not isinstance(node, SCOPES):
                nodes += ast.iter_child_nodes(node)
    return names


def nodes_of(source):
    """Return the nodes of a cell's code without its magic commands; None if it is not valid Python.

    Parameters
    ----------
    source : str

    Returns
    -------
    list of ast.AST or None
        The module first.
    """
    code = "\n".join("" if line.lstrip().startswith(("%", "!")) else line
                     for line in source.splitlines())
    try:
        return list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _nodes(cell):
    return (cell.cell_type == "code" and nodes_of(cell.source)) or []
