"""Every picture of a lesson or lab has words for a reader who cannot see it."""

import nbformat
import pytest

from course_utils.notebooks.execute import execute
from course_utils.paths import project_root
from tests.executed import executed
from tests.plots.alternatives import missing_alternatives

NOTEBOOKS = sorted([*project_root().glob("lessons/*.ipynb"),
                    *project_root().glob("solutions/*/*.ipynb")])

FIGURE = """
import matplotlib.pyplot as plt
from course_utils import plots
plots.use_style()
figure, ax = plt.subplots()
ax.plot([1, 2]);
"""


def notebook(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])


def with_output(data):
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data)])
    return nbformat.v4.new_notebook(cells=[cell])


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lessons_and_labs(path):
    result = executed(path)
    assert result.ok, result.error
    assert missing_alternatives(result.notebook) == []


@pytest.mark.slow
def test_a_figure_without_words_is_found():
    result = execute(notebook(FIGURE, FIGURE + 'plots.describe(ax, "A line that rises.");'))
    assert result.ok, result.error
    found = missing_alternatives(result.notebook)
    assert len(found) == 1 and found[0].startswith("cell 1 ")


@pytest.mark.parametrize("data", [
    {"image/png": "abc"},
    {"image/svg+xml": "<svg></svg>"},
    {"text/html": '<img src="x.png">'},
    {"text/html": '<img src="x.png" alt="  ">'},
    {"text/html": "<svg><path d=''/></svg>"},
    {"text/html": "<canvas></canvas>"},
    {"text/html": ["<p>", "<img src='x.png'>", "</p>"]},
])
def test_pictures_without_words(data):
    assert len(missing_alternatives(with_output(data))) == 1


@pytest.mark.parametrize("data", [
    {"text/plain": "1"},
    {"image/png": "abc", "text/html": '<img src="x.png" alt="A line">'},
    {"text/html": "<svg><title>A line</title></svg>"},
    {"text/html": '<svg aria-label="A line"></svg>'},
    {"text/html": '<img src="x.png" role="presentation">'},
    {"text/html": "<table></table>"},
])
def test_pictures_with_words_and_outputs_that_are_none(data):
    assert missing_alternatives(with_output(data)) == []


def test_pictures_in_markdown():
    cells = [nbformat.v4.new_markdown_cell(s)
             for s in ("![](a.png)", "![A line](a.png)", '<img src="a.png">', "no picture")]
    found = missing_alternatives(nbformat.v4.new_notebook(cells=cells))
    assert [f.split(" (")[0] for f in found] == ["cell 1", "cell 3"]


def test_pictures_in_widgets():
    state = {"a": {"model_name": "ImageModel", "state": {}},
             "b": {"model_name": "HTMLModel", "state": {"value": '<img src="x">'}},
             "c": {"model_name": "HTMLModel", "state": {"value": '<img src="x" alt="A line">'}}}
    metadata = {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": state}}}
    found = missing_alternatives(nbformat.v4.new_notebook(metadata=metadata))
    assert [f[:8] for f in found] == ["widget a", "widget b"]
