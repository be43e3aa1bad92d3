"""The pictures of lesson 03: curves of training, weights, and ways out of overfitting compared."""

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
    """
    if not 1 <= len(curves) <= len(_STYLES):
        raise CourseError(f"curves holds {len(curves)} lines; give 1 to {len(_STYLES)}.")
    ax = ax or plt.gca()
    notes = []
    for (name, values), (colour, style) in zip(curves.items(), _STYLES, strict=False):
        values = _finite(values, name)
        ax.plot(np.arange(1, len(values) + 1), values, style, color=colour, label=name)
        notes.append(f"{name} from {values[0]:.2f} to {values[-1]:.2f}")
    ax.set_ylim(bottom=0)
    ax.set_xlabel("epoch")
    ax.set_ylabel(ylabel)
    ax.legend()
    return describe(ax, f"{ylabel} after each epoch: {'; '.join(notes)}.")


def plot_beside(baseline, other, name):
    """Compare a way out of overfitting with the baseline: validation error and both losses.

    Parameters
    ----------
    baseline, other : pandas.DataFrame
        One row for each epoch; columns `training loss`, `validation loss`, `validation error`.
    name : str
        What the legend calls the other one.
    """
    columns = {"training loss", "validation loss", "validation error"}
    for label, table in (("baseline", baseline), ("other", other)):
        if not columns <= set(table.columns) or not len(table):
            raise CourseError(f"{label} needs at least one row and the columns "
                              f"{', '.join(sorted(columns))}; it has {', '.join(table.columns)}.")
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
    """Draw the error that the best of many models promised, and the one it delivered.

    Parameters
    ----------
    results : pandas.DataFrame
        Indexed by the number of models tried; two columns of errors, as shares.
    ax : matplotlib.axes.Axes, optional
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
    summary = "; ".join(f"{column} from {100 * results[column].iloc[0]:.0f} % to "
                        f"{100 * results[column].iloc[-1]:.0f} %" for column in results)
    return describe(ax, f"Error of the best model against the number tried: {summary}.")


def plot_ways(errors, this_run, *, ax=None):
    """Draw the mean and spread of each way's test error, and where one run lies.

    Parameters
    ----------
    errors : pandas.DataFrame
        A row for each seed, a column for each way; shares of errors, first column the baseline.
    this_run : dict of str to float
        The test errors of one more run.
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    CourseError
        If there are fewer than two seeds, or `this_run` names other ways.
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
    summary = ", ".join(f"{way} {mean[way]:.0f} ± {spread[way]:.0f}" for way in errors)
    return describe(ax, f"Test error in percent, mean and standard deviation: {summary}.")


def _finite(values, name):
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        raise CourseError(f"{name} has shape {values.shape} or holds NaN; give a list of at least "
                          "one finite number.")
    return values
