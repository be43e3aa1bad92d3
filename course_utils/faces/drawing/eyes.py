"""Eyes and brows, both sides at once."""

import numpy as np

from course_utils.faces.drawing.grid import Patch, bell, darken, inside, paint, scale_colour
from course_utils.faces.drawing.texture import hairs

SCLERA = np.array([0.60, 0.55, 0.51], np.float32)
LASHES = np.array([0.003, 0.0025, 0.002], np.float32)
GLINT = np.array([1.6, 1.6, 1.6], np.float32)
WARM = np.array([0.75, 1.0, 1.0], np.float32)  # in skin's own shadow red is left
SIDES = np.array([-1, 1], np.float32)[:, None, None]


def paint_eyes(canvas, a, view, iris, white):
    """Paint both eyes with lids and lashes.

    Parameters
    ----------
    canvas : numpy.ndarray, shape (3, HEIGHT, WIDTH)
        Colours of the face in linear light; changed in place.
    a : dict of str to float, the anatomy
    view : View
    iris : numpy.ndarray, shape (3,)
        Its colour in linear light.
    white : float
        How bright the white of the eye is; 1 beside light skin.
    """
    patch = Patch(a["eye_distance"], (-a["uneven_eye"], a["uneven_eye"]), 14, 10, pair=True)
    part, x = patch.take(canvas), patch.x
    y = patch.y + a["eye_tilt"] * x
    top, low, openness = _lids(a, view, x / a["eye_width"])
    inner = np.abs(x)
    _paint_folds(part, a, x, y, y - top, y - low)
    ball = inside(y - top, 1.1) * inside(low - y, 1.1) * inside(a["eye_width"] - inner, 1.5)
    _paint_ball(part, a, view, iris, white, (x, y, y - top), ball, openness)
    lash = a["lashes"] * bell(y - top + 0.2, 0.75) * inside(a["eye_width"] + 0.6 - inner, 1.6)
    lash = lash * (0.75 + 0.25 * np.clip(x / a["eye_width"], -1, 1))
    lash += 0.28 * a["lashes"] * bell(y - low - 0.4, 0.6) * inside(a["eye_width"] - inner, 2)
    paint(part, LASHES, np.minimum(lash, 1))
    patch.put(canvas, part)


def _lids(a, view, t):
    """Return the edges of upper and lower lid along the eye, -1 to 1, and how far it is open."""
    openness = view.eyes * (1 - 0.25 * view.smile)
    arc = np.maximum(1 - (t + a["eye_peak"] * (1 - t * t) * 0.5) ** 2, 0)
    low = a["eye_lower"] * (1 - 0.15 * view.smile) * np.maximum(1 - t * t, 0) ** 0.8
    return low - openness * (a["eye_height"] + a["eye_lower"]) * arc ** 0.7, low, openness


def _paint_folds(part, a, x, y, from_top, from_low):
    """Paint the crease above the upper lid, the fold below the lower one, and the hollow."""
    wide = a["eye_width"]
    ends = wide - np.abs(x)
    crease = a["crease_depth"] * inside(ends + 1.5, 5) * inside(
        x + wide * (1 - 1.1 * a["inner_fold"]), 4)
    shadow = 0.5 * a["eye_ring"] * bell(x, 9) * bell(y - 6, 4)
    shadow += crease * bell(from_top + a["crease"], 0.9)
    shadow += 0.22 * bell(from_low - 2.6, 1.0) * inside(ends, 4)
    shadow += 0.3 * bell(x + wide - 1.0, 0.9) * bell(from_low + 0.4, 0.9)
    darken(part, np.minimum(shadow, 0.9), WARM)


def _paint_ball(part, a, view, iris, white, at, ball, openness):
    x, y, from_top = at
    t = x * (1 / a["eye_width"])
    shade = (0.5 + 0.5 * inside(from_top - 1.2, 2.6)) * (1 - 0.35 * t * t)
    paint(part, scale_colour(SCLERA * np.float32(white), shade), ball)
    towards = x * SIDES - view.gaze
    middle = y - 0.5 * (a["eye_lower"] - a["eye_height"]) * openness - 0.1
    away = np.sqrt(towards * towards + middle * middle)
    disc = scale_colour(iris, (0.55 + 0.75 * bell(away - 1.9, 0.8)) * (0.45 + 0.55 * shade))
    paint(part, disc, ball * inside(a["iris_size"] - away, 1.2))
    dark = 0.55 * bell(away - a["iris_size"], 0.6) + inside(1.35 - away, 1.0)
    paint(part, LASHES, ball * np.minimum(dark, 1))
    across = towards - 1.3 * float(np.sin(np.radians(view.light)))
    glint = np.exp((across * across + (middle + 1.2) ** 2) * -1.2)
    paint(part, GLINT * np.float32(white), ball * glint * openness)


def paint_brows(canvas, a, colour, number):
    """Paint both brows.

    Parameters
    ----------
    canvas, a
        As for `paint_eyes`.
    colour : numpy.ndarray, shape (3,)
        In linear light.
    number : int
        The identity's.
    """
    inner, outer = a["brow_inner"], a["brow_outer"]
    half, middle = (outer - inner) / 2, (outer + inner) / 2
    height, uneven = -a["brow_height"], a["uneven_brow"]
    patch = Patch(middle, (height - uneven, height + uneven), 17, 8, pair=True)
    part = patch.take(canvas)
    x = patch.x + half  # 0 at the inner end
    t = x * (0.5 / half)
    peak = 0.62
    arch = np.where(t < peak, 1 - ((t - peak) / peak) ** 2,
                    1 - ((t - peak) / (1 - peak)) ** 2 * 0.9)
    line = a["brow_arch"] * (0.5 - arch) - a["brow_slope"] * x
    thick = a["brow_thickness"] * (1 - a["brow_taper"] * np.clip(t - 0.35, 0, 1))
    thick = thick * (0.6 + 0.4 * np.clip(t * 5, 0, 1))
    cover = inside(thick - np.abs(patch.y - line), 1.6)
    cover *= inside(x + 0.5, 2.5) * inside(2 * half - x, 2.5)
    grain = np.stack([hairs(number + side, where, "brow")
                      for side, where in enumerate(patch.where)])
    paint(part, colour, cover * np.minimum(a["brow_density"] * (0.95 + 0.16 * grain), 1))
    patch.put(canvas, part)
