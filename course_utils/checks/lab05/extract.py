"""A loop over batches of pictures, with a stand-in for the network."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.matching import changes_input
from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, check, close, outcome_of, slip, stop_at_error

NEARLY = close(1e-5, 1e-8)


def draw(rng):
    """Draw pictures and batch sizes: with a rest, without one, fewer than a batch, one by one."""
    return [{"images": rng.integers(0, 256, size=(count, 4, 4, 3)).tolist(), "batch_size": size,
             "weights": rng.normal(size=(48, 3)).tolist(),
             "middle": float(rng.integers(90, 130))}
            for count, size in ((11, 4), (8, 4), (3, 8), (4, 1))]


def arguments(case):
    """Return a network, its `prepare`, the pictures and the size of a batch."""
    return (StandIn(case), lambda images: prepare(case, images),
            np.array(case["images"], dtype=np.uint8), case["batch_size"])


def prepare(case, images):
    """Return pictures as the stand-in wants them."""
    return 2.0 * np.asarray(images, dtype=float) - case["middle"]


def features(case, pictures):
    """Return what the stand-in makes of prepared pictures, shape (n, 3)."""
    return np.reshape(pictures, (len(pictures), -1)) @ np.array(case["weights"]) / 100


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
        rows = features(self.case, inputs)
        return (rows - rows.mean(axis=0) if training and len(rows) else rows).view(_Tensor)

    def predict(self, inputs, batch_size=None, verbose="auto", steps=None):
        """Return the features of many pictures, batch by batch, as an array."""
        inputs, size = np.asarray(inputs, dtype=float), batch_size or 32
        if not len(inputs):
            raise ValueError("There are no pictures to predict.")
        return np.concatenate([self.predict_on_batch(inputs[start:start + size])
                               for start in range(0, len(inputs), size)])

    def predict_on_batch(self, inputs):
        """Return the features of one batch as an array."""
        return np.asarray(self(inputs))


class _Tensor(np.ndarray):
    def numpy(self):
        """Return a plain array."""
        return np.asarray(self)


def right(case):
    """Return the features of the prepared pictures."""
    return features(case, prepare(case, case["images"]))


def batches(case):
    """Return the right rows, batch by batch."""
    rows, size = right(case), case["batch_size"]
    return [rows[start:start + size] for start in range(0, len(rows), size)]


SLIPS = (
    slip("not-prepared", lambda case: features(case, case["images"]),
         "These are the features of pictures as they come from the camera. The network was never "
         "shown such numbers.", earns=0.5),
    slip("twice", lambda case: features(case, prepare(case, prepare(case, case["images"]))),
         "The pictures were prepared twice: once before the loop, and once inside?", earns=0.5),
    slip("in-training",
         lambda case: np.concatenate([batch - batch.mean(axis=0) for batch in batches(case)]),
         "A picture's features depend on the other pictures in its batch. In which of its two "
         "modes is the network?",
         "BatchNormalization uses the means of the batch while it trains, and the stored ones "
         "otherwise.", earns=0.5),
    slip("rest-lost",
         lambda case: right(case)[:len(case["images"]) // case["batch_size"] * case["batch_size"]],
         "Eleven pictures in batches of four: count how many rows come back.", earns=0.5),
    slip("first-batch-only", lambda case: batches(case)[0],
         "Only the first batch comes back. How far is your `return` indented?", earns=0.25),
    slip("last-batch-only", lambda case: batches(case)[-1],
         "Only the last batch comes back. What happens to the one before it?", earns=0.25),
    slip("batches-reversed", lambda case: np.concatenate(batches(case)[::-1]),
         "All rows are there, in another order than the pictures. Whose label would the first row "
         "get?", earns=0.5),
    slip("all-at-once", None,
         "The network ran out of memory: it got more pictures at once than `batch_size` allows. "
         "4,000 photographs would stop a real one in the same way.",
         "If you use `predict`: how many pictures does it take at once when you don't say?",
         earns=0.5),
    slip("not-joined", None,
         "One table is asked for: a row for each picture. What did you do with the batches in the "
         "end?", earns=0.25),
    slip("too-many-rows", None,
         "More rows come back than pictures went in. Which pictures passed through more than once?",
         earns=0.25),
    changes_input("The result is", "pictures", when="too"),
    slip("unknown", None,
         "Try it with five pictures and batches of two: which pictures does each round take, and "
         "what is done to them before the network sees them?"),
)


def judge(cases, answers):
    """Judge the features: one row for each picture, in the pictures' order."""
    if any(answer["kind"] == "none" for answer in answers):
        return "returns-nothing"
    tables = [array_of(answer) for answer in answers]
    if any(answer.get("error", {}).get("type") == "MemoryError" for answer in answers):
        return _all_at_once(cases, tables)
    stop_at_error(answers)
    if any(table is None or table.ndim != 2 for table in tables):
        listed = all(answer["kind"] in ("sequence", "array") for answer in answers)
        return "not-joined" if listed else Verdict(0.0, "not-joined")
    outcome = outcome_of(right, SLIPS, [(case,) for case in cases], tables, NEARLY)
    if outcome == "unknown" and any(len(table) > len(case["images"])
                                    for case, table in zip(cases, tables, strict=True)):
        return "too-many-rows"
    return outcome


def _all_at_once(cases, tables):
    """Return the outcome where the memory was too small: a wrong table elsewhere earns nothing."""
    wrong = any(table is not None and table.shape == right(case).shape
                and not NEARLY(right(case), table)
                for case, table in zip(cases, tables, strict=True))
    return Verdict(0.0, "all-at-once") if wrong else "all-at-once"


CHECK = check("lab05", "extract", 2, draw, Judged(judge, SLIPS), arguments)
