"""Lay a character over a background: bend it, colour it, blur it, as a camera would see it."""

import numpy as np

CONTRAST = 0.22  # the least difference in brightness between ink and what lies under it


def bend(rng, ink, size, *, strength=1.0):
    """Turn, shear, scale, shift and ripple a character.

    Parameters
    ----------
    rng : numpy.random.Generator
    ink : numpy.ndarray of uint8, shape (side, side)
        255 is ink.
    size : int
        Pixels of the result, each way.
    strength : float
        0 leaves the character in the middle as it is; 1 is the full range.

    Returns
    -------
    numpy.ndarray of float32, shape (size, size)
        From 0 to 1, 1 is ink.
    """
    import cv2

    side = len(ink)
    turn, shear = rng.normal(scale=0.22 * strength), rng.normal(scale=0.18 * strength)
    scale = size / side * np.exp(rng.uniform(-0.35, 0.15) * strength)
    stretch = np.exp(rng.normal(scale=0.12 * strength))
    forward = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    forward = forward @ [[1, shear], [0, 1]] @ np.diag([scale * stretch, scale / stretch])
    back = np.linalg.inv(forward)
    shift = rng.uniform(-0.1, 0.1, 2) * strength * size
    y, x = np.mgrid[:size, :size].astype(np.float32) - (size - 1) / 2
    ripple = rng.normal(scale=0.035 * strength * side, size=(2, 4, 4)).astype(np.float32)
    dx, dy = (cv2.resize(each, (size, size), interpolation=cv2.INTER_CUBIC) for each in ripple)
    x, y = x - shift[0], y - shift[1]
    across = back[0, 0] * x + back[0, 1] * y + dx + (side - 1) / 2
    down = back[1, 0] * x + back[1, 1] * y + dy + (side - 1) / 2
    bent = cv2.remap(ink, across.astype(np.float32), down.astype(np.float32), cv2.INTER_LINEAR)
    return bent.astype(np.float32) / 255


def pen_edge(scan):
    """Return ink with clear edges, as uint8, from a coarse scan that was enlarged.

    A pixel of a scan says how much ink fell on it: a pen's edge is where it was about half.

    Parameters
    ----------
    scan : numpy.ndarray, any shape
        From 0 to 255, 255 is ink.
    """
    return np.clip((scan - np.float32(70)) * 1.8, 0, 255).astype(np.uint8)


def lay_over(rng, ink, background):
    """Lay ink of a random colour over a background, then photograph it.

    Parameters
    ----------
    rng : numpy.random.Generator
    ink : numpy.ndarray, shape (size, size)
        From 0 to 1, 1 is ink.
    background : numpy.ndarray, shape (size, size, 3)
        RGB from 0 to 1.

    Returns
    -------
    numpy.ndarray of uint8, shape (size, size, 3)
    """
    weight = ink / max(float(ink.sum()), 1e-6)
    under = (background * weight[..., None]).sum(axis=(0, 1))
    cover = rng.uniform(0.75, 1.0) * ink[..., None]
    return photograph(rng, (1 - cover) * background + cover * _colour_unlike(rng, under))


def photograph(rng, picture):
    """Add a camera's exposure, blur and noise, and store 8 bits.

    Parameters
    ----------
    rng : numpy.random.Generator
    picture : numpy.ndarray of float, shape (h, w, 3)
        From 0 to 1.

    Returns
    -------
    numpy.ndarray of uint8, shape (h, w, 3)
    """
    import cv2

    if rng.random() < 0.4:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.9))
    gain, noise = np.exp(rng.normal(scale=0.12)), rng.uniform(0, 0.03)
    picture = gain * picture + noise * rng.standard_normal(picture.shape, dtype=np.float32)
    return np.clip(255 * picture + 0.5, 0, 255).astype(np.uint8)


_BRIGHTNESS = np.array([0.299, 0.587, 0.114])


def _colour_unlike(rng, other):
    """Draw a colour whose brightness differs from that of `other` by at least `CONTRAST`."""
    brightness = float(_BRIGHTNESS @ other)
    while True:
        colour = rng.uniform(0, 1, 3)
        if abs(float(_BRIGHTNESS @ colour) - brightness) >= CONTRAST:
            return colour
