"""By how much scaling raises the accuracy of k-NN."""

from functools import cache
from operator import sub

import numpy as np

from course_utils.checks.slips import Judged, check, close, numbers, outcome_of, percent, slip

ROWS = 400
TOLERANCE = 0.06  # for folds of a learner's own choice


def draw(rng):
    """Draw three classification tables: scaling helps k-NN, hurts it, leaves it as it is."""
    labels = np.arange(ROWS) % 2
    signal = 2.2 * labels[:, None] + rng.normal(size=(ROWS, 1))
    noise = rng.normal(size=(ROWS, 40))
    helps = np.hstack([signal, 1_000 * noise[:, :2]])
    hurts = np.hstack([1_000 * signal, noise])
    equal = np.hstack([signal, noise[:, :2]]) / np.array([1.5, 1, 1])
    return [{"X": table.tolist(), "y": labels.tolist()} for table in (helps, hurts, equal)]


def arguments(case):
    """Return `X` and `y`."""
    return np.array(case["X"]), np.array(case["y"])


def accuracies(X, y):
    """Return a function that measures k-NN on a table, in each manner once."""
    from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    scalers = {"raw": (), "standard": (StandardScaler(),), "range": (MinMaxScaler(),)}
    folds = {"in order": StratifiedKFold(5).split,
             "shuffled": RepeatedStratifiedKFold(n_splits=5, n_repeats=4, random_state=0).split,
             "training rows": lambda X, y: [(slice(None), slice(None))]}

    @cache
    def accuracy(scaler, rows="in order", neighbours=5):
        # cross_val_score(model, X, y).mean() in two thirds of its time: a whole class waits for it
        model = make_pipeline(*scalers[scaler], KNeighborsClassifier(neighbours))
        return np.mean([np.mean(model.fit(X[fit], y[fit]).predict(X[new]) == y[new])
                        for fit, new in folds[rows](X, y)])
    return accuracy


def gain(accuracy, **how):
    """Return the accuracy with standardized features minus that with raw ones."""
    return accuracy("standard", **how) - accuracy("raw", **how)


EXACT = (  # their ways measure with the folds that everybody has
    slip("training-accuracy", lambda accuracy: gain(accuracy, rows="training rows"),
         "You measured on the rows that k-NN had memorised. There each row is its own nearest "
         "neighbour, which flatters both sides.", earns=0.25),
    slip("other-scaling", lambda accuracy: accuracy("range") - accuracy("raw"),
         "These are the gains for min-max scaling. The exercise asks for standardized features.",
         earns=0.5),
    slip("neighbours", lambda accuracy: gain(accuracy, neighbours=1),
         "These are the gains for another number of neighbours. The exercise asks for five.",
         earns=0.5),
)
NEAR = (  # their ways take accuracies after and before, over shuffled folds
    slip("always-positive", lambda after, before: abs(after - before),
         "Your gain is never negative. In one of the tables scaling makes k-NN worse, and a gain "
         "should say so.", earns=0.5),
    slip("sign", lambda after, before: before - after,
         "The size is right, the sign is not: your gain is negative where scaling helps. A gain is "
         "what you have afterwards compared with before.", earns=0.5),
    percent(sub, "Your numbers are a hundred times too large. Accuracies, and their difference, "
            "are shares between 0 and 1 here."),
    slip("only-scaled", lambda after, before: after,
         "This is the accuracy of one model. A gain needs two, measured in the same way."),
    slip("only-raw", lambda after, before: before,
         "This is the accuracy without scaling. A gain needs a second model to compare with."),
    slip("same-twice", lambda after, before: 0.0,
         "Your gain is near 0 even where scaling changes a lot. Do both of your measurements "
         "contain a scaler, or neither?",
         "If you scaled the table once before both measurements, the `raw` one is not raw."),
    slip("relative", lambda after, before: after / before - 1,
         "You divided the difference by the accuracy before. The exercise asks by how many points "
         "it rises: the difference itself."),
    slip("ratio", lambda after, before: after / before,
         "You divided one accuracy by the other. The exercise asks by how many points it rises: "
         "a difference."),
)
SLIPS = (
    *EXACT, *NEAR,
    slip("not-one-number", None,
         "Your function should give back one number: a difference of two mean accuracies. "
         "`cross_val_score` gives an array, one accuracy for each fold."),
    slip("unknown", None,
         "These are not the gains of 5 nearest neighbours over 5-fold cross-validation. Check the "
         "number of neighbours and of folds, and which model got the scaler."),
)


def judge(cases, answers):
    """Judge the gain against what others give exactly, and what other splits give nearly."""
    values = numbers(answers, infinite="unknown")
    measured = [(accuracies(*arguments(case)),) for case in cases]
    outcome = outcome_of(gain, EXACT, measured, values, close(0, 1e-9))
    if outcome == "unknown":
        # shuffled folds take most of the time, and a right answer does without them
        shuffled = [(accuracy("standard", "shuffled"), accuracy("raw", "shuffled"))
                    for (accuracy,) in measured]
        outcome = outcome_of(sub, NEAR, shuffled, values, close(0, TOLERANCE))
    return outcome


CHECK = check("lab01", "measure_effect", 2, draw, Judged(judge, SLIPS), arguments,
              needs=("gain",))
