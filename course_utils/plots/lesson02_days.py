"""Pictures of lesson 02: readings of a day, the curves fitted to them, and how these vary."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from course_utils.data.arguments import finite_numbers, same_length
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

COLOURS = (PALETTE["blue"], PALETTE["vermillion"])
LIMITS = (5, 32)  # degrees Celsius; a wild curve leaves the picture


def plot_readings(hours, readings, *, curves=None, unseen=None, title="", ax=None):
    """Draw readings over a day, with fitted curves and later readings if there are any.

    Parameters
    ----------
    hours, readings : array-like, shape (n,)
        The training readings, in hours and degrees Celsius.
    curves : dict of str to (moments, values), optional
        Fitted curves by the model's name.
    unseen : (hours, readings), optional
        Readings that no model was fitted to.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    hours = finite_numbers("hours", hours, dimensions=(1,))
    readings = finite_numbers("readings", readings, dimensions=(1,))
    same_length(hours=hours, readings=readings)
    ax = ax or plt.gca()
    summary = (f"{len(hours)} readings over a day, from {readings.min():.0f} to "
               f"{readings.max():.0f} °C")
    for (name, (moments, values)), colour in zip((curves or {}).items(), COLOURS, strict=False):
        values = finite_numbers(name, values, dimensions=(1,))
        ax.plot(moments, values, color=colour, label=name)
        summary += f"; {name} runs from {values.min():.0f} to {values.max():.0f} °C"
    if unseen is not None:
        later = finite_numbers("unseen", unseen, dimensions=(2,))
        ax.plot(*later, "x", color="0.45", markersize=5, markeredgewidth=1.2, label="unseen")
        summary += f"; {later.shape[1]} unseen readings lie between and around them"
    ax.plot(hours, readings, "o", color="black", markersize=6, label="training")
    _as_a_day(ax, title)
    if curves or unseen is not None:
        ax.legend(loc="upper left", ncols=2)
    return describe(ax, f"{title}. {summary}.")


def _draw_many(ax, moments, curves, truth, *, colour, mean=None, most=60):
    """Draw thin curves of many days, the truth dashed, and the mean curve if there is one."""
    moments = finite_numbers("moments", moments, dimensions=(1,))
    curves = finite_numbers("curves", curves, dimensions=(2,))
    same_length(moments=moments, curves=curves, truth=truth)
    # more curves than `most` look no different and cost time
    lines = [np.column_stack([moments, curve]) for curve in curves.T[:most]]
    ax.add_collection(LineCollection(lines, colors=colour, linewidths=0.8, alpha=0.25))
    if mean is not None:
        ax.fill_between(moments, mean, truth, color=PALETTE["orange"], alpha=0.5, linewidth=0,
                        label="gap = bias")
        ax.plot(moments, mean, color=colour, linewidth=2.5, label="mean curve")
    ax.plot(moments, truth, "--", color="black", linewidth=1.5, label="truth")
    ax.set_xlim(-0.5, 24.5)
    ax.set_ylim(*LIMITS)


def plot_many_days(moments, curves, truth, *, mean=False, title=""):
    """Draw the curves of many days, one panel for each model.

    Parameters
    ----------
    moments : array-like, shape (m,)
        Hours.
    curves : dict of str to array-like, shape (m, days)
        The fitted curves by the model's name, in degrees Celsius; at most two models.
    truth : array-like, shape (m,)
    mean : bool
        Draw the mean curve and its gap from the truth too.
    title : str
    """
    figure, axes = plt.subplots(1, len(curves), figsize=(6.4, 3.4), sharey=True, squeeze=False)
    notes = []
    for ax, (name, many), colour in zip(axes[0], curves.items(), COLOURS, strict=False):
        many = finite_numbers(name, many, dimensions=(2,))
        centre = many.mean(axis=1)
        _draw_many(ax, moments, many, truth, colour=colour, mean=centre if mean else None)
        _as_a_day(ax, "")
        ax.set_title(name, fontsize=11)
        gap, spread = np.sqrt([np.mean((centre - truth) ** 2), many.var(axis=1).mean()])
        notes.append(f"{name}: typical spread {spread:.1f} °C, typical gap of the mean curve from "
                     f"the truth {gap:.1f} °C")
        ax.legend(loc="upper left", fontsize=9)
    figure.get_axes()[-1].set_ylabel("")
    figure.suptitle(title, x=0.01, ha="left", fontsize=12)
    return describe(figure, f"{title}. " + "; ".join(notes) + ".")


def _as_a_day(ax, title):
    ax.set_xlim(-0.5, 24.5)
    ax.set_ylim(*LIMITS)
    ax.set_xticks(range(0, 25, 6))
    ax.set_xlabel("time of day (hours)")
    ax.set_ylabel("temperature (°C)")
    ax.set_title(title)


def draw_inset(ax, moments, curves, truth, *, hours, readings, label, most=30,
               place=(0.3, 0.5, 0.45, 0.42)):
    """Draw a small day with curves of many days and the readings of one inside another picture.

    Its lines belong to the large Axes: drawing a second Axes would take half as long again.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        The large picture.
    moments, truth : array-like, shape (m,)
        Hours, and the true temperature then.
    curves : array-like, shape (m, days)
    hours, readings : array-like, shape (n,)
    label : str
        Text above the small picture.
    most : int
        How many curves to draw.
    place : tuple of float
        Left, bottom, width and height as shares of the Axes.
    """
    left, bottom, width, height = place
    low, high = LIMITS
    day = (Affine2D().translate(0, -low).scale(width / 24, height / (high - low))
           .translate(left, bottom) + ax.transAxes)
    frame = Rectangle((left, bottom), width, height, transform=ax.transAxes, facecolor="white",
                      edgecolor="0.7", zorder=1)
    ax.add_patch(frame)
    many = LineCollection([np.column_stack([moments, curve])[::2] for curve in curves.T[:most]],
                          colors=PALETTE["blue"], linewidths=0.8, alpha=0.25, transform=day)
    ax.add_collection(many, autolim=False)
    lines = [many, *ax.plot(moments, truth, "--", color="black", linewidth=1.5, transform=day),
             *ax.plot(hours, readings, "k.", transform=day)]
    for line in lines:
        line.set_clip_path(frame)
    ax.text(left + width / 2, bottom + height + 0.015, label, transform=ax.transAxes, ha="center",
            fontsize=10)
