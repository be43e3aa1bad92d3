"""The course's look, and how a figure reaches a notebook."""

import subprocess
import sys
from base64 import b64decode
from io import BytesIO

import matplotlib as mpl
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from PIL import Image

from course_utils import plots
from course_utils.plots.display import figure_bundle, show_alternatives
from course_utils.plots.palette import CYCLE, PALETTE


@pytest.fixture(autouse=True)
def own_settings():
    with mpl.rc_context():
        yield


@pytest.fixture
def figure():
    figure = Figure((6.4, 4.0), dpi=100)
    figure.add_subplot().plot([1, 2])
    return figure


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_first_colours_stand_out_from_white():
    # 3 to 1 is what WCAG 2.1 asks of graphics.
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in CYCLE[:3])
    assert PALETTE["yellow"] not in CYCLE


def test_use_style_sets_the_cycle_and_may_be_repeated():
    plots.use_style()
    once = dict(mpl.rcParams)
    plots.use_style()
    assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == CYCLE
    assert dict(mpl.rcParams) == once


def test_importing_plots_loads_no_matplotlib_and_use_style_no_pyplot():
    code = ("import sys; from course_utils import plots; assert 'matplotlib' not in sys.modules; "
            "plots.use_style(); assert 'matplotlib.pyplot' not in sys.modules")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_describe_returns_its_target_and_reaches_the_figure(figure):
    ax = figure.axes[0]
    assert plots.describe(ax, " A line\n  that rises. ") is ax
    assert plots.alternative(figure) == plots.alternative(ax) == "A line that rises."


def test_a_figure_without_words_has_no_alternative(figure):
    assert plots.alternative(figure) is None
    with pytest.raises(ValueError, match="empty"):
        plots.describe(figure, "  ")


def test_the_bundle_carries_the_words_everywhere(figure):
    plots.describe(figure, 'Rises "fast" & far')
    data, metadata = figure_bundle(figure)
    assert 'alt="Rises &quot;fast&quot; &amp; far"' in data["text/html"]
    assert data["text/plain"] == 'Figure: Rises "fast" & far'
    assert metadata["image/png"] == {"width": 640, "height": 400, "alt": 'Rises "fast" & far'}
    assert Image.open(BytesIO(b64decode(data["image/png"]))).size == (1280, 800)


def test_a_shell_shows_figures_that_way_even_after_pyplot_set_its_formats(figure):
    shell = InteractiveShell()
    show_alternatives(shell)
    plots.describe(figure, "A line")
    data, _ = shell.display_formatter.format(figure)
    assert set(data) == {"text/html", "image/png", "text/plain"}
    assert 'alt="A line"' in data["text/html"]


def test_an_empty_figure_shows_nothing():
    assert figure_bundle(Figure()) == ({}, {})
