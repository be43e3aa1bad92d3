"""Pictures of lesson 06: distances of embeddings, and the error rates of a threshold."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

_FLOOR = 1e-5  # of a rate on a logarithmic scale


def plot_distances(distances, same, *, threshold=None, title="", ax=None):
    """Draw how far apart pictures of the same person and of different people are.

    Parameters
    ----------
    distances : array-like of float, shape (n,)
        NaN (a face that was not found) is left out.
    same : array-like of bool, shape (n,)
    threshold : float, optional
        Drawn as a line: to its left pairs match.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    distances, same = np.asarray(distances, float), np.asarray(same, bool)
    same_length(distances=distances, same=same)
    finite = np.isfinite(distances)
    if not finite.any():
        raise CourseError("distances holds no number: no two faces were found.")
    edges = np.linspace(0, distances[finite].max() * 1.02, 60)
    looks = ((True, "same person", "blue", "//"), (False, "different people", "vermillion", ""))
    notes = []
    for which, name, colour, hatch in looks:
        values = distances[finite & (same == which)]
        if len(values):
            ax.hist(values, edges, weights=np.full(len(values), 100 / len(values)), alpha=0.6,
                    label=name, color=PALETTE[colour], hatch=hatch, edgecolor="white")
            notes.append(f"{name}: half of the pairs are nearer than {np.median(values):.2f}")
    if threshold is not None:
        ax.axvline(threshold, color="black", linestyle="--", label=f"threshold {threshold:.2f}")
        notes.append(f"the threshold is {threshold:.2f}")
    ax.set_xlabel("distance of two embeddings")
    ax.set_ylabel("% of pairs of each kind")
    ax.legend()
    ax.set_title(title)
    return describe(ax, f"{title}. {'; '.join(notes)}.")


def plot_threshold(thresholds, false_matches, false_non_matches, *, at, title="", ax=None):
    """Draw both error rates against the threshold, and mark their values at one threshold.

    Parameters
    ----------
    thresholds : array-like of float, shape (n,)
        In rising order.
    false_matches, false_non_matches : array-like of float, shape (n,)
        Rates from 0 to 1.
    at : float
        The threshold to read.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    thresholds = np.asarray(thresholds, float)
    same_length(thresholds=thresholds, false_matches=false_matches,
                false_non_matches=false_non_matches)
    looks = (("false matches", false_matches, "vermillion", "-"),
             ("false non-matches", false_non_matches, "blue", "--"))
    notes = []
    for row, (name, rates, colour, style) in enumerate(looks):
        rate = float(np.interp(at, thresholds, rates))
        notes.append(f"{name} {_percent(rate)}")
        # logarithms on an even axis: half the time of a logarithmic axis
        ax.plot(thresholds, np.log10(np.maximum(rates, _FLOOR)), style, color=PALETTE[colour])
        ax.plot([at], [np.log10(max(rate, _FLOOR))], "o", color=PALETTE[colour])
        # above the picture, where no curve runs through it; quicker to draw than a legend
        ax.text(1, 1.08 - 0.07 * row, notes[-1], color=PALETTE[colour], weight="bold", ha="right",
                transform=ax.transAxes)
    ax.axvline(at, color="black", linewidth=1)
    ax.set(xlim=(thresholds[0], thresholds[-1]), ylim=(-5, 0.2), title=title,
           xlabel="threshold: pairs at this distance or below match", ylabel="share of pairs")
    ax.set_yticks(range(-5, 1), ["0.001 %", "0.01 %", "0.1 %", "1 %", "10 %", "100 %"])
    return describe(ax, f"{title}. At the threshold {at:.2f}: {', '.join(notes)}.")


def plot_promises(delivered, *, promised, xlabel, ax=None):
    """Draw the error rates that thresholds deliver, beside the rate they were chosen for.

    Parameters
    ----------
    delivered : dict of int to array-like of float
        For each size of the test the rates from 0 to 1, one for each repetition.
    promised : float
        The rate that the thresholds were chosen for.
    xlabel : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    if not delivered:
        raise CourseError("delivered is empty, but at least one size is needed.")
    notes, spread = [], np.random.default_rng(0)
    for at, (size, rates) in enumerate(delivered.items()):
        rates = np.maximum(np.asarray(rates, float), _FLOOR)
        ax.plot(at + spread.uniform(-0.22, 0.22, len(rates)), rates, ".", color=PALETTE["sky"],
                markersize=5)
        middle = np.median(rates)
        ax.plot([at - 0.32, at + 0.32], [middle, middle], color=PALETTE["blue"])
        notes.append(f"{size}: half deliver more than {_percent(middle)}")
    ax.axhline(promised, color=PALETTE["vermillion"], linestyle="--",
               label=f"promised: {_percent(promised)}")
    ax.set_xticks(range(len(delivered)), delivered)
    ax.set(yscale="log", xlabel=xlabel, ylabel="false match rate on other people")
    ticks = [tick for tick in 10.0 ** np.arange(-5, 1)
             if ax.get_ylim()[0] <= tick <= ax.get_ylim()[1]]
    ax.set_yticks(ticks, [_percent(tick) for tick in ticks])
    ax.legend()
    return describe(ax, f"Rates on other people, promised {_percent(promised)}, by {xlabel}. "
                        + "; ".join(notes) + ".")


def _percent(rate):
    return f"{100 * rate:.2g} %" if rate < 0.1 else f"{100 * rate:.0f} %"
