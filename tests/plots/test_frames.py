"""Frames drawn on one figure look as if each had a figure of its own."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from course_utils.plots.frames import Frames


def line(ax, slope):
    ax.plot([0, 1], [0, slope], label=f"slope {slope}")
    ax.legend()
    ax.set(xlabel="x", ylabel="y", title=f"{slope}")


def decorated(ax, kind):
    ax.plot([1, 2, 3], [1, 10, 100])
    if kind == "grid and scale":
        ax.grid()
        ax.set_yscale("log")
    elif kind == "red ticks":
        ax.tick_params(colors="red")
    elif kind == "twin":
        ax.twinx().plot([3, 1])
    elif kind == "bar":
        ax.figure.colorbar(ax.scatter([1, 2], [1, 2], c=[1, 2]))


def pixels(frames):
    return np.asarray(Image.open(BytesIO(frames.png())).convert("RGB"))


def fresh(draw, values):
    frames = Frames(draw, (6.4, 4.0))
    frames.draw(values)
    return pixels(frames)


def test_a_frame_is_the_picture_of_its_values():
    frames = Frames(line, (6.4, 4.0))
    for slope in (1, 3, 2):
        frames.draw({"slope": slope})
        assert np.array_equal(pixels(frames), fresh(line, {"slope": slope}))


@pytest.mark.parametrize("between", ["grid and scale", "red ticks", "twin", "bar"])
def test_nothing_of_a_frame_shows_in_the_next(between):
    frames = Frames(decorated, (6.4, 4.0))
    for kind in ("plain", between, "plain"):
        frames.draw({"kind": kind})
    assert np.array_equal(pixels(frames), fresh(decorated, {"kind": "plain"}))


def test_a_label_that_grows_is_not_cut_off():
    def tall(ax, top):
        ax.plot([0, 1], [0, top])
        ax.ticklabel_format(style="plain")

    frames = Frames(tall, (6.4, 4.0))
    frames.draw({"top": 1})
    frames.draw({"top": 123_456_789})
    assert (pixels(frames)[:, 0] == 255).all()


def test_sizes():
    frames = Frames(line, (6.4, 4.0))
    frames.draw({"slope": 1})
    assert (frames.width, frames.height) == (640, 400)
    assert pixels(frames).shape == (800, 1280, 3)
    assert Image.open(BytesIO(frames.jpeg())).size == (1280, 800)


def test_pyplot_keeps_no_figure():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    fresh(line, {"slope": 1})
    assert plt.get_fignums() == before
