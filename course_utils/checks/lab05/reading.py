"""Judging what a learner reads in a confusion matrix."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.plain_data import array_of

SHARES = (0.5, 0.25, 0.25)  # recall, balanced accuracy, confused pair


def draw(rng):
    """Draw confusion matrices of unequal classes whose largest confusion is clear."""
    return [{"matrix": _draw_matrix(rng, classes)} for classes in (3, 5, 4)]


def _draw_matrix(rng, classes):
    matrix = rng.integers(0, 6, size=(classes, classes))
    np.fill_diagonal(matrix, rng.permutation(10 + 25 * np.arange(classes)))
    said, true, small = rng.permutation(classes)[:3]
    said, true = sorted((said, true))
    matrix[true, true] = 150
    matrix[true, said], matrix[said, true] = 14, 1  # most frequent, in a large class
    matrix[small, small] = 9
    matrix[small, true], matrix[true, small] = 11, 8  # largest share, most both ways
    return matrix.tolist()


def build(case):
    """Return the matrix, shape (classes, classes)."""
    return (np.array(case["matrix"]),)


def judge(cases, answers):
    """Judge (recalls, balanced accuracy, confused pair)."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [_three(answer) for answer in answers]
    if any(parts is None for parts in said):
        return Verdict(0.0, "not-three")
    matrices = [build(case)[0] for case in cases]
    right = [all(_same(parts[k], _read(matrix)[k])
                 for matrix, parts in zip(matrices, said, strict=True)) for k in range(3)]
    share = float(np.dot(right, SHARES))
    slip = None
    for part in range(3):
        if not right[part]:
            slip = next((name for name, rule in SLIPS[part].items()
                         if all(_same(parts[part], rule(matrix))
                                for matrix, parts in zip(matrices, said, strict=True))), "unknown")
            break
    if slip is None and any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    return Verdict(share, slip)


def _three(answer):
    if answer["kind"] != "sequence" or len(answer["value"]) != 3:
        return None
    parts = [np.array([item["value"]]) if item["kind"] == "number" else array_of(item)
             for item in answer["value"]]
    return None if any(part is None for part in parts) else [part.ravel() for part in parts]


def _same(found, wanted):
    wanted = np.atleast_1d(wanted)
    return found.shape == wanted.shape and np.allclose(found, wanted)


def _read(matrix):
    recall = matrix.diagonal() / matrix.sum(axis=1)
    return recall, recall.mean(), _largest(_without_diagonal(matrix))


def _without_diagonal(matrix):
    return matrix - np.diag(matrix.diagonal())


def _largest(matrix):
    return np.array(np.unravel_index(matrix.argmax(), matrix.shape))


def _precision(matrix):
    return matrix.diagonal() / matrix.sum(axis=0)


SLIPS = (
    {"precision": _precision,
     "counts": lambda matrix: matrix.diagonal(),
     "shares-of-all": lambda matrix: matrix.diagonal() / matrix.sum(),
     "recall-in-percent": lambda matrix: 100 * _read(matrix)[0],
     "misses": lambda matrix: 1 - _read(matrix)[0]},
    {"accuracy": lambda matrix: np.trace(matrix) / matrix.sum(),
     "mean-precision": lambda matrix: _precision(matrix).mean()},
    {"pair-turned": lambda matrix: _read(matrix)[2][::-1],
     "diagonal": _largest,
     "largest-share": lambda matrix: _largest(
         _without_diagonal(matrix) / matrix.sum(axis=1, keepdims=True)),
     "pair-counted-together": lambda matrix: np.sort(_largest(
         np.triu(_without_diagonal(matrix) + _without_diagonal(matrix).T)))},
)

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-three": (
        "Give back three things: an array, one number, and a pair of classes.",),
    "precision": (
        "You asked: of all that were *called* a 3, how many are one? Recall starts from those that "
        "*are* one. In this lab, are the true classes in rows or in columns?",),
    "counts": (
        "You gave back how many were recognised. Out of how many?",),
    "shares-of-all": (
        "You divided by all pictures. A class that is rare would look bad even if every one of "
        "its pictures was recognised.",),
    "recall-in-percent": (
        "Your recalls are a hundred times too large: shares from 0 to 1 are asked for.",),
    "misses": (
        "You gave back the share that was missed.",),
    "accuracy": (
        "Your recalls are right. For the balanced accuracy each class should count the same, "
        "however many pictures it has; in yours, frequent classes count more.",),
    "mean-precision": (
        "Your recalls are right, but your balanced accuracy is made of something else.",),
    "pair-turned": (
        "The right pair, the wrong way round: first what it was, then what it was called.",),
    "diagonal": (
        "You found the most frequent entry. On the diagonal nothing was confused.",),
    "largest-share": (
        "You looked for the largest *share* of a class. The most frequent confusion is asked "
        "for: whose count is largest?",),
    "pair-counted-together": (
        "You added up both directions. A 4 called 9 and a 9 called 4 are two different mistakes.",
        ),
    "changes-input": (
        "All values are right, but the caller's matrix changed too.",),
    "unknown": (
        "Make a matrix of two classes, [[8, 2], [1, 3]], and read the values off by hand: ten "
        "pictures are of class 0.",),
}
