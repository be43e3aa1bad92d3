"""What can be worn over a face: glasses and a mask."""

import numpy as np

from course_utils.faces.drawing.grid import Patch, X, bell, darken, inside, paint, scale_colour

FRAME = np.array([0.02, 0.02, 0.022], np.float32)
CLOTH = np.array([0.42, 0.55, 0.62], np.float32)


def paint_glasses(face, a):
    """Paint glasses over a face that is already lit.

    Parameters
    ----------
    face : numpy.ndarray, shape (3, HEIGHT, WIDTH)
    a : dict of str to float, the anatomy
    """
    wide, high = a["eye_width"] + 4.6, 7.5
    patch = Patch(a["eye_distance"], (1, 1), wide + 3, high + 3, pair=True)
    part = patch.take(face)
    round_off = (np.abs(patch.x) / wide) ** 4 + (np.abs(patch.y) / high) ** 4
    away = (round_off ** 0.25 - 1) * high
    darken(part, 0.08 * inside(-away, 1.5))
    paint(part, FRAME, 0.9 * bell(away, 0.75))
    patch.put(face, part)
    bridge = Patch(0, -1, a["eye_distance"] - wide + 1, 3)
    paint(bridge.take(face), FRAME, 0.85 * bell(bridge.y + 0.02 * bridge.x ** 2, 0.7)
          * np.ones_like(bridge.x))
    start, end = a["eye_distance"] + wide, a["face_width"] + 1
    arm = Patch((start + end) / 2, (-2, -2), max(end - start, 1) / 2, 2, pair=True)
    part = arm.take(face)
    paint(part, FRAME, 0.8 * bell(arm.y, 0.7) * np.ones_like(arm.x))
    arm.put(face, part)


def paint_mask(face, a, edge, white):
    """Paint a cloth mask from the nose to below the chin, before light falls on it.

    Parameters
    ----------
    face : numpy.ndarray, shape (3, HEIGHT, WIDTH)
    a : dict of str to float, the anatomy
    edge : numpy.ndarray, shape (HEIGHT, WIDTH)
        What `relief.outline` returns.
    white : float
        How bright white things are, as for the eyes.
    """
    top, chin = 0.5 * a["nose_length"], a["face_length"]
    patch = Patch(0, (top + chin) / 2 + 3, 46, (chin - top) / 2 + 8)
    y = patch.y + (top + chin) / 2 + 3
    upper = top + 0.012 * patch.x ** 2
    cover = inside(y - upper, 1.2) * inside(patch.take(edge) + 1.0, 1.5)
    pleats = 1 - 0.13 * sum(bell(y - top - share * (chin - top), 0.9) for share in (0.3, 0.5, 0.7))
    paint(patch.take(face), scale_colour(CLOTH * np.float32(white), pleats), cover)


def mask_height(height, a):
    """Return the relief with nose and mouth smoothed away under the cloth.

    Parameters
    ----------
    height : numpy.ndarray, shape (HEIGHT, WIDTH)
    a : dict of str to float, the anatomy
    """
    top = 0.5 * a["nose_length"]
    across = bell(X, 24)[None]
    below = Patch(0, 0, 200, 200).y
    weight = inside(below - top, 10) * inside(a["face_length"] - below, 10)
    smooth = 0.4 * np.minimum(height, 34) + 20 * across
    return height + (smooth - height) * weight * 0.8
