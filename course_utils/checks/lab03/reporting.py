"""Judging how a learner chooses a model and which error is reported for it."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

SIZES = {"train": 40, "valid": 40, "test": 40}
# Wrong answers among 40 for each model: the best in training, in validation and in the test differ.
WRONG = {"train": (0, 5, 8, 14), "valid": (13, 4, 7, 18), "test": (15, 9, 3, 17)}


def draw(rng):
    """Draw the answers of four models on training, validation and test rows."""
    return [_draw_case(rng) for _ in range(3)]


def _draw_case(rng):
    order = rng.permutation(4)
    case = {}
    for number, (part, size) in enumerate(SIZES.items()):
        labels = rng.integers(0, 3, size=size)
        said = np.tile(labels, (4, 1))
        for model, count in enumerate(np.array(WRONG[part])[order]):
            rows = rng.choice(size, count, replace=False)
            said[model, rows] = (said[model, rows] + 1) % 3
        case[part] = {"ids": (1000 * number + np.arange(size)).tolist(),
                      "y": labels.tolist(), "said": said.tolist()}
    return case


def build(case):
    """Return four models without training and the arrays of three sets."""
    truth = {row: label for part in SIZES
             for row, label in zip(case[part]["ids"], case[part]["y"], strict=True)}
    models = []
    for number in range(4):
        said = {row: label for part in SIZES
                for row, label in zip(case[part]["ids"], case[part]["said"][number], strict=True)}
        models.append(_model(said, truth, set(case["train"]["ids"])))
    arrays = []
    for part in SIZES:
        ids = np.array(case[part]["ids"], dtype=float)
        arrays += [np.column_stack([ids, np.sin(ids)]), np.array(case[part]["y"])]
    return (models, *arrays)


def _model(said, truth, train):
    """Return a classifier that knows its answers beforehand, once it was fitted."""
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.exceptions import NotFittedError

    class Student(ClassifierMixin, BaseEstimator):
        def __init__(self, said=None):
            self.said = said

        def fit(self, X, y):
            self.classes_ = np.arange(3)
            # what it was shown beyond the training rows it will know by heart
            self.by_heart_ = {int(row): int(truth[int(row)]) for row in np.asarray(X)[:, 0]
                              if int(row) not in train}
            return self

        def predict(self, X):
            if not hasattr(self, "by_heart_"):
                raise NotFittedError("This model was not fitted yet. Call fit first.")
            return np.array([self.by_heart_.get(int(row), self.said[int(row)])
                             for row in np.asarray(X)[:, 0]])

    return Student(said)


def judge(cases, answers):
    """Judge (index of the model, its error on test rows)."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    answers = [_in_order(answer) for answer in answers]
    said = [array_of(answer) for answer in answers]
    if any(answer["kind"] == "number" for answer in answers):
        return Verdict(0.0, "one-number")
    if any(pair is None or pair.shape != (2,) for pair in said):
        return Verdict(0.0, "not-two-numbers")
    for way, (rule, share) in WAYS.items():
        if all(np.allclose(rule(_errors(case)), pair, atol=1e-6)
               for case, pair in zip(cases, said, strict=True)):
            return Verdict(share, way)
    picks = {way: all(rule(_errors(case))[0] == pair[0]
                      for case, pair in zip(cases, said, strict=True))
             for way, (rule, _) in WAYS.items()}
    if picks[None]:
        zero = all(pair[1] == 0 for pair in said)
        return Verdict(0.25, "fitted-on-test") if zero else Verdict(0.25, "unknown")
    return Verdict(0.0, "unknown")


def _in_order(answer):
    """Return the answer as two numbers; a mapping may name them, the error under that name."""
    if answer["kind"] != "mapping" or len(answer["value"]) != 2:
        return answer
    named = sorted(answer["value"].items(), key=lambda pair: "err" in pair[0].lower())
    if any(item["kind"] != "number" for _, item in named):
        return answer
    return {"kind": "array", "shape": [2], "value": [item["value"] for _, item in named]}


