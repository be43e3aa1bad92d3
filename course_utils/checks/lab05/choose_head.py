"""How the strength of a penalty is chosen, and which accuracy is reported."""

from functools import partial

import numpy as np

from course_utils.checks.memoriser import memoriser, with_errors
from course_utils.checks.slips import Judged, check, close, numbers, outcome_of, slip

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
                      "answers": [with_errors(rng, labels, WRONG[part][k]) for k in order]}
    case["both"] = {**case["test"],
                    "answers": [with_errors(rng, labels, WRONG["both"][k]) for k in order]}
    return case


def arguments(case):
    """Return `make_head`, the strengths, and (features, labels) of three sets."""
    pairs = [(np.column_stack([part["ids"], np.sin(part["ids"])]), np.array(part["y"]))
             for part in map(case.get, PARTS)]
    return (heads(case), list(case["strengths"]), *pairs)


def heads(case):
    """Return the class of heads, which know their answers beforehand."""
    train, valid = set(case["train"]["ids"]), set(case["valid"]["ids"])

    def answers(strength, seen):
        place = case["strengths"].index(strength)
        sets = ("train", "valid", "both" if train | valid <= seen else "test")
        return by_row(case, sets, lambda part: part["answers"][place])

    return memoriser("Head", by_row(case, PARTS, lambda part: part["y"]), train, answers)


def by_row(case, parts, labels_of):
    """Return the label of each row of some sets."""
    return {row: label for part in parts
            for row, label in zip(case[part]["ids"], labels_of(case[part]), strict=True)}


def accuracies(case, part):
    """Return the accuracy of each head on a set of rows."""
    return (np.array(case[part]["answers"]) == np.array(case[part]["y"])).mean(axis=1)


def by(choosing, *reporting, choose=np.argmax, tell=lambda accuracy: accuracy, position=False):
    """Return the ways that choose a head on one set and report its accuracy on another."""
    def way(case, part):
        place = int(choose(accuracies(case, choosing)))
        strength = place if position else case["strengths"][place]
        return strength, tell(accuracies(case, part)[place])
    return tuple(partial(way, part=part) for part in reporting)


# the chosen head may learn once more from both other sets, or not
TEST = ("test", "both")
RIGHT = by("valid", *TEST)
SLIPS = (
    slip("reports-error", by("valid", *TEST, tell=lambda accuracy: 1 - accuracy),
         "The right head, and its error. The exercise asks for its accuracy.", earns=0.75),
    slip("position", by("valid", *TEST, position=True),
         "You gave back where the strength stands in the list, not the strength itself.",
         earns=0.75),
    slip("reports-training", by("valid", "train"),
         "You chose well, but reported how the head does on rows that it had learned from.",
         earns=0.5),
    slip("reports-validation", by("valid", "valid"),
         "You chose well, but the accuracy that you report has decided the choice: the winner's "
         "luck is still in it.",
         "Which rows have had no say in anything so far?", earns=0.5),
    slip("chosen-on-training", by("train", *TEST),
         "The reported accuracy is honest, the choice is not good: with 2,048 features the weakest "
         "penalty always remembers the training rows best.", earns=0.5),
    slip("all-on-training", by("train", "train"),
         "Your function chooses and reports on rows that the heads have learned from."),
    slip("chosen-on-test", by("test", *TEST) + by("both", "both"),
         "The rows that you report on have also chosen the strength. What is left that could "
         "surprise the winner?", earns=0.25),
    slip("picks-the-worst", by("valid", *TEST, choose=np.argmin),
         "You chose the head that does worst on the validation rows. Did you mix up errors and "
         "accuracies?", earns=0.25),
    slip("validation-memorised", by("both", "both", choose=lambda _: 0),
         "The heads had already learned from the validation rows when these chose: all look "
         "perfect, and the first in the list wins. Learning from both comes after the choice.",
         earns=0.25),
    slip("fitted-on-test", by("valid", "test", tell=lambda accuracy: 1),
         "The chosen head makes no mistake at all on the test rows. Which rows did you pass to "
         "`fit`?", earns=0.25),
    slip("one-number", None, "Two things are asked for: the chosen strength, and one accuracy."),
    slip("not-two-numbers", None,
         "Give back the chosen strength, then one accuracy between 0 and 1."),
    slip("unknown", None,
         "Three sets, three jobs: one to learn from, one to choose by, one to report on. Write "
         "down which line of your function uses which."),
)


def judge(cases, answers):
    """Judge (strength, accuracy on test rows)."""
    single = any(answer["kind"] == "number" for answer in answers)
    pairs = numbers(answers, 2, "one-number" if single else "not-two-numbers", infinite=None)
    return outcome_of(RIGHT, SLIPS, [(case,) for case in cases], pairs, close(1e-5, 1e-8))


CHECK = check("lab05", "choose_head", 2, draw, Judged(judge, SLIPS), arguments)
