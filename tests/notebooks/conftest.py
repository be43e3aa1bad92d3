"""A small course of one lesson and one lab, to build, run and reset."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LESSON = '''\
# %% [markdown]
# # 1 · A lesson

# %%
from course_utils import claim, lesson_seed

number = lesson_seed()

# %% [markdown]
# ## It counts

# %%
claim("One and one are two", 1 + 1 == 2)
'''

LAB = '''\
# %% [markdown]
# # Lab 1

# %%
from types import SimpleNamespace

check = SimpleNamespace(double=lambda: 2.0 if double(3) == 6 else 0.0)

# %% solution="double"
def double(x):
    """Return twice `x`."""
    ### BEGIN SOLUTION
    return 2 * x  # the secret
    ### END SOLUTION

# %% test="double" points=2
### BEGIN HIDDEN TESTS
assert double(21) == 42
### END HIDDEN TESTS
check.double()

# %% [markdown] answer="why" points=1
# Why?
# ### BEGIN SOLUTION
# Because of the secret.
# ### END SOLUTION
'''


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course with sources and nothing built; also the working directory."""
    root = tmp_path / "course"
    for kind in ("lessons", "labs"):
        (root / "source" / kind).mkdir(parents=True)
    (root / "course_utils").mkdir()
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "source/lessons/01_counting.py").write_text(LESSON, encoding="utf-8")
    (root / "source/labs/lab01_doubling.py").write_text(LAB, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def write(tmp_path):
    """Write a source and read it back: `write(text)`."""
    from course_utils.notebooks.source import read_source

    def write_and_read(text, name="lab01_doubling.py"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_source(path)

    return write_and_read


@pytest.fixture
def lab():
    """The text of the small lab."""
    return LAB
