"""Colours of skin, hair and eyes.

Skin follows the ten tones of Ellis Monk's scale. Drawing is done in linear light, as lenses see
it, and turned into sRGB at the end.
"""

import numpy as np

# Monk Skin Tone scale, light to dark, in sRGB (Ellis Monk with Google, 2022)
MONK = ("#f6ede4", "#f3e7db", "#f7ead0", "#eadaba", "#d7bd96",
        "#a07e56", "#825c43", "#604134", "#3a312a", "#292420")

# How common each is among the drawn; the same for every tone, so that no tone has its own look.
HAIR = {"black": ("#1a1614", 9), "dark brown": ("#33241b", 7), "brown": ("#4a3325", 3),
        "light brown": ("#6f5540", 1), "auburn": ("#5a3226", 0.5), "blond": ("#98805c", 0.5),
        "grey": ("#85827f", 2)}
IRIS = {"dark brown": ("#2e1c12", 8), "brown": ("#4a2d1a", 6), "hazel": ("#62502f", 1.5),
        "green": ("#596650", 0.5), "grey": ("#67707a", 0.5), "blue": ("#566f86", 0.7)}


def linear(colour):
    """Return an sRGB colour in linear light from 0 to 1.

    Parameters
    ----------
    colour : str or array-like
        "#rrggbb", or numbers from 0 to 255.
    """
    if isinstance(colour, str):
        colour = [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
    share = np.asarray(colour, np.float64) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4
                    ).astype(np.float32)


_STEPS = 4096
_TOE = 0.03  # a camera prints deep shadows darker than they are
_share = np.arange(_STEPS) / (_STEPS - 1)
_share = _share ** 2 / (_share + _TOE) * (1 + _TOE)
_TO_SRGB = (255 * np.where(_share <= 0.0031308, 12.92 * _share,
                           1.055 * _share ** (1 / 2.4) - 0.055) + 0.5).astype(np.uint8)


def to_srgb(light):
    """Return linear light from 0 to 1 as sRGB from 0 to 255; brighter light is clipped.

    Parameters
    ----------
    light : numpy.ndarray
    """
    return _TO_SRGB[np.clip(light * (_STEPS - 1), 0, _STEPS - 1).astype(np.int16)]


def brightness(light):
    """Return the luminance of linear light (ITU-R BT.709).

    Parameters
    ----------
    light : array-like, shape (3,)
    """
    return float(np.dot(light, (0.2126, 0.7152, 0.0722)))


# The scale's swatches are flat and nearly colourless at both ends. Living skin is not: blood and
# melanin warm it, most where it is lightest or darkest.
_WARM = np.float32([1.10, 0.985, 0.90])
_BLOOM = np.array([1.2, 1.0, 0.6, 0.45, 0.35, 0.1, 0.0, 0.0, 1.7, 2.3])


def skin_tone(tone, undertone=0.0):
    """Return the colour of skin in linear light.

    Parameters
    ----------
    tone : int
        1 to 10 on Monk's scale.
    undertone : float
        -1 (cool) to 1 (warm).
    """
    colour = linear(MONK[tone - 1])
    warm = colour * _WARM ** np.float32(_BLOOM[tone - 1] + 0.35 * undertone)
    return warm * np.float32(brightness(colour) / brightness(warm))
