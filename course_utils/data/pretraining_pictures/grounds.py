"""Coloured backgrounds: one texture, two mixed, or a collage with edges, as in a photograph."""

import numpy as np

from course_utils.data.pretraining_pictures.textures import TEXTURES, draw_texture


def mixed_texture(rng, size):
    """Draw one texture in grey, or two mixed: things are seldom covered with one only.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int
        Pixels each way.

    Returns
    -------
    numpy.ndarray of float32, shape (size, size)
    """
    grey = draw_texture(rng, size, rng.integers(len(TEXTURES)))
    if rng.random() < 0.5:
        grey = 0.6 * grey + 0.4 * draw_texture(rng, size, rng.integers(len(TEXTURES)))
    return grey


def draw_collage(rng, size, contrast):
    """Draw two to five pieces of different things that lie over each other.

    Photographs are like this: large even surfaces, sharp edges between them, and here and there
    something fine.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int
        Pixels, each way.
    contrast : float
        From 0 (each piece has one colour) to 1.

    Returns
    -------
    numpy.ndarray of float32, shape (size, size, 3)
        RGB from 0 to 1.
    """
    import cv2

    picture = _piece(rng, size, contrast)
    for _ in range(rng.integers(1, 5)):
        mask = np.zeros((size, size), np.uint8)
        if rng.random() < 0.5:
            middle, axes = rng.uniform(0, size, 2), size * rng.uniform(0.08, 0.7, 2)
            box = (middle.tolist(), (2 * axes).tolist(), float(rng.uniform(0, 180)))
            cv2.ellipse(mask, box, 255, -1, cv2.LINE_AA)
        else:
            corners = size * rng.uniform(-0.4, 1.4, (rng.integers(3, 6), 2))
            cv2.fillPoly(mask, [cv2.convexHull(corners.astype(np.int32))], 255, cv2.LINE_AA)
        if rng.random() < 0.3:  # out of focus
            mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(0.5, 3))
        cover = (mask / np.float32(255))[..., None]
        picture = (1 - cover) * picture + cover * _piece(rng, size, contrast)
    return picture


def colour(rng, grey, contrast):
    """Give a grey texture two colours, and light that falls from one side.

    Parameters
    ----------
    rng : numpy.random.Generator
    grey : numpy.ndarray, shape (n, n)
    contrast : float
        From 0 (one colour) to 1.

    Returns
    -------
    numpy.ndarray of float32, shape (n, n, 3)
    """
    dark, light = rng.uniform(0, 1, (2, 3)).astype(np.float32)
    light = dark + contrast * (light - dark)
    picture = dark + grey[..., None] * (light - dark)
    if rng.random() < 0.3:  # a second hue that varies on its own
        picture = picture + 0.25 * contrast * np.roll(grey, rng.integers(len(grey)), 0)[..., None] \
            * rng.uniform(-1, 1, 3).astype(np.float32)
    side = np.linspace(-1, 1, len(grey), dtype=np.float32)
    lit = 1 + 0.2 * (rng.uniform(-1, 1) * side[:, None] + rng.uniform(-1, 1) * side)
    return np.clip(picture * lit[..., None], 0, 1).astype(np.float32)


def _piece(rng, size, contrast):
    """Draw an even surface, or a texture; often in the muted colours of daylight."""
    if rng.random() < 0.35:
        piece = colour(rng, draw_texture(rng, size, len(TEXTURES) - 2), 0.3 * contrast)
    else:
        kind = rng.integers(len(TEXTURES))
        piece = colour(rng, draw_texture(rng, size, kind), contrast * rng.uniform(0.2, 1))
    if rng.random() < 0.5:
        grey = piece.mean(axis=2, keepdims=True)
        piece = grey + np.float32(rng.uniform(0.1, 0.6)) * (piece - grey)
    return piece
