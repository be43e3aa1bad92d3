"""The pictures of lesson 01: two features to scale, ways of scaling, and gradient descent."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE


def plot_to_scale(table, *, units=("", ""), ax=None):
    """Draw two features on axes where one unit has the same length.

    Parameters
    ----------
    table : pandas.DataFrame, shape (n, 2)
    units : tuple of str
        The unit of each column, for the labels.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Square; what looks near is near.
    """
    ax = ax or plt.gca()
    x, y = (table[name].to_numpy(dtype=float) for name in table.columns)
    ax.scatter(x, y, s=12, color=PALETTE["blue"])
    half = 0.55 * max(np.ptp(x), np.ptp(y))
    for axis, values in ((ax.set_xlim, x), (ax.set_ylim, y)):
        middle = (values.min() + values.max()) / 2
        axis(middle - half, middle + half)
    ax.set_aspect("equal")
    labels = [f"{name} ({unit})" if unit else name
              for name, unit in zip(table.columns, units, strict=True)]
    ax.set_xlabel(labels[0])
    ax.set_ylabel(labels[1])
    wide, high = np.ptp(x) / (2 * half), np.ptp(y) / (2 * half)
    return describe(ax, f"{len(table)} points at equal scale: {table.columns[0]} takes up "
                        f"{wide:.1%} of the width, {table.columns[1]} {high:.1%} of the height.")


def plot_strips(scaled, *, ax=None):
    """Draw one row of points for each way of scaling.

    Parameters
    ----------
    scaled : dict of str to array-like, shape (n,)
        The scaled values by the name of the scaling.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    colours = list(PALETTE.values())
    notes = []
    for row, (name, values) in enumerate(scaled.items()):
        values = np.asarray(values, dtype=float)
        ax.plot(values, np.full(len(values), -row), "|", markersize=22, color=colours[row])
        notes.append(f"{name} from {values.min():.3g} to {values.max():.3g}")
    ax.set_yticks(-np.arange(len(scaled)), list(scaled))
    ax.set_ylim(-len(scaled) + 0.5, 0.5)
    ax.set_xlabel("scaled value of the ordinary workers")
    return describe(ax, "Where each scaling puts the ordinary workers: " + "; ".join(notes) + ".")


def plot_descent(loss, path, *, reach=(-1.2, 3.2), ax=None):
    """Draw a loss of two weights as contours and the steps of gradient descent on it.

    Parameters
    ----------
    loss : callable
        Takes weights of shape (..., 2), returns losses of shape (...).
    path : array-like, shape (steps + 1, 2)
        The weights before the first step and after each.
    reach : tuple of float
        The ends of both axes.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    path = np.asarray(path)
    across, up = np.linspace(*reach, 61), np.linspace(*reach, 121)
    grid = np.stack(np.meshgrid(across, up), axis=-1)
    levels = loss(path[0]) * np.geomspace(0.01, 4, 9)
    ax.contour(across, up, loss(grid), levels=levels, colors="0.7", linewidths=1)
    ax.plot(*path.T, "o-", color=PALETTE["vermillion"], markersize=3.5, linewidth=1.2)
    ax.plot(*path[0], "s", color=PALETTE["black"], markersize=7)
    ax.annotate("start", path[0], xytext=(-8, -4), textcoords="offset points", ha="right")
    ax.set(xlim=reach, ylim=reach)
    # each tick label costs a millisecond of a slider's move
    whole = np.arange(np.ceil(reach[0]), reach[1])
    ax.set_xticks(whole)
    ax.set_yticks(whole)
    ax.set_xlabel("weight of age")
    ax.set_ylabel("weight of salary")
    return describe(ax, f"Contours of the loss and {len(path) - 1} steps of gradient descent, "
                        f"from loss {loss(path[0]):.3g} to {loss(path[-1]):.3g}.")
