"""Predictions in which no test row has a say in anything but its own label."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import Judged, Stop, check, read, slip

NEIGHBOURS = 5


def draw(rng):
    """Draw training and test rows: one clear feature, one large and noisy one, some extremes.

    The same test rows come alone, with extreme rows, in other units, and one on its own.
    """
    train, labels = _rows(rng, 80)
    test, _ = _rows(rng, 300)
    extreme = _rows(rng, 10)[0] + [40.0, 0.0, 0.0]
    units = np.array([1.0, 100.0, 0.001])
    return [{"train": seen.tolist(), "labels": labels.tolist(), "test": unseen.tolist()}
            for seen, unseen in ((train, test), (train, np.vstack([test, extreme])),
                                 (train * units, test * units), (train, test[:1]))]


def _rows(rng, count):
    labels = np.arange(count) % 2
    clear = labels * 2.0 + rng.normal(scale=1.3, size=count)
    noise = 5_000 + 900 * rng.standard_t(3, size=count)
    weak = labels * 0.05 + rng.normal(1, 0.1, size=count)
    return np.column_stack([clear, noise, weak]), labels


def arguments(case):
    """Return `X_train`, `y_train` and `X_test`."""
    return np.array(case["train"]), np.array(case["labels"]), np.array(case["test"])


def vote(train, labels, test):
    """Return the majority label among the nearest training rows of each test row."""
    distance = ((test[:, None, :] - train[None, :, :]) ** 2).sum(axis=2)
    nearest = np.argsort(distance, axis=1)[:, :NEIGHBOURS]
    return (labels[nearest].mean(axis=1) > 0.5).astype(float)


def as_units_of(rows, reference):
    """Return the rows scaled by mean and spread of other rows."""
    return (rows - reference.mean(axis=0)) / reference.std(axis=0)


def by(chosen):
    """Return the way that scales each side by the mean and spread of the chosen rows."""
    def way(train, labels, test):
        train_rows, test_rows = chosen(train, test)
        return vote(as_units_of(train, train_rows), labels, as_units_of(test, test_rows))
    return way


right = by(lambda train, test: (train, train))
SCALES = (
    slip("scaled-together", by(lambda train, test: 2 * (np.vstack([train, test]),)),
         "Add a few extreme rows to `X_test` and the labels of the other rows change: test rows "
         "took part in choosing the scale.",
         "Whose mean and spread may a scaler know on the day when the model is built?",
         earns=0.25),
    slip("own-scale-for-test", by(lambda train, test: (train, test)),
         "Training rows and test rows went through two different scalers, so the same worker gets "
         "different numbers on each side. Try a test table with one row: what is its spread?",
         "How often does your code call `fit`, or `fit_transform`, on a scaler?", earns=0.25),
    slip("scaled-by-test", by(lambda train, test: (test, test)),
         "The scale was learned from the test rows. They are the ones nobody has seen when the "
         "model is built."),
    slip("test-left-raw", lambda train, labels, test: vote(
            as_units_of(train, train), labels, test),
         "The training rows are scaled, the test rows are not: they lie thousands of units away "
         "from every neighbour."),
    slip("no-scaling", vote,
         "Measure one feature in another unit and your labels change. Distances still go by the "
         "feature with the largest numbers.", earns=0.25),
)
SLIPS = (
    *SCALES,
    slip("returns-score", None,
         "Your function gives back one number. It should give back labels: one for each test row."),
    slip("not-labels", None,
         "There should be one label, 0 or 1, for each row of `X_test`, in the same order."),
    slip("one-row", None,
         "For many test rows the labels are right. For a test table of one row they are not.",
         earns=0.75),
    slip("changes-input", None,
         "The labels are right, but the caller's tables changed on the way.", earns=0.75),
    slip("unknown", None,
         f"The labels are not those of {NEIGHBOURS} nearest neighbours on standardized features. "
         "Check the number of neighbours, the order of the arguments and the scaler."),
)


def judge(cases, answers):
    """Judge labels of many test rows together; if they are right, also the label of one."""
    *many, one = map(arguments, cases)
    labels = read(answers[:-1], _labels, "not-labels")
    if any(len(column) != len(test) for column, (*_, test) in zip(labels, many, strict=True)):
        return "not-labels"

    def agreement(way):
        return min(np.mean(way(*each) == column) for each, column in zip(many, labels, strict=True))

    if agreement(right) == 1:
        return _judge_one(one, answers)
    best = max(SCALES, key=lambda scale: agreement(*scale.ways))
    return best.name if agreement(*best.ways) >= 0.98 else "unknown"


def _judge_one(one, answers):
    answer = answers[-1]
    if answer["kind"] == "error":
        return Verdict(0.5, error=len(answers) - 1)
    label = np.ravel(answer["value"]) if answer["kind"] in ("number", "array") else None
    return None if np.array_equal(right(*one), label) else "one-row"


def _labels(answer):
    """Return the labels in an encoded row or column, or None if there are others than 0 and 1."""
    if answer["kind"] == "number":
        raise Stop("returns-score")
    labels = array_of(answer)
    return labels.ravel() if labels is not None and set(labels.flat) <= {0, 1} else None


CHECK = check("lab01", "mend_leak", 2, draw, Judged(judge, SLIPS), arguments,
              needs=("honest_predictions",))
