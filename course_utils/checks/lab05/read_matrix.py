"""What a confusion matrix tells: recalls, balanced accuracy, and the most frequent confusion."""

import numpy as np

from course_utils.checks.matching import close
from course_utils.checks.plain_data import arrays_in
from course_utils.checks.slips import Judged, by_parts, changes_input, check, outcome_of, read, slip

NEARLY = close(1e-5, 1e-8)


def draw(rng):
    """Draw confusion matrices of unequal classes whose largest confusion is clear."""
    return [{"matrix": _draw_matrix(rng, classes)} for classes in (3, 5, 4)]


def _draw_matrix(rng, classes):
    matrix = rng.integers(0, 6, size=(classes, classes))
    np.fill_diagonal(matrix, rng.permutation(10 + 25 * np.arange(classes)))
    answer, true, small = rng.permutation(classes)[:3]
    answer, true = sorted((answer, true))
    matrix[true, true] = 150
    matrix[true, answer], matrix[answer, true] = 14, 1  # most frequent, in a large class
    matrix[small, small] = 9
    matrix[small, true], matrix[true, small] = 11, 8  # largest share, most both ways
    return matrix.tolist()


def arguments(case):
    """Return the matrix, shape (classes, classes)."""
    return (np.array(case["matrix"]),)


def recall(matrix):
    """Return the share of each true class that was recognised."""
    return matrix.diagonal() / matrix.sum(axis=1)


def confused(table):
    """Return row and column of the largest entry beside the diagonal."""
    wrong = table - np.diag(table.diagonal())
    return np.unravel_index(wrong.argmax(), wrong.shape)


RECALL = (
    slip("precision", lambda matrix: recall(matrix.T),
         "You asked: of all that were *called* a 3, how many are one? Recall starts from those "
         "that *are* one. In this lab, are the true classes in rows or in columns?"),
    slip("counts", np.diagonal,
         "You gave back how many were recognised. Out of how many?"),
    slip("shares-of-all", lambda matrix: matrix.diagonal() / matrix.sum(),
         "You divided by all pictures. A class that is rare would look bad even if every one of "
         "its pictures was recognised."),
    slip("recall-in-percent", lambda matrix: 100 * recall(matrix),
         "Your recalls are a hundred times too large: shares from 0 to 1 are asked for."),
    slip("misses", lambda matrix: 1 - recall(matrix),
         "You gave back the share that was missed."),
)
BALANCED = (
    slip("accuracy", lambda matrix: np.trace(matrix) / matrix.sum(),
         "Your recalls are right. For the balanced accuracy each class should count the same, "
         "however many pictures it has; in yours, frequent classes count more."),
    slip("mean-precision", lambda matrix: recall(matrix.T).mean(),
         "Your recalls are right, but your balanced accuracy is made of something else."),
)
CONFUSED = (
    slip("pair-turned", lambda matrix: confused(matrix)[::-1],
         "The right pair, the wrong way round: first what it was, then what it was called."),
    slip("diagonal", lambda matrix: np.unravel_index(matrix.argmax(), matrix.shape),
         "You found the most frequent entry. On the diagonal nothing was confused."),
    slip("largest-share", lambda matrix: confused(matrix / matrix.sum(axis=1, keepdims=True)),
         "You looked for the largest *share* of a class. The most frequent confusion is asked "
         "for: whose count is largest?"),
    slip("pair-counted-together", lambda matrix: confused(np.triu(matrix + matrix.T)),
         "You added up both directions. A 4 called 9 and a 9 called 4 are two different mistakes."),
)
PARTS = ((recall, RECALL), (lambda matrix: recall(matrix).mean(), BALANCED), (confused, CONFUSED))
SLIPS = (
    *RECALL, *BALANCED, *CONFUSED,
    changes_input("All values are", "matrix", when="too"),
    slip("not-three", None, "Give back three things: an array, one number, and a pair of classes."),
    slip("unknown", None,
         "Make a matrix of two classes, [[8, 2], [1, 3]], and read the values off by hand: ten "
         "pictures are of class 0."),
)


def judge(cases, answers):
    """Judge (recalls, balanced accuracy, confused pair)."""
    triples = read(answers, lambda answer: arrays_in(answer, 3), "not-three")
    if any(recalls.ndim == 0 for recalls, _, _ in triples):
        return "not-three"
    matrices = [arguments(case) for case in cases]
    names = [outcome_of(right, slips, matrices, values,
                        lambda expected, value: NEARLY(np.ravel(expected), np.ravel(value)))
             for (right, slips), values in zip(PARTS, zip(*triples, strict=True), strict=True)]
    return by_parts(names, SLIPS, weights=(2, 1, 1))


CHECK = check("lab05", "read_matrix", 2, draw, Judged(judge, SLIPS), arguments)
