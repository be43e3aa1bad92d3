"""Pictures that several lessons and labs draw, and parts that their pictures share."""

from itertools import cycle

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE


def plot_pictures(pictures, *, columns=6, titles=None, text, figure=None):
    """Draw pictures side by side.

    Parameters
    ----------
    pictures : sequence of numpy.ndarray of uint8, shape (height, width, 3)
    columns : int
        How many in a row.
    titles : sequence of str, optional
        One above each.
    text : str
        The text alternative: what is to be seen.
    figure : matplotlib.figure.Figure, optional

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    CourseError
        If there is no picture, or another number of titles.
    """
    if not len(pictures):
        raise CourseError("pictures is empty, but at least one is needed.")
    if titles is not None:
        same_length(pictures=pictures, titles=titles)
    rows = -(-len(pictures) // columns)
    high = 1.1 if titles is None else 1.35
    figure = figure or plt.figure(figsize=(6.4, high * rows * 6 / columns))
    for at, picture in enumerate(pictures):
        ax = figure.add_subplot(rows, columns, at + 1)
        ax.imshow(picture, interpolation="lanczos")
        ax.axis("off")
        if titles is not None:
            ax.set_title(titles[at], loc="center", fontsize=9)
    return describe(figure, text)


def plot_scores(scores, *, xlabel, ax=None):
    """Draw one bar for each score, with its value.

    Parameters
    ----------
    scores : dict of str to float
        Shares between 0 and 1.
    xlabel : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    names, values = list(scores), list(scores.values())
    bars = ax.barh(names, values, color=PALETTE["blue"], height=0.6)
    ax.bar_label(bars, [f"{value:.0%}" for value in values], padding=4)
    ax.set_xlim(0, 1.1)
    ax.invert_yaxis()
    ax.set_xlabel(xlabel)
    summary = ", ".join(f"{name} {value:.0%}" for name, value in scores.items())
    return describe(ax, f"Bars of {xlabel}: {summary}.")


def with_styles(curves):
    """Pair curves with line styles, which tell them apart without colour.

    Parameters
    ----------
    curves : dict of str to object

    Returns
    -------
    iterator of (style, (name, curve))
        Styles repeat after the fourth curve.
    """
    return zip(cycle(("-", "--", ":", "-.")), curves.items(), strict=False)


def reach_of_interval(value, low, high):
    """Return how far an interval reaches below and above its values, as `errorbar` wants it.

    Parameters
    ----------
    value, low, high : array-like of float, shape (n,)

    Returns
    -------
    numpy.ndarray, shape (2, n)
        Never negative: rounding may put `low` above an observed 0.
    """
    return np.maximum(0, [value - low, high - value])


def draw_quantities(ax, quantities, colours, *, least):
    """Draw numbers that differ by orders of magnitude as bars with their values.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    quantities : dict of str to float
        From top to bottom.
    colours : sequence of str
        One for each quantity.
    least : float
        The length of the shortest bar; smaller quantities get this one too.
    """
    values = list(quantities.values())
    bars = ax.barh(list(quantities), np.maximum(values, least), color=colours)
    ax.bar_label(bars, [_short(value) for value in values], padding=4)
    ax.invert_yaxis()
    ax.set_xscale("log")


def _short(value):
    if value >= 1e9:
        return f"{value / 1e9:,.0f} billion"
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"
