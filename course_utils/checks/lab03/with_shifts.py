"""Which pictures come out of an augmentation, and which label each of them gets."""

from itertools import product

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.lab03.parts import separate_arrays
from course_utils.checks.matching import earned_by
from course_utils.checks.slips import Judged, changes_input, check, read, slip

MOVES = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
FILLS = {"constant": None, "wrap": "wraps-around", "edge": "edge-repeated"}  # modes of np.pad


def draw(rng):
    """Draw pictures with ink up to the edge, in two sizes, of fractions and of whole numbers."""
    cases = []
    for count, height, width, whole in ((6, 8, 8, False), (5, 6, 9, False), (4, 8, 8, True)):
        images = rng.integers(1, 16, size=(count, height, width))
        cases.append({"images": (images if whole else images / 16).tolist(), "whole": whole,
                      "labels": rng.permutation(10)[:count].tolist()})
    return cases


def arguments(case):
    """Return `images`, shape (n, height, width), and `labels`, shape (n,)."""
    images = np.array(case["images"], dtype=int if case["whole"] else float)
    return images, np.array(case["labels"])


def shift(picture, move, fill):
    """Return a picture moved by (down, right) pixels; `fill` says what the free edge shows."""
    padded, (down, right) = np.pad(picture, 1, mode=fill), move
    height, width = picture.shape
    return padded[1 - down:1 - down + height, 1 - right:1 - right + width]


def origins(images, pictures, fill):
    """Return the (number, move) that each of the pictures shows, as far as it shows one."""
    def content(picture):
        return np.ascontiguousarray(picture, dtype=float).round(6).tobytes()

    origin_of = {content(shift(image, move, fill)): (number, move)
                 for number, image in enumerate(images) for move in MOVES}
    return list(filter(None, (origin_of.get(content(picture)) for picture in pictures)))


SLIPS = (
    slip("only-pictures", None,
         "Pictures without labels are of no use for training. Two arrays are asked for."),
    slip("not-two-arrays", None,
         "Give back two arrays of numbers: the pictures, then their labels."),
    slip("wrong-shape", None,
         "The pictures that come back have another height or width than those that went in. Does "
         "your function know the size of a picture from `images.shape`?"),
    slip("label-count", None,
         "There are more pictures than labels, or fewer. How many labels does a picture need?",
         earns=0.25),
    slip("labels-out-of-order", None,
         "The pictures are right, but some carry another picture's label. You have just invented "
         "label noise.",
         "Number the labels 0, 1, 2, print the result, and compare with the order of the "
         "pictures: block by block, or picture by picture?", earns=0.25),
    slip("wraps-around", None,
         "What leaves a picture on the left comes back on the right. Draw one whose ink touches "
         "the edge.",
         "`np.roll` turns the picture into a cylinder. What should stand in the row that "
         "became free?", earns=0.5),
    slip("edge-repeated", None,
         "The free row repeats the row beside it. It should hold paper.", earns=0.5),
    slip("other-pictures", None,
         "Some of your pictures are none of the five. Look at one with `plt.imshow`: did rows "
         "move, columns, or whole pictures, and by how much?"),
    slip("originals-lost", None,
         "The moved pictures are right, but the originals are gone. They are the only ones that "
         "somebody really drew.", earns=0.5),
    slip("not-every-move", None,
         "Each picture should come out five times: unmoved and moved up, down, left and right. "
         "Count yours.", earns=0.5),
    changes_input("The result is", "pictures", when="too"),
)
NO_PICTURES = np.empty(0), np.empty(0)  # where the learner's code stopped


def judge(cases, answers):
    """Judge the multiset of (picture, label) pairs; their order is free."""
    alone = any(answer["kind"] == "array" for answer in answers)
    pairs = read(answers, _pair_in, "only-pictures" if alone else "not-two-arrays", NO_PICTURES)
    outcomes = [slip_in(*arguments(case), pictures, names.ravel())
                for case, (pictures, names) in zip(cases, pairs, strict=True)]
    return min(filter(None, outcomes), key=_share, default=None)


def _share(outcome):
    return outcome.share if isinstance(outcome, Verdict) else earned_by(outcome, SLIPS)


def slip_in(images, labels, pictures, names):
    """Return the outcome for the pictures of one case and their labels."""
    if pictures.ndim != 3 or pictures.shape[1:] != images.shape[1:]:
        return "wrong-shape"
    if len(pictures) != len(names):
        return "label-count"
    by_fill = {fill: origins(images, pictures, fill) for fill in FILLS}
    fill, sources = max(by_fill.items(), key=lambda item: len(item[1]))
    if len(sources) < len(pictures):
        return "other-pictures"
    if any(labels[number] != name for (number, _), name in zip(sources, names, strict=True)):
        return Verdict(0.0, FILLS[fill]) if FILLS[fill] else "labels-out-of-order"
    return FILLS[fill] or _missing(len(images), sources)


def _missing(count, sources):
    if not set(product(range(count), MOVES[:1])) <= set(sources):
        return "originals-lost"
    return None if sorted(sources) == sorted(product(range(count), MOVES)) else "not-every-move"


def _pair_in(answer):
    arrays = separate_arrays(answer, 2)
    return arrays if arrays and all(array.ndim for array in arrays) else None


CHECK = check("lab03", "with_shifts", 2, draw, Judged(judge, SLIPS), arguments)
