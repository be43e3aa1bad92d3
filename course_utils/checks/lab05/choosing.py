"""Judging how a learner chooses the strength of a penalty, and which accuracy is reported."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

SIZE = 40
PARTS = ("train", "valid", "test")
STRENGTHS = (0.5, 5.0, 50.0, 500.0, 5000.0)
# Wrong answers among 40: training, validation and test rows would each choose another strength.
# "both" is the test once the head has learned from training and validation rows.
WRONG = {"train": (0, 2, 5, 9, 14), "valid": (12, 9, 4, 8, 15), "test": (14, 6, 10, 11, 17),
         "both": (13, 3, 7, 9, 16)}


def draw(rng):
    """Draw what heads of five strengths answer on three sets of rows."""
    return [_draw_case(rng) for _ in range(3)]


def _draw_case(rng):
    # the first in the list is never a winner, so that ties show
    order = [3, *rng.permutation([0, 1, 2, 4]).tolist()]
    case = {"strengths": [STRENGTHS[k] for k in order]}
    for number, part in enumerate(PARTS):
        labels = rng.integers(0, 3, size=SIZE)
        case[part] = {"ids": (1000 * number + np.arange(SIZE)).tolist(), "y": labels.tolist(),
                      "said": [_answers(rng, labels, WRONG[part][k]) for k in order]}
    labels = np.array(case["test"]["y"])
    case["both"] = [_answers(rng, labels, WRONG["both"][k]) for k in order]
    return case


def _answers(rng, labels, wrong):
    said = labels.copy()
    rows = rng.choice(len(labels), wrong, replace=False)
    said[rows] = (said[rows] + 1) % 3
    return said.tolist()


def build(case):
    """Return `make_head`, the strengths, and (features, labels) of three sets."""
    pairs = []
    for part in PARTS:
        ids = np.array(case[part]["ids"], dtype=float)
        pairs.append((np.column_stack([ids, np.sin(ids)]), np.array(case[part]["y"])))
    return (_heads(case), list(case["strengths"]), *pairs)


def _heads(case):
    """Return a function that makes a head which knows its answers beforehand, once fitted."""
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.exceptions import NotFittedError

    tables = [_table(case, number) for number in range(len(case["strengths"]))]
    truth = {row: label for part in PARTS
             for row, label in zip(case[part]["ids"], case[part]["y"], strict=True)}
    train, valid = set(case["train"]["ids"]), set(case["valid"]["ids"])

    class Head(ClassifierMixin, BaseEstimator):
        def __init__(self, strength=1.0):
            self.strength = strength

        def fit(self, X, y):
            seen = {int(row) for row in np.asarray(X)[:, 0]}
            self.classes_ = np.arange(3)
            once, twice = tables[case["strengths"].index(self.strength)]
            # what it was shown beyond the training rows it knows by heart
            self.said_ = {**(twice if train | valid <= seen else once),
                          **{row: truth[row] for row in seen - train}}
            return self

        def predict(self, X):
            if not hasattr(self, "said_"):
                raise NotFittedError("This head was not fitted yet. Call fit first.")
            return np.array([self.said_[int(row)] for row in np.asarray(X)[:, 0]])

    return Head


def _table(case, number):
    once = {row: said for part in PARTS
            for row, said in zip(case[part]["ids"], case[part]["said"][number], strict=True)}
    return once, {**once, **dict(zip(case["test"]["ids"], case["both"][number], strict=True))}


def judge(cases, answers):
    """Judge (strength, accuracy on test rows); to learn from both other sets at last is free."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] == "number" for answer in answers):
        return Verdict(0.0, "one-number")
    said = [array_of(answer) for answer in answers]
    if any(pair is None or pair.shape != (2,) for pair in said):
        return Verdict(0.0, "not-two-numbers")
    for way, (rules, share) in WAYS.items():
        for rule in rules:
            if all(np.allclose(rule(case), pair) for case, pair in zip(cases, said, strict=True)):
                return Verdict(share, way)
    if all(_chosen(case, "valid")[0] == pair[0] and pair[1] == 1
           for case, pair in zip(cases, said, strict=True)):
        return Verdict(0.25, "fitted-on-test")
    return Verdict(0.0, "unknown")


def _accuracies(case, part):
    said = case["both"] if part == "both" else case[part]["said"]
    truth = case["test" if part == "both" else part]["y"]
    return (np.array(said) == np.array(truth)).mean(axis=1)


def _chosen(case, part, worst=False):
    pick = int((np.argmin if worst else np.argmax)(_accuracies(case, part)))
    return case["strengths"][pick], pick


def _by(chosen_on, reported_on, *, worst=False, error=False, position=False):
    def rule(case):
        strength, pick = _chosen(case, chosen_on, worst)
        accuracy = _accuracies(case, reported_on)[pick]
        return pick if position else strength, 1 - accuracy if error else accuracy
    return rule


def _memorised(case):
    return case["strengths"][0], _accuracies(case, "both")[0]


def _on_test(chosen_on, **more):
    return _by(chosen_on, "test", **more), _by(chosen_on, "both", **more)


WAYS = {
    None: (_on_test("valid"), 1.0),
    "reports-error": (_on_test("valid", error=True), 0.75),
    "position": (_on_test("valid", position=True), 0.75),
    "reports-training": ((_by("valid", "train"),), 0.5),
    "reports-validation": ((_by("valid", "valid"),), 0.5),
    "chosen-on-training": (_on_test("train"), 0.5),
    "all-on-training": ((_by("train", "train"),), 0.0),
    "chosen-on-test": ((*_on_test("test"), _by("both", "both")), 0.25),
    "picks-the-worst": (_on_test("valid", worst=True), 0.25),
    "validation-memorised": ((_memorised,), 0.25),
}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "one-number": (
        "Two things are asked for: the chosen strength, and one accuracy.",),
    "not-two-numbers": (
        "Give back the chosen strength, then one accuracy between 0 and 1.",),
    "reports-error": (
        "The right head, and its error. The exercise asks for its accuracy.",),
    "position": (
        "You gave back where the strength stands in the list, not the strength itself.",),
    "reports-training": (
        "You chose well, but reported how the head does on rows that it had learned from.",),
    "reports-validation": (
        "You chose well, but the accuracy that you report has decided the choice: the winner's "
        "luck is still in it.",
        "Which rows have had no say in anything so far?"),
    "chosen-on-training": (
        "The reported accuracy is honest, the choice is not good: with 2,048 features the weakest "
        "penalty always remembers the training rows best.",),
    "all-on-training": (
        "Your function chooses and reports on rows that the heads have learned from.",),
    "chosen-on-test": (
        "The rows that you report on have also chosen the strength. What is left that could "
        "surprise the winner?",),
    "picks-the-worst": (
        "You chose the head that does worst on the validation rows. Did you mix up errors and "
        "accuracies?",),
    "validation-memorised": (
        "The heads had already learned from the validation rows when these chose: all look "
        "perfect, and the first in the list wins. Learning from both comes after the choice.",),
    "fitted-on-test": (
        "The chosen head makes no mistake at all on the test rows. Which rows did you pass to "
        "`fit`?",),
    "unknown": (
        "Three sets, three jobs: one to learn from, one to choose by, one to report on. Write down "
        "which line of your function uses which.",),
}
