"""Characters in white on black: letters and signs of several fonts, and characters invented here.

No character is a digit in any script. Some letters look like one all the same (O, I, S, B).
"""

from functools import cache, lru_cache
from pathlib import Path

import numpy as np

SIDE = 64  # pixels

# Letters of which capital and small look alike stand here once.
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghijkmnqrty"
_GREEK = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηλμξπρστφχψω"
_CYRILLIC = "БДЖИЛЦШЫЭЮЯ"
_SIGNS = "&@#%?!$€£§¶+=<>*{}∞∫√∂∇∈∩≈≠↑→↔"
CHARACTERS = _LATIN + _GREEK + _CYRILLIC + _SIGNS

FONTS = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique",
         "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSansMono",
         "DejaVuSansMono-Bold", "STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic",
         "STIXGeneralBolIta")

INVENTED = 120  # characters
_SEED_OF_THE_SCRIPT = 1905


def draw_character(rng, number):
    """Draw one character, as somebody might write it.

    Parameters
    ----------
    rng : numpy.random.Generator
    number : int
        Below ``len(CHARACTERS)`` a letter or sign, then one of the `INVENTED` characters.

    Returns
    -------
    numpy.ndarray of uint8, shape (64, 64)
        255 is ink.
    """
    if number >= len(CHARACTERS):
        return _write(rng, _script()[number - len(CHARACTERS)])
    import cv2

    shape = _print(CHARACTERS[number])
    ink = shape[rng.integers(len(shape))]
    pen = rng.integers(-1, 4)  # thinner, as printed, or up to four pixels thicker
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (abs(pen) + 1, abs(pen) + 1))
    return cv2.dilate(ink, kernel) if pen > 0 else cv2.erode(ink, kernel) if pen < 0 else ink


@cache
def _print(character):
    """Return the character in every font that has it, shape (n, 64, 64)."""
    import matplotlib
    from fontTools.ttLib import TTFont
    from PIL import Image, ImageDraw, ImageFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    pictures = []
    for name in FONTS:
        file = str(folder / f"{name}.ttf")
        if ord(character) not in _code_points(TTFont, file):
            continue
        font = ImageFont.truetype(file, 48)
        left, top, right, bottom = font.getbbox(character)
        longest = max(right - left, bottom - top)
        font = ImageFont.truetype(file, 48 * 44 / longest)
        left, top, right, bottom = font.getbbox(character)
        page = Image.new("L", (SIDE, SIDE))
        ImageDraw.Draw(page).text(((SIDE - left - right) / 2, (SIDE - top - bottom) / 2),
                                  character, 255, font)
        pictures.append(np.asarray(page))
    return np.stack(pictures)


@cache
def _code_points(TTFont, file):
    return frozenset(TTFont(file).getBestCmap())


@lru_cache(maxsize=1)
def _script():
    """Invent the characters: each has one to three strokes of three to five points."""
    rng = np.random.default_rng(_SEED_OF_THE_SCRIPT)
    return [[_stroke(rng) for _ in range(rng.choice([1, 2, 3], p=[0.35, 0.4, 0.25]))]
            for _ in range(INVENTED)]


def _stroke(rng):
    """Return points in the unit square that lie well apart, one after the other."""
    points = [rng.uniform(0, 1, 2)]
    while len(points) < rng.integers(3, 6):
        candidate = rng.uniform(0, 1, 2)
        if np.linalg.norm(candidate - points[-1]) > 0.35:
            points.append(candidate)
    return np.array(points)


def _write(rng, strokes):
    """Write a character with an unsteady hand: every point moves a little."""
    import cv2

    page = np.zeros((SIDE, SIDE), np.uint8)
    thick = int(rng.integers(3, 7))
    for stroke in strokes:
        points = 10 + (SIDE - 20) * (stroke + rng.normal(scale=0.045, size=stroke.shape))
        line = np.round(16 * _smooth(points)).astype(np.int32)
        cv2.polylines(page, [line], False, 255, thick, cv2.LINE_AA, 4)
    return page


def _smooth(points, steps=8):
    """Return points of the Catmull-Rom spline through `points`."""
    ends = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0, 1, steps)[:, None]
    a, b, c, d = (ends[k:len(ends) - 3 + k, None] for k in range(4))
    curve = b + t * (c - a) / 2 + t ** 2 * (a - 2.5 * b + 2 * c - d / 2) \
        + t ** 3 * (1.5 * (b - c) + (d - a) / 2)
    return curve.reshape(-1, 2)
