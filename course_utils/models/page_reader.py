"""A machine of four stages that reads pages of numbers and adds them up.

Every stage comes twice: as it is (`REAL`), and as it would be if it made no mistake on the input
that it really gets (`PERFECT`). A perfect stage looks up the truth about that input. It cannot
bring back what an earlier stage lost.
"""

from functools import lru_cache

import numpy as np

from course_utils.data.pages import DARK, SIZE, Page, load_split_digits, sum_of, without_margin
from course_utils.errors import CourseError


def find_lines(page):
    """Find the lines: neighbouring rows that hold some ink.

    Parameters
    ----------
    page : course_utils.data.Page

    Returns
    -------
    list of (top, bottom)
        In pixels; bottom is the first row below the line.
    """
    _check_page(page)
    rows = np.flatnonzero((page.image > DARK).sum(axis=1) >= 3)
    return [(max(0, int(run[0]) - 1), min(len(page.image), int(run[-1]) + 2))
            for run in _runs(rows) if len(run) >= 4]


def cut_digits(page, lines):
    """Cut lines into digits: neighbouring columns that hold some ink.

    Parameters
    ----------
    page : course_utils.data.Page
    lines : list of (top, bottom)

    Returns
    -------
    list of list of (top, bottom, left, right)
        For each line the box of each digit, in pixels, from left to right.
    """
    _check_page(page)
    _check_numbers("lines", lines, 2)
    dark, width = page.image > DARK, page.image.shape[1]
    strips = [dark[top:bottom] for top, bottom in lines]
    # Lines are set side by side, far apart, so that one clustering cuts all of them.
    apart = [index * 2 * width + np.flatnonzero(strip.any(axis=0))
             for index, strip in enumerate(strips)]
    boxes = [[] for _ in lines]
    for run in _runs(np.concatenate([[], *apart])):
        if not len(run):
            continue
        index, left = divmod(int(run[0]), 2 * width)
        ink = strips[index][:, left:left + len(run)]
        if ink.sum() >= 8:  # less is dirt
            rows = lines[index][0] + np.flatnonzero(ink.any(axis=1))
            boxes[index].append((int(rows[0]), int(rows[-1]) + 1, left, left + len(run)))
    return boxes


def read_digits(page, boxes):
    """Read the digit in each box, with a support vector machine.

    Parameters
    ----------
    page : course_utils.data.Page
    boxes : list of list of (top, bottom, left, right)

    Returns
    -------
    list of list of (box, digit)
    """
    _check_page(page)
    for line in boxes:
        _check_numbers("boxes", line, 4)
    crops = [_centre(page.image[top:bottom, left:right])
             for line in boxes for top, bottom, left, right in line]
    digits = iter(_predict(np.concatenate([[], *crops]).tobytes()))
    return [[(box, next(digits)) for box in line] for line in boxes]


def add_up(page, marks, *, wide=6):
    """Join digits into numbers, a wide gap apart, and add the numbers.

    Parameters
    ----------
    page : course_utils.data.Page
        Not looked at; every stage takes it.
    marks : list of list of (box, digit)
        A digit of None ("this is none") is left out.
    wide : int
        The gap in pixels that starts a new number, at least 1.

    Returns
    -------
    int
        The sum of the page.

    Raises
    ------
    CourseError
        If `wide` is below 1.
    """
    if not wide >= 1:
        raise CourseError(f"wide is {wide!r}, but a gap is at least 1 pixel wide.")
    digits, which = [], 0
    for line in _sort(marks):
        end = None
        for box, digit in line:
            which += end is None or box[2] - end >= wide
            digits.append((which, digit))
            end = box[3]
    return sum_of(digits)


def perfect_find(page):
    """Return the true lines: the input is the page itself.

    Parameters
    ----------
    page : course_utils.data.Page
    """
    _check_page(page)
    return page.lines


