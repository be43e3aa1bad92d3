"""Pictures of lesson 02: squared errors, their parts, and how they change.

All errors are mean squared errors in squared degrees Celsius.
"""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import finite_numbers, same_length
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

UNIT = "mean squared error (°C²)"
STYLES = {
    "bias²": {"color": PALETTE["blue"]},
    "variance": {"color": PALETTE["vermillion"]},
    "noise": {"color": "0.5", "linestyle": ":"},
    "training error": {"color": PALETTE["green"], "linestyle": "--"},
    "test error": {"color": "black", "linewidth": 2.5},
}


def plot_errors(errors, *, title="", ax=None):
    """Draw a bar for each model's error, grouped by where it was measured.

    Parameters
    ----------
    errors : dict of str to dict of str to float
        For example ``{"training": {"model A": 9.0, "model B": 0.2}}``.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    names = list(next(iter(errors.values())))
    width, notes = 0.8 / len(errors), []
    hatches = ("", "//")
    for place, (where, values) in enumerate(errors.items()):
        heights = finite_numbers(where, [values[name] for name in names], dimensions=(1,))
        at = np.arange(len(names)) + (place - (len(errors) - 1) / 2) * width
        bars = ax.bar(at, heights, width * 0.92, label=where, hatch=hatches[place % 2],
                      color=PALETTE["green"] if place == 0 else "0.75", edgecolor="white")
        ax.bar_label(bars, [f"{height:.2g}" if height < 10 else f"{height:.0f}"
                            for height in heights], padding=3)
        notes += [f"{where} error of {name} {height:.2g}"
                  for name, height in zip(names, heights, strict=True)]
    ax.set_xticks(range(len(names)), names)
    ax.margins(y=0.25)
    ax.set_ylabel(UNIT)
    ax.legend(loc="upper right", ncols=2, title="mean squared error on")
    ax.set_title(title)
    return describe(ax, f"{title}. {'; '.join(notes)} (°C²).")


def plot_parts(parts, test_errors, *, title="", ax=None):
    """Draw bias², variance and noise on top of each other, beside the measured test error.

    Parameters
    ----------
    parts : dict of str to dict of str to float
        For each model its ``"bias²"``, ``"variance"`` and ``"noise"``.
    test_errors : dict of str to float
        For each model the expected test error.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    notes = []
    for row, (name, shares) in enumerate(parts.items()):
        height = 0.0
        for part, colour in (("noise", "0.6"), ("bias²", PALETTE["blue"]),
                             ("variance", PALETTE["vermillion"])):
            ax.bar(row - 0.2, shares[part], 0.36, bottom=height, color=colour, edgecolor="white",
                   hatch={"variance": "//", "noise": ".."}.get(part, ""),
                   label=part if row == 0 else None)
            height += shares[part]
        ax.bar(row + 0.2, test_errors[name], 0.36, color="black",
               label="test error, measured" if row == 0 else None)
        text = ", ".join(f"{part} {value:.2g}" for part, value in shares.items())
        notes.append(f"{name}: {text}, together {height:.3g}; "
                     f"measured test error {test_errors[name]:.3g}")
    ax.set_xticks(range(len(parts)), list(parts))
    ax.set_ylabel(UNIT)
    ax.margins(y=0.25)
    ax.legend(loc="upper left", ncols=2)
    ax.set_title(title)
    return describe(ax, f"{title}. " + ". ".join(notes) + ".")


def draw_u_curve(ax, errors, *, chosen=None, top=22, title=""):
    """Draw the parts of the error against the degree on an empty Axes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    errors : pandas.DataFrame
        One row for each degree (the index), one column for each part named in `STYLES`.
    chosen : int, optional
        A degree to mark.
    top : float
        Upper end of the error axis; a curve may leave the picture there.
    title : str
    """
    finite_numbers("errors", errors, dimensions=(2,))
    for name in errors.columns:
        ax.plot(errors.index, errors[name], label=name, **STYLES[name])
    if chosen is not None:
        ax.axvline(chosen, color="0.8", linewidth=6, zorder=0)
    ax.set_ylim(0, top)
    ax.set_xlim(errors.index[0] - 0.3, errors.index[-1])
    ax.set_xlabel("degree of the curve")
    ax.set_ylabel(UNIT)
    ax.set_xticks(errors.index[::2])
    ax.set_yticks(np.arange(0, top, 5))
    _name_ends(ax, errors.clip(0, top).iloc[-1], x=errors.index[-1], apart=0.06 * top, top=top)
    ax.set_title(title)


def _name_ends(ax, ends, *, x, apart, top):
    """Write each curve's name where it ends: found sooner than in a legend, and drawn sooner."""
    ends = ends.sort_values(kind="stable")
    at = ends.to_numpy().copy()
    for i in range(1, len(at)):
        at[i] = max(at[i], at[i - 1] + apart)
    at[-1] = min(at[-1], top)
    for i in range(len(at) - 2, -1, -1):
        at[i] = min(at[i], at[i + 1] - apart)
    for name, y in zip(ends.index, at, strict=True):
        ax.text(x + 0.2, y, name, color=STYLES[name]["color"], va="center")


def plot_double_descent(counts, errors, *, readings, title="", ax=None):
    """Draw test errors against the number of building blocks, past the number of readings.

    Parameters
    ----------
    counts : array-like, shape (k,)
    errors : dict of str to array-like, shape (k,)
        Test errors by the kind of building blocks.
    readings : int
        From as many building blocks on, a curve passes through every reading.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    looks = ({"color": "black"}, {"color": PALETTE["purple"], "linestyle": "--"})
    notes = []
    for (name, values), look in zip(errors.items(), looks, strict=False):
        values = finite_numbers(name, values, dimensions=(1,))
        same_length(**{"counts": counts, name: values})
        ax.plot(counts, values, label=name, marker=".", **look)
        notes.append(f"{name}: at most {values.max():.0f}, at the end {values[-1]:.3g}")
    ax.axvline(readings, color="0.8", linewidth=6, zorder=0)
    ax.annotate(f"as many as\nreadings: {readings}", (readings, 0.02), xytext=(8, 6),
                xycoords=("data", "axes fraction"), textcoords="offset points", fontsize=9)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(1.8, None)
    ax.set_xticks(ticks := [1, 3, 6, 13, 30, 100, 300], [str(tick) for tick in ticks])
    ax.set_yticks(ticks := [2, 5, 10, 30, 100, 300], [str(tick) for tick in ticks])
    ax.minorticks_off()
    ax.set_xlabel("building blocks in the curve")
    ax.set_ylabel(UNIT)
    ax.legend(loc="upper left", fontsize=10)
    ax.set_title(title)
    return describe(ax, f"{title}. Test error (°C²) against the number of building blocks. "
                        + "; ".join(notes) + ".")
