"""Coloured backgrounds full of things: many small ones, few large, lines side by side, shadows."""

import numpy as np

from course_utils.data.pretraining_pictures.textures import TEXTURES, draw_texture

_FINER = 2  # drawn so many times larger, then averaged, so that edges are as a lens leaves them


def draw_clutter(rng, size):
    """Draw things over each other, from a few to a hundred, in the muted colours of one scene.

    The sizes follow a power law, as they do in photographs: for each thing of some size there are
    about four of half that size.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int
        Pixels, each way.

    Returns
    -------
    numpy.ndarray of float32, shape (size, size, 3)
        RGB from 0 to 1.
    """
    import cv2

    large = _FINER * size
    palette = _palette(rng)
    page = np.empty((large, large, 3), np.float32)
    page[:] = palette[0]
    for _ in range(int(np.exp(rng.uniform(np.log(2), np.log(70))))):
        shade = palette[rng.integers(len(palette))] * np.float32(np.exp(rng.normal(scale=0.25)))
        _drop(rng, page, shade.tolist())
    picture = cv2.resize(page, (size, size), interpolation=cv2.INTER_AREA)
    for _ in range(rng.integers(0, 3)):
        picture = _roughen(rng, picture)
    return np.clip(_light(rng, picture), 0, 1)


def _palette(rng):
    """Draw two to five colours of one scene: a common tint, different brightness."""
    tint = rng.uniform(0.2, 1, 3)
    colours = []
    for _ in range(rng.integers(2, 6)):
        own = rng.uniform(0, 1, 3) if rng.random() < 0.3 else tint + rng.normal(scale=0.12, size=3)
        grey = own.mean()
        own = grey + rng.uniform(0.4, 1.2) * (own - grey)
        colours.append(np.clip(own * rng.uniform(0.15, 1.3), 0.01, 1).astype(np.float32))
    return colours


def _drop(rng, page, shade):
    """Drop one thing, or a row of lines, somewhere."""
    import cv2

    side = len(page)
    reach = side * min(0.8, 0.035 * rng.uniform(0.001, 1) ** -0.5)
    x, y = rng.uniform(-0.1, 1.1, 2) * side
    turn = rng.uniform(0, 180)
    kind = rng.random()
    if kind < 0.35:
        axes = (2 * reach, 2 * reach * rng.uniform(0.2, 1))
        thick = -1 if rng.random() < 0.7 else int(rng.integers(1, 5))
        cv2.ellipse(page, ((x, y), axes, turn), shade, thick, cv2.LINE_8)
    elif kind < 0.7:
        box = cv2.boxPoints(((x, y), (3 * reach, 2 * reach * rng.uniform(0.2, 1)), turn))
        box += rng.normal(scale=0.2 * reach, size=box.shape)
        cv2.fillPoly(page, [box.astype(np.int32)], shade, cv2.LINE_8)
    else:
        _lines(rng, page, shade, (x, y), reach)


def _lines(rng, page, shade, start, reach):
    """Draw one to ten lines side by side: planks, wires, roofs, hair."""
    import cv2

    angle, length = rng.uniform(0, np.pi), reach * rng.uniform(3, 12)
    along = np.array([np.cos(angle), np.sin(angle)])
    across = np.array([-along[1], along[0]]) * rng.uniform(3, 12)
    thick, unsteady = int(rng.integers(1, 4)), rng.choice([0.0, 0.25])
    for k in range(rng.integers(1, 11)):
        middle = np.array(start) + (k + rng.normal(scale=unsteady)) * across
        lean = along + rng.normal(scale=unsteady, size=2) * 0.5
        ends = [(middle + s * length / 2 * lean).astype(int).tolist() for s in (-1, 1)]
        cv2.line(page, *ends, shade, thick, cv2.LINE_8)


def _roughen(rng, picture):
    """Lay a texture over the picture, or over one side of it."""
    size = len(picture)
    grey = draw_texture(rng, size, rng.integers(len(TEXTURES)))[..., None] - 0.5
    strength = np.float32(rng.uniform(0.1, 0.9))
    if rng.random() < 0.5:
        angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(-0.3, 0.3) * size
        y, x = np.mgrid[:size, :size] - size / 2
        strength = strength * (np.cos(angle) * x + np.sin(angle) * y > away)[..., None]
    return picture * (1 + strength * grey).astype(np.float32)


def _light(rng, picture):
    """Light the scene from one side, and expose it from dark to bright."""
    side = np.linspace(-1, 1, len(picture), dtype=np.float32)
    lit = 1 + 0.3 * (rng.uniform(-1, 1) * side[:, None] + rng.uniform(-1, 1) * side)
    curve, exposure = np.float32(np.exp(rng.uniform(-0.4, 0.7))), np.float32(rng.uniform(0.6, 1.2))
    return exposure * np.clip(picture * lit[..., None], 0, 2) ** curve
