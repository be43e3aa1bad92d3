"""Two tasks on real pictures that nobody drew for pretraining: digits in the wild, and materials.

Both are cut out of what scikit-learn and scikit-image ship, so that they need no network.
"""

from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from course_utils.data.arguments import random_generator, whole_number
from course_utils.data.compositing import bend, lay_over, pen_edge, photograph
from course_utils.data.datasheet import Datasheet
from course_utils.data.pages import INK, load_split_digits
from course_utils.errors import CourseError

WILD_SIZE = 48  # pixels, each way
PARTS = ("learn", "test")

# Photographs with many things in them, none with a person as its subject
PHOTOGRAPHS = ("china.jpg", "flower.jpg", "coffee.png", "chelsea.png", "rocket.jpg",
               "motorcycle_left.png")
MATERIALS = ("brick", "grass", "gravel", "fur", "tissue", "moon", "print", "coins")
# File, and the rows of it that show the material (None: all)
_MATERIALS = {"brick": ("brick.png", None), "grass": ("grass.png", None),
              "gravel": ("gravel.png", None), "fur": ("chelsea.png", (20, 300)),
              "tissue": ("ihc.png", None), "moon": ("moon.png", None),
              "print": ("page.png", None), "coins": ("coins.png", None)}


def draw_wild_digits(rng, n, part="learn"):
    """Lay real handwritten digits, bent and coloured, over crops of real photographs.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many pictures of each digit, at least 1.
    part : {"learn", "test"}
        The two parts share no handwritten digit and no half of a photograph.

    Returns
    -------
    images : numpy.ndarray of uint8, shape (10 * n, 48, 48, 3)
        RGB.
    labels : numpy.ndarray of int64, shape (10 * n,)
    """
    random_generator(rng)
    n, part = whole_number("n", n, at_least=1), _part(part)
    pictures, digits = load_split_digits()[2 * part:2 * part + 2]
    labels = np.repeat(np.arange(10), n)
    chosen = [rng.choice(np.flatnonzero(digits == label)) for label in labels]
    photographs = _photographs()
    return np.stack([_wild(rng, pictures[k], photographs, part) for k in chosen]), labels


def draw_materials(rng, n, part="learn"):
    """Cut patches of materials out of photographs, turned and lit at random, without colour.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many patches of each material, at least 1.
    part : {"learn", "test"}
        Learn is cut from the left halves of the photographs, test from the right ones.

    Returns
    -------
    images : numpy.ndarray of uint8, shape (8 * n, 48, 48, 3)
        RGB; all three channels show the same grey but for noise.
    labels : numpy.ndarray of int64, shape (8 * n,)
        Positions in `MATERIALS`.
    """
    random_generator(rng)
    n, part = whole_number("n", n, at_least=1), _part(part)
    labels = np.repeat(np.arange(len(MATERIALS)), n)
    return np.stack([_patch(rng, _half(_material(MATERIALS[k]), part)) for k in labels]), labels


def _part(part):
    if part not in PARTS:
        raise CourseError(f"part is {part!r}, but it must be one of {', '.join(PARTS)}.")
    return PARTS.index(part)


def _wild(rng, digit, photographs, part):
    import cv2

    large = cv2.resize(np.pad(digit, 2) / INK * 255, (64, 64), interpolation=cv2.INTER_CUBIC)
    photograph_ = _half(photographs[rng.integers(len(photographs))], part)
    return lay_over(rng, bend(rng, pen_edge(large), WILD_SIZE), _crop(rng, photograph_, (32, 110)))


def _patch(rng, half):
    crop = _crop(rng, half, (48, 72)).mean(axis=2, keepdims=True)
    crop = np.rot90(crop, rng.integers(4))
    if rng.random() < 0.5:
        crop = crop[:, ::-1]
    # The same mean and spread for all: brightness alone must not give a material away
    crop = (crop - crop.mean()) / max(float(crop.std()), 1e-3)
    lit = rng.uniform(0.35, 0.65) + rng.uniform(0.08, 0.2) * crop
    return photograph(rng, np.repeat(np.clip(lit, 0, 1), 3, axis=2).astype(np.float32))


def _crop(rng, picture, sides):
    """Cut a square out at random and scale it to 48 by 48 pixels."""
    import cv2

    side = int(rng.integers(sides[0], min(sides[1], *picture.shape[:2]) + 1))
    top, left = (int(rng.integers(length - side + 1)) for length in picture.shape[:2])
    crop = picture[top:top + side, left:left + side]
    return cv2.resize(crop, (WILD_SIZE, WILD_SIZE), interpolation=cv2.INTER_AREA) / np.float32(255)


def _half(picture, part):
    middle = picture.shape[1] // 2
    return picture[:, middle:] if part else picture[:, :middle]


@lru_cache(maxsize=1)
def _photographs():
    return [_read(name) for name in PHOTOGRAPHS]


@cache
def _material(name):
    file, rows = _MATERIALS[name]
    picture = _read(file)
    return picture if rows is None else picture[slice(*rows)]


def _read(name):
    """Read a photograph that scikit-learn or scikit-image ships, as RGB."""
    import skimage
    import sklearn
    from PIL import Image

    for folder in (Path(sklearn.__file__).parent / "datasets" / "images",
                   Path(skimage.__file__).parent / "data"):
        if (folder / name).is_file():
            try:
                with Image.open(folder / name) as picture:
                    return np.asarray(picture.convert("RGB"))
            except OSError as error:
                raise CourseError(f"The photograph {name} is damaged ({error}). Run `make setup "
                                  "FRESH=1` to install it again.") from error
    raise CourseError(f"The photograph {name}, which scikit-learn or scikit-image ships, is "
                      "missing. Run `make setup FRESH=1` to install it again.")


WILD_DIGITS = Datasheet(
    name="digits in the wild",
    source="drawn by the course from scikit-learn's digits (Alpaydin and Kaynak, Optical "
           "Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998), laid over "
           f"photographs that scikit-learn and scikit-image ship: {', '.join(PHOTOGRAPHS)}",
    licence="each photograph's own, named in the two packages; the drawing MIT, as the course",
    consent="not asked here: digits without names; photographs of things, a cat and a place",
    who="13 people who wrote digits; which digit is whose is not recorded",
    collected="digits before 1998, pictures when the cell runs, from its seed",
    known_gaps="six photographs; bending, colour and the edges of strokes come from a formula, the "
               "same as for the characters of the course's pretraining",
)

MATERIALS_SHEET = Datasheet(
    name="materials",
    source="patches of photographs that scikit-image ships: "
           + ", ".join(f"{name} ({file})" for name, (file, _) in _MATERIALS.items()),
    licence="each photograph's own, named in scikit-image's data folder",
    consent="not needed: no people, one sample of tissue without a name",
    who="nobody",
    collected="photographs as the package ships them, patches when the cell runs, from its seed",
    known_gaps="one photograph for each material: a network may know the photograph rather than "
               "the material; learn and test are its left and right halves",
)
