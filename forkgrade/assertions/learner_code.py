"""A piece of a learner's code, parsed: where it names the special methods of comparisons."""

import ast
import re
from functools import cached_property

MAGIC = re.compile(r"__(eq|ne|lt|le|gt|ge|bool|contains|instancecheck|array_ufunc|"
                   r"array_function|array_priority|class)__")
IPYTHONS = re.compile(r"^\s*[%!].*", re.MULTILINE)  # not Python, but may hold some
ANYTHING = ("ANY", "_ANY")  # of unittest.mock, and equal to everything


class Code:
    """A cell or a file.

    Parameters
    ----------
    source : str

    Attributes
    ----------
    nodes : list of ast.AST or None
        Of its Python; None if it is not valid Python.
    commands : str
        The lines that are commands of IPython.
    """

    def __init__(self, source):
        self.source, self.nodes = source, nodes_of(source)
        self.commands = "\n".join(IPYTHONS.findall(source))

    @cached_property
    def text(self):
        """The code without comments, if it is Python; else as it was written."""
        return self.source if self.nodes is None else ast.unparse(self.nodes[0]) + self.commands

    @cached_property
    def methods(self):
        """The special methods that are defined in the usual place, the body of a class."""
        classes = [node for node in self.nodes or () if isinstance(node, ast.ClassDef)]
        return {node for each in classes for node in each.body
                if isinstance(node, ast.FunctionDef) and MAGIC.fullmatch(node.name)}

    def magic(self):
        """Return the special methods that are named anywhere in it."""
        if self.nodes is None:
            return _in_text(self.source)
        return _in_nodes(self.nodes) | _in_text(self.commands)

    def magic_elsewhere(self):
        """Return the special methods that are named outside of `methods`."""
        return _in_nodes([node for node in self.nodes or () if node not in self.methods])


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


def _in_text(text):
    return {match[0] for match in MAGIC.finditer(text)}


def _in_nodes(nodes):
    docstrings = {id(node.value) for node in nodes
                  if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    return set().union(*(_in_node(node) for node in nodes if id(node) not in docstrings))


def _in_node(node):
    if isinstance(node, ast.Constant):
        is_text = isinstance(node.value, str) and _acts(node.value)
        return _in_text(node.value) if is_text else set()  # for setattr, type or exec
    if isinstance(node, ast.Attribute) and node.attr == "__class__" \
            and isinstance(node.ctx, ast.Load):
        return set()  # asking for a class changes nothing
    anything = {"unittest.mock.ANY"} if _is_anything(node) else set()
    return anything | {word for word in _words(node) if MAGIC.fullmatch(word)}


def _is_anything(node):
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").endswith("mock") and any(
            alias.name == "*" for alias in node.names)
    return isinstance(node, ast.alias) and node.name in ANYTHING \
        or isinstance(node, ast.Attribute) and node.attr in ANYTHING


def _words(node):
    """Return the names that a node itself holds."""
    values = [value for _, value in ast.iter_fields(node)]
    return [word for value in values for word in (value if isinstance(value, list) else [value])
            if isinstance(word, str)]


def _acts(text):
    """Say whether a text could act as a method's name or code, rather than merely mention one."""
    return MAGIC.fullmatch(text.split(".")[0]) or any(sign in text
                                                      for sign in ("def ", "lambda", "="))
