"""The pictures of lesson 05: sheets of small pictures, and accuracy by labels."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE

# Colour, line and marker of each way to use a network
_WAYS = {"frozen": (PALETTE["blue"], "o-"), "tuned": (PALETTE["green"], "^-"),
         "scratch": (PALETTE["vermillion"], "s--"), "random": (PALETTE["purple"], "v:"),
         "pixels": (PALETTE["orange"], "x:")}


def plot_sheet(images, *, titles=None, columns=10, alt, ax=None):
    """Draw small pictures in a grid.

    Parameters
    ----------
    images : array-like, shape (n, H, W) or (n, H, W, 3)
        Grey pictures are each stretched from their darkest to their brightest value.
    titles : sequence of str, optional
        One for each row.
    columns : int
    alt : str
        What they show.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    images = np.asarray(images)
    if images.ndim not in (3, 4) or not len(images) or images.ndim == 4 and images.shape[3] != 3:
        raise CourseError(f"images has shape {images.shape}, but (n, H, W) or (n, H, W, 3) with "
                          "at least one picture is needed.")
    if columns < 1:
        raise CourseError(f"columns is {columns}, but it must be at least 1.")
    ax = ax or plt.gca()
    rows = -(-len(images) // columns)
    high, wide = images.shape[1] + 1, images.shape[2] + 1
    sheet = np.ones((rows * high - 1, min(columns, len(images)) * wide - 1, 3))
    for number, image in enumerate(images):
        top, left = number // columns * high, number % columns * wide
        sheet[top:top + high - 1, left:left + wide - 1] = _in_colour(image)
    ax.imshow(sheet, interpolation="nearest")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    if titles is not None:
        ax.set_yticks(high * np.arange(rows) + images.shape[1] / 2, titles)
    return describe(ax, alt)


def plot_accuracy_by_labels(table, *, ways=tuple(_WAYS), title="", ax=None):
    """Draw mean accuracy and spread over draws against the number of labels.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each run, with the columns `way`, `labels` (of each class) and `accuracy`.
    ways : sequence of str
        Some of frozen, tuned, scratch, random, pixels.
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    unknown = set(ways) - set(_WAYS)
    if unknown or not len(table):
        raise CourseError(f"ways are some of {', '.join(_WAYS)}, and table needs a row; got "
                          f"{', '.join(ways)} and {len(table)} rows.")
    ax = ax or plt.gca()
    said = []
    for place, way in enumerate(ways):
        found = table[table["way"] == way].groupby("labels")["accuracy"].agg(["mean", "std"])
        if found.empty:
            continue
        colour, style = _WAYS[way]
        # a little to the side of each other, or ways that are equal would hide each other
        ax.errorbar(found.index * 1.03 ** (place - 2), 100 * found["mean"],
                    yerr=100 * found["std"].fillna(0),
                    fmt=style, color=colour, capsize=3, label=way)
        said.append(f"{way} from {100 * found['mean'].iloc[0]:.0f} to "
                    f"{100 * found['mean'].iloc[-1]:.0f} %")
    labels = sorted(table["labels"].unique())
    ax.set_xscale("log")
    ax.set_xticks(labels, [f"{n:g}" for n in labels])
    ax.minorticks_off()
    ax.set_ylim(0, 100)
    ax.set(xlabel="labels of each class (logarithmic)", ylabel="test accuracy (%)", title=title)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return describe(ax, f"{title + ': ' if title else ''}accuracy against labels of each class, "
                        f"from {labels[0]} to {labels[-1]}: {'; '.join(said)}.")


def _in_colour(image):
    """Return RGB from 0 to 1."""
    if image.ndim == 3:
        return image / 255 if image.dtype == np.uint8 else np.clip(image, 0, 1)
    low, high = float(image.min()), float(image.max())
    return np.repeat(((image - low) / max(high - low, 1e-9))[..., None], 3, axis=2)
