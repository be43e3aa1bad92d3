"""Judging how a learner prepares pictures for ResNet50, number by number."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

BGR_MEANS = np.array([103.939, 116.779, 123.68])
RGB_MEANS = BGR_MEANS[::-1]
TOLERANCE = 1e-3  # float32 keeps about seven digits


def draw(rng):
    """Draw two batches of colour pictures of different sizes and one batch of grey ones."""
    shapes = ((3, 4, 5, 3), (2, 3, 3, 3), (3, 4, 5))
    return [{"images": rng.integers(0, 256, size=shape).tolist()} for shape in shapes]


def build(case):
    """Return `images`, uint8, shape (n, H, W, 3) or (n, H, W)."""
    return (np.array(case["images"], dtype=np.uint8),)


def judge(cases, answers):
    """Judge the prepared batches: two thirds of the points for colour, all with grey."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [array_of(answer) for answer in answers]
    images = [build(case)[0] for case in cases]
    *colours, grey = said
    if any(found is None or found.shape != batch.shape
           for found, batch in zip(colours, images, strict=False)):
        return Verdict(0.0, "wrong-shape")
    for way, (rule, share) in WAYS.items():
        if all(np.allclose(rule(batch), found, atol=TOLERANCE)
               for batch, found in zip(images, colours, strict=False)):
            return Verdict(share, way) if way else _judge_grey(answers, images[-1], grey)
    return Verdict(0.0, "unknown")


def _judge_grey(answers, images, found):
    in_colour = np.repeat(images[..., None], 3, axis=-1)
    if found is None or found.shape != in_colour.shape \
            or not np.allclose(prepared(in_colour), found, atol=TOLERANCE):
        return Verdict(2 / 3, "grey-fails")
    if any(answer.get("changed_input") for answer in answers):
        return Verdict(0.75, "changes-input")
    return Verdict(1.0)


def prepared(images):
    """Return BGR pictures less ImageNet's mean of each channel, as Keras's ResNet50 wants them."""
    return images[..., ::-1].astype(float) - BGR_MEANS


def _bgr(images):
    return images[..., ::-1].astype(float)


def _wrapped(images):
    return ((images[..., ::-1].astype(int) - BGR_MEANS.astype(int)) % 256).astype(float)


def _own_means(images):
    return _bgr(images) - _bgr(images).mean(axis=(0, 1, 2))


def _torch(images, flip=False):
    scaled = (images / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    return scaled[..., ::-1] if flip else scaled


WAYS = {
    None: (prepared, 1.0),
    "red-first": (lambda x: x - RGB_MEANS, 1 / 3),
    "means-of-other-channels": (lambda x: x - BGR_MEANS, 1 / 3),
    "means-turned": (lambda x: _bgr(x) - RGB_MEANS, 1 / 3),
    "no-means": (_bgr, 1 / 3),
    "untouched": (lambda x: x.astype(float), 0.0),
    "scaled-before": (lambda x: _bgr(x) / 255 - BGR_MEANS, 0.0),
    "scaled-after": (lambda x: prepared(x) / 255, 1 / 3),
    "scaled-only": (lambda x: x / 255, 0.0),
    "scaled-only-turned": (lambda x: _bgr(x) / 255, 0.0),
    "minus-one-to-one": (lambda x: x / 127.5 - 1, 0.0),
    "torch-recipe": (_torch, 0.0),
    "torch-recipe-turned": (lambda x: _torch(x, flip=True), 0.0),
    "twice": (lambda x: prepared(prepared(x)), 1 / 3),
    "wraps-around": (_wrapped, 1 / 3),
    "whole-numbers": (lambda x: np.trunc(prepared(x)), 2 / 3),
    "own-means": (_own_means, 1 / 3),
}

_CHANNEL = ("Paint one picture pure red, (255, 0, 0). In which channel should the large number "
            "stand afterwards, and which mean belongs to that channel?",)
_RANGE = ("Print the smallest and the largest number of your result. The network was trained on "
          "numbers from about -124 to 151.",
          "Some networks want numbers between 0 and 1. This one does not.")
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "wrong-shape": (
        "A batch in colour should come back in the shape in which it went in.",),
    "red-first": (
        "Each mean met its channel, but the channels still stand in the order of the camera.",),
    "means-of-other-channels": (
        "The channels were not moved, and blue's mean was taken from red.",) + _CHANNEL,
    "means-turned": (
        "The channels end in the right order, but red and blue met each other's mean. When you "
        "subtracted, which colour stood first?",) + _CHANNEL,
    "no-means": (
        "The channels are in the right order. The text asks for one more step.",),
    "untouched": (
        "The numbers came back as they went in.",),
    "scaled-before": _RANGE + (
        "The means are given for colours from 0 to 255: 104 taken from a number below 1 leaves "
        "almost the same value everywhere.",),
    "scaled-after": _RANGE,
    "scaled-only": _RANGE,
    "scaled-only-turned": _RANGE,
    "minus-one-to-one": (
        "That is what MobileNet wants. Each network wants what its own training saw.",) + _RANGE,
    "torch-recipe": (
        "That is the recipe that comes with PyTorch's weights: it divides by spreads too. The text "
        "asks for another one.",),
    "torch-recipe-turned": (
        "That is the recipe that comes with PyTorch's weights: it divides by spreads too. The text "
        "asks for another one.",),
    "twice": (
        "Your pictures were prepared twice: colours are back where they were, and the means are "
        "gone two times. Does your function call another one that prepares?",),
    "wraps-around": (
        "Look at a dark pixel: 10 less 104 became a large positive number. Which numbers can a "
        "`uint8` hold?",),
    "whole-numbers": (
        "Your numbers lost what stands behind the point.",),
    "own-means": (
        "You subtracted the means of this batch. Then the same picture looks different in other "
        "company; the network knows only the means of its own training.",),
    "grey-fails": (
        "Colour pictures come out right. Now try a grey batch, of shape (2, 4, 4): where should "
        "its three channels come from?",),
    "changes-input": (
        "The result is right, but the caller's pictures changed too.",),
    "unknown": (
        "Take one picture of one pixel, (255, 0, 0), and work out the three numbers by hand.",)
    + _CHANNEL,
}
