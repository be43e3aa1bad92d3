"""The pictures of lesson 05: sheets of pictures, accuracy by labels and by stage, and times."""

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
        The text alternative: what the pictures show.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        If there is no picture, the shape is another one, or `columns` is below 1.
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
    """Draw the mean and spread of the accuracy over draws, against the number of labels.

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

    Raises
    ------
    CourseError
        If a way is unknown, or the table is empty.
    """
    unknown = set(ways) - set(_WAYS)
    if unknown or not len(table):
        raise CourseError(f"ways are some of {', '.join(_WAYS)}, and table needs a row; got "
                          f"{', '.join(ways)} and {len(table)} rows.")
    ax = ax or plt.gca()
    notes = []
    for place, way in enumerate(ways):
        accuracy = table[table["way"] == way].groupby("labels")["accuracy"].agg(["mean", "std"])
        if accuracy.empty:
            continue
        colour, style = _WAYS[way]
        # a little to the side of each other, or ways that are equal would hide each other
        ax.errorbar(accuracy.index * 1.03 ** (place - 2), 100 * accuracy["mean"],
                    yerr=100 * accuracy["std"].fillna(0),
                    fmt=style, color=colour, capsize=3, label=way)
        notes.append(f"{way} from {100 * accuracy['mean'].iloc[0]:.0f} to "
                     f"{100 * accuracy['mean'].iloc[-1]:.0f} %")
    labels = sorted(table["labels"].unique())
    ax.set_xscale("log")
    ax.set_xticks(labels, [f"{n:g}" for n in labels])
    ax.minorticks_off()
    ax.set_ylim(0, 100)
    ax.set(xlabel="labels of each class (logarithmic)", ylabel="test accuracy (%)", title=title)
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return describe(ax, f"{title + ': ' if title else ''}accuracy against labels of each class, "
                        f"from {labels[0]} to {labels[-1]}: {'; '.join(notes)}.")


def _in_colour(image):
    """Return RGB from 0 to 1."""
    if image.ndim == 3:
        return image / 255 if image.dtype == np.uint8 else np.clip(image, 0, 1)
    low, high = float(image.min()), float(image.max())
    return np.repeat(((image - low) / max(high - low, 1e-9))[..., None], 3, axis=2)


def plot_responses(picture, responses, *, channels=4, figure=None):
    """Draw a picture and the channels of each layer that vary most over it.

    Parameters
    ----------
    picture : array-like, shape (H, W, 3)
    responses : mapping of str to array-like, shape (1, h, w, C)
        The response of each layer, by the name to show.
    channels : int
        How many of each layer.
    figure : matplotlib.figure.Figure, optional

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    CourseError
        If a response has another shape or too few channels.
    """
    responses = {name: np.asarray(each) for name, each in responses.items()}
    for name, each in responses.items():
        if each.ndim != 4 or len(each) != 1 or each.shape[3] < channels:
            raise CourseError(f"the response {name!r} has shape {each.shape}, but (1, h, w, C) "
                              f"with at least {channels} channels is needed.")
    figure = figure or plt.figure(figsize=(6.4, 1.25 * len(responses) + 0.2))
    left, right = figure.subplots(1, 2, width_ratios=(1, channels + 0.5))
    plot_sheet([picture], alt="The picture.", ax=left)
    left.set_title("the picture")
    size = np.asarray(picture).shape[0]
    rows = [np.kron(each[0, ..., k], np.ones((size // each.shape[1],) * 2))
            for each in responses.values()
            for k in np.argsort(each[0].std(axis=(0, 1)))[:-channels - 1:-1]]
    plot_sheet(rows, columns=channels, titles=list(responses), alt="Responses.", ax=right)
    right.tick_params(left=False)
    sizes = (f"{name}, {each.shape[1]} by {each.shape[2]} squares"
             for name, each in responses.items())
    return describe(figure, f"A picture, and {channels} channels each of {'; '.join(sizes)}. "
                            "White is a strong response. Early channels follow the edges of the "
                            "picture, late ones answer for large parts of it.")


def plot_accuracy_by_stage(table, *, guessing=None, ax=None):
    """Draw the accuracy of several tasks against the stage at which a network is cut.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each stage, a column of shares for each task.
    guessing : mapping of str to float, optional
        What guessing gives for each task, as a share.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        If the table is empty, or `guessing` names a task that it lacks.
    """
    if not len(table) or set(guessing or {}) - set(table.columns):
        raise CourseError("table needs a row for each stage, and guessing only tasks of it; got "
                          f"{len(table)} rows and {', '.join(guessing or {})}.")
    ax = ax or plt.gca()
    notes = []
    for (task, shares), style in zip(table.items(), ("o-", "s-", "^-", "v-"), strict=False):
        (line,) = ax.plot(table.index, 100 * shares, style, label=task)
        if task in (guessing or {}):
            ax.axhline(100 * guessing[task], color=line.get_color(), linestyle=":", linewidth=1)
        notes.append(f"{task} {', '.join(f'{100 * share:.0f}' for share in shares)} %")
    ax.set(xlabel="stage after which the network is cut", ylabel="test accuracy (%)",
           xticks=table.index, ylim=(0, 100))
    if guessing:
        ax.plot([], [], ":", color=PALETTE["black"], linewidth=1, label="guessing")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return describe(ax, f"Test accuracy by stage, {table.index[0]} to {table.index[-1]}: "
                        f"{'; '.join(notes)}.")


def plot_times(seconds, *, ax=None):
    """Draw times as dots on a logarithmic axis, each with its value in a suitable unit.

    Parameters
    ----------
    seconds : mapping of str to float
        How long each thing took, above 0.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    CourseError
        If there are no times, or one is not above 0.
    """
    if not seconds or not min(seconds.values()) > 0:
        raise CourseError(f"seconds must hold times above 0, but it is {dict(seconds)!r}.")
    ax = ax or plt.gca()
    texts = [_with_unit(each) for each in seconds.values()]
    ax.plot(list(seconds.values()), list(seconds), "o", color=PALETTE["blue"])
    for name, text in zip(seconds, texts, strict=True):
        ax.annotate(text, (seconds[name], name), (8, 0), textcoords="offset points", va="center",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    low, high = min(seconds.values()), max(seconds.values())
    ax.set(xscale="log", xlim=(low / 10, high * 100), xlabel="seconds (logarithmic)")
    ax.grid(axis="y", linewidth=0.5)
    ax.margins(y=0.15)
    ax.invert_yaxis()
    return describe(ax, "Times: " + "; ".join(f"{name} {text}" for name, text in
                                              zip(seconds, texts, strict=True)) + ".")


def _with_unit(seconds):
    for size, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:.1f} s" if seconds >= 0.1 else f"{1000 * seconds:.0f} ms"
