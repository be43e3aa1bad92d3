"""Links inside the course lead somewhere, in the repository and in what students get."""

import json
import re
from pathlib import Path

import pytest

from course_utils.notebooks.bundle import collect

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), *sorted(ROOT.glob("lessons/*.ipynb")),
         *sorted(ROOT.glob("labs/*/*.ipynb"))]


def targets(name, text):
    """Return where the links of a page, or of a notebook's prose, point inside the course."""
    if name.endswith(".ipynb"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"]
                         if cell["cell_type"] == "markdown")
    return [target for target in re.findall(r"\]\(([^)\s]+)\)", text)
            if not re.match(r"\w+:", target)]


def heading(line):
    """Return the anchor that a heading of a Markdown page has."""
    return re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_of_a_page_resolve(path):
    for target in targets(path.name, path.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        page = path.parent / name if name else path
        assert page.exists(), target
        if anchor and page.suffix == ".md":
            lines = page.read_text(encoding="utf-8").splitlines()
            assert anchor in map(heading, (line for line in lines if line.startswith("#"))), target


def test_links_in_what_students_get_resolve():
    content = collect(ROOT)
    for path, (held, _) in content.items():
        if path.endswith((".md", ".ipynb")) and not path.startswith("."):
            for target in targets(path, held.decode("utf-8")):
                name = target.partition("#")[0]
                page = (ROOT / path).parent / name if name else ROOT / path
                inside = page.resolve().relative_to(ROOT.resolve()).as_posix()
                assert inside in content, (path, target)
