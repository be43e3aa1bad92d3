"""Answers to lab 03 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import math, random
import numpy as np
import pandas as pd
from scipy import ndimage, stats
from sklearn.base import clone
from sklearn.metrics import accuracy_score, zero_one_loss
"""

_SAID = {"A": "overfits", "B": "underfits", "C": "fits", "D": "suspicious",
         "E": "nothing to learn", "F": "fits"}


def _diagnosis(**changed):
    return f"diagnosis = {_SAID | changed!r}"


def _stop(improves="losses[epoch] < losses[best] - min_delta", last="len(losses) - 1, best",
          found="epoch, best", enough="waited >= patience", reset="0", count="waited += 1"):
    return f"""
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if {improves}:
            best, waited = epoch, {reset}
        else:
            {count}
        if {enough}:
            return {found}
    return {last}"""


def _report(body):
    return ("def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):\n"
            "    def error(model, X, y): return np.mean(model.predict(X) != y)\n"
            "    for model in models: model.fit(X_train, y_train)\n    "
            + body.replace("\n", "\n    "))


def _pick(chosen_on, reported_on):
    return _report(f"errors = [error(model, X_{chosen_on}, y_{chosen_on}) for model in models]\n"
                   f"best = int(np.argmin(errors))\n"
                   f"return best, error(models[best], X_{reported_on}, y_{reported_on})")


def _ridge(loss="np.mean(r**2) + strength * np.sum(w**2)",
           grad_w="2 * X.T @ r / n + 2 * strength * w", grad_b="2 * np.mean(r)",
           result="return {loss}, {grad_w}, {grad_b}"):
    return ("def ridge(w, b, X, y, strength):\n    n = len(y)\n    r = X @ w + b - y\n    "
            + result.format(loss=loss, grad_w=grad_w, grad_b=grad_b))


_PAD = """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)){mode})
    moved = [p[:, i:i + h, j:j + w] for i, j in {corners}]
    """
_CORNERS = "((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))"


def _shift(result, mode="", corners=_CORNERS):
    return _PAD.format(mode=mode, corners=corners) + result.replace("\n", "\n    ")


def _luck(body):
    return ("def optimism(k, n, error, rng):\n"
            "    observed = rng.binomial(n, error, size=(3000, k)) / n\n    " + body)


