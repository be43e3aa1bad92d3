"""What a notebook begins with is read from its file, and nothing is guessed."""

import json
import os
from pathlib import Path

import pytest

from course_utils.errors import CourseError
from course_utils.models import training
from course_utils.models.tensorflow_settings import quiet_settings
from course_utils.notebooks.opening import Opening, opening

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*/*.ipynb")])
QUIET = "from course_utils import models\nmodels.quiet(threads=1)\nimport keras\n"


def read(folder, *cells, text=None):
    path = folder / "notebook.ipynb"
    content = {"cells": [{"cell_type": "markdown", "source": ["import nothing"]}, *(
        {"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells)]}
    path.write_text(json.dumps(content) if text is None else text, "utf-8")
    return opening(path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_of_the_course_can_start_warm(path):
    assert opening(path).modules


def test_lesson_05_has_other_settings_than_lesson_03():
    third, fifth = (opening(next(ROOT.glob(f"lessons/{number}*.ipynb")))
                    for number in ("03", "05"))
    assert third.settings == quiet_settings(threads=1)
    assert fifth.settings == quiet_settings(onednn=True)
    assert {"keras", "numpy"} <= {*third.modules} & {*fifth.modules}


def test_the_settings_are_those_that_quiet_makes(monkeypatch):
    environment = {"TF_CPP_MIN_LOG_LEVEL": "1"}
    monkeypatch.setattr(os, "environ", environment)
    training.quiet(threads=2)
    assert environment == {**quiet_settings(threads=2), "TF_CPP_MIN_LOG_LEVEL": "1"}


def test_the_first_cell_that_imports_counts(tmp_path):
    assert read(tmp_path, "1 + 1", "import os, json\nimport numpy as np\nfrom scipy.stats import "
                "binom\nfrom matplotlib import pyplot", "import pandas") == Opening(
        ("numpy", "scipy.stats", "matplotlib", "matplotlib.pyplot"))


def test_magics_and_cells_in_progress_are_no_hindrance(tmp_path):
    assert read(tmp_path, "%matplotlib inline\n!ls\nimport numpy", "if this is").modules \
        == ("numpy",)


def test_a_new_notebook_needs_nothing_special(tmp_path):
    assert read(tmp_path) == read(tmp_path, text="") == Opening()


@pytest.mark.parametrize("cell", [
    "import os\nos.environ['KERAS_BACKEND'] = 'jax'", "%env OMP_NUM_THREADS=3", "% set_env A=1",
    "os.putenv('A', '1')", "from os import environ", "load_dotenv()", "import sys\nsys.path[:0]",
    "models.quiet(threads=2)", "models.quiet(threads=n)", "models.quiet(*words)",
    "models.quiet(threads=0)", "models.quiet(threds=1)", "quiet(**words)"])
def test_what_only_running_it_would_tell_starts_cold(tmp_path, cell):
    cells = [QUIET, cell] if "threads=2" in cell else [cell]
    assert read(tmp_path, *cells) is None


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 1}', '{"cells": [{}]}', "\x00"])
def test_what_is_no_notebook_starts_cold(tmp_path, text):
    assert read(tmp_path, text=text) is None
    assert opening(tmp_path / "missing.ipynb") is None
    assert opening(tmp_path) is None


def test_a_number_of_threads_that_is_none_is_refused():
    with pytest.raises(CourseError, match="threads is 0"):
        quiet_settings(0)
