"""Random identities, and the views in which they are pictured."""

import numpy as np

from course_utils.data.arguments import random_generator, whole_number
from course_utils.errors import CourseError
from course_utils.faces.drawing.anatomy import ANATOMY, Identity
from course_utils.faces.drawing.colours import HAIR, IRIS, MONK
from course_utils.faces.drawing.view import View

_SEEDS = 2**30


def make_identities(rng, n, *, tones=None):
    """Draw people who do not exist; return a list of `Identity`.

    Anatomy, hair, iris and tone are drawn independently, so that no tone has a typical face.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many.
    tones : sequence of int, optional
        Tones of the Monk scale to deal out in turn; all ten by default.
    """
    random_generator(rng)
    n = whole_number("n", n, at_least=1)
    tones = list(range(1, len(MONK) + 1)) if tones is None else list(tones)
    if not tones:
        raise CourseError("tones is empty, but it must name at least one tone from 1 to 10.")
    names = list(ANATOMY)
    low, high = np.array(list(ANATOMY.values()), float).T
    values = (low + (high - low) * rng.random((n, len(names)))).tolist()
    first = int(rng.integers(_SEEDS))
    return [Identity(number=first + at, tone=tones[at % len(tones)], hair=_draw_one(rng, HAIR),
                     iris=_draw_one(rng, IRIS), anatomy=dict(zip(names, row, strict=True)))
            for at, row in enumerate(values)]


def make_views(rng, n, **fixed):
    """Draw the circumstances of pictures; return a list of `View`.

    The head is turned by up to 15 degrees to either side, the light comes from up to 40 degrees,
    and exposure, blur, noise, compression and background vary too.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many.
    **fixed
        Circumstances that stay the same, by their name in `View`.
    """
    random_generator(rng)
    n = whole_number("n", n, at_least=1)
    return [View(**(_lot(rng) | fixed)) for _ in range(n)]


def _lot(rng):
    uniform = rng.uniform
    return {
        "yaw": uniform(-15, 15), "pitch": uniform(-8, 8), "roll": uniform(-4, 4),
        "light": uniform(-40, 40), "light_height": uniform(12, 38), "exposure": uniform(0.8, 1.2),
        "smile": max(0.0, uniform(-0.3, 0.25)), "gaze": uniform(-0.5, 0.5),
        "zoom": uniform(0.95, 1.05), "dx": uniform(-3, 3), "dy": uniform(-2, 2),
        "blur": uniform(0.3, 0.9), "noise": uniform(1, 4), "quality": int(rng.integers(80, 96)),
        "place": int(rng.integers(_SEEDS)), "seed": int(rng.integers(_SEEDS)),
    }


def _draw_one(rng, choices):
    weights = np.array([weight for _, weight in choices.values()], float)
    return str(rng.choice(list(choices), p=weights / weights.sum()))
