"""The arrows of the design point down, and importing the package is light."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

PACKAGE = Path(__file__).parents[1] / "course_utils"
PRETRAINING = PACKAGE.with_name("pretraining")

# From the top down. A module uses only what stands in a later row, or beside nothing at all.
LAYERS = (
    {"cli"}, {"notebooks"}, {"widgets"}, {"checks"}, {"plots"}, {"claims", "progress_file"},
    {"faces", "models"}, {"data"}, {"lock"}, {"paths"}, {"descriptors", "errors"},
)
ROW = {name: row for row, names in enumerate(LAYERS) for name in names}
HEAVY = ("tensorflow", "keras", "dlib", "sklearn", "matplotlib", "numpy", "pandas", "IPython")


def _modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def _imports(path, package="course_utils"):
    """Yield the parts of a package that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if name.startswith(f"{package}."):
                yield name.split(".")[1]


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_uses_only_what_stands_below_it(path):
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for used in _imports(path):
        if used != here and used in ROW:
            assert ROW[used] > ROW[here], f"{here} must not import {used}"


def test_the_pretraining_uses_the_helper_package_and_not_the_other_way_round():
    used = {part for path in PRETRAINING.rglob("*.py") for part in _imports(path)}
    assert used <= {"data", "models", "paths", "errors"}
    assert not [path for path in _modules() if list(_imports(path, PRETRAINING.name))]


def test_every_part_of_the_package_has_its_place_in_the_map():
    parts = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir()
             if (path.suffix == ".py" or (path / "__init__.py").is_file())}
    assert parts - {"__init__"} <= set(ROW)


def _text(package):
    return {path: path.read_text("utf-8") for path in sorted((PACKAGE.parent / package)
                                                             .rglob("*.py"))}


def test_only_the_command_line_knows_the_grader():
    """By its name alone: what students get has no grader."""
    for path, text in _text("course_utils").items():
        where = path.relative_to(PACKAGE).as_posix()
        assert "import forkgrade" not in text and "from forkgrade" not in text, where
        assert where.startswith("cli/") or '"forkgrade' not in text, where


# what the grader may use of this course; its checks it knows by `forkgrade.suite` alone
LENT = {"errors", "paths", "notebooks.names", "notebooks.notebook_file", "notebooks.json_walk"}


def test_the_grader_uses_little_of_the_course_and_none_of_its_checks():
    used = set()
    for path, text in _text("forkgrade").items():
        assert "course_utils.checks" not in text, path
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else \
                [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            used |= {name for name in names if name.split(".")[0] == "course_utils"}
    assert used == {f"course_utils.{name}" for name in LENT}


def test_importing_the_package_loads_nothing_heavy():
    code = "import sys, json, course_utils; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True,
                                       text=True, check=True).stdout)
    assert not set(HEAVY) & set(loaded)


def test_importing_the_package_loads_few_modules():
    """Time varies with the machine; what takes the time is the number of modules."""
    def count(code):
        return int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                                  check=True).stdout)
    bare = count("import sys; print(len(sys.modules))")
    ours = count("import sys, course_utils; print(len(sys.modules))")
    assert ours - bare < 30


@pytest.mark.parametrize("part", ["", ".faces", ".models", ".plots", ".widgets"])
def test_every_lazy_name_is_there_and_no_module_of_its_name_hides_it(part):
    package = import_module(f"course_utils{part}")
    values = {name: getattr(package, name) for name in package.__all__}
    modules = {path.stem for path in Path(package.__file__).parent.iterdir()}
    functions = {name for name, value in values.items() if not isinstance(value, ModuleType)}
    assert not functions & modules
