"""Which of some models a learner chooses, and which error is reported for it."""

from itertools import chain

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.lab03.parts import read_pairs
from course_utils.checks.memoriser import memoriser, with_errors
from course_utils.checks.slips import Judged, check, close, outcome_of, slip

SETS, SIZE = ("train", "valid", "test"), 40
# Wrong answers among 40 for each model: the best in training, in validation and in the test differ.
WRONG = {"train": (0, 5, 8, 14), "valid": (13, 4, 7, 18), "test": (15, 9, 3, 17)}


def draw(rng):
    """Draw the answers of four models on training, validation and test rows."""
    return [_draw_case(rng) for _ in range(3)]


def _draw_case(rng):
    order = rng.permutation(4)
    case = {}
    for part in SETS:
        labels = rng.integers(0, 3, size=SIZE)
        case[part] = {"y": labels.tolist(),
                      "answers": [with_errors(rng, labels, WRONG[part][k]) for k in order]}
    return case


def arguments(case):
    """Return four models without training and the arrays of three sets."""
    ids = np.add.outer([0, 1000, 2000], np.arange(SIZE))
    labels, answers = (np.concatenate([case[part][name] for part in SETS], axis=-1).tolist()
                       for name in ("y", "answers"))
    truth = dict(zip(ids.ravel().tolist(), labels, strict=True))
    models = [memoriser("Student", truth, set(range(SIZE)),
                        lambda strength, seen, row=row: dict(zip(truth, row, strict=True)),
                        "This model was not fitted yet. Call fit first.")() for row in answers]
    arrays = [(np.column_stack([rows, np.sin(rows)]), np.array(case[part]["y"]))
              for part, rows in zip(SETS, ids, strict=True)]
    return (models, *chain(*arrays))


def error_rates(case):
    """Return the error of each model on each set."""
    return {part: (np.array(case[part]["answers"]) != np.array(case[part]["y"])).mean(axis=1)
            for part in SETS}


def by(chosen_on, reported_on, form=lambda pick, error: (pick, error), best=np.argmin):
    """Return the way that chooses a model on one set and reports on one, told in some form."""
    def way(errors):
        pick = best(errors[chosen_on])
        return form(pick, errors[reported_on][pick])
    return way


right = by("valid", "test")
TRAINING = ("Your function chooses and reports on rows that the models have learned from. A model "
            "that knows them by heart wins every time.")
SLIPS = (
    slip("reports-training", by("valid", "train"),
         "You chose well, but reported the error on rows that the model had learned from.",
         earns=0.5),
    slip("reports-validation", by("valid", "valid"),
         "You chose well, but the error that you report is the one that decided the choice: the "
         "winner's luck is still in it.",
         "Which rows have had no say in anything so far?", earns=0.5),
    slip("reports-accuracy", by("valid", "test", lambda pick, error: (pick, 1 - error)),
         "The right model, and an accuracy. The exercise asks for its error.", earns=0.75),
    slip("percent", by("valid", "test", lambda pick, error: (pick, 100 * error)),
         "The right model, and its error in percent. The exercise asks for a share from 0 to 1.",
         earns=0.75),
    slip("counted", by("valid", "test", lambda pick, error: (pick, SIZE * error)),
         "The right model, and how many labels it gets wrong. Of how many?", earns=0.75),
    slip("swapped", by("valid", "test", lambda pick, error: (error, pick)),
         "Both numbers are right, but they change places: first which model.", earns=0.75),
    slip("counts-from-one", by("valid", "test", lambda pick, error: (pick + 1, error)),
         "The error is right. Positions in a list count from 0.", earns=0.75),
    slip("smallest-on-test", lambda errors: (errors["valid"].argmin(), errors["test"].min()),
         "You chose well, but the error you report is the smallest of all models on the test rows. "
         "It may belong to another model.", earns=0.5),
    slip("mean-of-both",
         lambda errors: right(errors | {"test": (errors["valid"] + errors["test"]) / 2}),
         "You mix the validation error into the report. Those rows have chosen the model, and "
         "their luck is still in the mean.", earns=0.5),
    slip("all-on-training", by("train", "train"), TRAINING),
    slip("all-on-training-accuracy", by("train", "train", lambda pick, error: (pick, 1 - error)),
         TRAINING),
    slip("chosen-on-training", by("train", "test"),
         "The reported error is honest, the choice is not good: the model with the lowest training "
         "error may simply have the best memory.", earns=0.5),
    slip("chosen-on-test", by("test", "test"),
         "The rows that you report on have also chosen the model. That is what the best-of-many "
         "trap in the lesson is about.", earns=0.25),
    slip("picks-the-worst", by("valid", "test", best=np.argmax),
         "You chose the model with the most validation errors. Did you mix up errors and "
         "accuracies?", earns=0.25),
    slip("fitted-on-test", None,
         "The chosen model makes no error at all on the test rows. Which rows did you pass to "
         "`fit`?", earns=0.25),
    slip("one-number", None,
         "Two things are asked for: which model (its position in the list), and its error."),
    slip("not-two-numbers", None,
         "Give back the position of the chosen model, then one error between 0 and 1."),
    slip("unknown", None,
         "Three sets, three jobs: one to learn from, one to choose by, one to report on. Write "
         "down which line of your function uses which."),
)


def judge(cases, answers):
    """Judge (index of the model, its error on test rows)."""
    pairs = read_pairs(answers, "err")
    tables = [error_rates(case) for case in cases]
    outcome = outcome_of(right, SLIPS, [(table,) for table in tables], pairs, close(1e-5, 1e-6))
    if outcome != "unknown" or any(right(table)[0] != pick for table, (pick, _)
                                   in zip(tables, pairs, strict=True)):
        return outcome
    # the choice is right
    return Verdict(0.25, outcome) if any(error for _, error in pairs) else "fitted-on-test"


CHECK = check("lab03", "choose_and_report", 2, draw, Judged(judge, SLIPS), arguments)