def _errors(case):
    return {part: (np.array(case[part]["said"]) != np.array(case[part]["y"])).mean(axis=1)
            for part in SIZES}


def _by(chosen_on, reported_on, *, worst=False, accuracy=False, change=lambda *pair: pair):
    def rule(errors):
        pick = (np.argmax if worst else np.argmin)(errors[chosen_on])
        error = errors[reported_on][pick]
        return change(pick, 1 - error if accuracy else error)
    return rule


def _smallest_on_test(errors):
    return np.argmin(errors["valid"]), errors["test"].min()


def _mean_of_both(errors):
    pick = np.argmin(errors["valid"])
    return pick, (errors["valid"][pick] + errors["test"][pick]) / 2


WAYS = {
    None: (_by("valid", "test"), 1.0),
    "reports-training": (_by("valid", "train"), 0.5),
    "reports-validation": (_by("valid", "valid"), 0.5),
    "reports-accuracy": (_by("valid", "test", accuracy=True), 0.75),
    "percent": (_by("valid", "test", change=lambda pick, error: (pick, 100 * error)), 0.75),
    "counted": (_by("valid", "test", change=lambda pick, error: (pick, SIZES["test"] * error)),
                0.75),
    "swapped": (_by("valid", "test", change=lambda pick, error: (error, pick)), 0.75),
    "counts-from-one": (_by("valid", "test", change=lambda pick, error: (pick + 1, error)), 0.75),
    "smallest-on-test": (_smallest_on_test, 0.5),
    "mean-of-both": (_mean_of_both, 0.5),
    "all-on-training": (_by("train", "train"), 0.0),
    "all-on-training-accuracy": (_by("train", "train", accuracy=True), 0.0),
    "chosen-on-training": (_by("train", "test"), 0.5),
    "chosen-on-test": (_by("test", "test"), 0.25),
    "picks-the-worst": (_by("valid", "test", worst=True), 0.25),
}

_TRAINING = ("Your function chooses and reports on rows that the models have learned from. A model "
             "that knows them by heart wins every time.",)
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "one-number": (
        "Two things are asked for: which model (its position in the list), and its error.",),
    "not-two-numbers": (
        "Give back the position of the chosen model, then one error between 0 and 1.",),
    "reports-training": (
        "You chose well, but reported the error on rows that the model had learned from.",),
    "reports-validation": (
        "You chose well, but the error that you report is the one that decided the choice: the "
        "winner's luck is still in it.",
        "Which rows have had no say in anything so far?"),
    "reports-accuracy": (
        "The right model, and an accuracy. The exercise asks for its error.",),
    "percent": (
        "The right model, and its error in percent. The exercise asks for a share from 0 to 1.",),
    "counted": (
        "The right model, and how many labels it gets wrong. Of how many?",),
    "swapped": (
        "Both numbers are right, but they change places: first which model.",),
    "counts-from-one": (
        "The error is right. Positions in a list count from 0.",),
    "smallest-on-test": (
        "You chose well, but the error you report is the smallest of all models on the test rows. "
        "It may belong to another model.",),
    "mean-of-both": (
        "You mix the validation error into the report. Those rows have chosen the model, and their "
        "luck is still in the mean.",),
    "all-on-training": _TRAINING,
    "all-on-training-accuracy": _TRAINING,
    "chosen-on-training": (
        "The reported error is honest, the choice is not good: the model with the lowest training "
        "error may simply have the best memory.",),
    "chosen-on-test": (
        "The rows that you report on have also chosen the model. That is what the best-of-many "
        "trap in the lesson is about.",),
    "picks-the-worst": (
        "You chose the model with the most validation errors. Did you mix up errors and "
        "accuracies?",),
    "fitted-on-test": (
        "The chosen model makes no error at all on the test rows. Which rows did you pass to "
        "`fit`?",),
    "unknown": (
        "Three sets, three jobs: one to learn from, one to choose by, one to report on. Write down "
        "which line of your function uses which.",),
}
