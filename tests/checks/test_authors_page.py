"""Whoever follows docs/authors.md word for word has a working exercise at the end."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks import known_outcomes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/authors.md").read_text("utf-8").partition("### Add an exercise")[2]
PAGE = PAGE.partition("\n## ")[0]
PARAGRAPHS = re.findall(r"(?s)\n([^\n`]*(?:`[^`\n]+`[^\n`]*)*)\n\n```python\n(.*?)```", PAGE)
MODULE, EXERCISES, CELLS, ANSWERS = (code for _, code in PARAGRAPHS)
FILES = [re.findall(r"`([\w/]+\.py)`", text)[-1] for text, _ in PARAGRAPHS]
(RECORD,) = re.findall(r"`\.venv/bin/python (-m tests[\w. ]+)`", PAGE)
# all code of a built notebook up to the check of the new part, as a learner runs it
DO_THE_LAB = """
import nbformat
space = {}
for cell in nbformat.read("solutions/lab07_never_perfect/lab07_never_perfect.ipynb", 4).cells:
    if cell.cell_type == "code" and "days_between" in space or "days_between" in cell.source \\
            or "import" in cell.source:
        *before, last = cell.source.splitlines()
        exec("\\n".join(before), space)
        result = eval(last, space) if last.startswith("check.") else exec(last, space)
        if last == "check.days_between()":
            print(result.points, result.max_points)
            break
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a copy of the course in which somebody did what the page says."""
    root = tmp_path_factory.mktemp("authors") / "course"
    shutil.copytree(ROOT / "course_utils", root / "course_utils",
                    ignore=shutil.ignore_patterns("__pycache__", "weights", "results"))
    shutil.copytree(ROOT / "tests/checks", root / "tests/checks",
                    ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("source/labs/lab07_never_perfect.py", "tests/__init__.py", "tests/conftest.py",
                 "tests/scheduling.py", "pyproject.toml", "nbgrader_config.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    module, package, lab, answers = (root / name for name in FILES)
    module.write_text(MODULE, encoding="utf-8")
    change(package, r"(?s)EXERCISES = \(.*?\)\n", EXERCISES)
    change(lab, r"(?s)# %% \[markdown\]\n# ## B ·", f"{CELLS}# %% [markdown]\n# ## B ·")
    answers.write_text(answers.read_text("utf-8") + ANSWERS, encoding="utf-8")
    run(root, "-m", "course_utils.cli", "build")
    run(root, *RECORD.split())
    return root


def change(path, pattern, text):
    changed, count = re.subn(pattern, lambda _: text, path.read_text("utf-8"), count=1)
    assert count == 1, f"{path.name} has no {pattern}"
    path.write_text(changed, encoding="utf-8")


def run(root, *words):
    done = subprocess.run([sys.executable, *words], cwd=root, text=True, capture_output=True, env={
        **os.environ, "PYTHONPATH": str(root), "PLAIN_SIGHT_PROGRESS": "off"})
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def test_the_page_names_the_file_for_each_piece_and_one_of_them_is_new():
    assert [name for name in FILES if not (ROOT / name).exists()] == FILES[:1]
    assert Path(FILES[0]).stem == "days_between"


def test_the_new_file_has_at_most_80_lines():
    assert len(MODULE.splitlines()) <= 80


def test_its_known_answers_get_what_they_deserve(course):
    pytest_of = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow",
                 "tests/checks/test_labs.py", "tests/checks/test_known_outcomes.py")
    output = run(course, *pytest_of, "-k", "lab07 or every_answer")
    assert " passed" in output and "failed" not in output
    assert "days_between" in run(course, *pytest_of, "--collect-only")


def test_what_the_other_answers_earn_stays_recorded(course, monkeypatch):
    before = known_outcomes.recorded()
    monkeypatch.setattr(known_outcomes, "FILE", course / "tests/checks/known_outcomes.json")
    after = known_outcomes.recorded()
    assert {exercise for _, exercise, _ in set(after) - set(before)} == {"days_between"}
    assert {key: after[key] for key in before} == before


def test_the_built_solution_earns_all_its_points(course):
    assert run(course, "-c", DO_THE_LAB) == "2.0 2.0\n"


def test_learners_get_the_part_without_its_solution(course):
    lab = (course / "labs/lab07_never_perfect/lab07_never_perfect.ipynb").read_text("utf-8")
    assert "How rare is an alarm?" in lab and "check.days_between()" in lab
    assert "1 / (passers_by * (1 - (1 - f) ** n))" not in lab