def perfect_cut(page, lines):
    """Cut the lines without a mistake: each gets the true boxes whose middle lies inside it.

    Where lines overlap, a digit belongs to the one whose middle is nearest.

    Parameters
    ----------
    page : course_utils.data.Page
    lines : list of (top, bottom)
    """
    _check_page(page)
    _check_numbers("lines", lines, 2)
    cuts = [[] for _ in lines]
    for box in sorted((box for line in page.boxes for box in line), key=lambda box: box[2]):
        middle = (box[0] + box[1]) / 2
        around = [(abs(top + bottom - 2 * middle), index)
                  for index, (top, bottom) in enumerate(lines) if top <= middle < bottom]
        if around:
            cuts[min(around)[1]].append(box)
    return cuts


def perfect_read(page, boxes):
    """Read each box as the digit that fills most of it, or None where there is no digit.

    Parameters
    ----------
    page : course_utils.data.Page
    boxes : list of list of (top, bottom, left, right)
    """
    _check_page(page)
    return [[(box, _truth_at(page, box, page.digits)) for box in line] for line in boxes]


def perfect_add(page, marks):
    """Join the digits, right or wrong, into the numbers that they belong to, and add those.

    Parameters
    ----------
    page : course_utils.data.Page
    marks : list of list of (box, digit)
    """
    _check_page(page)
    return sum_of((_truth_at(page, box, page.numbers), digit)
                  for line in _sort(marks) for box, digit in line)


REAL = {"find": find_lines, "cut": cut_digits, "read": read_digits, "add": add_up}
PERFECT = {"find": perfect_find, "cut": perfect_cut, "read": perfect_read, "add": perfect_add}


def _runs(positions):
    """Split sorted whole numbers wherever neighbours lie more than one apart."""
    positions = np.asarray(positions, dtype=float)
    return np.split(positions.astype(int), _breaks(positions.tobytes()))


# Most of the time goes into scikit-learn, and the same page comes again with other stages replaced:
# the two functions below remember what they said.
@lru_cache(maxsize=10_000)
def _breaks(positions):
    from sklearn.cluster import DBSCAN

    column = np.frombuffer(positions).reshape(-1, 1)
    if len(column) == 0:
        return np.empty(0, int)
    return np.flatnonzero(np.diff(DBSCAN(eps=1, min_samples=1).fit_predict(column))) + 1


@lru_cache(maxsize=10_000)
def _predict(crops):
    crops = np.frombuffer(crops).reshape(-1, SIZE * SIZE)
    return _reader().predict(crops).tolist() if len(crops) else []


@lru_cache(maxsize=1)
def _reader():
    from sklearn.svm import SVC

    pictures, labels, _, _ = load_split_digits()
    return SVC(gamma=0.001, C=10).fit([_centre(picture) for picture in pictures], labels)


def _centre(crop):
    """Return the ink of a crop in the middle of 8 by 8 pixels, as 64 numbers."""
    crop = without_margin(crop)[:SIZE, :SIZE]
    top, left = ((SIZE - length) // 2 for length in crop.shape)
    square = np.zeros((SIZE, SIZE))
    square[top:top + crop.shape[0], left:left + crop.shape[1]] = crop
    return square.ravel()


def _truth_at(page, box, truth):
    """Return what `truth` says of the digit that overlaps most with `box`, or None."""
    overlaps = [(_overlap(box, other), value)
                for boxes, values in zip(page.boxes, truth, strict=True)
                for other, value in zip(boxes, values, strict=True)]
    most, value = max(overlaps, key=lambda pair: pair[0])
    return value if most else None


def _overlap(one, other):
    high = min(one[1], other[1]) - max(one[0], other[0])
    wide = min(one[3], other[3]) - max(one[2], other[2])
    return max(high, 0) * max(wide, 0)


def _sort(marks):
    return [sorted((mark for mark in line if mark[1] is not None), key=lambda mark: mark[0][2])
            for line in marks]


def _check_page(page):
    if not isinstance(page, Page):
        raise CourseError(f"page is a {type(page).__name__}, but the stages read a Page, "
                          "as data.make_pages(rng) draws them.")


def _check_numbers(name, rows, length):
    for row in rows:
        try:
            fine = len(row) == length and all(float(number).is_integer() for number in row)
        except (TypeError, ValueError):
            fine = False
        if not fine:
            raise CourseError(f"{name} holds {row!r}, but each of them is {length} whole numbers "
                              "of pixels.")
