"""Pictures of lesson 06: the stages of face recognition, and maps of embeddings."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from course_utils.data.arguments import same_length
from course_utils.errors import CourseError
from course_utils.plots.describing import describe
from course_utils.plots.palette import CYCLE, PALETTE

_MARKERS = "osD^vP*X"


def plot_stages(picture, numbers, *, box=None, face=None, figure=None):
    """Draw the first three stages of face recognition side by side.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)
    numbers : array-like of float, shape (128,)
        The embedding.
    box : course_utils.faces.Box, optional
        Where the face was found.
    face : numpy.ndarray of uint8, shape (150, 150, 3), optional
        The aligned face. Where either is missing, the figure says so.
    figure : matplotlib.figure.Figure, optional
    """
    figure = figure or plt.figure(figsize=(7.2, 2.5))
    detection, alignment, embedding = figure.subplots(1, 3, width_ratios=[1, 1, 1.7])
    detection.imshow(picture)
    detection.set_title("1 · detect")
    if box is not None:
        detection.add_patch(_frame(box))
    alignment.set_title("2 · align")
    if face is None:
        alignment.text(0.5, 0.5, "needs dlib", ha="center", va="center",
                     transform=alignment.transAxes)
    else:
        alignment.imshow(face)
    for ax in (detection, alignment):
        ax.axis("off")
    numbers = np.asarray(numbers, float)
    embedding.bar(range(len(numbers)), numbers, width=1, color=PALETTE["blue"])
    embedding.set(title="3 · embed", xlabel=f"which of {len(numbers)} numbers", ylabel="its value")
    frame = "without a box" if box is None else "with a box around the face"
    cut = "no aligned face, for dlib is missing" if face is None else "the face upright, cut out"
    return describe(figure, f"Three stages: the picture {frame}; {cut}; and {len(numbers)} numbers "
                            f"between {numbers.min():.2f} and {numbers.max():.2f}.")


def plot_boxes(picture, boxes, *, text, ax=None):
    """Draw a picture and the boxes that a detector found in it.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)
    boxes : sequence of course_utils.faces.Box
    text : str
        What the picture shows; the number of boxes is added to it.
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    ax.imshow(picture)
    ax.axis("off")
    for box in boxes:
        ax.add_patch(_frame(box))
    return describe(ax, f"{text} Boxes drawn on it: {len(boxes)}.")


def _frame(box):
    frame = Rectangle((box.left, box.top), box.right - box.left, box.bottom - box.top, fill=False,
                      edgecolor=PALETTE["black"], linewidth=1.6)
    frame.set_path_effects([withStroke(linewidth=4.5, foreground="white")])  # seen on any ground
    return frame


def plot_map(points, who, *, title="", ax=None):
    """Draw a few people's pictures as points, each person with a marker and a name.

    Parameters
    ----------
    points : array-like of float, shape (n, 2)
    who : array-like, shape (n,)
        Whose picture it is; at most 8 people.
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    points, who = np.asarray(points, float), np.asarray(who)
    same_length(points=points, who=who)
    people = list(dict.fromkeys(who.tolist()))
    if len(people) > len(_MARKERS):
        raise CourseError(f"There are {len(people)} people, but at most {len(_MARKERS)} can be "
                          "told apart by their marks.")
    for at, person in enumerate(people):
        own, colour = points[who == person], CYCLE[at % len(CYCLE)]
        ax.scatter(*own.T, marker=_MARKERS[at], s=55, edgecolor="white", color=colour)
        outwards = own.mean(axis=0) - points.mean(axis=0)
        farthest = own[np.argmax(own @ outwards)]
        ax.annotate(person, farthest, 12 * outwards / max(np.hypot(*outwards), 1e-9),
                    textcoords="offset points", color=colour, weight="bold", ha="center",
                    va="center")
    ax.margins(0.1)  # room for the names
    _name_axes(ax, title)
    return describe(ax, f"{title}. A map of {len(points)} pictures of {len(people)} people; "
                        "each person has a mark of their own.")


def plot_tones(points, tones, *, title="", ax=None):
    """Draw many pictures as points, coloured by the tone of their skin.

    Parameters
    ----------
    points : array-like of float, shape (n, 2)
    tones : array-like of int, shape (n,)
        1 (lightest) to 10 (darkest).
    title : str
    ax : matplotlib.axes.Axes, optional
    """
    ax = ax or plt.gca()
    points, tones = np.asarray(points, float), np.asarray(tones)
    same_length(points=points, tones=tones)
    scatter = ax.scatter(*points.T, c=tones, s=9, cmap="cividis_r", vmin=1, vmax=10)
    bar = ax.figure.colorbar(scatter, ax=ax, label="skin tone (Monk scale)")
    bar.set_ticks([1, 4, 7, 10])
    _name_axes(ax, title)
    along = np.corrcoef(points[:, 0], tones)[0, 1]
    return describe(ax, f"{title}. {len(points)} pictures, coloured by skin tone. The correlation "
                        f"of tone with the first axis is {along:.2f}.")


def _name_axes(ax, title):
    ax.set(xlabel="first axis", ylabel="second axis", title=title)
    ax.set_aspect("equal", "datalim")
