"""The maps of README.md and docs/authors.md show what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SENTENCE = ("Edit `source/`; learners open `lessons/` and `labs/`; answers are in `solutions/`; "
            "helpers are in `course_utils/`; the grader is in `forkgrade/`.")


def folders(text):
    """Return the folders that a table's first column names."""
    return set(re.findall(r"(?m)^\| `([\w.-]+)/` \|", text))


def rooms(text, package):
    """Return the names in the block of a package."""
    block = re.search(rf"(?ms)^{package}/ .*?(?=\n\n|^```)", text)[0]
    return set(re.findall(r"\w+", " ".join(re.findall(r"(?m)^[│▼] (.*?)  ", block))))


def test_the_readme_shows_each_folder_and_says_the_sentence():
    text = (ROOT / "README.md").read_text("utf-8")
    code = {path.parts[-2] for path in ROOT.glob("[a-z]*/*.py")}
    assert code <= folders(text)
    assert all((ROOT / name).is_dir() for name in folders(text))
    assert f"**{SENTENCE}**" in text


@pytest.mark.parametrize("package", ["course_utils", "forkgrade"])
def test_the_authors_map_shows_each_room(package):
    text = (ROOT / "docs/authors.md").read_text("utf-8")
    there = {path.parent.name for path in (ROOT / package).glob("*/*.py")}
    there |= {path.stem for path in (ROOT / package).glob("[a-z]*.py")}
    assert there - rooms(text, package) == set()


def test_a_room_that_the_map_leaves_out_is_found():
    text = (ROOT / "docs/authors.md").read_text("utf-8")
    assert "sandbox" in rooms(text, "forkgrade")
    assert "sandbox" not in rooms(re.sub(r"(?m)^│ sandbox .*\n", "", text), "forkgrade")
