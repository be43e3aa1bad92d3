"""Every public name says what it is, and every parameter of it is named (numpydoc)."""

import ast
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECTIONS = re.compile(r"^(\w+)\n-{3,}\n(.*?)(?=^\w+\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _modules():
    return sorted(path for package in ("course_utils", "forkgrade")
                  for path in (ROOT / package).rglob("*.py")
                  if not re.search(r"/checks/lab\d+", path.as_posix()))


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_public_names_and_their_parameters_are_documented(path):
    faults = list(faults_of(path.read_text("utf-8")))
    assert not faults, "\n".join(faults)


def faults_of(code):
    """Yield what lacks a docstring, and the parameters that no section names."""
    tree = ast.parse(code)
    if not ast.get_docstring(tree):
        yield "the module has no docstring"
    for node in _public(tree):
        yield from _function_faults(node) if isinstance(node, FUNCTIONS) else _class_faults(node)


def _public(node):
    return [child for child in node.body
            if isinstance(child, (*FUNCTIONS, ast.ClassDef)) and not child.name.startswith("_")]


def _class_faults(node):
    sections = "Parameters", "Attributes"
    init = next((child for child in node.body
                 if isinstance(child, FUNCTIONS) and child.name == "__init__"), None)
    own = _documented(node, sections) | (_documented(init, sections) if init else set())
    names = _fields(node) if init is None else _parameters(init, bound=True)
    yield from _faults(node, node.name, names, own)
    for method in _public(node):
        if isinstance(method, FUNCTIONS):
            yield from _function_faults(method, node.name)


def _function_faults(node, owner=""):
    bound = bool(owner) and "staticmethod" not in map(ast.unparse, node.decorator_list)
    yield from _faults(node, f"{owner}.{node.name}".lstrip("."), _parameters(node, bound),
                       _documented(node, ("Parameters",)))


def _faults(node, shown, names, documented):
    if not ast.get_docstring(node):
        yield f"line {node.lineno}: {shown} has no docstring"
    if missing := [name for name in names if name not in documented]:
        yield f"line {node.lineno}: {shown} does not document {', '.join(missing)}"


def _parameters(function, bound):
    """Return the names of a function's parameters, without self and those that it ignores."""
    found = function.args
    names = [arg.arg for arg in [*found.posonlyargs, *found.args]][bound:]
    names += [arg.arg for arg in [found.vararg, *found.kwonlyargs, found.kwarg] if arg]
    return [name for name in names if not name.startswith("_")]


def _fields(node):
    """Return the names of the fields, if this is a dataclass or a named tuple."""
    kinds = " ".join(map(ast.unparse, [*node.decorator_list, *node.bases]))
    return [child.target.id for child in node.body
            if isinstance(child, ast.AnnAssign) and not child.target.id.startswith("_")
            ] if re.search("dataclass|NamedTuple", kinds) else []


def _documented(node, titles):
    text = inspect.cleandoc(ast.get_docstring(node) or "")
    return {name.strip(" *") for title, body in SECTIONS.findall(text) if title in titles
            for line in body.splitlines() if line[:1].strip()
            for name in line.split(" : ")[0].split(",")}


FINE = '''"""A module."""
class Point:
    """A point.

    Parameters
    ----------
    x, y : float
        Where it lies.
    **options
    """
    def __init__(self, x, y, **options): ...
    def move(self, _by):
        """Move."""
def _hidden(x): ...
def area(width, *, height=1):
    """Return an area.

    Parameters
    ----------
    width : float
    height : float, optional
        Is one.

    Returns
    -------
    nothing : int
    """
'''


def test_this_test_accepts_what_is_documented():
    assert list(faults_of(FINE)) == []


@pytest.mark.parametrize("old, new, fault", [
    ('"""A module."""', "", "the module"), ('"""Move."""', "pass", "Point.move has no docstring"),
    ("_by", "by", "does not document by"), ("x, y :", "x :", "Point does not document y"),
    ("    height : float, optional\n", "", "area does not document height"),
    ("_hidden", "shown", "shown has no docstring"),
    ("*, height", "nothing, height", "area does not document nothing")])
def test_this_test_can_fail(old, new, fault):
    assert fault in "\n".join(faults_of(FINE.replace(old, new)))
