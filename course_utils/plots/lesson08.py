"""The pictures of lesson 08: intervals, error rates by tone and group, and people followed."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE
from course_utils.plots.shared import reach_of_interval


def plot_intervals(table, *, xlabel, title="", ax=None):
    """Draw values with their intervals, one below the other.

    Parameters
    ----------
    table : dict of str to tuple of (value, low, high)
    xlabel, title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    names = list(table)
    value, low, high = np.array([table[name] for name in names], float).T
    ax.errorbar(value, np.arange(len(names)), xerr=reach_of_interval(value, low, high), fmt="o",
                capsize=4, color=PALETTE["blue"])
    ax.axvline(0, color="0.7", linewidth=1, zorder=0)
    ax.set(yticks=np.arange(len(names)), ylim=(len(names) - 0.5, -0.5), xlabel=xlabel, title=title)
    ax.set_yticklabels(names)
    summary = "; ".join(f"{name}: {v:.3g} ({a:.3g} to {b:.3g})"
                        for name, v, a, b in zip(names, value, low, high, strict=True))
    return describe(ax, f"{title}. {summary}.")


def draw_rates_by_tone(ax, rates, *, title=""):
    """Draw both error rates against skin tone, with intervals.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    rates : pandas.DataFrame
        As `course_utils.faces.rates_by_group` returns it, a row for each tone.
    title : str
    """
    looks = (("false_match_rate", "false matches", "vermillion", "o-"),
             ("false_non_match_rate", "false non-matches", "blue", "s--"))
    for name, label, colour, style in looks:
        value, low, high = (100 * rates[f"{name}{end}"].to_numpy() for end in ("", "_low", "_high"))
        ax.plot(rates.index, value, style, color=PALETTE[colour], label=label)
        ax.fill_between(rates.index, low, high, color=PALETTE[colour], alpha=0.15, linewidth=0)
    ax.set(xlabel="tone, from light (1) to dark (10)", ylabel="% of pairs", xticks=rates.index,
           ylim=(0, 12), title=title)
    ax.legend(loc="upper center")
    first, last = rates.iloc[0], rates.iloc[-1]
    return describe(ax, f"{title}. From the lightest to the darkest tone: false matches "
                        f"{first['false_match_rate']:.1%} to {last['false_match_rate']:.1%}, "
                        f"false non-matches {first['false_non_match_rate']:.1%} to "
                        f"{last['false_non_match_rate']:.1%}.")


def plot_by_group(table, *, ylabel, title="", ax=None):
    """Draw a bar for each group, side by side for each system.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each system, a column for each group.
    ylabel, title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    at, width = np.arange(len(table)), 0.8 / len(table.columns)
    colours = ("vermillion", "orange", "blue", "sky", "green", "purple")
    hatches = ("", "//", "", "\\\\", "", "..")
    for number, (group, values) in enumerate(table.items()):
        bars = ax.bar(at + (number - (len(table.columns) - 1) / 2) * width, values, width,
                      label=group, color=PALETTE[colours[number % 6]], hatch=hatches[number % 6],
                      edgecolor="white")
        ax.bar_label(bars, [f"{value:g}" for value in values], fontsize=8)
    ax.set(xticks=at, ylabel=ylabel, title=title, ylim=(0, 1.25 * table.to_numpy().max()))
    ax.set_xticklabels(table.index)
    ax.legend(fontsize=9, ncols=2)
    worst = "; ".join(f"{name}: highest for {row.idxmax()} ({row.max():g}), lowest for "
                      f"{row.idxmin()} ({row.min():g})" for name, row in table.iterrows())
    return describe(ax, f"{title}. {worst}.")


def plot_paired(levels, values, *, xlabel, ylabel, title="", ax=None):
    """Draw a thin line for each person over the levels of an attribute, and their mean.

    Parameters
    ----------
    levels : sequence, shape (k,)
    values : array-like, shape (people, k)
    xlabel, ylabel, title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax, values = ax or plt.gca(), np.asarray(values, float)
    same_length(levels=levels, values=values.T)
    ax.plot(levels, values.T, color="0.8", linewidth=0.7, zorder=1)
    mean = np.nanmean(values, axis=0)
    ax.plot(levels, mean, "o-", color=PALETTE["vermillion"], linewidth=2.5, label="mean", zorder=2)
    ax.set(xlabel=xlabel, ylabel=ylabel, xticks=levels, title=title)
    ax.legend()
    return describe(ax, f"{title}. The mean goes from {mean[0]:.3f} to {mean[-1]:.3f}; it rises "
                        f"for {np.mean(values[:, -1] > values[:, 0]):.0%} of the people.")
