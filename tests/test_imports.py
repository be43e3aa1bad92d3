"""What the code imports, pyproject.toml declares: nothing comes only by way of another package."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("course_utils", "forkgrade", "pretraining", "tools", "tests", "benchmarks")
# Modules that no declared distribution says to bring, and why that is in order.
EXCEPTIONS = {
    "dlib": "dlib-bin brings it, and its metadata does not say so",
    "torch": "optional: `course pretrain --engine torch` uses it where it is installed",
}


def normal(name):
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(text):
    """Return the distributions that a pyproject.toml asks for."""
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {normal(re.match(r"[\w.-]+", line)[0]) for line in wanted}


def imported(code):
    """Return the top-level modules that some code imports, also inside functions."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


@cache
def foreign_imports():
    """Return for each module of another distribution the files that import it."""
    ours = {*FOLDERS, *(path.stem for path in (ROOT / "benchmarks").glob("*.py"))}
    files = {}
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        for module in imported(path.read_text("utf-8")):
            if module not in ours and module not in sys.stdlib_module_names:
                files.setdefault(module, set()).add(path.relative_to(ROOT).as_posix())
    return files


@cache
def distributions():
    """Return the distributions that bring each module."""
    return {module: {normal(name) for name in names}
            for module, names in metadata.packages_distributions().items()}


def undeclared(pyproject):
    """Return the modules that no declared distribution brings, with the files that import them."""
    names = declared(pyproject)
    return {module: sorted(files) for module, files in foreign_imports().items()
            if not names & distributions().get(module, set())}


@pytest.fixture(scope="module")
def pyproject():
    return (ROOT / "pyproject.toml").read_text("utf-8")


def test_every_import_is_declared(pyproject):
    found = undeclared(pyproject)
    assert {module: found[module] for module in found.keys() - EXCEPTIONS.keys()} == {}


def test_each_exception_is_imported_and_not_declared_after_all(pyproject):
    assert [module for module in EXCEPTIONS if module not in undeclared(pyproject)] == []


@pytest.mark.parametrize("line, module", [('"packaging",', "packaging"),
                                          ('"scikit-learn>=1.9",', "sklearn")])
def test_an_import_without_its_line_is_found(pyproject, line, module):
    assert line in pyproject
    assert module in undeclared(pyproject.replace(line, ""))


def test_imports_inside_functions_count():
    assert list(imported("def f():\n    import a.b\n    from c.d import e\n    from . import g")) \
        == ["a", "c"]
