"""Judging whether a learner finds a leak, and predicts without one."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.choices import whole_number
from course_utils.checks.plain_data import array_of

LINES = 5
NEIGHBOURS = 5
SHARED = 300  # test rows that occur in several cases and must get the same labels in each


def draw_nothing(rng):
    """Nothing to draw: the code with the leak is in the lab's text."""
    return []


def judge_line(_, values):
    """Judge the number of the leaking line."""
    number = whole_number(values["leaking_line"])
    if number is None or not 1 <= number <= LINES:
        return Verdict(0.0, "not-a-line")
    return Verdict(1.0) if number == 1 else Verdict(0.0, f"line-{number}")


LINE_HINTS = {
    "not-a-line": (
        f"`leaking_line` should be the number of one line, from 1 to {LINES}.",),
    "line-2": (
        "Splitting is what keeps the two sides apart. Which numbers had already met by then?",),
    "line-3": (
        "This line only creates a model. It has not seen any data yet.",),
    "line-4": (
        "The labels and rows that it learns from all belong to the training side. But what was "
        "done to these rows before?",),
    "line-5": (
        "Measuring on test rows is what test rows are for. The leak is what the model, or anything "
        "before it, learned from them.",),
}


def draw(rng):
    """Draw training and test rows: one clear feature, one large and noisy one, some extremes.

    The same test rows come alone, together with extreme rows, one by one and in other units.
    """
    train, labels = _rows(rng, 80)
    test, _ = _rows(rng, SHARED)
    extreme = _rows(rng, 10)[0] + [40.0, 0.0, 0.0]
    units = np.array([1.0, 100.0, 0.001])
    cases = {"plain": (train, test), "extremes": (train, np.vstack([test, extreme])),
             "one row": (train, test[:1]), "units": (train * units, test * units)}
    return [{"name": name, "train": a.tolist(), "labels": labels.tolist(), "test": b.tolist()}
            for name, (a, b) in cases.items()]


def _rows(rng, count):
    labels = np.arange(count) % 2
    clear = labels * 2.0 + rng.normal(scale=1.3, size=count)
    noise = 5_000 + 900 * rng.standard_t(3, size=count)
    weak = labels * 0.05 + rng.normal(1, 0.1, size=count)
    return np.column_stack([clear, noise, weak]), labels


def build(case):
    """Return `X_train`, `y_train` and `X_test`."""
    return np.array(case["train"]), np.array(case["labels"]), np.array(case["test"])


def judge_predictions(cases, answers):
    """Judge labels for test rows: scaled with what the training rows alone say."""
    together = [index for index, case in enumerate(cases) if len(case["test"]) > 1]
    stopped = first_error([answers[index] for index in together])
    if stopped:
        return stopped._replace(error=together[stopped.error])
    slip = _form_slip([cases[i] for i in together], [answers[i] for i in together])
    if slip:
        return Verdict(0.0, slip)
    agreement = {name: _agreement(way, cases, answers, together) for name, way in WAYS.items()}
    if agreement["right"] == 1:
        return _judge_right(cases, answers)
    best = max(agreement, key=agreement.get)
    if agreement[best] < 0.98:
        return Verdict(0.0, "unknown")
    return Verdict(PARTS.get(best, 0.0), best)


def _judge_right(cases, answers):
    """Judge what is right for many test rows together: also for one, and without side effects."""
    for index, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        if answer["kind"] == "error":
            return Verdict(0.5, error=index)
        labels = _labels(answer)
        if labels is None or not np.array_equal(WAYS["right"](*build(case)), labels):
            return Verdict(0.75, "one-row")
    if any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    return Verdict(1.0)


def _labels(answer):
    if answer["kind"] == "number":
        return np.array([answer["value"]])
    labels = array_of(answer)
    return None if labels is None else labels.ravel()


def _form_slip(cases, answers):
    for case, answer in zip(cases, answers, strict=True):
        if answer["kind"] == "none":
            return "returns-nothing"
        if answer["kind"] == "number":
            return "returns-score"
        labels = _labels(answer)
        if labels is None or labels.size != len(case["test"]) or not set(labels) <= {0, 1}:
            return "not-labels"
    return None


def _agreement(way, cases, answers, indices):
    """Return the smallest share of labels, over the cases, that equal what `way` would say."""
    return min(np.mean(way(*build(cases[index])) == _labels(answers[index])) for index in indices)


def _vote(train, labels, test):
    """Return the majority label among the nearest training rows of each test row."""
    distance = ((test[:, None, :] - train[None, :, :]) ** 2).sum(axis=2)
    nearest = np.argsort(distance, axis=1)[:, :NEIGHBOURS]
    return (labels[nearest].mean(axis=1) > 0.5).astype(float)


def _as_units_of(rows, reference):
    spread = reference.std(axis=0)
    return (rows - reference.mean(axis=0)) / np.where(spread == 0, 1, spread)


def _way(train_reference, test_reference):
    """Return a way of predicting that scales each side by the rows named, or not at all."""
    def predict(train, labels, test):
        sources = {"train": train, "test": test, "both": np.vstack([train, test])}
        sides = [rows if name is None else _as_units_of(rows, sources[name])
                 for rows, name in ((train, train_reference), (test, test_reference))]
        return _vote(sides[0], labels, sides[1])
    return predict


WAYS = {
    "right": _way("train", "train"),
    "scaled-together": _way("both", "both"),
    "own-scale-for-test": _way("train", "test"),
    "scaled-by-test": _way("test", "test"),
    "test-left-raw": _way("train", None),
    "no-scaling": _way(None, None),
}
PARTS = {"scaled-together": 0.25, "own-scale-for-test": 0.25, "no-scaling": 0.25}

PREDICTION_HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "returns-score": (
        "Your function gives back one number. It should give back labels: one for each test row.",),
    "not-labels": (
        "There should be one label, 0 or 1, for each row of `X_test`, in the same order.",),
    "scaled-together": (
        "Add a few extreme rows to `X_test` and the labels of the other rows change: test rows "
        "took part in choosing the scale.",
        "Whose mean and spread may a scaler know on the day when the model is built?"),
    "own-scale-for-test": (
        "Training rows and test rows went through two different scalers, so the same worker gets "
        "different numbers on each side. Try a test table with one row: what is its spread?",
        "How often does your code call `fit`, or `fit_transform`, on a scaler?"),
    "scaled-by-test": (
        "The scale was learned from the test rows. They are the ones nobody has seen when the "
        "model is built.",),
    "test-left-raw": (
        "The training rows are scaled, the test rows are not: they lie thousands of units away "
        "from every neighbour.",),
    "no-scaling": (
        "Measure one feature in another unit and your labels change. Distances still go by the "
        "feature with the largest numbers.",),
    "one-row": (
        "For many test rows the labels are right. For a test table of one row they are not.",),
    "changes-input": (
        "The labels are right, but the caller's tables changed on the way.",),
    "unknown": (
        f"The labels are not those of {NEIGHBOURS} nearest neighbours on standardized features. "
        "Check the number of neighbours, the order of the arguments and the scaler.",),
}
