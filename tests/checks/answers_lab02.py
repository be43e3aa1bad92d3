"""Answers to lab 02 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, statistics
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error
from sklearn.model_selection import KFold, cross_val_predict, cross_val_score, cross_validate
from course_utils.models.polynomials import features

def fit(hours, readings, degree):
    return np.linalg.lstsq(features(hours, degree), readings)[0]

def predict(weights, hours):
    return features(hours, len(weights) - 1) @ weights

def error(train, degree, side):
    return np.mean((side[1] - predict(fit(*train, degree), side[0])) ** 2)
"""


def _decompose(bias2, variance):
    return ("def bias_and_variance(predictions, truth):\n    p, t = predictions, truth\n"
            "    mean = p.mean(axis=0)\n"
            f"    return {bias2}, {variance}")


BIAS2, VARIANCE = "np.mean((mean - t) ** 2)", "p.var(axis=0).mean()"


def _words(name, words):
    return f"{name} = " + repr(words)


def _diagnosis(**changes):
    words = {1: "bias", 2: "variance", 3: "fine", 4: "fine", 5: "both", 6: "bias"}
    return _words("diagnosis", words | {int(key[1:]): word for key, word in changes.items()})


def _guess(**changes):
    return _words("error_will", {"A": "stays", "B": "falls", "C": "rises", "D": "stays"} | changes)


def _folds(body):
    return "def folds(n, k):\n    rows = np.arange(n)\n    " + body.replace("\n", "\n    ")


def _mean_error(body):
    return ("def mean_error(model, X, y, folds):\n    errors = []\n    "
            + body.replace("\n", "\n    "))


def _each(line, result="np.mean(errors)"):
    return _mean_error(f"for train, test in folds:\n    {line}\nreturn {result}")


SQUARED = "errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))"
FITTED = "model.fit(X[train], y[train]); "


def _report(body):
    return ("def report(train, validation, test):\n    degrees = range(13)\n    "
            + body.replace("\n", "\n    "))


def _choose(side):
    return f"degree = int(np.argmin([error(train, d, {side}) for d in degrees]))\n"


BOTH = "both = tuple(np.concatenate(parts) for parts in zip(train, validation))\n"

