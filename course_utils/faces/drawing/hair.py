"""Hair on the head, stubble and beard."""

import cv2
import numpy as np

from course_utils.faces.drawing.grid import XX, Patch, X, Y, bell, inside, paint
from course_utils.faces.drawing.texture import comb, hairs, sheet


def hair_cover(a, number, edge):
    """Return where hair lies over the face, where it hangs behind it, and its strands.

    Cropped hair lies on the head; what lies in front otherwise adds to its outline.

    Parameters
    ----------
    a : dict of str to float, the anatomy
    number : int
        The identity's.
    edge : numpy.ndarray, shape (HEIGHT, WIDTH)
        What `relief.outline` returns.

    Returns
    -------
    front, behind, strands : numpy.ndarray, shape (HEIGHT, WIDTH)
        The first two from 0 to 1, `behind` None if nothing does; the last of mean 0, deviation 1.
    """
    if a["cropped"] > 0:
        return _short_hair(a, number)
    curl, length = a["curl"], a["hair_length"]
    strands = comb(number, a["parting"], curl)
    half = _contour(a["face_width"] + a["hair_volume"], 64 + a["hair_top"])
    half = half + np.clip(Y - 4, 0, 60).astype(np.float32) * (0.12 if length > 12 else 0)
    outer = inside(half[:, None] - np.abs(XX) + strands * (0.5 + 1.1 * curl), 2.5)
    ends = inside(length - Y[:, None] + 2.2 * strands, 3 if length < 0 else 9)
    behind = outer * ends if length > 12 else None
    cover = outer * ends * inside(_gap(a, length) + 0.7 * strands, 3)
    if length > 12:  # in front only beside the face; below the jaw it hangs behind
        cover = cover * inside(30 + 20 * (a["hair_side"] - 0.9) - Y[:, None] + 3 * strands, 16)
    else:  # cut round the ears
        cover = cover * inside(5 - edge + 30 * inside(-Y[:, None] - 2, 8), 2)
    return cover, behind, strands


def _short_hair(a, number):
    """Hair cut to a few millimetres: the skin shines through, and it thins out at the hairline."""
    grain = sheet(number, "cropped")
    ends = inside(-11 - Y[:, None], 12)  # above the ears
    # it runs on past the outline, as the skin does, or a rim of skin would show
    cover = ends * inside(_gap(a, -14), 16) * (0.66 + 0.45 * a["cropped"])
    # where it is dense, no skin shines through: there the grain is that of the strands alone
    cover += 0.22 * cover * (1 - cover) * grain
    return np.clip(cover, 0, 1), None, 0.4 * grain


def _contour(wide, tall):
    """Return half the width of the hair in each row."""
    above = np.clip(-(Y + 4) / (tall - 4), 0, 1)
    half = wide * (1 - above ** 2.4) ** 0.47
    half[Y < -tall] = -20
    return half.astype(np.float32)


def _gap(a, length):
    """Return how far each point lies outside the opening in the hair that shows the face."""
    line = a["hairline"] - a["peak"] * bell(X, 7) + 0.35 * a["parting"] * X
    if a["fringe"] > 0 and a["cropped"] <= 0:
        line = line - 15 * a["fringe"] * inside(30 - np.abs(X - 30 * a["parting"]), 22)
    side = a["face_width"] * (a["hair_side"] if length > 0 else 0.97)
    square = a["hair_square"]
    # a superellipse; as powers of products are products of powers, most of it has one dimension
    up = np.maximum(2 - Y, 0) ** square
    opening = up[:, None] * ((line + 2) ** -square)[None] + ((np.abs(X) / side) ** square)[None]
    return (cv2.pow(opening.astype(np.float32), 1 / square) - 1) * 30


def paint_beard(canvas, a, number, edge, colour, full):
    """Paint stubble, or a full beard, along jaw, chin and upper lip.

    Parameters
    ----------
    canvas : numpy.ndarray, shape (3, HEIGHT, WIDTH)
    a, number, edge
        As for `hair_cover`.
    colour : numpy.ndarray, shape (3,)
    full : bool
        Whether it is a full beard.
    """
    amount = 0.75 if full else 0.45 * max(a["stubble"], 0)
    if amount < 0.03:
        return
    nose = a["nose_length"]
    mouth = nose + a["mouth_height"]
    patch = Patch(0, 40, 46, 36)
    x, y = patch.x, patch.y + 40
    line = mouth - 3 + 0.012 * (np.abs(x) - 20) * np.abs(np.abs(x) - 20)
    jaw = inside(y - line - 14 * bell(x, 8) + 14 - 0.62 * np.abs(x), 8)
    moustache = bell(y - nose - 0.62 * a["mouth_height"], 2.6) * inside(
        a["mouth_width"] + 1 - np.abs(x), 4)
    grain = np.clip(0.85 + 0.2 * hairs(number + 5, patch.where[0], "stubble"), 0, 1.2)
    cover = np.clip(jaw + moustache, 0, 1) * inside(patch.take(edge) + 1, 3) * grain
    paint(patch.take(canvas), colour, np.clip(amount * cover, 0, 1))


def hair_shine(a, cover):
    """Return how much of the skin's shine remains; cropped hair has no strands to shine along.

    Parameters
    ----------
    a : dict of str to float, the anatomy
    cover : numpy.ndarray
        The first of what `hair_cover` returns.
    """
    return a["shine"] * (1 - (0.85 if a["cropped"] > 0 else 0.45) * cover)


def hair_height(a, cover, strands):
    """Return how far hair stands out from the skin, in pixels.

    Parameters
    ----------
    a : dict of str to float, the anatomy
    cover, strands : numpy.ndarray
        Of what `hair_cover` returns.
    """
    return cover * (0.8 if a["cropped"] > 0 else 3.0 + 0.7 * strands)
