"""The pictures of lesson 03 that compare: weights, the best of many, and the seven ways."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE


def plot_weights(weights, names, *, title="", ax=None):
    """Draw the weights of several classes as small pictures beside each other.

    Parameters
    ----------
    weights : array-like, shape (64, k)
        A column for each class, its 8 x 8 pixels row by row.
    names : sequence of str, length k
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        Blue speaks for the class, red against it; each picture has its own scale.
    """
    weights = np.asarray(weights, dtype=float)
    if weights.ndim != 2 or weights.shape != (64, len(names)) or not np.isfinite(weights).all():
        raise CourseError(f"weights has shape {weights.shape} or holds NaN; give 64 finite numbers "
                          f"for each of the {len(names)} names.")
    ax = ax or plt.gca()
    largest = np.abs(weights).max(axis=0)
    pictures = (weights / np.where(largest == 0, 1, largest)).T.reshape(-1, 8, 8)
    sheet = np.full((8, 9 * len(names) - 1), np.nan)
    for place, picture in enumerate(pictures):
        sheet[:, 9 * place:9 * place + 8] = picture
    ax.imshow(sheet, cmap="RdBu", vmin=-1, vmax=1)
    ax.set_xticks(3.5 + 9 * np.arange(len(names)), names)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.set_title(title)
    ax.set_xlabel("weights: blue speaks for the digit, red against it")
    return describe(ax, f"Weights of the pixels for {', '.join(names)}. {title}".strip())


def plot_best_of(results, *, ax=None):
    """Draw what the best of many models promised and what it kept.

    Parameters
    ----------
    results : pandas.DataFrame
        Indexed by the number of models tried; columns are shares of errors.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    if not len(results) or not np.isfinite(results.to_numpy(dtype=float)).all():
        raise CourseError("results needs at least one row, and no NaN.")
    ax = ax or plt.gca()
    colours = (PALETTE["vermillion"], PALETTE["blue"])
    for column, colour, style in zip(results, colours, ("s--", "o-"), strict=True):
        ax.plot(results.index, 100 * results[column], style, color=colour, label=column)
    ax.set_xscale("log")
    ax.set_xticks(results.index, [f"{count:g}" for count in results.index])
    ax.minorticks_off()
    ax.set_ylim(bottom=0)
    ax.set_xlabel("models tried (logarithmic)")
    ax.set_ylabel("error of the best one (%)")
    ax.legend()
    said = "; ".join(f"{column} from {100 * results[column].iloc[0]:.0f} % to "
                     f"{100 * results[column].iloc[-1]:.0f} %" for column in results)
    return describe(ax, f"Error of the best model against the number tried: {said}.")


def plot_ways(errors, this_run, *, ax=None):
    """Draw mean and spread of each way's test error, and where one run lies.

    Parameters
    ----------
    errors : pandas.DataFrame
        A row for each seed, a column for each way; shares of errors, first column the baseline.
    this_run : dict of str to float
        The test errors of one more run.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    if len(errors) < 2 or set(errors.columns) != set(this_run):
        raise CourseError(f"errors needs two seeds or more (it has {len(errors)}) and the "
                          "same ways as this_run.")
    ax = ax or plt.gca()
    rows = np.arange(errors.shape[1])
    mean, spread = 100 * errors.mean(), 100 * errors.std()
    ax.errorbar(mean, rows, xerr=spread, fmt="o", color=PALETTE["blue"], capsize=4,
                label=f"mean and standard deviation, {len(errors)} seeds")
    ax.plot([100 * this_run[way] for way in errors], rows, "*", color=PALETTE["vermillion"],
            markersize=11, label="this run")
    ax.axvline(mean.iloc[0], color="0.6", linestyle=":")
    ax.set_yticks(rows, errors.columns)
    ax.invert_yaxis()
    ax.set_xlim(left=0)
    ax.set_xlabel("test error (%)")
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, 1.14), ncols=2)
    said = ", ".join(f"{way} {mean[way]:.0f} ± {spread[way]:.0f}" for way in errors)
    return describe(ax, f"Test error in percent, mean and standard deviation: {said}.")