WRONG = {
    "decompose": [
        ("mean over the moments", _decompose(BIAS2, "p.var(axis=1).mean()"), 1.5, "other-axis"),
        ("one variance for the whole table", _decompose(BIAS2, "p.var()"), 1.5, "whole-table"),
        ("gaps cancel", _decompose("(mean - t).mean() ** 2", VARIANCE), 1.5, "gaps-cancel"),
        ("not squared", _decompose("(mean - t).mean()", VARIANCE), 1.5, "not-squared"),
        ("absolute gaps", _decompose("np.abs(mean - t).mean()", VARIANCE), 1.5, "absolute"),
        ("the whole error as bias", _decompose("np.mean((p - t) ** 2)", VARIANCE),
         1.5, "total-error"),
        ("variance around the truth", _decompose(BIAS2, "np.mean((p - t) ** 2)"),
         1.5, "around-the-truth"),
        ("standard deviation", _decompose(BIAS2, "p.std(axis=0).mean()"),
         1.5, "standard-deviation"),
        ("n - 1", _decompose(BIAS2, "p.var(axis=0, ddof=1).mean()"), 2.5, "sample-variance"),
        ("statistics.variance", _decompose(
            BIAS2, "np.mean([statistics.variance(c) for c in p.T.tolist()])"),
         2.5, "sample-variance"),
        ("swapped", _decompose(VARIANCE, BIAS2), 2.0, "swapped"),
        ("one for each moment", _decompose("(mean - t) ** 2", "p.var(axis=0)"),
         0.0, "one-for-each-point"),
        ("only the sum", "def bias_and_variance(p, t): return np.mean((p - t) ** 2)",
         0.0, "not-two-numbers"),
        ("no return", "def bias_and_variance(p, t): (p.mean(0) - t) ** 2",
         0.0, "returns-nothing"),
        ("variance of the mean curve", _decompose(BIAS2, "mean.var()"), 1.5, "only-bias"),
        ("against the mean of the truth", _decompose("np.mean((mean - t.mean()) ** 2)", VARIANCE),
         1.5, "only-variance"),
        ("in place", "def bias_and_variance(p, t):\n    b = np.mean((p.mean(0) - t) ** 2)\n"
         "    p -= p.mean(0)\n    return b, np.mean(p ** 2)", 2.5, "changes-input"),
    ],
    "diagnose": [
        ("high test error is overfitting", _diagnosis(m1="variance", m5="variance",
                                                      m6="variance"),
         1.5, "high-error-is-not-overfitting"),
        ("anything wrong is variance", _words("diagnosis", dict.fromkeys(range(1, 7), "variance")),
         0.5, "high-error-is-not-overfitting"),
        ("a bit of everything", _diagnosis(m1="both"), 2.5, "far-from-the-best"),
        ("hardly a gap, so fine", _diagnosis(m1="fine"), 2.5, "close-together-is-not-fine"),
        ("training error 0 is fine", _diagnosis(m2="fine"), 2.5, "training-error-deceives"),
        ("a gap is bias", _diagnosis(m2="bias"), 2.5, "gap-is-not-bias"),
        ("both without looking at training", _diagnosis(m2="both"), 2.5, "training-is-low"),
        ("any gap is variance", _diagnosis(m3="variance"), 2.5, "small-gap-is-normal"),
        ("compared with zero", _diagnosis(m4="bias"), 2.5, "unreachable-error"),
        ("the gap alone", _diagnosis(m5="variance"), 2.5, "training-error-too-high"),
        ("the height alone", _diagnosis(m5="bias"), 2.5, "gap-as-well"),
        ("it still improves", _diagnosis(m5="fine"), 2.5, "two-distances"),
        ("close together is fine", _diagnosis(m6="fine"), 2.5, "close-together-is-not-fine"),
        ("the floor is where it stops", _diagnosis(m6="noise"), 2.5, "close-together-is-not-fine"),
        ("another word", _diagnosis(m2="leak"), 2.5, "word-unknown"),
        ("a list", _words("diagnosis", ["bias", "variance", "fine", "fine", "both", "bias"]),
         0.0, "not-a-dictionary"),
    ],
    "predict_more_data": [
        ("more data always helps", _guess(A="falls", C="falls", D="falls"),
         0.5, "data-cannot-bend-a-line"),
        ("more data never helps", _guess(B="stays", C="stays"), 1.0, "variance-shrinks"),
        ("training error falls too", _guess(C="falls"), 1.5, "harder-to-memorise"),
        ("training error stays", _guess(C="stays"), 1.5, "harder-to-memorise"),
        ("data outweighs any price", _guess(D="falls"), 1.5, "price-is-bias"),
        ("the line learns to bend", _guess(A="falls"), 1.5, "data-cannot-bend-a-line"),
        ("one missing", _words("error_will", {"A": "stays", "B": "falls", "C": "rises"}),
         1.5, "word-unknown"),
        ("a text", "error_will = 'falls'", 0.0, "not-a-dictionary"),
    ],
    "cut_folds": [
        ("left-over rows dropped", _folds("s = n // k\nreturn [(np.setdiff1d(rows, "
         "rows[j*s:(j+1)*s]), rows[j*s:(j+1)*s]) for j in range(k)]"), 1.5, "never-tested"),
        ("left-over rows in the last fold", _folds(
            "s = n // k\nout = []\nfor j in range(k):\n"
            "    test = rows[j*s:] if j == k - 1 else rows[j*s:(j+1)*s]\n"
            "    out.append((np.setdiff1d(rows, test), test))\nreturn out"),
         2.0, "unequal-folds"),
        ("left-over rows as a fold of their own", _folds(
            "s = n // k\nreturn [(np.setdiff1d(rows, rows[a:a+s]), rows[a:a+s]) "
            "for a in range(0, n, s)]"), 0.0, "number-of-folds"),
        ("drawn anew for each fold", _folds(
            "r = np.random.default_rng(0)\nout = []\nfor j in range(k):\n"
            "    p = r.permutation(n)\n    out.append((p[n // k:], p[:n // k]))\nreturn out"),
         0.0, "tested-twice"),
        ("trained on all rows", _folds("return [(rows, t) for t in np.array_split(rows, k)]"),
         0.0, "trained-on-test"),
        ("only the rows before", _folds(
            "return [(rows[:t[0]], t) for t in np.array_split(rows, k)]"),
         0.0, "training-incomplete"),
        ("test side first", _folds(
            "return [(t, np.setdiff1d(rows, t)) for t in np.array_split(rows, k)]"),
         0.0, "sides-swapped"),
        ("counted from one", _folds("rows = rows + 1\nreturn [(np.setdiff1d(rows, t), t) "
                                    "for t in np.array_split(rows, k)]"),
         0.0, "counted-from-one"),
        ("beyond the end", _folds("rows = rows + 2\nreturn [(np.setdiff1d(rows, t), t) "
                                  "for t in np.array_split(rows, k)]"), 0.0, "no-such-row"),
        ("masks", _folds("return [(rows % k != j, rows % k == j) for j in range(k)]"),
         0.0, "masks"),
        ("test sides only", _folds("return np.array_split(rows, k)"), 0.0, "not-pairs"),
        ("one split", _folds("return rows[n // k:], rows[:n // k]"), 0.0, "not-pairs"),
        ("a generator", "def folds(n, k):\n    yield from KFold(k).split(np.zeros((n, 1)))",
         0.0, "generator"),
        ("no return", _folds("[(rows[rows % k != j], rows[rows % k == j]) for j in range(k)]"),
         0.0, "returns-nothing"),
        ("training rows twice", _folds(
            "return [(np.repeat(rows[rows % k != j], 2), rows[rows % k == j]) "
            "for j in range(k)]"), 0.0, "trained-twice"),
    ],
    "validate": [
        ("training error", _each(FITTED + SQUARED.replace("test", "train")), 0.0, "training-rows"),
        ("fitted before the loop", _mean_error(
            f"model.fit(X, y)\nfor train, test in folds:\n    {SQUARED}\n"
            "return np.mean(errors)"), 0.0, "fitted-on-all"),
        ("no folds at all", _mean_error("model.fit(X, y)\nreturn np.mean((y - model.predict(X))"
                                        " ** 2)"), 0.0, "fitted-on-all"),
        ("scikit-learn's sign", _mean_error(
            "return cross_val_score(model, X, y, cv=folds, scoring='neg_mean_squared_error')"
            ".mean()"), 1.5, "sign"),
        ("R squared", _mean_error("return cross_val_score(model, X, y, cv=folds).mean()"),
         0.5, "r-squared"),
        ("sides swapped", _each(SQUARED, "np.mean(errors)").replace(
            "for train, test in folds:\n        ",
            "for test, train in folds:\n        " + FITTED), 0.5, "sides-swapped"),
        ("root in each fold", _each(FITTED + SQUARED.replace("np.mean((", "np.sqrt(np.mean((")
                                    .replace("** 2))", "** 2)))")), 1.0, "root"),
        ("root of the mean", _each(FITTED + SQUARED, "np.sqrt(np.mean(errors))"),
         1.0, "root-of-mean"),
        ("absolute errors", _each(FITTED + "errors.append(np.mean(np.abs(y[test] - "
                                           "model.predict(X[test]))))"), 1.0, "absolute"),
        ("summed", _each(FITTED + SQUARED, "sum(errors)"), 1.0, "summed"),
        ("return inside the loop", _mean_error(
            f"for train, test in folds:\n    {FITTED}{SQUARED}\n    return np.mean(errors)"),
         0.5, "first-fold"),
        ("overwritten in the loop", _each(FITTED + SQUARED, "errors[-1]"), 0.5, "last-fold"),
        ("the best fold", _each(FITTED + SQUARED, "min(errors)"), 0.5, "best-fold"),
        ("all folds", _each(FITTED + SQUARED, "errors"), 0.0, "one-for-each-fold"),
        ("a text", _each(FITTED + SQUARED, "str(np.mean(errors))"), 0.0, "not-one-number"),
        ("prints", _mean_error("print('done')"), 0.0, "returns-nothing"),
        ("in place", _mean_error(
            f"for train, test in folds:\n    {FITTED}{SQUARED}\ny -= y.mean()\n"
            "return np.mean(errors)"), 1.5, "changes-input"),
    ],
    "mend_report": [
        ("unchanged", _report(_choose("train") + "return degree, error(train, degree, train)"),
         0.0, "tells-training"),
        ("told on test, chosen on training", _report(
            _choose("train") + "return degree, error(train, degree, test)"),
         1.0, "chosen-by-training"),
        ("told on validation, chosen on training", _report(
            _choose("train") + "return degree, error(train, degree, validation)"),
         1.0, "chosen-by-training"),
        ("the smallest validation error", _report(
            _choose("validation") + "return degree, error(train, degree, validation)"),
         1.5, "tells-validation"),
        ("training error of the chosen", _report(
            _choose("validation") + "return degree, error(train, degree, train)"),
         1.0, "training-of-the-chosen"),
        ("chosen by the test", _report(
            _choose("test") + "return degree, error(train, degree, test)"), 0.5, "chosen-by-test"),
        ("validation readings in the fit", _report(
            BOTH + _choose("validation").replace("error(train", "error(both")
            + "return degree, error(both, degree, test)"), 0.5, "fitted-on-validation"),
        ("a root", _report(_choose("validation") + "return degree, "
                           "error(train, degree, test) ** 0.5"), 2.5, "root"),
        ("error first", _report(_choose("validation") + "return error(train, degree, test), "
                                "degree"), 2.5, "swapped"),
        ("degrees from one", _report(
            "errors = [error(train, d, validation) for d in range(1, 13)]\n"
            "i = int(np.argmin(errors))\nreturn i, error(train, i + 1, test)"),
         1.5, "off-by-one"),
        ("the mean of two errors", _report(
            _choose("validation") + "return degree, (error(train, degree, test) + "
            "error(train, degree, validation)) / 2"), 1.0, "only-degree"),
        ("always a straight line", _report("return 1, error(train, 1, test)"), 0.0, "unknown"),
        ("only the error", _report(_choose("validation") + "return error(train, degree, test)"),
         0.0, "not-a-pair"),
        ("no return", _report(_choose("validation") + "error(train, degree, test)"),
         0.0, "returns-nothing"),
        ("in place", _report(
            _choose("validation") + "told = error(train, degree, test)\n"
            "test[1][:] -= test[1].mean()\nreturn degree, told"), 2.5, "changes-input"),
    ],
}

