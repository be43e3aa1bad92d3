"""The colour of the skin before light falls on it, and what lies behind the face."""

import numpy as np

from course_utils.faces.drawing.grid import (
    HEIGHT,
    TOP,
    Patch,
    X,
    Y,
    bell,
    darken,
    inside,
    paint,
    scale_colour,
)
from course_utils.faces.drawing.mouth import WARM
from course_utils.faces.drawing.texture import sheet

BODY = slice(40 - TOP, HEIGHT)  # rows in which neck and clothes can be
_EAR = np.array([0.88, 0.78, 0.77], np.float32)
_SPOTS = np.array([0.55, 0.85, 1.0], np.float32)


def skin(a, number, tone):
    """Return the colour of the bare face in linear light, shape (3, HEIGHT, WIDTH).

    Parameters
    ----------
    a : dict of str to float, the anatomy
    number : int
        The identity's.
    tone : numpy.ndarray, shape (3,)
    """
    warm = (np.outer(bell(Y - 20, 9), bell(X - 22, 10) + bell(X + 22, 10))
            + np.outer(bell(Y - a["nose_length"] + 5, 6), bell(X, 7)) * 0.8
            - np.outer(bell(Y + 30, 14), bell(X, 26)) * 0.5).astype(np.float32) * 4 * a["redness"]
    warm += 0.6 * sheet(number, "patches") * a["mottling"] * 4
    light = 1 + a["mottling"] * sheet(number, "skin") + 0.8 * a["mottling"] * sheet(
        number + 3, "patches")
    # blood takes green and blue away alike
    redder, paler = light * (1 + 0.10 * warm), light * (1 - 0.16 * warm)
    canvas = np.stack([redder * tone[0], paler * tone[1], paler * tone[2]])
    if a["freckles"] > 0.2:
        spots = np.clip(sheet(number + 11, "skin") - 1.2, 0, 1.2)
        spots = spots * bell(Y - 14, 11)[:, None] * bell(np.abs(X) - 14, 15)[None]
        canvas *= 1 - scale_colour(_SPOTS, (a["freckles"] * 0.42 * spots).astype(np.float32))
    _moles(canvas, number)
    if a["forehead_lines"] > 0:
        patch = Patch(0, -26, 28, 9)
        waves = sum(bell(patch.y - at + 0.004 * patch.x ** 2, 0.8) for at in (-4.5, 0.5, 5))
        darken(patch.take(canvas), 0.5 * a["forehead_lines"] * waves * bell(patch.x, 14), WARM)
    return canvas


def _moles(canvas, number):
    rng = np.random.default_rng([number, 3])
    for _ in range(rng.integers(0, 4)):
        patch = Patch(rng.uniform(-32, 32), rng.uniform(-30, 50), 4, 4)
        size = rng.uniform(0.6, 1.3)
        darken(patch.take(canvas), rng.uniform(0.4, 0.75) * bell(patch.x, size)
               * bell(patch.y, size), _SPOTS)


def paint_ears(canvas, cover, tone, a, edge, behind):
    """Paint the ears beside the head, and add them to what the head covers.

    Parameters
    ----------
    canvas, cover : numpy.ndarray, shapes (3, HEIGHT, WIDTH) and (HEIGHT, WIDTH)
    tone : numpy.ndarray, shape (3,)
    a : dict of str to float, the anatomy
    edge, behind : numpy.ndarray, shape (HEIGHT, WIDTH)
        What `relief.outline` returns, and the hair behind the face, or None.
    """
    size = a["ears"]
    patch = Patch(a["face_width"] + 0.2 * size, (6, 6), size + 3, 15, pair=True)
    lean, high = patch.x * (1 / (size + 0.5)), patch.y * (1 / 13)
    ear = inside((1 - np.sqrt(lean * lean + high * high)) * size, 1.4)
    ear *= inside(1 - patch.take(edge), 2)
    if behind is not None:
        ear *= 1 - patch.take(behind)
    part, covered = patch.take(canvas), patch.take(cover)
    shade = 1 - 0.3 * bell(patch.x - 0.1 * size, 0.3 * size) * bell(patch.y, 6)
    paint(part, scale_colour(tone * _EAR, shade), ear * (1 - covered))
    patch.put(canvas, part)
    patch.put(cover, np.maximum(covered, ear))


def lip_tone(tone, strength):
    """Return the colour of lips: the skin's own, redder and a little darker.

    Parameters
    ----------
    tone : numpy.ndarray, shape (3,)
    strength : float
    """
    pink = tone * np.float32([0.86, 0.52, 0.50]) + np.float32([0.018, 0.0, 0.004])
    return tone + strength * (pink - tone)


def paint_body(tone, clothes, a):
    """Return neck and clothes, and how much they cover, for the rows of `BODY`.

    Parameters
    ----------
    tone, clothes : numpy.ndarray, shape (3,)
        Colours in linear light.
    a : dict of str to float, the anatomy

    Returns
    -------
    colours : numpy.ndarray, shape (3, h, WIDTH)
    cover : numpy.ndarray, shape (h, WIDTH)
    """
    y, x = Y[BODY, None], np.abs(X)[None]
    under = 0.26 + 0.31 * np.clip((y - a["face_length"] + 12) / 30, 0, 1)
    canvas = scale_colour(tone, under * (1 - 0.45 * np.clip(x / 34, 0, 1) ** 2))
    neck = inside(0.62 * a["face_width"] + 0.02 * np.maximum(y - 60, 0) ** 2 - x, 2)
    collar = y - 64 - 15 * bell(x, 16) - 0.0026 * x * x
    shade = 1 - 0.25 * bell(collar, 4) - 0.2 * np.clip(x / 80, 0, 1)
    paint(canvas, scale_colour(clothes, shade), inside(collar + 2, 1))
    return canvas, np.maximum(neck, inside(collar, 1.5))
