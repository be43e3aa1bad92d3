"""The pictures of lesson 03: curves of training, and what they are compared with."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

_STYLES = ((PALETTE["blue"], "-"), (PALETTE["vermillion"], "--"), (PALETTE["green"], "-."))


def plot_curves(curves, *, ylabel, ax=None):
    """Draw what was measured after each epoch, one line for each name.

    Parameters
    ----------
    curves : dict of str to array-like, shape (epochs,)
        At most three; blue solid, vermillion dashed, green dash-dotted.
    ylabel : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    if not 1 <= len(curves) <= len(_STYLES):
        raise CourseError(f"curves holds {len(curves)} lines; give 1 to {len(_STYLES)}.")
    ax = ax or plt.gca()
    said = []
    for (name, values), (colour, style) in zip(curves.items(), _STYLES, strict=False):
        values = _finite(values, name)
        ax.plot(np.arange(1, len(values) + 1), values, style, color=colour, label=name)
        said.append(f"{name} from {values[0]:.2f} to {values[-1]:.2f}")
    ax.set_ylim(bottom=0)
    ax.set_xlabel("epoch")
    ax.set_ylabel(ylabel)
    ax.legend()
    return describe(ax, f"{ylabel} after each epoch: {'; '.join(said)}.")


def plot_beside(baseline, other, name):
    """Draw a way out beside the baseline: validation error and the loss of both sets.

    Parameters
    ----------
    baseline, other : pandas.DataFrame
        One row for each epoch; columns `training loss`, `validation loss`, `validation error`.
    name : str
        What the other one is called in the legend.

    Returns
    -------
    matplotlib.figure.Figure
    """
    needed = {"training loss", "validation loss", "validation error"}
    for label, table in (("baseline", baseline), ("other", other)):
        if not needed <= set(table.columns) or not len(table):
            raise CourseError(f"{label} needs at least one row and the columns "
                              f"{', '.join(sorted(needed))}; it has {', '.join(table.columns)}.")
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.4, 2.8))
    for table, colour, label in ((baseline, "0.55", "baseline"), (other, PALETTE["blue"], name)):
        epochs = np.arange(1, len(table) + 1)
        left.plot(epochs, 100 * table["validation error"], color=colour, label=label)
        right.plot(epochs, table["validation loss"], color=colour, label=f"{label}, validation")
        right.plot(epochs, table["training loss"], ":", color=colour, label=f"{label}, training")
    left.set(xlabel="epoch", ylabel="validation error (%)", ylim=(0, 60))
    right.set(xlabel="epoch", ylabel="loss", ylim=(0, 2.4))
    left.legend()
    right.legend(handles=[right.lines[0], right.lines[1]],
                 labels=["validation", "training"], loc="upper right")
    ends = [100 * table["validation error"].iloc[-1] for table in (baseline, other)]
    describe(figure, f"Validation error and loss after each epoch. The baseline ends at a "
                     f"validation error of {ends[0]:.0f} %, {name} at {ends[1]:.0f} %. Dotted "
                     "lines are the training loss.")
    return figure


def plot_errors_by_size(table, *, ax=None):
    """Draw training and validation error against the number of training rows.

    Parameters
    ----------
    table : pandas.DataFrame
        Indexed by the number of rows; columns `training error` and `validation error`, as shares.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    for column, (colour, style) in zip(("training error", "validation error"), _STYLES,
                                       strict=False):
        ax.plot(table.index, 100 * _finite(table[column], column), f"o{style}", color=colour,
                label=column.split()[0])
    ax.set_xscale("log")
    ax.set_xticks(table.index, [f"{size:g}" for size in table.index], minor=False)
    ax.minorticks_off()
    ax.set_ylim(bottom=-1)
    ax.set_xlabel("training pictures (logarithmic)")
    ax.set_ylabel("error (%)")
    ax.legend()
    first, last = (100 * table["validation error"].iloc[i] for i in (0, -1))
    return describe(ax, f"Learning curve: from {table.index[0]} to {table.index[-1]} training "
                        f"pictures the validation error goes from {first:.0f} % to {last:.0f} %.")


def _finite(values, name):
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        raise CourseError(f"{name} has shape {values.shape} or holds NaN; give a list of at least "
                          "one finite number.")
    return values
