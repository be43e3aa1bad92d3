"""Nostrils, lips and what lies around them."""

import numpy as np

from course_utils.faces.drawing.grid import Patch, bell, darken, inside, paint, scale_colour

WARM = np.array([0.8, 1.0, 1.0], np.float32)
INSIDE = np.array([0.008, 0.003, 0.003], np.float32)
TEETH = np.array([0.55, 0.52, 0.46], np.float32)


def paint_nose(canvas, a):
    """Paint nostrils, the edges of the wings and the shadow below the tip.

    Parameters
    ----------
    canvas : numpy.ndarray, shape (3, HEIGHT, WIDTH)
    a : dict of str to float, the anatomy
    """
    wide = a["nose_width"]
    patch = Patch(0.4 * a["nose_bend"], a["nose_length"] - 1, wide + 5, 8)
    away, y = np.abs(patch.x), patch.y + 0.4  # y is 0 at the nostrils
    aside = away - 0.44 * wide
    # a nostril is a drop that lies aslant, open towards the middle
    hole = bell(np.hypot(aside / a["nostril_size"], 1.1 * (y + 0.22 * aside)), 0.95)
    shadow = 0.95 * a["nostrils"] * hole
    crease = away - wide + 0.07 * (y + 2.5) ** 2  # round the wing
    shadow += 0.2 * bell(crease, 1.1) * bell(y + 2.5, 2.2)
    # below the tip, and higher up to its sides
    shadow += 0.16 * bell(np.hypot(away / (0.5 * wide), (y - 1.4 + 0.012 * away ** 2) / 1.5), 1.0)
    part = patch.take(canvas)
    darken(part, np.minimum(shadow, 0.97), WARM)
    # the upper lip lights the underside, the wall between the nostrils most
    part *= (1 + 0.4 * bell(away, 0.85 * wide) * bell(y, 2.8)
             + 0.5 * bell(away, 0.17 * wide) * bell(y - 0.4, 1.8))


def _lip_lines(a, view, x):
    """Return the lines of the lips along x: upper edge, both sides of the opening, lower edge.

    They are in pixels below the corner of the mouth; last comes half the width of the mouth.
    """
    wide = a["mouth_width"] + 2.0 * view.smile
    t = np.clip(x / wide, -1, 1)
    arc = 1 - t * t
    corner = (a["lip_curve"] - 3.0 * view.smile) * t * t * 0.8
    middle = corner - 0.35 * a["lip_curve"] - 0.5 * bell(t, 0.2) + 0.4 * bell(np.abs(t) - 0.4, 0.2)
    bow = 1 - a["cupids_bow"] * bell(t, 0.13)
    full = a["upper_lip"] * (1 - 0.2 * view.smile)
    top = middle - full * arc ** 0.75 * bow * (1 - 0.25 * np.maximum(np.abs(t) - 0.25, 0))
    bottom = middle + view.mouth * arc
    lower = bottom + a["lower_lip"] * (1 - 0.15 * view.smile) * arc ** 0.62
    return top, middle, bottom, lower, wide


def paint_mouth(canvas, a, view, lips, white):
    """Paint the lips, as far open as in the view.

    Parameters
    ----------
    canvas, a, view
        As for `paint_folds`.
    lips : numpy.ndarray, shape (3,)
        Their colour in linear light.
    white : float
        How bright white things are, as for the eyes.
    """
    patch = Patch(0, a["nose_length"] + a["mouth_height"] + 2 + view.mouth / 2, 21,
                  11 + view.mouth / 2)
    part = patch.take(canvas)
    y = patch.y + 2 + view.mouth / 2 + a["uneven_mouth"] * patch.x / 12
    top, middle, bottom, lower, wide = _lip_lines(a, view, patch.x)
    away = wide - np.abs(patch.x)
    flesh = inside(y - top, 1.5) * inside(lower - y, 1.7) * inside(away, 2.2)
    tint = np.where(y < (middle + bottom) / 2, np.float32(0.86), np.float32(1.04))
    paint(part, scale_colour(lips, tint), flesh)
    line = bell(y - middle, 0.7)
    if view.mouth > 0.4:
        gap = inside(y - middle, 1.0) * inside(bottom - y, 1.0) * inside(away, 2.2)
        paint(part, INSIDE, gap)
        teeth = inside(middle + 0.7 * view.mouth - y, 1.0) * inside(away - 0.28 * wide, 6)
        paint(part, TEETH * np.float32(white), 0.85 * gap * teeth)
        line = line + bell(y - bottom, 0.6)
    shadow = a["lip_line"] * line * inside(away + 0.6, 2.5)
    shadow += 0.28 * bell(y - lower - 1.6, 1.4) * bell(patch.x, 0.5 * wide)
    shadow += 0.3 * bell(away, 1.3) * bell(y - middle, 1.6)
    darken(part, np.minimum(shadow, 0.95), WARM)


def paint_folds(canvas, a, view):
    """Paint the folds from the nose to the corners of the mouth.

    Parameters
    ----------
    canvas : numpy.ndarray, shape (3, HEIGHT, WIDTH)
    a : dict of str to float, the anatomy
    view : View
    """
    strength = a["folds"] + 0.35 * view.smile
    if strength < 0.03:
        return
    nose, mouth = a["nose_length"], a["nose_length"] + a["mouth_height"]
    start, end = a["nose_width"] + 2.5, a["mouth_width"] + 4.0 + 1.5 * view.smile
    patch = Patch((start + end) / 2, ((nose + mouth) / 2,) * 2, 7, 12, pair=True)
    part = patch.take(canvas)
    x = patch.x + (start + end) / 2
    along = (patch.y + (mouth - nose) / 2) * (1 / (mouth - nose))
    line = start + (end - start) * np.clip(along + 0.35, 0, 1.2) ** 0.8
    length = inside(along + 0.45, 0.4) * inside(1.1 - along, 0.5)
    darken(part, strength * bell(x - line, 1.2) * length, WARM)
    patch.put(canvas, part)
