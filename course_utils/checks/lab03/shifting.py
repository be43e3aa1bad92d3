"""Judging a learner's augmentation: which pictures came out, and which label each of them got."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

MOVES = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))


def draw(rng):
    """Draw pictures with ink up to the edge, in two sizes, of fractions and of whole numbers."""
    cases = []
    for count, height, width, whole in ((6, 8, 8, False), (5, 6, 9, False), (4, 8, 8, True)):
        images = rng.integers(1, 16, size=(count, height, width))
        cases.append({"images": (images if whole else images / 16).tolist(), "whole": whole,
                      "labels": rng.permutation(10)[:count].tolist()})
    return cases


def build(case):
    """Return `images`, shape (n, height, width), and `labels`, shape (n,)."""
    images = np.array(case["images"], dtype=int if case["whole"] else float)
    return images, np.array(case["labels"])


def judge(cases, answers):
    """Judge the multiset of (picture, label) pairs; their order is free."""
    slip = _form_slip(answers)
    if slip:
        return Verdict(0.0, slip)
    found = [_sort_out(case, answer) for case, answer in zip(cases, answers, strict=True)]
    slips = [slip for slip, _ in found if slip]
    if slips:
        worst = min(range(len(found)), key=lambda i: found[i][1])
        return Verdict(found[worst][1], found[worst][0])
    if any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    return Verdict(1.0)


def _form_slip(answers):
    if any(answer["kind"] == "none" for answer in answers):
        return "returns-nothing"
    if any(answer["kind"] == "array" for answer in answers):
        return "only-pictures"
    if any(answer["kind"] != "error" and _pair(answer) is None for answer in answers):
        return "not-two-arrays"
    return None


def _pair(answer):
    if answer["kind"] == "mapping":
        answer = {"kind": "sequence", "value": list(answer["value"].values())}
    if answer["kind"] != "sequence" or len(answer["value"]) != 2:
        return None
    images, labels = (array_of(item) for item in answer["value"])
    return None if images is None or labels is None else (images, labels.ravel())


def _sort_out(case, answer):
    """Return (slip or None, share of the points) for one case."""
    pair = _pair(answer)
    images, labels = build(case)
    if pair is None or pair[0].ndim != 3 or pair[0].shape[1:] != images.shape[1:]:
        return "wrong-shape", 0.0
    if len(pair[0]) != len(pair[1]):
        return "label-count", 0.25
    origin = {way: _origins(images, way, pair[0]) for way in ("empty", "around", "edge")}
    moved = max(origin, key=lambda way: sum(source is not None for source in origin[way]))
    wanted = {(source, move) for source in range(len(images)) for move in MOVES}
    got = [source for source in origin[moved] if source is not None]
    if len(got) < len(pair[0]):
        return "other-pictures", 0.0
    mismatched = any(labels[source] != label
                     for (source, _), label in zip(got, pair[1], strict=True))
    if moved != "empty":
        slip = "wraps-around" if moved == "around" else "edge-repeated"
        return slip, 0.0 if mismatched else 0.5
    if mismatched:
        return "labels-out-of-order", 0.25
    if not {pair for pair in wanted if pair[1] == (0, 0)} <= set(got):
        return "originals-lost", 0.5
    if set(got) != wanted or len(got) != len(wanted):
        return "not-every-move", 0.5
    return None, 1.0


def _origins(images, way, found):
    """Return for each found picture the (number, move) that it shows, or None."""
    known = {moved(picture, move, way).astype(float).round(6).tobytes(): (number, move)
             for number, picture in enumerate(images) for move in MOVES}
    return [known.get(np.ascontiguousarray(picture).round(6).tobytes()) for picture in found]


def moved(picture, move, way="empty"):
    """Return a picture moved by (down, right) pixels; `way` says what fills the free edge."""
    mode = {"empty": "constant", "around": "wrap", "edge": "edge"}[way]
    padded, (down, right) = np.pad(picture, 1, mode=mode), move
    height, width = picture.shape
    return padded[1 - down:1 - down + height, 1 - right:1 - right + width]


HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "only-pictures": (
        "Pictures without labels are of no use for training. Two arrays are asked for.",),
    "not-two-arrays": (
        "Give back two arrays of numbers: the pictures, then their labels.",),
    "wrong-shape": (
        "The pictures that come back have another height or width than those that went in. Does "
        "your function know the size of a picture from `images.shape`?",),
    "label-count": (
        "There are more pictures than labels, or fewer. How many labels does a picture need?",),
    "labels-out-of-order": (
        "The pictures are right, but some carry another picture's label. You have just invented "
        "label noise.",
        "Number the labels 0, 1, 2, print the result, and compare with the order of the pictures: "
        "block by block, or picture by picture?"),
    "wraps-around": (
        "What leaves a picture on the left comes back on the right. Draw one whose ink touches "
        "the edge.",
        "`np.roll` turns the picture into a cylinder. What should stand in the row that "
        "became free?"),
    "edge-repeated": (
        "The free row repeats the row beside it. It should hold paper.",),
    "other-pictures": (
        "Some of your pictures are none of the five. Look at one with `plt.imshow`: did rows move, "
        "columns, or whole pictures, and by how much?",),
    "originals-lost": (
        "The moved pictures are right, but the originals are gone. They are the only ones that "
        "somebody really drew.",),
    "not-every-move": (
        "Each picture should come out five times: unmoved and moved up, down, left and right. "
        "Count yours.",),
    "changes-input": (
        "The result is right, but the caller's pictures changed too.",),
}
