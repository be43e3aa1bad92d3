"""The pictures of lesson 09: who is unique, who joins, what a policy leads to, who has a stake."""

import textwrap

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE
from course_utils.plots.shared import draw_quantities, with_styles

NOTE_WIDTH = 76  # characters, which fit above the usual width


def plot_uniqueness(points, shares, *, title="", ax=None):
    """Draw the share of people who are singled out, against how much is known about them.

    Parameters
    ----------
    points : sequence of int
        How many places and times of a person are known.
    shares : sequence of float
        The share of people whom so many points single out.
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        If lengths differ.
    """
    same_length(points=points, shares=shares)
    ax = ax or plt.gca()
    bars = ax.bar(points, 100 * np.asarray(shares), color=PALETTE["blue"], width=0.6)
    ax.bar_label(bars, [f"{share:.0%}" for share in shares], padding=2)
    ax.set(xticks=points, ylim=(0, 110), xlabel="known places and times of a person", title=title,
           ylabel="% of people singled out")
    summary = ", ".join(f"{n}: {share:.0%}" for n, share in zip(points, shares, strict=True))
    return describe(ax, f"{title}. Share of people singled out by so many points: {summary}.")


def plot_joining(curves, *, title="", ax=None):
    """Draw how many people have joined, round after round.

    Parameters
    ----------
    curves : dict of str to sequence of int
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    for style, (name, counts) in with_styles(curves):
        ax.plot(counts, style, label=name, linewidth=2.5)
    ax.set(xlabel="round", ylabel="people who have joined", title=title, ylim=(0, None))
    ax.legend()
    ends = "; ".join(f"{name}: {counts[-1]:,} in the end" for name, counts in curves.items())
    return describe(ax, f"{title}. {ends}.")


def draw_policy(ax, numbers, *, note):
    """Draw what a policy leads to, in people and records, on a scale of powers of ten.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    numbers : dict of str to float
        What is counted, and how much of it; nothing is drawn below 0.1.
    note : str
        Text above the bars.

    Returns
    -------
    matplotlib.axes.Axes
    """
    colours = [PALETTE[name] for name in ("green", "orange", "vermillion", "purple", "blue")]
    draw_quantities(ax, numbers, colours[:len(numbers)], least=0.1)
    ax.set(xlim=(0.1, 1e17), xlabel="how many (each mark is a thousand times the last)")
    # plain text: formulas would make every move of a slider a fifth slower
    ax.set_xticks(10.0 ** np.arange(0, 13, 3), ("1", "10³", "10⁶", "10⁹", "10¹²"))
    ax.xaxis.minorticks_off()
    ax.figure.suptitle(textwrap.fill(note, NOTE_WIDTH), x=0.01, horizontalalignment="left",
                       fontsize=10)
    summary = "; ".join(f"{name}: {value:,.1f}" for name, value in numbers.items())
    return describe(ax, f"{note} {summary}.")


def plot_stakeholders(table, *, title="", ax=None):
    """Draw who is affected by a decision and who has a say in it.

    Parameters
    ----------
    table : dict of str to tuple of (affected, say)
        Both from 0 to 10.
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    for number, (name, (affected, say)) in enumerate(table.items()):
        ax.plot(affected, say, "o", color=PALETTE["blue"])
        ax.annotate(name, (affected, say), xytext=(6, 5 if number % 2 else -13),
                    textcoords="offset points", fontsize=9)
    ax.axhline(5, color="0.85", linewidth=1, zorder=0)
    ax.axvline(5, color="0.85", linewidth=1, zorder=0)
    ax.set(xlim=(0, 13), ylim=(0, 10.5), xlabel="affected", ylabel="has a say", title=title,
           xticks=[0, 5, 10], yticks=[0, 5, 10])
    silent = [name for name, (affected, say) in table.items() if affected > 5 >= say]
    return describe(ax, f"{title}. Much affected with little say: {', '.join(silent) or 'nobody'}.")
