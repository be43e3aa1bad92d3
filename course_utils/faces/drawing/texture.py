"""Noise that is drawn once and then cut to size: strands of hair, skin, grain."""

from functools import cache, lru_cache

import cv2
import numpy as np

from course_utils.faces.drawing.grid import HEIGHT, WIDTH, XX, YY

_TILE = 512
_KINDS = {"brow": (1.6, 0.9), "strands": (0.9, 9.0), "curls": (1.5, 1.7), "stubble": (0.7, 0.7),
          "cropped": (0.45, 0.6), "skin": (2.2, 2.2), "patches": (7.0, 7.0)}


@cache
def _tile(kind):
    """Return noise of mean 0 and deviation 1, always the same: only where it is cut varies."""
    across, along = _KINDS[kind]
    rng = np.random.default_rng(sum(map(ord, kind)))
    noise = rng.standard_normal((_TILE, _TILE)).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), sigmaX=across, sigmaY=along)
    return noise / noise.std()


def hairs(number, where, kind):
    """Return texture for a part of the sheet; each number gives a different one.

    Parameters
    ----------
    number : int
    where : tuple of two slices
        Rows and columns.
    kind : str
        A name in `_KINDS`.
    """
    rows, columns = where
    high, wide = rows.stop - rows.start, columns.stop - columns.start
    down = (number * 7919 + 13) % (_TILE - high)
    right = (number * 104729 + 57) % (_TILE - wide)
    return _tile(kind)[down:down + high, right:right + wide]


def sheet(number, kind):
    """Return texture for the whole sheet.

    Parameters
    ----------
    number, kind
        As for `hairs`.
    """
    return hairs(number, (slice(0, HEIGHT), slice(0, WIDTH)), kind)


def comb(number, parting, curl):
    """Return strands that fall from a parting, for the whole sheet.

    Parameters
    ----------
    number : int
        Which strands.
    parting : float
        Where they part, as a share of the head's width from its middle.
    curl : float
        0 (straight) to 1 (curly).
    """
    return _comb(number % 12, round(10 * parting), round(4 * curl))


@cache
def _comb(variant, parting, curl):
    rng = np.random.default_rng([variant, parting + 10, curl])
    across, down = XX - 7.5 * parting, YY + 66
    angle = np.arctan2(across, down + 14) * 60
    radius = np.hypot(across, down)
    wave = curl * 1.3 * np.sin(radius / (7 - curl) + rng.uniform(0, 6)
                               + 0.15 * angle).astype(np.float32)
    across, down = angle + wave + rng.uniform(150, 360), radius + rng.uniform(20, 250)
    straight = cv2.remap(_tile("strands"), across.astype(np.float32), down.astype(np.float32),
                         cv2.INTER_LINEAR)
    share = curl / 4
    strands = (1 - share) * straight + share * sheet(variant * 31, "curls")
    return strands / strands.std()


@lru_cache(maxsize=1)
def _grain():
    rng = np.random.default_rng(5)
    noise = rng.standard_normal((_TILE, _TILE, 3)).astype(np.float32)
    grey = noise.mean(axis=2, keepdims=True) * np.sqrt(3)
    return (0.8 * grey + 0.6 * noise).astype(np.float32)


def grain(rng, high, wide):
    """Return a sensor's noise of deviation 1, mostly grey with some colour, shape (h, w, 3).

    Parameters
    ----------
    rng : numpy.random.Generator
    high, wide : int
    """
    down, right = rng.integers(_TILE - high), rng.integers(_TILE - wide)
    return _grain()[down:down + high, right:right + wide]
