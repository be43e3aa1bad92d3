"""Judging a learner's cross-validated mean squared error."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of

NEIGHBOURS = 2


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


def build(case):
    """Return an unfitted regression model, `X`, `y` and `folds`."""
    from sklearn.linear_model import LinearRegression
    from sklearn.neighbors import KNeighborsRegressor

    model = (LinearRegression() if case["model"] == "line"
             else KNeighborsRegressor(NEIGHBOURS))
    folds = [(np.array(train), np.array(test)) for train, test in case["folds"]]
    return model, np.array(case["X"]), np.array(case["y"]), folds


def judge(cases, answers):
    """Judge the mean over the folds by the way of computing that gives it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    answers = [{**answer, "kind": "number", "value": np.ravel(answer["value"])[0]}
               if answer.get("shape") in ([1], [1, 1]) else answer for answer in answers]
    if any(answer["kind"] in ("array", "sequence", "mapping") for answer in answers):
        return Verdict(0.0, "one-for-each-fold")
    if any(answer["kind"] != "number" for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = [answer["value"] for answer in answers]
    if not np.isfinite(said).all():
        return Verdict(0.0, "not-finite")
    way = way_of(WAYS, [build(case) for case in cases], said)
    if way == "right" and any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    way = way.split(",")[0] if way else "unknown"
    return Verdict(1.0) if way == "right" else Verdict(PARTS.get(way, 0.0), way)


def _over_folds(measure, *, train=0, test=1, total=np.mean):
    """Return a way: fit on one side of each fold, measure on another, put together."""
    def way(model, X, y, folds):
        everything = np.arange(len(y))
        errors = []
        for fold in folds:
            sides = (*fold, everything)
            fitted = model.fit(X[sides[train]], y[sides[train]])
            errors.append(measure(fitted, X[sides[test]], y[sides[test]]))
        return total(errors)
    return way


def _squared(model, X, y):
    return np.mean((y - model.predict(X)) ** 2)


WAYS = {
    "right": _over_folds(_squared),
    "sign": _over_folds(_squared, total=lambda errors: -np.mean(errors)),
    "training-rows": _over_folds(_squared, test=0),
    "fitted-on-all": _over_folds(_squared, train=2),
    "sides-swapped": _over_folds(_squared, train=1, test=0),
    "r-squared": _over_folds(lambda model, X, y: model.score(X, y)),
    "root": _over_folds(lambda model, X, y: np.sqrt(_squared(model, X, y))),
    "root-of-mean": _over_folds(_squared, total=lambda errors: np.sqrt(np.mean(errors))),
    "absolute": _over_folds(lambda model, X, y: np.mean(np.abs(y - model.predict(X)))),
    "summed": _over_folds(_squared, total=np.sum),
    "last-fold": _over_folds(_squared, total=lambda errors: errors[-1]),
    "first-fold": _over_folds(_squared, total=lambda errors: errors[0]),
    "best-fold": _over_folds(_squared, total=np.min),
    "worst-fold": _over_folds(_squared, total=np.max),
    "median-fold": _over_folds(_squared, total=np.median),
    "spread-of-folds": _over_folds(_squared, total=np.std),
    "not-squared": _over_folds(lambda model, X, y: np.mean(y - model.predict(X))),
    "not-squared, turned": _over_folds(lambda model, X, y: np.mean(model.predict(X) - y)),
    "one-minus-r-squared": _over_folds(lambda model, X, y: 1 - model.score(X, y)),
    "measured-on-all": _over_folds(_squared, test=2),
    "sums-in-folds": _over_folds(lambda model, X, y: np.sum((y - model.predict(X)) ** 2)),
    "own-folds": lambda model, X, y, folds: _over_folds(_squared)(model, X, y, _blocks(y, folds)),
    "own-model": lambda model, X, y, folds: _over_folds(_squared)(_line(), X, y, folds),
}


def _blocks(y, folds):
    """Return as many folds as `folds`, cut in the order of the rows."""
    rows = np.arange(len(y))
    return [(np.setdiff1d(rows, part), part) for part in np.array_split(rows, len(folds))]


def _line():
    from sklearn.linear_model import LinearRegression

    return LinearRegression()


PARTS = {"sign": 0.75, "sides-swapped": 0.25, "root": 0.5, "root-of-mean": 0.5, "absolute": 0.5,
         "summed": 0.5, "last-fold": 0.25, "first-fold": 0.25, "r-squared": 0.25,
         "best-fold": 0.25, "worst-fold": 0.25, "median-fold": 0.5, "spread-of-folds": 0.25,
         "not-squared": 0.25, "one-minus-r-squared": 0.25, "sums-in-folds": 0.5}

_ROOT = ("You took a square root somewhere. The exercise asks for the mean squared error itself.",)
_ONE_FOLD = ("You give back the error of a single fold. Which lines belong inside the loop, and "
             "which behind it?",)
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "one-for-each-fold": (
        "Your function gives back several numbers. The exercise asks for their mean.",),
    "not-one-number": (
        "Your function should give back one number.",),
    "sign": (
        "Your error is negative. scikit-learn's scorers turn errors round so that more is better; "
        "an error is a mean of squares.",),
    "training-rows": (
        "You measured on the rows that the model had just been fitted to. That is the training "
        "error.",
        "A pair in `folds` has two sides. Which of them has the model not seen?"),
    "fitted-on-all": (
        "Your errors are too small. The model had seen the test rows before it was tested: on "
        "which rows was it fitted?",
        "Should `fit` stand before the loop or inside it?"),
    "sides-swapped": (
        "You fitted on the small side of each fold and measured on the large one. Which comes "
        "first in a pair?",),
    "r-squared": (
        "`model.score` of a regression is R², which is 1 for a perfect model. The exercise asks "
        "for an error.",),
    "root": _ROOT,
    "root-of-mean": _ROOT,
    "absolute": (
        "You averaged the sizes of the errors. The exercise asks for the mean of their squares.",),
    "summed": (
        "Your result grows with the number of folds. You added up where a mean is asked for.",),
    "last-fold": _ONE_FOLD,
    "first-fold": _ONE_FOLD,
    "best-fold": (
        "You give back the smallest error of all folds. The luckiest fold deceives whoever "
        "picks it.",),
    "worst-fold": (
        "You give back the largest error of all folds. The exercise asks for their mean.",),
    "median-fold": (
        "You give back the middle one of the folds' errors. The exercise asks for their mean.",),
    "spread-of-folds": (
        "That is how much the folds differ, not how large their errors are.",),
    "not-squared": (
        "Errors above and below cancel in your mean. What happens to each error before the mean "
        "is taken?",),
    "one-minus-r-squared": (
        "1 - R² is the error divided by the spread of `y`. The exercise asks for the mean squared "
        "error itself.",),
    "measured-on-all": (
        "In each fold you measured on all rows, most of which the model has just seen.",
        "A pair in `folds` has two sides. Which of them has the model not seen?"),
    "sums-in-folds": (
        "Within each fold you added up the squared errors. A fold of twice the rows would look "
        "twice as bad.",),
    "own-folds": (
        "You cut folds of your own. The exercise hands over `folds`: a number in `cv=` throws "
        "them away.",),
    "own-model": (
        "You measured a model of your own. The exercise hands over `model`, and it is not always "
        "a straight line.",),
    "not-finite": (
        "Your result is NaN or infinite. Print the error of each fold: where does it begin?",),
    "changes-input": (
        "The number is right, but the caller's table changed on the way.",),
    "unknown": (
        "This is not the mean over the folds of the mean squared test error. Print the error of "
        "each fold for a small table, and do one by hand.",),
}