WRONG = {
    "diagnose": [
        ("everything overfits", "diagnosis = dict.fromkeys('ABCDEF', 'overfits')",
         0.5, "fails-on-what-it-sees"),
        ("gap taken for underfitting", _diagnosis(A="underfits"), 2.5, "gap-is-overfitting"),
        ("high errors overfit", _diagnosis(B="overfits"), 2.5, "fails-on-what-it-sees"),
        ("8 % is too much", _diagnosis(C="underfits"), 2.5, "near-what-people-reach"),
        ("better than in training is great", _diagnosis(D="fits"), 2.5, "better-on-unseen"),
        ("shuffled labels overfit", _diagnosis(E="overfits"), 2.5, "never-above-chance"),
        ("24 % is underfitting", _diagnosis(F="underfits"), 2.5, "people-disagree-too"),
        ("one left open", "diagnosis = {'A': 'overfits', 'B': 'underfits'}", 1.0, "word-unknown"),
        ("another word", _diagnosis(F="bad labels"), 2.5, "word-unknown"),
        ("a list", "diagnosis = ['overfits', 'underfits']", 0.0, "not-a-dictionary"),
    ],
    "stop_early": [
        ("an equal loss improves", _stop("losses[epoch] <= losses[best] - min_delta"),
         1.5, "ties"),
        ("one epoch too patient", _stop(enough="waited > patience"), 1.5, "off-by-one"),
        ("counts all bad epochs", _stop(reset="waited"), 0.75, "never-resets"),
        ("compares with the epoch before",
         _stop("losses[epoch] < losses[epoch - 1] - min_delta"), 0.75, "previous-loss"),
        ("forgets min_delta", _stop("losses[epoch] < losses[best]"), 1.5, "no-min-delta"),
        ("skips NaN", _stop(count="waited += not math.isnan(losses[epoch])"), 2.25, "nan"),
        ("NaN becomes the best", _stop("not losses[epoch] >= losses[best] - min_delta"),
         2.25, "nan"),
        ("keeps the last epoch", _stop(found="epoch, epoch",
                                       last="len(losses) - 1, len(losses) - 1"),
         1.5, "stop-as-best"),
        ("the other order", _stop(found="best, epoch", last="best, len(losses) - 1"),
         2.25, "swapped"),
        ("counts from one", _stop(found="epoch + 1, best + 1", last="len(losses), best + 1"),
         2.25, "counts-from-one"),
        ("stop minus patience", _stop(found="epoch, epoch - patience",
                                      last="len(losses) - 1, max(len(losses) - 1 - patience, 0)"),
         1.5, "stop-minus-patience"),
        ("lowest of the whole list", _stop(found="epoch, int(np.nanargmin(losses))",
                                           last="len(losses) - 1, int(np.nanargmin(losses))"),
         1.5, "looks-into-the-future"),
        ("lowest so far", _stop(found="epoch, int(np.nanargmin(losses[:epoch + 1]))",
                                last="len(losses) - 1, int(np.nanargmin(losses))"),
         2.25, "lowest-instead-of-improved"),
        ("never stops", "def stop_early(losses, patience, min_delta=0):\n"
         "    return len(losses) - 1, int(np.nanargmin(losses))", 0.0, "never-stops"),
        ("no return", "def stop_early(losses, patience, min_delta=0):\n    print(min(losses))",
         0.0, "returns-nothing"),
        ("no return at the end", _stop(last="None"), 0.0, "no-answer-at-the-end"),
        ("only the best epoch", _stop(found="best", last="best"), 0.0, "one-number"),
        ("the weights' loss too", _stop(found="epoch, best, losses[best]",
                                        last="len(losses) - 1, best, losses[best]"),
         0.0, "not-two-numbers"),
        ("puts NaN away in the caller's list", _stop().replace(
            "best, waited = 0, 0", "best, waited = 0, 0\n    for i, x in enumerate(losses):\n"
            "        if x != x: losses[i] = 1e9", 1), 2.25, "changes-input"),
        ("the first rise ends it", """
def stop_early(losses, patience, min_delta=0):
    return patience + 1, 1""", 0.0, "unknown"),
    ],
    "choose_and_report": [
        ("training decides and reports", _pick("train", "train"), 0.0, "all-on-training"),
        ("training accuracy", _report(
            "scores = [1 - error(model, X_train, y_train) for model in models]\n"
            "return int(np.argmax(scores)), max(scores)"), 0.0, "all-on-training-accuracy"),
        ("training chooses", _pick("train", "test"), 1.0, "chosen-on-training"),
        ("the test set chooses", _pick("test", "test"), 0.5, "chosen-on-test"),
        ("reports the winner's validation error", _pick("valid", "valid"),
         1.0, "reports-validation"),
        ("reports its training error", _pick("valid", "train"), 1.0, "reports-training"),
        ("reports accuracy", _pick("valid", "test").replace(
            "return best, error", "return best, 1 - error"), 1.5, "reports-accuracy"),
        ("lowest accuracy", _pick("valid", "test").replace("argmin", "argmax"),
         0.5, "picks-the-worst"),
        ("trained on the test set too", _pick("valid", "test").replace(
            "return best", "models[best].fit(np.vstack([X_train, X_valid, X_test]), "
            "np.hstack([y_train, y_valid, y_test]))\n    return best"), 0.5, "fitted-on-test"),
        ("only the error", _pick("valid", "test").replace("return best, ", "return "),
         0.0, "one-number"),
        ("the model itself", _pick("valid", "test").replace("return best,",
                                                            "return models[best],"),
         0.0, "not-two-numbers"),
        ("no return", _pick("valid", "test").replace("return best, ", ""),
         0.0, "returns-nothing"),
        ("the first model", _report("return 0, 0.5"), 0.0, "unknown"),
    ],
    "ridge": [
        ("bias penalised", _ridge("np.mean(r**2) + strength * (np.sum(w**2) + b**2)",
                                  grad_b="2 * np.mean(r) + 2 * strength * b"),
         1.0, "bias-penalised"),
        ("gradient forgets the penalty", _ridge(grad_w="2 * X.T @ r / n"),
         2.0, "gradient-forgets-penalty"),
        ("loss forgets the penalty", _ridge("np.mean(r**2)"), 2.0, "loss-forgets-penalty"),
        ("no penalty", _ridge("np.mean(r**2)", "2 * X.T @ r / n"), 1.0, "no-penalty"),
        ("penalty lacks the two", _ridge(grad_w="2 * X.T @ r / n + strength * w"),
         2.0, "penalty-lacks-two"),
        ("data term lacks the two", _ridge(grad_w="X.T @ r / n + 2 * strength * w",
                                           grad_b="np.mean(r)"), 1.0, "data-lacks-two"),
        ("both lack the two", _ridge(grad_w="X.T @ r / n + strength * w", grad_b="np.mean(r)"),
         1.0, "both-lack-two"),
        ("sum instead of mean", _ridge("np.sum(r**2) + strength * np.sum(w**2)",
                                       "2 * X.T @ r + 2 * strength * w", "2 * np.sum(r)"),
         0.0, "sum-not-mean"),
        ("penalty divided by n", _ridge("np.mean(r**2) + strength * np.sum(w**2) / n",
                                        "2 * X.T @ r / n + 2 * strength * w / n"),
         1.0, "penalty-divided"),
        ("L1", _ridge("np.mean(r**2) + strength * np.sum(np.abs(w))",
                      "2 * X.T @ r / n + strength * np.sign(w)"), 1.0, "absolute-weights"),
        ("downhill", _ridge(grad_w="-(2 * X.T @ r / n + 2 * strength * w)",
                            grad_b="-2 * np.mean(r)"), 1.0, "sign"),
        ("residual turned round", _ridge(grad_w="2 * X.T @ (y - X @ w - b) / n + 2 * strength * w",
                                         grad_b="2 * np.mean(y - X @ w - b)"),
         1.0, "residual-sign"),
        ("root of the loss", _ridge("np.sqrt(np.mean(r**2)) + strength * np.sum(w**2)"),
         2.0, "loss-differs"),
        ("only the loss", _ridge(result="return {loss}"), 0.0, "only-the-loss"),
        ("two things", _ridge(result="return {loss}, {grad_w}"), 0.0, "not-three"),
        ("bias gradient for each row", _ridge(grad_b="2 * r / n"), 0.0, "wrong-shape"),
        ("no return", _ridge(result="result = {loss}"), 0.0, "returns-nothing"),
        ("changes y", _ridge(
            result="y -= X @ w + b; r = -y\n    return {loss}, {grad_w}, {grad_b}"),
         2.25, "changes-input"),
    ],
    "with_shifts": [
        ("np.roll", """
def with_shifts(images, labels):
    moves = [(0, 0), (1, 1), (-1, 1), (1, 2), (-1, 2)]
    return (np.concatenate([np.roll(images, by, axis=axis) for by, axis in moves]),
            np.tile(labels, 5))""", 1.0, "wraps-around"),
        ("labels repeated", _shift("return np.concatenate(moved), np.repeat(labels, 5)"),
         0.5, "labels-out-of-order"),
        ("originals lost", _shift("return np.concatenate(moved), np.tile(labels, 4)",
                                  corners="((0, 1), (2, 1), (1, 0), (1, 2))"),
         1.0, "originals-lost"),
        ("only sideways", _shift("return np.concatenate(moved), np.tile(labels, 3)",
                                 corners="((1, 1), (1, 0), (1, 2))"), 1.0, "not-every-move"),
        ("edge repeated", _shift("return np.concatenate(moved), np.tile(labels, 5)",
                                 mode=", mode='edge'"), 1.0, "edge-repeated"),
        ("two pixels", """
def with_shifts(images, labels):
    moves = [(0, 0, 0), (0, 2, 0), (0, -2, 0), (0, 0, 2), (0, 0, -2)]
    return (np.concatenate([ndimage.shift(images, m, order=0) for m in moves]),
            np.tile(labels, 5))""", 0.0, "other-pictures"),
        ("whole pictures moved", """
def with_shifts(images, labels):
    moves = [(0, 0), (1, 0), (-1, 0), (1, 1), (-1, 1)]
    return (np.concatenate([np.roll(images, by, axis=axis) for by, axis in moves]),
            np.tile(labels, 5))""", 0.0, "wraps-around"),
        ("labels once", _shift("return np.concatenate(moved), labels"), 0.5, "label-count"),
        ("flattened", _shift("return np.concatenate(moved).reshape(5 * n, -1), "
                             "np.tile(labels, 5)"), 0.0, "wrong-shape"),
        ("only pictures", _shift("return np.concatenate(moved)"), 0.0, "only-pictures"),
        ("a list of words", _shift("return 'pictures', labels"), 0.0, "not-two-arrays"),
        ("no return", _shift("np.concatenate(moved)"), 0.0, "returns-nothing"),
        ("scales the caller's pictures", _shift(
            "result = np.concatenate(moved)\nimages[:] = 0\nreturn result, np.tile(labels, 5)"),
         1.5, "changes-input"),
    ],
    "find_leak": [
        ("loading", "leaking_line = 1", 0.0, "line-1"),
        ("the split", "leaking_line = 3", 0.0, "line-3"),
        ("the model", "leaking_line = 4", 0.0, "line-4"),
        ("the fit", "leaking_line = 5", 0.0, "line-5"),
        ("the score", "leaking_line = '6'", 0.0, "line-6"),
        ("two lines", "leaking_line = [2, 3]", 0.0, "not-a-line"),
        ("words", "leaking_line = 'augmentation'", 0.0, "not-a-line"),
    ],
    "optimism": [
        ("observed minus true", _luck("return observed.min(axis=1).mean() - error"),
         1.5, "sign"),
        ("only the promise", _luck("return observed.min(axis=1).mean()"), 1.0, "promise-only"),
        ("in percent", _luck("return 100 * (error - observed.min(axis=1).mean())"),
         1.5, "percent"),
        ("mean of all models", _luck("return error - observed.mean()"), 0.0, "no-choice"),
        ("picks the highest", _luck("return observed.max(axis=1).mean() - error"),
         1.0, "highest-error"),
        ("the highest itself", _luck("return observed.max(axis=1).mean()"),
         0.5, "promise-of-the-worst"),
        ("the true error", _luck("return error"), 0.0, "true-error"),
        ("one repeat", _luck("return error - observed[0].min()"), 1.0, "one-simulation"),
        ("lowest of all repeats", _luck("return float(np.sqrt(error - observed.min()))"),
         0.0, "unknown"),
        ("one for each repeat", _luck("return error - observed.min(axis=1)"),
         0.0, "not-one-number"),
        ("no return", _luck("error - observed.min(axis=1).mean()"), 0.0, "returns-nothing"),
    ],
}

