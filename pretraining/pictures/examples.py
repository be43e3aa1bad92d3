"""One picture for pretraining, and batches of them."""

import numpy as np

from course_utils.data.compositing import bend, lay_over, pen_edge, photograph
from pretraining.pictures.characters import CHARACTERS, INVENTED, draw_character
from pretraining.pictures.clutter import draw_clutter
from pretraining.pictures.grounds import colour, draw_collage, mixed_texture
from pretraining.pictures.textures import TEXTURES, draw_texture

CLASSES = (*CHARACTERS, *(f"invented {k}" for k in range(INVENTED)),
           *(f"{name} {setting}" for name, setting in TEXTURES))
_FIRST_TEXTURE = len(CHARACTERS) + INVENTED  # the classes before it show a character
_ONLY_TEXTURE = 0.15  # share of pictures


def draw_batch(seed, number, size, n, *, variety=1.0, collage=0.0, clutter=0.0):
    """Draw one batch; the same arguments give the same pixels.

    Parameters
    ----------
    seed, number : int
        The seed of the whole training, and which batch of it this is.
    size : int
        Pixels, each way.
    n : int
        How many pictures.
    variety : float
        From 0 (plain: hardly bent characters on quiet grounds) to 1.
    collage : float
        The share of characters that stand on several things instead of one texture.
    clutter : float
        The share of characters that stand on many things in one light; half of them are scanned
        coarsely. `collage` is then a share of the others.

    Returns
    -------
    images : numpy.ndarray of uint8, shape (n, size, size, 3)
        RGB.
    labels : numpy.ndarray of int64, shape (n,)
        Positions in `CLASSES`.
    """
    rng = np.random.default_rng([seed, number])
    alone = rng.random(n) < _ONLY_TEXTURE
    labels = np.where(alone, rng.integers(_FIRST_TEXTURE, len(CLASSES), n),
                      rng.integers(_FIRST_TEXTURE, size=n))
    shares = variety, collage, clutter
    return np.stack([_draw(rng, label, size, *shares) for label in labels]), labels


def _draw(rng, label, size, variety, collage, clutter):
    if label >= _FIRST_TEXTURE:
        return photograph(rng, colour(rng, draw_texture(rng, size, label - _FIRST_TEXTURE), 1.0))
    if clutter and rng.random() < clutter:
        ink = _scan(rng, draw_character(rng, label))
        return lay_over(rng, bend(rng, ink, size), draw_clutter(rng, size))
    if collage and rng.random() < collage:
        ink = _coarse(rng, draw_character(rng, label))
        return lay_over(rng, bend(rng, ink, size), draw_collage(rng, size, rng.uniform(0.5, 1)))
    ground = mixed_texture(rng, size)
    ink = bend(rng, _coarse(rng, draw_character(rng, label)), size, strength=0.3 + 0.7 * variety)
    contrast = 0.15 + 0.85 * variety * rng.uniform(0.3, 1)
    return lay_over(rng, ink, colour(rng, ground, contrast))


def _coarse(rng, ink):
    """Store some characters in few pixels, as old scanners did."""
    return ink if rng.random() < 0.5 else _coarsen(ink, int(rng.integers(8, 22)))


def _scan(rng, ink):
    """Keep of some characters only what a scanner of few pixels leaves, with clear edges."""
    return ink if rng.random() < 0.5 else pen_edge(_coarsen(ink, int(rng.integers(10, 17))))


def _coarsen(ink, few):
    import cv2

    small = cv2.resize(ink, (few, few), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, ink.shape[::-1], interpolation=cv2.INTER_CUBIC)
