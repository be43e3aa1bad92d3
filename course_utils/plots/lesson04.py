"""The pictures of lesson 04: a page, what perfect stages gain, and which stage wins."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle

from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

_COLOURS = (PALETTE["blue"], PALETTE["vermillion"], PALETTE["green"])


def plot_page(page, *, boxes=(), ax=None):
    """Draw a page, and on it the boxes that a stage found.

    Parameters
    ----------
    page : course_utils.data.Page
    boxes : list of list of (top, bottom, left, right)
        For each line the boxes, in pixels.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    ax.imshow(page.image, cmap="gray_r", vmin=0, vmax=16)
    count = 0
    for line in boxes:
        for top, bottom, left, right in line:
            ax.add_patch(Rectangle((left - 0.5, top - 0.5), right - left, bottom - top,
                                   fill=False, edgecolor=PALETTE["vermillion"], linewidth=1.2))
            count += 1
    ax.set_xlabel("pixels")
    ax.set_ylabel("pixels")
    note = f" {count} boxes are drawn on it." if count else ""
    return describe(ax, f"A page with {sum(map(len, page.digits))} handwritten digits "
                        f"in {len(page.digits)} lines.{note}")


def plot_gains(gains, *, intervals=None, unit="points of pages right", ax=None):
    """Draw one bar for each stage, side by side for each kind of analysis.

    Parameters
    ----------
    gains : dict of str to dict of str to float
        For each kind of analysis the gain of each stage, as a share between -1 and 1.
    intervals : dict of str to (low, high), optional
        For each stage the ends of an interval, drawn on the first kind.
    unit : str
        Unit of the axis; gains are shown times 100.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        If there is nothing to draw, a gain is not finite, or the kinds have different stages.
    """
    ax = ax or plt.gca()
    names = _stages(gains)
    notes, ends = [], [0.0]
    for row, (kind, values) in enumerate(gains.items()):
        points = np.array([100 * values[name] for name in names])
        at = _draw_bars(ax, points, row, len(gains))
        if intervals and row == 0:
            low, high = 100 * np.array([intervals[name] for name in names]).T
            reach = [points - low, high - points]
            ax.errorbar(points, at, xerr=reach, fmt="none", ecolor=PALETTE["black"], capsize=4)
            ends += [*low, *high]
        else:
            _label(ax, at, points, "{:+.1f}")
        ends += [*points]
        notes.append(f"{kind}: " + ", ".join(
            f"{name} {point:+.1f}" for name, point in zip(names, points, strict=True)))
    room = 0.14 * (max(ends) - min(ends)) or 1
    ax.set_xlim(min(ends) - room * (min(ends) < 0), max(ends) + room)
    ax.axvline(0, color=PALETTE["black"], linewidth=0.8)
    ax.set_xlabel(f"gain ({unit})")
    _name_bars(ax, gains, names)
    return describe(ax, f"Gain of each stage in {unit}. " + "; ".join(notes) + ".")


def plot_wins(wins, *, xlabel, ax=None):
    """Draw how often each stage comes out first, one group of bars for each stage.

    Parameters
    ----------
    wins : dict of str to dict of str to float
        For each situation the share of resamples that each stage wins.
    xlabel : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        As `plot_gains`.
    """
    ax = ax or plt.gca()
    names = _stages(wins)
    notes = []
    for row, (situation, shares) in enumerate(wins.items()):
        values = [shares[name] for name in names]
        _label(ax, _draw_bars(ax, values, row, len(wins)), values, "{:.0%}")
        notes.append(f"{situation}: " + ", ".join(
            f"{name} {value:.0%}" for name, value in zip(names, values, strict=True)))
    ax.set_xlim(0, 1.12)
    ax.set_xlabel(xlabel)
    _name_bars(ax, wins, names)
    return describe(ax, f"{xlabel}. " + "; ".join(notes) + ".")


def _draw_bars(ax, lengths, row, kinds):
    """Draw the bars of one kind out of so many, and return where they stand."""
    height = 0.8 / kinds
    at = np.arange(len(lengths)) + (row - (kinds - 1) / 2) * height
    ax.barh(at, lengths, height=height * 0.92, color=_COLOURS[row])
    return at


def _label(ax, at, values, form):
    # plain text draws faster than the annotations of bar_label, which a slider would feel
    for place, value in zip(at, values, strict=True):
        ax.text(max(value, 0), place, " " + form.format(value), va="center", fontsize=10)


def _name_bars(ax, table, names):
    """Name the stages beside the bars, and the kinds above the picture in order and colour."""
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()
    for row, kind in enumerate(table):
        ax.text(1, 1.01 + 0.06 * (len(table) - 1 - row), f"\N{BLACK SQUARE} {kind}",
                transform=ax.transAxes, ha="right", color=_COLOURS[row], weight="bold")


def _stages(table):
    """Return the stages that all kinds have, or raise a `CourseError` that says what is wrong."""
    if not table or len(table) > len(_COLOURS):
        raise CourseError(f"There are {len(table)} kinds of bars, but 1 to {len(_COLOURS)} "
                          "can be drawn.")
    names = list(next(iter(table.values())))
    for kind, values in table.items():
        if not names or list(values) != names:
            raise CourseError(f"{kind!r} has the stages {list(values)}, but all kinds need the "
                              f"same, at least one: {names}.")
        for name, value in values.items():
            if not np.isfinite(value):
                raise CourseError(f"The value of {name!r} in {kind!r} is {value}, but it must be "
                                  "a finite number.")
    return names
