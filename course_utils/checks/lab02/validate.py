"""The cross-validated mean squared error."""

import numpy as np

from course_utils.checks.slips import Judged, Stop, check, outcome_of, read, slip


def draw(rng):
    """Draw regression tables and folds of equal size; the rows come in no order."""
    cases = []
    for n, k, model in ((24, 4, "neighbours"), (30, 5, "line"), (18, 3, "neighbours")):
        X = rng.uniform(-1, 1, size=(n, 2))
        y = 3 * X[:, 0] + 2 * X[:, 1] ** 2 + rng.normal(scale=0.8, size=n)
        parts = np.split(rng.permutation(n), k)
        pairs = [[sorted(set(range(n)) - set(part.tolist())), part.tolist()] for part in parts]
        cases.append({"X": X.tolist(), "y": y.tolist(), "folds": pairs, "model": model})
    return cases


def arguments(case):
    """Return an unfitted regression model, `X`, `y` and `folds`."""
    from sklearn.linear_model import LinearRegression
    from sklearn.neighbors import KNeighborsRegressor

    model = LinearRegression() if case["model"] == "line" else KNeighborsRegressor(2)
    folds = [(np.array(train), np.array(test)) for train, test in case["folds"]]
    return model, np.array(case["X"]), np.array(case["y"]), folds


def squared(model, X, y):
    """Return the mean squared error of a fitted model."""
    return np.mean((y - model.predict(X)) ** 2)


def by(measure=squared, *, train=0, test=1, total=np.mean):
    """Return a way: fit on one side of each fold, measure on another, put together."""
    def way(model, X, y, folds):
        errors = []
        for fold in folds:
            sides = (*fold, slice(None))
            fitted = model.fit(X[sides[train]], y[sides[train]])
            errors.append(measure(fitted, X[sides[test]], y[sides[test]]))
        return total(errors)
    return way


def _own_folds(model, X, y, folds):
    """Validate with as many folds, cut in the order of the rows."""
    rows = np.arange(len(y))
    return right(model, X, y, [(np.setdiff1d(rows, part), part)
                               for part in np.array_split(rows, len(folds))])


def _own_model(model, *table_and_folds):
    from sklearn.linear_model import LinearRegression

    return right(LinearRegression(), *table_and_folds)


right = by()
A_ROOT = "You took a square root somewhere. The exercise asks for the mean squared error itself."
ONE_FOLD = ("You give back the error of a single fold. Which lines belong inside the loop, and "
            "which behind it?")
SLIPS = (
    slip("sign", by(total=lambda errors: -np.mean(errors)),
         "Your error is negative. scikit-learn's scorers turn errors round so that more is better; "
         "an error is a mean of squares.", earns=0.75),
    slip("training-rows", by(test=0),
         "You measured on the rows that the model had just been fitted to. That is the training "
         "error.",
         "A pair in `folds` has two sides. Which of them has the model not seen?"),
    slip("fitted-on-all", by(train=2),
         "Your errors are too small. The model had seen the test rows before it was tested: on "
         "which rows was it fitted?",
         "Should `fit` stand before the loop or inside it?"),
    slip("sides-swapped", by(train=1, test=0),
         "You fitted on the small side of each fold and measured on the large one. Which comes "
         "first in a pair?", earns=0.25),
    slip("r-squared", by(lambda model, X, y: model.score(X, y)),
         "`model.score` of a regression is R², which is 1 for a perfect model. The exercise asks "
         "for an error.", earns=0.25),
    slip("root", by(lambda *fold: np.sqrt(squared(*fold))), A_ROOT, earns=0.5),
    slip("root-of-mean", by(total=lambda errors: np.sqrt(np.mean(errors))), A_ROOT, earns=0.5),
    slip("absolute", by(lambda model, X, y: np.mean(np.abs(y - model.predict(X)))),
         "You averaged the sizes of the errors. The exercise asks for the mean of their squares.",
         earns=0.5),
    slip("summed", by(total=np.sum),
         "Your result grows with the number of folds. You added up where a mean is asked for.",
         earns=0.5),
    slip("last-fold", by(total=lambda errors: errors[-1]), ONE_FOLD, earns=0.25),
    slip("first-fold", by(total=lambda errors: errors[0]), ONE_FOLD, earns=0.25),
    slip("best-fold", by(total=np.min),
         "You give back the smallest error of all folds. The luckiest fold deceives whoever picks "
         "it.", earns=0.25),
    slip("worst-fold", by(total=np.max),
         "You give back the largest error of all folds. The exercise asks for their mean.",
         earns=0.25),
    slip("median-fold", by(total=np.median),
         "You give back the middle one of the folds' errors. The exercise asks for their mean.",
         earns=0.5),
    slip("spread-of-folds", by(total=np.std),
         "That is how much the folds differ, not how large their errors are.", earns=0.25),
    slip("not-squared", (by(lambda model, X, y: np.mean(y - model.predict(X))),
                         by(lambda model, X, y: np.mean(model.predict(X) - y))),
         "Errors above and below cancel in your mean. What happens to each error before the mean "
         "is taken?", earns=0.25),
    slip("one-minus-r-squared", by(lambda model, X, y: 1 - model.score(X, y)),
         "1 - R² is the error divided by the spread of `y`. The exercise asks for the mean squared "
         "error itself.", earns=0.25),
    slip("measured-on-all", by(test=2),
         "In each fold you measured on all rows, most of which the model has just seen.",
         "A pair in `folds` has two sides. Which of them has the model not seen?"),
    slip("sums-in-folds", by(lambda model, X, y: np.sum((y - model.predict(X)) ** 2)),
         "Within each fold you added up the squared errors. A fold of twice the rows would look "
         "twice as bad.", earns=0.5),
    slip("own-folds", _own_folds,
         "You cut folds of your own. The exercise hands over `folds`: a number in `cv=` throws "
         "them away."),
    slip("own-model", _own_model,
         "You measured a model of your own. The exercise hands over `model`, and it is not always "
         "a straight line."),
    slip("one-for-each-fold", None,
         "Your function gives back several numbers. The exercise asks for their mean."),
    slip("not-finite", None,
         "Your result is NaN or infinite. Print the error of each fold: where does it begin?"),
    slip("changes-input", None,
         "The number is right, but the caller's table changed on the way.", earns=0.75),
    slip("unknown", None,
         "This is not the mean over the folds of the mean squared test error. Print the error of "
         "each fold for a small table, and do one by hand."),
)


def judge(cases, answers):
    """Judge the mean over the folds by the way of computing that gives it."""
    values = read(answers, _number, "not-one-number")
    if not np.isfinite(values).all():
        return "not-finite"
    return outcome_of(right, SLIPS, [arguments(case) for case in cases], values)


def _number(answer):
    if answer.get("shape") in ([1], [1, 1]):
        return np.ravel(answer["value"])[0]
    if answer["kind"] in ("array", "sequence", "mapping"):
        raise Stop("one-for-each-fold")
    return answer["value"] if answer["kind"] == "number" else None


CHECK = check("lab02", "validate", 2, draw, Judged(judge, SLIPS), arguments, needs=("mean_error",))
