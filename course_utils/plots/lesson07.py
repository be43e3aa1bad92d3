"""The pictures of lesson 07: two error rates, false alarms by list, by day and by person."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE
from course_utils.plots.shared import draw_quantities, reach_of_interval, with_styles


def plot_det(curves, *, title="", ax=None):
    """Draw the trade-off between false matches and false non-matches.

    Parameters
    ----------
    curves : dict of str to pandas.DataFrame
        As `course_utils.faces.det_curve` returns them.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    notes, least = [], 1.0
    for style, (name, curve) in with_styles(curves):
        across, up = (curve[column].to_numpy() for column in ("false_match_rate",
                                                               "false_non_match_rate"))
        ax.plot(across, up, style, label=name)
        at = np.argmin(np.abs(across - up))
        least = min([least, *across[across > 0], *up[up > 0]])
        notes.append(f"{name}: both rates are about {(across[at] + up[at]) / 2:.1%}")
    low = 10 ** np.floor(np.log10(max(least, 1e-6)))
    ax.plot([low, 1], [low, 1], color="0.8", linewidth=1, zorder=0)
    ax.set(xscale="log", yscale="log", xlim=(low, 1), ylim=(low, 1), xlabel="false match rate",
           ylabel="false non-match rate", title=title)
    ax.legend()
    return describe(ax, f"{title}. {'; '.join(notes)} where they are equal.")


def plot_alarms_by_list(sizes, rates, *, guess, title="", ax=None):
    """Draw how often a stranger sets off an alarm, against the length of the list.

    Parameters
    ----------
    sizes : sequence of int
        People on the list.
    rates : sequence of Rate
        The share of strangers' pictures that matched somebody, for each size.
    guess : callable
        Takes a number of people, returns the expected share.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    same_length(sizes=sizes, rates=rates)
    ax = ax or plt.gca()
    values, low, high = np.array([(each.value, each.low, each.high) for each in rates]).T * 100
    ax.errorbar(sizes, values, yerr=reach_of_interval(values, low, high), fmt="o", capsize=3,
                color=PALETTE["vermillion"], label="measured, with 95 % interval")
    grid = np.unique(np.geomspace(min(sizes), max(sizes), 60).round().astype(int))
    ax.plot(grid, [100 * guess(int(n)) for n in grid], "--", color=PALETTE["blue"],
            label="1 - (1 - f)ᴺ, as if by chance")
    ax.set(xscale="log", xlabel="people on the list", ylim=(0, None), title=title,
           ylabel="% of strangers' pictures with an alarm")
    ax.legend()
    return describe(ax, f"{title}. From {sizes[0]} to {sizes[-1]} people on the list, the share of "
                        f"strangers with an alarm grows from {values[0]:.1f} % to "
                        f"{values[-1]:.1f} %.")


def plot_precision(wanted_people, lines, *, title="", ax=None):
    """Draw the share of alerts that are right, against how many people in 100,000 are wanted.

    Parameters
    ----------
    wanted_people : array-like of float, shape (n,)
        People who are wanted among 100,000 passers-by.
    lines : dict of str to array-like of float, shape (n,)
        The share of alerts that are right, for each system.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    if not lines:
        raise CourseError("lines is empty, but at least one system is needed.")
    ax = ax or plt.gca()
    notes = []
    for style, (name, shares) in with_styles(lines):
        same_length(wanted_people=wanted_people, shares=shares)
        ax.plot(wanted_people, 100 * np.asarray(shares), style, label=name)
        notes.append(f"{name}: from {shares[0]:.1%} to {shares[-1]:.0%}")
    ax.axhline(50, color="0.8", linewidth=1, zorder=0)
    ax.set(xscale="log", xlabel="wanted people among 100,000 passers-by",
           ylabel="% of alerts that are right", ylim=(0, 100), title=title)
    # The lines cross every corner of the picture.
    ax.figure.legend(*ax.get_legend_handles_labels(), title="false alarms", fontsize=9,
                     title_fontsize=9, ncols=2, loc="outside lower center")
    return describe(ax, f"{title}. The rarer wanted people are, the fewer alerts are right. "
                        f"{'; '.join(notes)}.")


def draw_day(ax, *, right, false, missed):
    """Draw what happens on one day: alerts that are right, false ones, and people missed.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    right, false, missed : float
        Expected numbers of people.
    """
    people = {"wanted, alert": right, "wanted, missed": missed, "not wanted, alert": false}
    draw_quantities(ax, people, (PALETTE["green"], "0.6", PALETTE["vermillion"]), least=0.05)
    ax.set(xlim=(0.05, 3e6), xlabel="people in a day")
    total = right + false
    share = "no alerts"
    if total >= 0.5:
        digits = 1 if right >= 0.01 * total else 3
        share = f"{right / total:.{digits}%} of {total:,.0f} alerts are right"
    ax.set_title(share)
    return describe(ax, f"{share}; {missed:,.1f} wanted people are missed.")


def plot_repeats(counts, expected, *, title="", ax=None):
    """Draw how many people had 0, 1, 2, … alarms, beside what chance alone would give.

    Parameters
    ----------
    counts, expected : array-like of float, shape (n,)
        People with 0, 1, … n - 1 alarms.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    same_length(counts=counts, expected=expected)
    ax = ax or plt.gca()
    at = np.arange(len(counts))
    looks = ((-0.2, counts, "measured", "vermillion", ""),
             (0.2, expected, "if alarms fell on people by chance", "blue", "//"))
    for shift, values, name, colour, hatch in looks:
        bars = ax.bar(at + shift, values, width=0.4, label=name, color=PALETTE[colour],
                      hatch=hatch, edgecolor="white")
        ax.bar_label(bars, [f"{value:.0f}" for value in values], fontsize=8)
    ax.set(xticks=at, xlabel="alarms in four pictures of a person", ylabel="strangers", title=title)
    ax.legend()
    return describe(ax, f"{title}. With an alarm in every picture: {counts[-1]:.0f} people, by "
                        f"chance it would be {expected[-1]:.1f}; with none: {counts[0]:.0f} "
                        f"instead of {expected[0]:.0f}.")
