"""Judging a learner's loop over batches, with a stand-in for the network."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

FEATURES = 3


def draw(rng):
    """Draw pictures and batch sizes: with a rest, without one, fewer than a batch, one by one."""
    return [{"images": rng.integers(0, 256, size=(count, 4, 4, 3)).tolist(), "batch_size": size,
             "weights": rng.normal(size=(48, FEATURES)).tolist(),
             "middle": float(rng.integers(90, 130))}
            for count, size in ((11, 4), (8, 4), (3, 8), (4, 1))]


def build(case):
    """Return a network, its `prepare`, the pictures and the size of a batch."""
    return (StandIn(case), lambda images: prepare(case, images), _images(case),
            case["batch_size"])


def _images(case):
    return np.array(case["images"], dtype=np.uint8)


def prepare(case, images):
    """Return pictures as the stand-in wants them."""
    return 2.0 * np.asarray(images, dtype=float) - case["middle"]


def features(case, pictures):
    """Return what the stand-in makes of prepared pictures, shape (n, 3)."""
    return pictures.reshape(len(pictures), -1) @ np.array(case["weights"]) / 100


class StandIn:
    """Behaves as a Keras network would, in no time; its memory holds one batch."""

    def __init__(self, case):
        self.case = case

    def __call__(self, inputs, training=None):
        """Return the features of a batch; in training, less the means of the batch."""
        inputs = np.asarray(inputs, dtype=float)
        if inputs.ndim != 4:
            raise ValueError(f"The network takes a batch, shape (n, 4, 4, 3), but this has shape "
                             f"{inputs.shape}.")
        if len(inputs) > self.case["batch_size"]:
            raise MemoryError(f"{len(inputs)} pictures at once, but there is room for "
                              f"{self.case['batch_size']}.")
        found = features(self.case, inputs)
        return (found - found.mean(axis=0) if training and len(found) else found).view(_Tensor)

    def predict(self, inputs, batch_size=None, verbose="auto", steps=None):
        """Return the features of many pictures, batch by batch, as an array."""
        inputs, size = np.asarray(inputs, dtype=float), batch_size or 32
        if not len(inputs):
            raise ValueError("There are no pictures to predict.")
        return np.concatenate([np.asarray(self(inputs[start:start + size]))
                               for start in range(0, len(inputs), size)])

    def predict_on_batch(self, inputs):
        """Return the features of one batch as an array."""
        return np.asarray(self(inputs))


class _Tensor(np.ndarray):
    def numpy(self):
        """Return a plain array."""
        return np.asarray(self)


def judge(cases, answers):
    """Judge the features: one row for each picture, in the pictures' order."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [array_of(answer) for answer in answers]
    full = [answer.get("error", {}).get("type") == "MemoryError" for answer in answers]
    if any(full):
        fits = all(array is not None and np.allclose(_right(case), array)
                   for case, array, out in zip(cases, said, full, strict=True)
                   if not out and array is not None and array.shape == _right(case).shape)
        return Verdict(0.5 if fits else 0.0, "all-at-once")
    if any(array is None or array.ndim != 2 for array in said):
        listed = all(answer["kind"] in ("sequence", "array") for answer in answers)
        return Verdict(0.25 if listed else 0.0, "not-joined")
    for way, (rule, share) in WAYS.items():
        if all(_fits(rule(case), array) for case, array in zip(cases, said, strict=True)):
            if way is None and any(answer["changed_input"] for answer in answers):
                return Verdict(0.75, "changes-input")
            return Verdict(share, way)
    if any(len(array) > len(_images(case)) for case, array in zip(cases, said, strict=True)):
        return Verdict(0.25, "too-many-rows")
    return Verdict(0.0, "unknown")


def _fits(wanted, found):
    return wanted.shape == found.shape and np.allclose(wanted, found)


def _right(case):
    return features(case, prepare(case, _images(case)))


def _raw(case):
    return features(case, _images(case).astype(float))


def _twice(case):
    return features(case, prepare(case, prepare(case, _images(case))))


def _in_training(case):
    found, size = _right(case), case["batch_size"]
    parts = [found[start:start + size] for start in range(0, len(found), size)]
    return np.concatenate([part - part.mean(axis=0) for part in parts])


def _whole_batches(case):
    return _right(case)[:len(case["images"]) // case["batch_size"] * case["batch_size"]]


def _first_batch(case):
    return _right(case)[:case["batch_size"]]


def _last_batch(case):
    return _right(case)[(len(case["images"]) - 1) // case["batch_size"] * case["batch_size"]:]


def _batches_reversed(case):
    found, size = _right(case), case["batch_size"]
    return np.concatenate([found[start:start + size]
                           for start in range(0, len(found), size)][::-1])


WAYS = {
    None: (_right, 1.0),
    "not-prepared": (_raw, 0.5),
    "twice": (_twice, 0.5),
    "in-training": (_in_training, 0.5),
    "rest-lost": (_whole_batches, 0.5),
    "first-batch-only": (_first_batch, 0.25),
    "last-batch-only": (_last_batch, 0.25),
    "batches-reversed": (_batches_reversed, 0.5),
}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "all-at-once": (
        "The network ran out of memory: it got more pictures at once than `batch_size` allows. "
        "4,000 photographs would stop a real one in the same way.",
        "If you use `predict`: how many pictures does it take at once when you don't say?"),
    "not-joined": (
        "One table is asked for: a row for each picture. What did you do with the batches in "
        "the end?",),
    "not-prepared": (
        "These are the features of pictures as they come from the camera. The network was never "
        "shown such numbers.",),
    "twice": (
        "The pictures were prepared twice: once before the loop, and once inside?",),
    "in-training": (
        "A picture's features depend on the other pictures in its batch. In which of its two modes "
        "is the network?",
        "BatchNormalization uses the means of the batch while it trains, and the stored ones "
        "otherwise."),
    "rest-lost": (
        "Eleven pictures in batches of four: count how many rows come back.",),
    "first-batch-only": (
        "Only the first batch comes back. How far is your `return` indented?",),
    "last-batch-only": (
        "Only the last batch comes back. What happens to the one before it?",),
    "batches-reversed": (
        "All rows are there, in another order than the pictures. Whose label would the first row "
        "get?",),
    "too-many-rows": (
        "More rows come back than pictures went in. Which pictures passed through more than once?",
        ),
    "changes-input": (
        "The result is right, but the caller's pictures changed too.",),
    "unknown": (
        "Try it with five pictures and batches of two: which pictures does each round take, and "
        "what is done to them before the network sees them?",),
}
