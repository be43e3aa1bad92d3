"""Pictures prepared for ResNet50, number by number."""

import numpy as np

from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, changes_input, check, close, outcome_of, read, slip

BGR_MEANS = np.array([103.939, 116.779, 123.68])
RGB_MEANS = BGR_MEANS[::-1]
NEARLY = close(1e-5, 1e-3)  # float32 keeps about seven digits


def draw(rng):
    """Draw two batches of colour pictures of different sizes and one batch of grey ones."""
    shapes = ((3, 4, 5, 3), (2, 3, 3, 3), (3, 4, 5))
    return [{"images": rng.integers(0, 256, size=shape).tolist()} for shape in shapes]


def arguments(case):
    """Return `images`, uint8, shape (n, H, W, 3) or (n, H, W)."""
    return (np.array(case["images"], dtype=np.uint8),)


def right(images):
    """Return BGR pictures less ImageNet's mean of each channel, as Keras's ResNet50 wants them."""
    return bgr(images) - BGR_MEANS


def bgr(images):
    """Return the pictures as floats, blue first."""
    return images[..., ::-1].astype(float)


def for_torch(images):
    """Return the pictures as the weights of PyTorch want them."""
    return (images / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]


CHANNEL = ("Paint one picture pure red, (255, 0, 0). In which channel should the large number "
           "stand afterwards, and which mean belongs to that channel?")
RANGE = ("Print the smallest and the largest number of your result. The network was trained on "
         "numbers from about -124 to 151.",
         "Some networks want numbers between 0 and 1. This one does not.")
TORCH = ("That is the recipe that comes with PyTorch's weights: it divides by spreads too. The "
         "text asks for another one.")
SLIPS = (
    slip("red-first", lambda x: x - RGB_MEANS,
         "Each mean met its channel, but the channels still stand in the order of the camera.",
         earns=1 / 3),
    slip("means-of-other-channels", lambda x: x - BGR_MEANS,
         "The channels were not moved, and blue's mean was taken from red.", CHANNEL, earns=1 / 3),
    slip("means-turned", lambda x: bgr(x) - RGB_MEANS,
         "The channels end in the right order, but red and blue met each other's mean. When you "
         "subtracted, which colour stood first?", CHANNEL, earns=1 / 3),
    slip("no-means", bgr,
         "The channels are in the right order. The text asks for one more step.", earns=1 / 3),
    slip("untouched", lambda x: x, "The numbers came back as they went in."),
    slip("scaled-before", lambda x: bgr(x) / 255 - BGR_MEANS, *RANGE,
         "The means are given for colours from 0 to 255: 104 taken from a number below 1 leaves "
         "almost the same value everywhere."),
    slip("scaled-after", lambda x: right(x) / 255, *RANGE, earns=1 / 3),
    slip("scaled-only", lambda x: x / 255, *RANGE),
    slip("scaled-only-turned", lambda x: bgr(x) / 255, *RANGE),
    slip("minus-one-to-one", lambda x: x / 127.5 - 1,
         "That is what MobileNet wants. Each network wants what its own training saw.", *RANGE),
    slip("torch-recipe", for_torch, TORCH),
    slip("torch-recipe-turned", lambda x: for_torch(x)[..., ::-1], TORCH),
    slip("twice", lambda x: right(right(x)),
         "Your pictures were prepared twice: colours are back where they were, and the means are "
         "gone two times. Does your function call another one that prepares?", earns=1 / 3),
    slip("wraps-around", lambda x: (bgr(x) - BGR_MEANS.astype(int)) % 256,
         "Look at a dark pixel: 10 less 104 became a large positive number. Which numbers can a "
         "`uint8` hold?", earns=1 / 3),
    slip("whole-numbers", lambda x: np.trunc(right(x)),
         "Your numbers lost what stands behind the point.", earns=2 / 3),
    slip("own-means", lambda x: bgr(x) - bgr(x).mean(axis=(0, 1, 2)),
         "You subtracted the means of this batch. Then the same picture looks different in other "
         "company; the network knows only the means of its own training.", earns=1 / 3),
    slip("grey-fails", None,
         "Colour pictures come out right. Now try a grey batch, of shape (2, 4, 4): where should "
         "its three channels come from?", earns=2 / 3),
    changes_input("The result is", "pictures", when="too"),
    slip("wrong-shape", None,
         "A batch in colour should come back in the shape in which it went in."),
    slip("unknown", None,
         "Take one picture of one pixel, (255, 0, 0), and work out the three numbers by hand.",
         CHANNEL),
)


def judge(cases, answers):
    """Judge the prepared batches: two thirds of the points for colour, all with grey."""
    *colours, grey = (arguments(case) for case in cases)
    if answers[-1]["kind"] == "none":
        return "returns-nothing"
    tables = read(answers[:-1], array_of, "wrong-shape")
    if any(table.shape != batch.shape for table, (batch,) in zip(tables, colours, strict=True)):
        return "wrong-shape"
    in_colour, table = np.repeat(grey[0][..., None], 3, axis=-1), array_of(answers[-1])
    grey_right = table is not None and NEARLY(right(in_colour), table)
    return outcome_of(right, SLIPS, colours, tables, NEARLY) or (
        None if grey_right else "grey-fails")


CHECK = check("lab05", "prepare", 3, draw, Judged(judge, SLIPS), arguments)
