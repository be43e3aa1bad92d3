"""Pictures of faces and of how far apart they are (lessons 06 to 08)."""

import numpy as np
from matplotlib import pyplot as plt

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import PALETTE


def plot_pictures(pictures, *, columns=6, titles=None, text, figure=None):
    """Draw pictures side by side.

    Parameters
    ----------
    pictures : sequence of numpy.ndarray of uint8, shape (height, width, 3)
    columns : int
        How many in a row.
    titles : sequence of str, optional
        One above each.
    text : str
        The text alternative: what is to be seen.
    figure : matplotlib.figure.Figure, optional

    Returns
    -------
    matplotlib.figure.Figure
    """
    if not len(pictures):
        raise CourseError("pictures is empty, but at least one is needed.")
    if titles is not None:
        same_length(pictures=pictures, titles=titles)
    rows = -(-len(pictures) // columns)
    high = 1.1 if titles is None else 1.35
    figure = figure or plt.figure(figsize=(6.4, high * rows * 6 / columns))
    for at, picture in enumerate(pictures):
        ax = figure.add_subplot(rows, columns, at + 1)
        ax.imshow(picture, interpolation="lanczos")
        ax.axis("off")
        if titles is not None:
            ax.set_title(titles[at], loc="center", fontsize=9)
    return describe(figure, text)


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

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    distances, same = np.asarray(distances, float), np.asarray(same, bool)
    same_length(distances=distances, same=same)
    found = np.isfinite(distances)
    if not found.any():
        raise CourseError("distances holds no number: no two faces were found.")
    edges = np.linspace(0, distances[found].max() * 1.02, 60)
    looks = ((True, "same person", "blue", "//"), (False, "different people", "vermillion", ""))
    said = []
    for which, name, colour, hatch in looks:
        values = distances[found & (same == which)]
        if len(values):
            ax.hist(values, edges, weights=np.full(len(values), 100 / len(values)), alpha=0.6,
                    label=name, color=PALETTE[colour], hatch=hatch, edgecolor="white")
            said.append(f"{name}: half of the pairs are nearer than {np.median(values):.2f}")
    if threshold is not None:
        ax.axvline(threshold, color="black", linestyle="--", label=f"threshold {threshold:.2f}")
        said.append(f"the threshold is {threshold:.2f}")
    ax.set_xlabel("distance of two embeddings")
    ax.set_ylabel("% of pairs of each kind")
    ax.legend()
    ax.set_title(title)
    return describe(ax, f"{title}. {'; '.join(said)}.")


def plot_det(curves, *, title="", ax=None):
    """Draw the trade of false matches for false non-matches.

    Parameters
    ----------
    curves : dict of str to pandas.DataFrame
        As `course_utils.faces.det_curve` returns them.
    title : str
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    styles, said, least = ("-", "--", ":", "-."), [], 1.0
    for style, (name, curve) in zip(styles * len(curves), curves.items(), strict=False):
        across, up = (curve[column].to_numpy() for column in ("false_match_rate",
                                                               "false_non_match_rate"))
        ax.plot(across, up, style, label=name)
        at = np.argmin(np.abs(across - up))
        least = min([least, *across[across > 0], *up[up > 0]])
        said.append(f"{name}: both rates are about {(across[at] + up[at]) / 2:.1%}")
    low = 10 ** np.floor(np.log10(max(least, 1e-6)))
    ax.plot([low, 1], [low, 1], color="0.8", linewidth=1, zorder=0)
    ax.set(xscale="log", yscale="log", xlim=(low, 1), ylim=(low, 1), xlabel="false match rate",
           ylabel="false non-match rate", title=title)
    ax.legend()
    return describe(ax, f"{title}. {'; '.join(said)} where they are equal.")
