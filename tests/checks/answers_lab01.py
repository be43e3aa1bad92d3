"""Answers to lab 01 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, statistics
import numpy as np
import pandas as pd
from sklearn import preprocessing
from sklearn.model_selection import KFold, cross_val_score, cross_validate
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler, minmax_scale, scale
"""

SAFE = "s = X.std(axis=0); s = np.where(s == 0, 1, s)"


def _standardize(body):
    return f"def standardize(X):\n    {SAFE}\n    " + body.replace("\n", "\n    ")


def _min_max(body):
    return ("def min_max(X):\n    low, high = X.min(axis=0), X.max(axis=0)\n"
            "    reach = np.where(high == low, 1, high - low)\n    " + body.replace("\n", "\n    "))


def _honest(body):
    return ("def honest_predictions(X_train, y_train, X_test):\n"
            "    scaler, knn = StandardScaler(), KNeighborsClassifier(5)\n    "
            + body.replace("\n", "\n    "))


def _gain(body):
    return ("def gain(X, y):\n    raw = KNeighborsClassifier(5)\n"
            "    scaled = make_pipeline(StandardScaler(), raw)\n"
            "    score = lambda model: cross_val_score(model, X, y, cv=5).mean()\n    "
            + body.replace("\n", "\n    "))


WRONG = {
    "standardize": [
        ("sample standard deviation", """
def standardize(X):
    s = X.std(axis=0, ddof=1)
    return (X - X.mean(axis=0)) / np.where(s == 0, 1, s)""", 2.0, "sample-std"),
        ("pandas' default", """
def standardize(X):
    t = pd.DataFrame(X)
    return ((t - t.mean()) / t.std().replace(0, 1)).to_numpy()""", 2.0, "sample-std"),
        ("rows instead of columns", """
def standardize(X):
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)""", 0.0, "rows"),
        ("one number for the whole table", "def standardize(X): return (X - X.mean()) / X.std()",
         0.0, "whole-table"),
        ("constant column divided by zero",
         "def standardize(X): return (X - X.mean(axis=0)) / X.std(axis=0)",
         2.5, "constant-column"),
        ("NaN turned into a one", """
def standardize(X):
    return np.nan_to_num((X - X.mean(axis=0)) / X.std(axis=0), nan=1.0)""",
         2.5, "constant-column"),
        ("integers have no room", _standardize("""out = np.zeros_like(X)
out[:] = (X - X.mean(axis=0)) / s
return out"""), 2.5, "integer-input"),
        ("in place", _standardize("""X -= X.mean(axis=0)
X /= s
return X"""), 2.0, "changes-input"),
        ("a DataFrame", _standardize("return pd.DataFrame((X - X.mean(axis=0)) / s)"),
         2.5, "data-frame"),
        ("only centred", "def standardize(X): return X - X.mean(axis=0)", 0.5, "not-divided"),
        ("only divided", _standardize("return X / s"), 0.5, "not-centred"),
        ("divided by the variance", _standardize("return (X - X.mean(axis=0)) / s ** 2"),
         0.5, "variance"),
        ("min-max instead", "def standardize(X): return minmax_scale(X)", 0.0, "other-scaling"),
        ("precedence", _standardize("return X - X.mean(axis=0) / s"), 0.0, "precedence"),
        ("no return", _standardize("result = (X - X.mean(axis=0)) / s"), 0.0, "returns-nothing"),
        ("returns the statistics too",
         _standardize("return (X - X.mean(axis=0)) / s, X.mean(axis=0), s"), 0.0, "returns-more"),
        ("one column only", _standardize("return ((X - X.mean(axis=0)) / s)[:, 0]"),
         0.0, "wrong-shape"),
        ("transposed", _standardize("return ((X - X.mean(axis=0)) / s).T"), 0.0, "wrong-shape"),
        ("prints instead", _standardize("print((X - X.mean(axis=0)) / s)"),
         0.0, "returns-nothing"),
        ("a value under the function's name", "standardize = np.zeros((3, 2))",
         0.0, "not-a-function"),
        ("nothing done", "def standardize(X): return X", 0.0, "unchanged"),
        ("never filled in", "def standardize(X): return np.zeros(X.shape)",
         0.0, "constant-result"),
        ("the wrong way round", _standardize("return (X.mean(axis=0) - X) / s"), 0.5, "sign"),
        ("rounded", _standardize("return np.round((X - X.mean(axis=0)) / s, 2)"),
         2.5, "rounded"),
        ("rows to unit length", "def standardize(X): return preprocessing.normalize(X)",
         0.0, "unit-rows"),
        ("a comma too many", _standardize("return (X - X.mean(axis=0)) / s,"),
         0.0, "returns-more"),
        ("one constant column spoils all", """
def standardize(X):
    s = X.std(axis=0)
    if (s == 0).any():
        s = 1
    return (X - X.mean(axis=0)) / s""", 2.5, "constant-column"),
        ("the caller's constant column overwritten", _standardize(
            "Z = (X - X.mean(axis=0)) / s\nX[:, X.std(axis=0) == 0] = 0\nreturn Z"),
         2.5, "changes-input"),
    ],
    "min_max": [
        ("divided by the maximum", _min_max("return X / high"), 0.25, "not-shifted"),
        ("range without the minimum", _min_max("return (X - low) / high"),
         0.25, "maximum-for-range"),
        ("minimum not subtracted", _min_max("return X / reach"), 0.25, "not-shifted"),
        ("only shifted", _min_max("return X - low"), 0.25, "not-divided"),
        ("precedence", _min_max("return X - low / reach"), 0.0, "precedence"),
        ("rows instead of columns", """
def min_max(X):
    low, high = X.min(axis=1, keepdims=True), X.max(axis=1, keepdims=True)
    return (X - low) / (high - low)""", 0.0, "rows"),
        ("whole table", "def min_max(X): return (X - X.min()) / (X.max() - X.min())",
         0.0, "whole-table"),
        ("constant column divided by zero", "def min_max(X): return (X - X.min(axis=0)) / "
         "(X.max(axis=0) - X.min(axis=0))", 1.75, "constant-column"),
        ("from -1 to 1", _min_max("return 2 * (X - low) / reach - 1"), 0.5, "wrong-range"),
        ("z-scores instead", "def min_max(X): return scale(X)", 0.0, "other-scaling"),
        ("integers have no room", _min_max("out = X.copy()\nfor j in range(X.shape[1]):\n"
         "    out[:, j] = (X[:, j] - low[j]) / reach[j]\nreturn out"), 1.75, "integer-input"),
        ("in place", _min_max("if X.dtype != float:\n    X = X.astype(float)\nX -= low\n"
         "X /= reach\nreturn X"), 1.75, "changes-input"),
        ("a DataFrame", _min_max("return pd.DataFrame((X - low) / reach)"), 1.75, "data-frame"),
        ("no return", _min_max("(X - low) / reach"), 0.0, "returns-nothing"),
        ("upside down", _min_max("return (high - X) / reach"), 0.42, "sign"),
        ("the maximum starts at zero", """
def min_max(X):
    out = np.zeros(X.shape)
    for j in range(X.shape[1]):
        low, high = X[0, j], 0
        for x in X[:, j]:
            low, high = min(low, x), max(high, x)
        if high > low:
            out[:, j] = (X[:, j] - low) / (high - low)
    return out""", 0.42, "special-to-one-table"),
    ],
    "choose": [
        ("min-max everywhere", "scaling_for = dict.fromkeys("
         "['income', 'pixel', 'height', 'forest'], 'min-max')", 0.5, "outlier-sets-the-range"),
        ("z-scores everywhere", "scaling_for = dict.fromkeys("
         "['income', 'pixel', 'height', 'forest'], 'z-score')", 0.5, "outlier-inflates-spread"),
        ("pixels as z-scores", "scaling_for = {'income': 'robust', 'pixel': 'z-score', "
         "'height': 'z-score', 'forest': 'none'}", 1.5, "ends-are-known"),
        ("height by its extremes", "scaling_for = {'income': 'robust', 'pixel': 'min-max', "
         "'height': 'min-max', 'forest': 'none'}", 1.5, "ends-are-not-known"),
        ("forests need scaling", "scaling_for = {'income': 'robust', 'pixel': 'min-max', "
         "'height': 'z-score', 'forest': 'z-score'}", 1.5, "trees-compare-within"),
        ("height left raw", "scaling_for = {'income': 'robust', 'pixel': 'min-max', "
         "'height': 'none', 'forest': 'none'}", 1.5, "unit-decides"),
        ("robust against nothing", "scaling_for = {'income': 'robust', 'pixel': 'min-max', "
         "'height': 'robust', 'forest': 'none'}", 1.5, "nothing-to-be-robust-against"),
        ("one forgotten", "scaling_for = {'income': 'robust', 'pixel': 'min-max', "
         "'height': 'z-score'}", 1.5, "feature-missing"),
        ("another word", "scaling_for = {'income': 'logarithm', 'pixel': 'min-max', "
         "'height': 'z-score', 'forest': 'none'}", 1.5, "word-unknown"),
        ("a list", "scaling_for = ['robust', 'min-max', 'z-score', 'none']",
         0.0, "not-a-dictionary"),
    ],
    "find_leak": [
        ("the split", "leaking_line = 2", 0.0, "line-2"),
        ("the model", "leaking_line = 3", 0.0, "line-3"),
        ("the fit", "leaking_line = 4", 0.0, "line-4"),
        ("the score", "leaking_line = '5'", 0.0, "line-5"),
        ("two lines", "leaking_line = [1, 2]", 0.0, "not-a-line"),
        ("words", "leaking_line = 'the scaler'", 0.0, "not-a-line"),
        ("counted from zero", "leaking_line = 0", 0.0, "not-a-line"),
    ],
    "mend_leak": [
        ("fitted on all rows", _honest("scaler.fit(np.vstack([X_train, X_test]))\n"
         "return knn.fit(scaler.transform(X_train), y_train).predict(scaler.transform(X_test))"),
         0.5, "scaled-together"),
        ("fit_transform on the test rows", _honest(
            "return knn.fit(scaler.fit_transform(X_train), y_train)"
            ".predict(scaler.fit_transform(X_test))"), 0.5, "own-scale-for-test"),
        ("test rows left raw", _honest(
            "return knn.fit(scaler.fit_transform(X_train), y_train).predict(X_test)"),
         0.0, "test-left-raw"),
        ("no scaling", _honest("return knn.fit(X_train, y_train).predict(X_test)"),
         0.5, "no-scaling"),
        ("fitted on the test rows", _honest("scaler.fit(X_test)\n"
         "return knn.fit(scaler.transform(X_train), y_train).predict(scaler.transform(X_test))"),
         0.0, "scaled-by-test"),
        ("a score", _honest("model = make_pipeline(scaler, knn).fit(X_train, y_train)\n"
         "return model.score(X_train, y_train)"), 0.0, "returns-score"),
        ("one neighbour", _honest("return make_pipeline(scaler, KNeighborsClassifier(1))"
                                  ".fit(X_train, y_train).predict(X_test)"), 0.0, "unknown"),
        ("labels of the training rows", _honest("return make_pipeline(scaler, knn)"
         ".fit(X_train, y_train).predict(X_train)"), 0.0, "not-labels"),
        ("no return", _honest("make_pipeline(scaler, knn).fit(X_train, y_train)"),
         0.0, "returns-nothing"),
        ("each side by its own numbers, by hand", _honest("""def z(t):
    return (t - t.mean(axis=0)) / t.std(axis=0)
return knn.fit(z(X_train), y_train).predict(z(X_test))"""), 0.5, "own-scale-for-test"),
        ("min-max", _honest("return make_pipeline(MinMaxScaler(), knn).fit(X_train, y_train)"
                            ".predict(X_test)"), 0.0, "unknown"),
        ("probabilities", _honest("return make_pipeline(scaler, knn).fit(X_train, y_train)"
                                  ".predict_proba(X_test)[:, 1]"), 0.0, "not-labels"),
        ("wrong for a single row", _honest("labels = make_pipeline(scaler, knn)"
         ".fit(X_train, y_train).predict(X_test)\n"
         "return labels if len(labels) > 1 else 1 - labels"), 1.5, "one-row"),
        ("in place", _honest("m, s = X_train.mean(axis=0), X_train.std(axis=0)\n"
         "X_train -= m; X_train /= s; X_test -= m; X_test /= s\n"
         "return knn.fit(X_train, y_train).predict(X_test)"), 1.5, "changes-input"),
    ],
    "predict_effect": [
        ("scaling always helps", "accuracy_will = dict.fromkeys('ABCD', 'rises')",
         0.5, "scaling-always-helps"),
        ("scaling never matters", "accuracy_will = dict.fromkeys('ABCD', 'stays')",
         1.0, "noise-in-large-units"),
        ("equal units rise too",
         "accuracy_will = {'A': 'rises', 'B': 'falls', 'C': 'rises', 'D': 'stays'}",
         1.5, "units-already-equal"),
        ("trees need it",
         "accuracy_will = {'A': 'rises', 'B': 'falls', 'C': 'stays', 'D': 'rises'}",
         1.5, "trees-compare-within"),
        ("the wrong way round",
         "accuracy_will = {'A': 'falls', 'B': 'rises', 'C': 'stays', 'D': 'stays'}",
         1.0, "noise-in-large-units"),
        ("one left open", "accuracy_will = {'A': 'rises', 'B': 'falls', 'C': 'stays'}",
         1.5, "word-unknown"),
        ("a list", "accuracy_will = ['rises', 'falls', 'stays', 'stays']",
         0.0, "not-a-dictionary"),
    ],
    "measure_effect": [
        ("before minus after", _gain("return score(raw) - score(scaled)"), 1.0, "sign"),
        ("in percent", _gain("return 100 * (score(scaled) - score(raw))"), 1.5, "percent"),
        ("on the training rows", _gain(
            "return scaled.fit(X, y).score(X, y) - raw.fit(X, y).score(X, y)"),
         0.5, "training-accuracy"),
        ("only the scaled model", _gain("return score(scaled)"), 0.0, "only-scaled"),
        ("only the raw model", _gain("return score(raw)"), 0.0, "only-raw"),
        ("scaled beforehand", _gain("X = scale(X)\nreturn cross_val_score(scaled, X, y, cv=5)"
         ".mean() - cross_val_score(raw, X, y, cv=5).mean()"), 0.0, "same-twice"),
        ("never negative", _gain("return abs(score(scaled) - score(raw))"),
         1.0, "always-positive"),
        ("one neighbour", _gain("raw = KNeighborsClassifier(1)\n"
         "return score(make_pipeline(StandardScaler(), raw)) - score(raw)"), 1.0, "neighbours"),
        ("min-max", _gain("return score(make_pipeline(MinMaxScaler(), raw)) - score(raw)"),
         1.0, "other-scaling"),
        ("relative to before", _gain("return score(scaled) / score(raw) - 1"), 0.0, "relative"),
        ("a ratio", _gain("return score(scaled) / score(raw)"), 0.0, "ratio"),
        ("both numbers", _gain("return score(raw), score(scaled)"), 0.0, "not-one-number"),
        ("one number for each fold", _gain("return cross_val_score(scaled, X, y, cv=5) - "
                                           "cross_val_score(raw, X, y, cv=5)"),
         0.0, "not-one-number"),
        ("no return", _gain("score(scaled) - score(raw)"), 0.0, "returns-nothing"),
    ],
}