RIGHT = {
    "decompose": [
        ("pure Python", """
def bias_and_variance(predictions, truth):
    columns = list(zip(*predictions.tolist()))
    means = [sum(c) / len(c) for c in columns]
    bias2 = [(m - t) ** 2 for m, t in zip(means, truth)]
    spread = [statistics.pvariance(c) for c in columns]
    return statistics.mean(bias2), statistics.mean(spread)"""),
        ("pandas", """
def bias_and_variance(predictions, truth):
    table = pd.DataFrame(predictions)
    return ((table.mean() - truth) ** 2).mean(), table.var(ddof=0).mean()"""),
        ("the error minus the bias", """
def bias_and_variance(predictions, truth):
    bias2 = np.mean((predictions.mean(0) - truth) ** 2)
    return bias2, np.mean((predictions - truth) ** 2) - bias2"""),
        ("an array", "def bias_and_variance(p, t): "
         "return np.array([np.mean((p.mean(0) - t) ** 2), np.var(p, axis=0).mean()])"),
        ("named", "def bias_and_variance(p, t): "
         "return {'variance': p.var(0).mean(), 'bias2': np.square(p.mean(0) - t).mean()}"),
        ("transposed first", """
def bias_and_variance(predictions, truth):
    p = predictions.T
    return [mean_squared_error(truth, p.mean(axis=1)), float(p.var(axis=1).mean())]"""),
    ],
    "diagnose": [
        ("synonyms", _diagnosis(m1="high bias", m2="Overfitting", m4="only noise",
                                m6="underfitting")),
        ("keys as text", "diagnosis = {'1': 'bias', '2': 'variance', '3': 'fine', "
                         "'4': 'noise', '5': 'both', '6': 'bias'}"),
        ("whole names", "diagnosis = {'model 1': 'Bias', 'Model 2': 'VARIANCE', 'model 3': 'ok', "
                        "'model 4': 'noise', 'model 5': 'bias and variance', 'model 6': 'bias'}"),
        ("a Series", "diagnosis = pd.Series(['bias', 'variance', 'fine', 'noise', 'both', 'bias'],"
                     " index=list('123456'))"),
        ("one by one", "diagnosis = {}\nfor i, w in enumerate('bias variance fine noise both bias'"
                       ".split(), start=1):\n    diagnosis[i] = w"),
    ],
    "predict_more_data": [
        ("capitals", _guess(A="Stays", B="FALLS")),
        ("synonyms", _guess(A="hardly changes", B="drops", C="goes up", D="unchanged")),
        ("small letters", "error_will = dict(a='stays', b='falls', c='rises', d='same')"),
        ("a Series", "error_will = pd.Series(['stays', 'falls', 'rises', 'stays'], "
                     "index=list('ABCD'))"),
    ],
    "cut_folds": [
        ("scikit-learn", "def folds(n, k):\n    return list(KFold(k).split(np.zeros(n)))"),
        ("shuffled", "def folds(n, k):\n    return list(KFold(k, shuffle=True).split(range(n)))"),
        ("blocks", _folds("return [(np.setdiff1d(rows, t), t) "
                          "for t in np.array_split(rows, k)]")),
        ("pure Python lists", """
def folds(n, k):
    out = []
    for j in range(k):
        test = list(range(j, n, k))
        out.append([[i for i in range(n) if i not in test], test])
    return out"""),
        ("a permutation in blocks", """
def folds(n, k):
    order = np.random.permutation(n)
    edges = [n * j // k for j in range(k + 1)]
    return [(np.concatenate([order[:a], order[b:]]), order[a:b])
            for a, b in zip(edges, edges[1:])]"""),
        ("tuples in a tuple", """
def folds(n, k):
    return tuple((tuple(i for i in range(n) if i % k != j), tuple(range(j, n, k)))
                 for j in range(k))"""),
    ],
    "validate": [
        ("scikit-learn", _mean_error("return -cross_val_score(model, X, y, cv=folds, "
                                     "scoring='neg_mean_squared_error').mean()")),
        ("cross_validate", _mean_error(
            "out = cross_validate(model, X, y, cv=folds, scoring='neg_mean_squared_error')\n"
            "return abs(out['test_score'].mean())")),
        ("all residuals together", _mean_error(
            "for train, test in folds:\n    model.fit(X[train], y[train])\n"
            "    errors.extend((y[test] - model.predict(X[test])) ** 2)\n"
            "return sum(errors) / len(errors)")),
        ("cross_val_predict", _mean_error(
            "return mean_squared_error(y, cross_val_predict(model, X, y, cv=folds))")),
        ("sklearn.metrics and a running sum", _mean_error(
            "total = 0\nfor train, test in folds:\n"
            "    guess = model.fit(X[train, :], y[train]).predict(X[test, :])\n"
            "    total += mean_squared_error(y[test], guess)\nreturn total / len(folds)")),
    ],
    "mend_report": [
        ("a loop with the best so far", _report(
            "best = (np.inf, None)\nfor d in degrees:\n"
            "    best = min(best, (error(train, d, validation), d))\n"
            "return [best[1], float(error(train, best[1], test))]")),
        ("fitted again on both", _report(
            BOTH + _choose("validation") + "return degree, error(both, degree, test)")),
        ("plain powers", """
def report(train, validation, test):
    def curve(d):
        return np.polynomial.Polynomial.fit(*train, d)
    def mse(d, side):
        return mean_squared_error(side[1], curve(d)(side[0]))
    d = min(range(13), key=lambda d: mse(d, validation))
    return d, mse(d, test)"""),
        ("a dictionary", _report(
            _choose("validation") + "return {'degree': degree, 'error': "
            "error(train, degree, test)}")),
        ("pandas", _report(
            "e = pd.Series({d: error(train, d, validation) for d in degrees})\n"
            "return e.idxmin(), error(train, e.idxmin(), test)")),
    ],
}