RIGHT = {
    "diagnose": [
        ("capitals and synonyms", "diagnosis = dict(A='Overfitting', B='high bias', C='fine', "
                                  "D='leak', E='noise', F='OK')"),
        ("small letters", "diagnosis = dict(zip('abcdef', ['overfit', 'underfit', 'fit', "
                          "'suspicious', 'nothing', 'fits']))"),
        ("a Series", "diagnosis = pd.Series(['high variance', 'too simple', 'good fit', 'bug', "
                     "'Nothing to learn', 'just right'], index=list('ABCDEF'))"),
    ],
    "stop_early": [
        ("a while loop with the best loss", """
def stop_early(losses, patience, min_delta=0.0):
    best, best_epoch, epoch = losses[0], 0, 0
    while epoch + 1 < len(losses) and epoch - best_epoch < patience:
        epoch += 1
        if best - losses[epoch] > min_delta:
            best, best_epoch = losses[epoch], epoch
    return epoch, best_epoch"""),
        ("a list", _stop(found="[epoch, best]", last="[len(losses) - 1, best]")),
        ("NumPy and NaN as infinity", """
def stop_early(losses, patience, min_delta=0.0):
    values = np.nan_to_num(np.array(losses), nan=np.inf)
    best = 0
    for epoch, value in enumerate(values):
        if value < values[best] - min_delta:
            best = epoch
        if epoch - best == patience:
            break
    return np.array([epoch, best])"""),
        ("a dictionary in order", _stop(found="{'stop': epoch, 'best': best}",
                                        last="{'stop': len(losses) - 1, 'best': best}")),
        ("recursion", """
def stop_early(losses, patience, min_delta=0.0, epoch=0, best=0):
    if epoch - best == patience or epoch == len(losses) - 1:
        return epoch, best
    better = losses[epoch + 1] + min_delta < losses[best]
    return stop_early(losses, patience, min_delta, epoch + 1, epoch + 1 if better else best)"""),
    ],
    "choose_and_report": [
        ("scores", """
def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    scores = [model.fit(X_train, y_train).score(X_valid, y_valid) for model in models]
    best = np.argmax(scores)
    return best, 1 - models[best].score(X_test, y_test)"""),
        ("clones", """
def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    fitted = [clone(model).fit(X_train, y_train) for model in models]
    errors = [zero_one_loss(y_valid, model.predict(X_valid)) for model in fitted]
    best = errors.index(min(errors))
    return best, zero_one_loss(y_test, fitted[best].predict(X_test))"""),
        ("taught again with the validation rows", _pick("valid", "test").replace(
            "return best", "models[best].fit(np.vstack([X_train, X_valid]), "
            "np.hstack([y_train, y_valid]))\n    return best")),
        ("a loop", """
def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    best, lowest = None, 2
    for i, model in enumerate(models):
        model.fit(X_train, y_train)
        wrong = sum(a != b for a, b in zip(model.predict(X_valid), y_valid)) / len(y_valid)
        if wrong < lowest:
            best, lowest = i, wrong
    return [best, 1 - accuracy_score(y_test, models[best].predict(X_test))]"""),
    ],
    "ridge": [
        ("loops", """
def ridge(w, b, X, y, strength):
    n, d = X.shape
    r = [sum(X[i, j] * w[j] for j in range(d)) + b - y[i] for i in range(n)]
    loss = sum(e * e for e in r) / n + strength * sum(v * v for v in w)
    grad = [2 * sum(r[i] * X[i, j] for i in range(n)) / n + 2 * strength * w[j] for j in range(d)]
    return loss, grad, 2 * sum(r) / n"""),
        ("bias as a column", """
def ridge(w, b, X, y, strength):
    Z, v = np.c_[np.ones(len(y)), X], np.r_[b, w]
    pull = np.r_[0, w]
    g = 2 * Z.T @ (Z @ v - y) / len(y) + 2 * strength * pull
    return float(np.mean((Z @ v - y) ** 2) + strength * pull @ pull), g[1:], g[0]"""),
        ("small steps", """
def ridge(w, b, X, y, strength):
    f = lambda w, b: np.mean((X @ w + b - y) ** 2) + strength * w @ w
    h = 1e-5
    g = np.array([(f(w + h * e, b) - f(w - h * e, b)) / (2 * h) for e in np.eye(len(w))])
    return f(w, b), g, (f(w, b + h) - f(w, b - h)) / (2 * h)"""),
        ("a row and an array of one", """
def ridge(w, b, X, y, strength):
    r = (y - b - X @ w)[:, None]
    return ((r.T @ r).item() / len(y) + strength * np.linalg.norm(w) ** 2,
            (-2 * r.T @ X / len(y) + 2 * strength * w), np.array([-2 * r.mean()]))"""),
    ],
    "with_shifts": [
        ("scipy", """
def with_shifts(images, labels):
    moves = [(0, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
    moved = [ndimage.shift(images, move, order=0) for move in moves]
    return np.concatenate(moved), np.tile(labels, 5)"""),
        ("picture by picture", """
def with_shifts(images, labels):
    out, names = [], []
    for picture, label in zip(images, labels):
        for dy, dx in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            new = np.zeros_like(picture)
            h, w = picture.shape
            new[max(dy, 0):h + min(dy, 0), max(dx, 0):w + min(dx, 0)] = \\
                picture[max(-dy, 0):h + min(-dy, 0), max(-dx, 0):w + min(-dx, 0)]
            out.append(new)
            names.append(label)
    return np.array(out), np.array(names)"""),
        ("roll, then erase", """
def with_shifts(images, labels):
    left, right, up, down = [np.roll(images, s, axis=a) for s, a in
                             ((-1, 2), (1, 2), (-1, 1), (1, 1))]
    left[:, :, -1], right[:, :, 0], up[:, -1], down[:, 0] = 0, 0, 0, 0
    return np.concatenate([left, right, up, down, images]), np.concatenate([labels] * 5)"""),
        ("repeat and interleave", _shift("return np.stack(moved, axis=1).reshape(-1, h, w), "
                                         "np.repeat(labels, 5)")),
        ("lists", _shift("return [np.concatenate(moved).tolist(), list(labels) * 5]")),
    ],
    "find_leak": [
        ("a text", "leaking_line = '2'"),
        ("words", "leaking_line = 'line 2'"),
        ("a float", "leaking_line = 2.0"),
        ("NumPy", "leaking_line = np.int64(2)"),
    ],
    "optimism": [
        ("a loop over repeats", """
def optimism(k, n, error, rng):
    gaps = [error - rng.binomial(n, error, size=k).min() / n for _ in range(2000)]
    return sum(gaps) / len(gaps)"""),
        ("row by row", """
def optimism(k, n, error, rng):
    lowest = [(rng.random((k, n)) < error).mean(axis=1).min() for _ in range(2000)]
    return error - np.mean(lowest)"""),
        ("another generator", """
def optimism(k, n, error, rng):
    other = random.Random(3)
    table = stats.binom.ppf([other.random() for _ in range(2000 * k)], n, error)
    return error - np.reshape(table, (2000, k)).min(axis=1).mean() / n"""),
        ("the exact expectation", """
def optimism(k, n, error, rng):
    return error - sum(stats.binom.sf(j, n, error) ** k for j in range(n)) / n"""),
    ],
}
