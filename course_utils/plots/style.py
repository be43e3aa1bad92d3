"""The look of the course's figures."""

import sys

from course_utils.plots.palette import CYCLE

# Figures are 640 x 400 CSS pixels: they fit JupyterLab's column on a 1280-pixel screen.
SIZE = (6.4, 4.0)
DPI = 100


def use_style():
    """Give Matplotlib's figures the course's look, and let notebooks show their text alternative.

    Sets colours that colour-blind readers can tell apart, readable letters and a layout in which
    nothing overlaps. In a notebook, figures appear at twice the pixels so that they are sharp.
    Calling it again changes nothing.
    """
    import matplotlib

    matplotlib.rcParams.update(_settings())
    # A module that is not loaded cannot have a shell: plain scripts need no IPython.
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        from course_utils.plots.display import show_alternatives

        show_alternatives(shell)


def _settings():
    from cycler import cycler

    return {
        "axes.prop_cycle": cycler(color=CYCLE),
        "image.cmap": "cividis",
        "figure.figsize": SIZE,
        "figure.dpi": DPI,
        "figure.constrained_layout.use": True,
        "figure.facecolor": "white",
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.titlelocation": "left",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "grid.color": "#D9D9D9",
        "legend.frameon": False,
        "lines.linewidth": 2,
    }