RIGHT = {
    "standardize": [
        ("pure Python", """
def standardize(X):
    columns = []
    for column in zip(*X.tolist()):
        m, s = statistics.fmean(column), statistics.pstdev(column)
        columns.append([(x - m) / s if s else 0.0 for x in column])
    return [list(row) for row in zip(*columns)]"""),
        ("scikit-learn", "def standardize(X): return StandardScaler().fit_transform(X)"),
        ("scikit-learn's function", "standardize = preprocessing.scale"),
        ("pandas", """
def standardize(X):
    t = pd.DataFrame(X).astype(float)
    return ((t - t.mean()) / t.std(ddof=0).replace(0, 1)).values"""),
        ("in place on a copy", """
def standardize(X):
    X = X.astype(float)
    X -= X.mean(0)
    s = X.std(0)
    X[:, s > 0] /= s[s > 0]
    return X"""),
        ("column by column, noisily", """
def standardize(X):
    import sys, warnings
    print("working"); print("careful", file=sys.stderr); warnings.warn("careful")
    out = np.zeros(X.shape)
    for j in range(X.shape[1]):
        s = np.sqrt(np.mean((X[:, j] - X[:, j].mean()) ** 2))
        if s != 0:
            out[:, j] = (X[:, j] - X[:, j].mean()) / s
    return out"""),
        ("a tiny number for safety",
         "def standardize(X): return (X - X.mean(0)) / (X.std(0) + 1e-12)"),
        ("32-bit floats", "def standardize(X): "
         "return StandardScaler().fit_transform(X).astype('float32')"),
        ("nan_to_num", "def standardize(X): "
         "return np.nan_to_num((X - X.mean(0)) / X.std(0), nan=0.0, posinf=0, neginf=0)"),
    ],
    "min_max": [
        ("pure Python", """
def min_max(X):
    columns = []
    for column in zip(*X.tolist()):
        low, high = min(column), max(column)
        columns.append([(x - low) / (high - low) if high > low else 0 for x in column])
    return np.array(columns).T"""),
        ("scikit-learn", "def min_max(X): return MinMaxScaler().fit_transform(X)"),
        ("scikit-learn's function", "min_max = minmax_scale"),
        ("pandas", """
def min_max(X):
    t = pd.DataFrame(X)
    return ((t - t.min()) / (t.max() - t.min())).fillna(0).to_numpy()"""),
        ("interpolation", """
def min_max(X):
    out = np.zeros(X.shape)
    for j, column in enumerate(X.T):
        if np.ptp(column):
            out[:, j] = np.interp(column, [column.min(), column.max()], [0, 1])
    return out"""),
        ("in place on a copy", """
def min_max(X):
    X = X.copy().astype(float)
    X -= X.min(0)
    top = X.max(0)
    X /= np.where(top > 0, top, 1)
    return X"""),
    ],
    "choose": [
        ("other spellings", "scaling_for = {'Income': 'RobustScaler', 'pixel': 'MinMaxScaler', "
                            "'height': 'standardize', 'forest': None}"),
        ("capitals and spaces", "scaling_for = {'income ': 'Robust', 'pixel': 'Min Max', "
                                "'height': 'Z score', 'forest': 'None'}"),
        ("a Series", "scaling_for = pd.Series({'income': 'robust', 'pixel': 'minmax', "
                     "'height': 'z-scores', 'forest': None})"),
        ("another mapping", "import collections\nscaling_for = collections.UserDict(income="
         "'robust', pixel='min-max', height='standardized', forest='no scaling')"),
        ("one by one", "scaling_for = {}\nscaling_for['forest'] = 'none'\n"
                       "scaling_for['income'] = 'robust'\nscaling_for['height'] = 'z-score'\n"
                       "scaling_for['pixel'] = 'min_max'\nscaling_for['extra'] = '?'"),
    ],
    "find_leak": [
        ("a text", "leaking_line = '1'"),
        ("words", "leaking_line = 'line 1'"),
        ("a float", "leaking_line = 1.0"),
        ("NumPy", "leaking_line = np.int64(1)"),
        ("an array of one", "leaking_line = np.array(1)"),
    ],
    "mend_leak": [
        ("by hand", """
def honest_predictions(X_train, y_train, X_test):
    m, s = X_train.mean(axis=0), X_train.std(axis=0)
    a, b = (X_train - m) / s, (X_test - m) / s
    labels = []
    for row in b:
        near = np.argsort(((a - row) ** 2).sum(axis=1))[:5]
        labels.append(int(round(y_train[near].mean())))
    return labels"""),
        ("fit, then transform", """
def honest_predictions(X_train, y_train, X_test):
    scaler = StandardScaler().fit(X_train)
    model = KNeighborsClassifier().fit(scaler.transform(X_train), y_train)
    return model.predict(scaler.transform(X_test))"""),
        ("pandas and the sample's spread", """
def honest_predictions(X_train, y_train, X_test):
    a, b = pd.DataFrame(X_train), pd.DataFrame(X_test)
    model = KNeighborsClassifier(n_neighbors=5).fit((a - a.mean()) / a.std(), y_train)
    return pd.Series(model.predict((b - a.mean()) / a.std()))"""),
        ("a named pipeline", """
def honest_predictions(X_train, y_train, X_test):
    model = Pipeline([("scale", StandardScaler()), ("vote", KNeighborsClassifier(5))])
    model.fit(X_train, y_train)
    return model.predict(X_test).tolist()"""),
        ("squeezed by hand", """
def honest_predictions(X_train, y_train, X_test):
    from scipy.spatial.distance import cdist
    from scipy.stats import mode
    m, s = X_train.mean(0), X_train.std(0)
    near = np.argsort(cdist((X_test - m) / s, (X_train - m) / s), axis=1)[:, :5]
    return mode(y_train[near], axis=1).mode.squeeze()"""),
        ("one test row at a time", """
def honest_predictions(X_train, y_train, X_test):
    model = make_pipeline(StandardScaler(), KNeighborsClassifier(5)).fit(X_train, y_train)
    return np.array([model.predict([row])[0] for row in X_test])"""),
    ],
    "predict_effect": [
        ("capitals", "accuracy_will = {'A': 'Rises', 'B': 'FALLS', 'C': 'Stays', 'D': 'stays'}"),
        ("synonyms", "accuracy_will = {'A': 'goes up', 'B': 'drops', 'C': 'stays the same', "
                     "'D': 'no effect'}"),
        ("small letters", "accuracy_will = dict(a='rises', b='falls', c='stays', d='stays')"),
        ("a Series", "accuracy_will = pd.Series(['rises', 'falls', 'stays', 'stays'], "
                     "index=list('ABCD'))"),
    ],
    "measure_effect": [
        ("shuffled folds", _gain("folds = KFold(5, shuffle=True, random_state=3)\n"
         "return np.mean(cross_val_score(scaled, X, y, cv=folds)) - "
         "np.mean(cross_val_score(raw, X, y, cv=folds))")),
        ("mean of the differences", _gain("return float(np.mean(cross_val_score(scaled, X, y) - "
                                          "cross_val_score(raw, X, y)))")),
        ("cross_validate", _gain("def m(model):\n"
         "    return cross_validate(model, X, y, cv=5)['test_score'].mean()\n"
         "return m(scaled) - m(raw)")),
        ("folds by hand", _gain("""hits = [[], []]
for train, test in KFold(5, shuffle=True, random_state=0).split(X):
    for kept, model in zip(hits, (raw, scaled)):
        kept.append(model.fit(X[train], y[train]).score(X[test], y[test]))
return statistics.mean(hits[1]) - statistics.mean(hits[0])""")),
        ("NumPy scalar", _gain("return np.float32(score(scaled) - score(raw))")),
    ],
}
