"""The sheet that a face is drawn on before the camera sees it, and soft-edged shapes on it.

Lengths are pixels at a scale of 1. The origin lies between the eyes, x to the right, y down.
"""

import numpy as np

WIDTH, HEIGHT = 128, 154  # of the sheet
LEFT, TOP = -64, -74  # its upper left corner
EYES_ABOVE = 6  # the eyes lie that far above the middle of the picture
SIZE = 150  # of the finished picture

X = np.arange(LEFT, LEFT + WIDTH, dtype=np.float32)
Y = np.arange(TOP, TOP + HEIGHT, dtype=np.float32)
XX = np.ascontiguousarray(np.broadcast_to(X, (HEIGHT, WIDTH)))
YY = np.ascontiguousarray(np.broadcast_to(Y[:, None], (HEIGHT, WIDTH)))


class Patch:
    """A rectangle of the sheet, or the same one on both sides of the face.

    Parameters
    ----------
    x, y : float
        Its middle; for both sides a pair of numbers for `y`, and `x` is that of the right one.
    wide, high : float
        Half its size.
    pair : bool

    Attributes
    ----------
    x, y : numpy.ndarray
        Coordinates from the middle, shapes (1, w) and (h, 1), or (2, 1, w) and (2, h, 1). On the
        left side of the face x is mirrored: it grows towards the ear on both.
    """

    def __init__(self, x, y, wide, high, *, pair=False):
        middles = [(-x, y[0]), (x, y[1])] if pair else [(x, y)]
        self.where = [(_cut(down - high, 2 * high, TOP, HEIGHT), _cut(across - wide, 2 * wide,
                                                                      LEFT, WIDTH))
                      for across, down in middles]
        xs = [X[None, columns] - np.float32(across)
              for (_, columns), (across, _) in zip(self.where, middles, strict=True)]
        ys = [Y[rows, None] - np.float32(down)
              for (rows, _), (_, down) in zip(self.where, middles, strict=True)]
        self.x, self.y = (np.stack([-xs[0], xs[1]]), np.stack(ys)) if pair else (xs[0], ys[0])

    def take(self, canvas):
        """Return this part of a canvas; for both sides a copy.

        Parameters
        ----------
        canvas : numpy.ndarray, shape (..., HEIGHT, WIDTH)
        """
        parts = [canvas[..., rows, columns] for rows, columns in self.where]
        return np.stack(parts, axis=-3) if len(parts) > 1 else parts[0]

    def put(self, canvas, part):
        """Write back what `take` gave for both sides.

        Parameters
        ----------
        canvas, part : numpy.ndarray
        """
        for side, (rows, columns) in enumerate(self.where):
            canvas[..., rows, columns] = part[..., side, :, :]


def _cut(start, length, first, count):
    start = round(start) - first
    return slice(max(start, 0), min(start + round(length) + 1, count))


def inside(distance, soft=1.0):
    """Return 1 where a distance is well above zero, 0 well below, and a smooth step between.

    Parameters
    ----------
    distance : numpy.ndarray
        Pixels from an edge, positive inside.
    soft : float
        Width of the step in pixels.
    """
    step = distance * (1 / soft)
    step += 0.5
    np.maximum(step, 0, out=step)
    np.minimum(step, 1, out=step)
    smooth = -2 * step
    smooth += 3
    smooth *= step
    smooth *= step
    return smooth


def bell(distance, width):
    """Return a bell curve of height 1.

    Parameters
    ----------
    distance : numpy.ndarray
    width : float or numpy.ndarray
        Its standard deviation.
    """
    squared = distance * distance
    squared *= -0.5 / (width * width)
    return np.exp(squared, out=squared)


def scale_colour(colour, strength):
    """Return a colour times a strength, shape (3, ...).

    Parameters
    ----------
    colour : numpy.ndarray, shape (3,)
    strength : numpy.ndarray, shape (...)
    """
    return colour.reshape(3, *(1 for _ in strength.shape)) * strength


def paint(part, colour, cover):
    """Blend a colour into a part of a canvas, in place.

    Parameters
    ----------
    part : numpy.ndarray, shape (3, ...)
    colour : numpy.ndarray, shape (3,) or (3, ...)
    cover : numpy.ndarray, shape (...)
        From 0 (nothing) to 1 (covered).
    """
    if colour.ndim == 1:
        colour = colour.reshape(3, *(1 for _ in cover.shape))
    part += (colour - part) * cover


def darken(part, amount, colour=None):
    """Take a share of the light away, in place.

    Parameters
    ----------
    part : numpy.ndarray, shape (3, ...)
    amount : numpy.ndarray, shape (...)
        From 0 (nothing) to 1 (all).
    colour : numpy.ndarray of float, shape (3,), optional
        How much of it red, green and blue lose; all of it by default.
    """
    part *= 1 - (amount if colour is None else scale_colour(colour, amount))
