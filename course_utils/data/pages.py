"""Pages of handwritten numbers, drawn by the course from scikit-learn's digits."""

from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral, Real

import numpy as np

from course_utils.data.arguments import random_generator
from course_utils.data.datasheet import Datasheet
from course_utils.errors import CourseError

PAGES = Datasheet(
    name="pages of numbers",
    source="drawn by the course; the digits on them are scikit-learn's: the test part of Alpaydin "
           "and Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning "
           "Repository, 1998",
    licence="the pages MIT, as the course; none is stated in scikit-learn's copy of the digits",
    consent="not asked here: digits without names, by 13 writers who are not known to us",
    who="13 people who wrote digits; which digit is whose is not recorded",
    collected="digits before 1998, pages when the cell runs, from the seed of the lesson",
    known_gaps="one layout; slope, spacing and dirt come from a formula; 450 pictures of digits "
               "are used again and again, so pages are a little less different than they look",
)

SIZE = 8  # pixels of a digit, each way
INK = 16.0  # the darkest grey level of the digits
DARK = 4.0  # lighter than this is paper
HEIGHT, WIDTH = 46, 60

# Tuned so that four simple stages get 6 pages of 10 right and each of them fails on some.
_TOP, _PITCH, _LINES = 7, 12, 3
_GAP, _SPACE = 2, 6  # pixels between digits of a number, and between numbers
_SLOPE, _WOBBLE, _CROWD, _LOOSE, _DIRT = 0.25, 0.5, 3.1, 2.1, 2.0  # on the poorest page
_UNEVEN, _SPECKLE = 0.4, 0.2  # on every page


@dataclass(frozen=True)
class Page:
    """A page and everything that is true about it.

    Attributes
    ----------
    image : numpy.ndarray, shape (46, 60)
        Grey levels from 0 (paper) to 16 (ink), in pixels of a digit.
    boxes : list of list of (top, bottom, left, right)
        For each line the box of each digit, from left to right.
    digits : list of list of int
        For each line what the boxes hold.
    numbers : list of list of int
        For each digit which number of the page it belongs to, counted from 0.
    quality : float
        From 0 (a mess) to 1 (clean). No stage sees it.
    """

    image: np.ndarray
    boxes: list
    digits: list
    numbers: list
    quality: float

    @property
    def lines(self):
        """The rows of each line, as (top, bottom)."""
        return [(min(box[0] for box in line), max(box[1] for box in line)) for line in self.boxes]

    @property
    def marks(self):
        """For each line the pairs (box, digit)."""
        return [list(zip(*line, strict=True)) for line in zip(self.boxes, self.digits, strict=True)]

    @property
    def total(self):
        """The sum of the numbers on the page."""
        return sum_of(zip(sum(self.numbers, []), sum(self.digits, []), strict=True))


def sum_of(digits):
    """Return the sum of numbers that are written as digits.

    Parameters
    ----------
    digits : iterable of (which, digit)
        The number that a digit belongs to, and the digit; the most significant come first.
    """
    numbers = {}
    for which, digit in digits:
        numbers[which] = 10 * numbers.get(which, 0) + digit
    return sum(numbers.values())


def make_pages(rng, n=400, *, mess=1.0):
    """Draw pages with three lines of two numbers each; return a list of `Page`.

    A page has a quality between 0 and 1. On a poor page digits stand closer together, lines slope
    more, and there is more dirt: whatever makes one stage fail there makes the next one fail too.

    Parameters
    ----------
    rng : numpy.random.Generator
    n : int
        How many pages.
    mess : float
        How much poor quality matters: 0 draws clean pages only, at most 3.
    """
    random_generator(rng)
    if isinstance(n, bool) or not isinstance(n, Integral) or n < 1:
        raise CourseError(f"n is {n!r}, but it must be a whole number of pages, at least 1.")
    if isinstance(mess, bool) or not isinstance(mess, Real) or not 0 <= mess <= 3:
        raise CourseError(f"mess is {mess!r}, but it must be a number from 0 to 3.")
    _, _, pictures, labels = load_split_digits()
    return [_draw(rng, pictures, labels, mess) for _ in range(n)]


@lru_cache(maxsize=1)
def load_split_digits():
    """Return scikit-learn's digits in two parts: one to learn from, one to write pages with.

    Returns
    -------
    learn_pictures, learn_labels, write_pictures, write_labels : numpy.ndarray
        Pictures have the shape (n, 8, 8) and grey levels from 0 to 16; every fourth is for writing.

    Raises
    ------
    CourseError
        If the file that scikit-learn ships is missing or damaged.
    """
    from sklearn import datasets

    try:
        digits = datasets.load_digits()
        if digits.images.shape != (1797, SIZE, SIZE) or not np.isfinite(digits.images).all():
            raise ValueError("unexpected contents")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise CourseError("scikit-learn's digits are missing or damaged "
                          f"({error}). Run `make setup` to install them again.") from error
    write = np.arange(len(digits.target)) % 4 == 0
    return (digits.images[~write], digits.target[~write],
            digits.images[write], digits.target[write])


def without_margin(picture):
    """Cut a picture down to its ink; a picture without ink stays as it is.

    Parameters
    ----------
    picture : numpy.ndarray, shape (h, w)
    """
    rows, columns = np.nonzero(picture > DARK)
    if not len(rows):
        return picture
    return picture[rows.min():rows.max() + 1, columns.min():columns.max() + 1]


def _draw(rng, pictures, labels, mess):
    quality = float(rng.beta(2.2, 1.0))
    poor = mess * (1 - quality)
    image = np.zeros((HEIGHT, WIDTH))
    slope = poor * rng.normal(scale=_SLOPE)
    boxes, digits, numbers, count = [], [], [], 0
    for line in range(_LINES):
        left = int(rng.integers(3, 8))
        for row in (boxes, digits, numbers):
            row.append([])
        for length in rng.choice([1, 1, 2], size=2):
            for which in rng.integers(len(labels), size=length):
                middle = slope * (left - WIDTH / 2) + poor * rng.normal(scale=_WOBBLE)
                box = _paste(image, without_margin(pictures[which]),
                             _TOP + _PITCH * line + round(middle), left)
                boxes[-1].append(box)
                digits[-1].append(int(labels[which]))
                numbers[-1].append(count)
                crowd = poor * abs(rng.normal(scale=_CROWD)) + rng.normal(scale=_UNEVEN)
                left = box[3] + max(-1, round(_GAP - crowd))
            left += max(1, round(_SPACE + poor * rng.normal(scale=_LOOSE)))
            count += 1
    image += rng.normal(scale=_SPECKLE + poor * _DIRT, size=image.shape)
    return Page(np.clip(image, 0, INK), boxes, digits, numbers, quality)


def _paste(image, glyph, top, left):
    """Put a digit on the page and return its box; where digits overlap, the darker pixel wins."""
    high, wide = glyph.shape
    top = min(max(top, 0), HEIGHT - high)
    left = min(left, WIDTH - wide)
    spot = image[top:top + high, left:left + wide]
    np.maximum(spot, glyph, out=spot)
    return top, top + high, left, left + wide
