"""Answers to lab 05 that learners really give, each with what it deserves.

`WRONG[exercise]` lists (name, code, points, misconception); `RIGHT[exercise]` lists (name, code).
"""

IMPORTS = """
import random
from course_utils.models import quiet
quiet(threads=1)
import keras
import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.metrics import accuracy_score
from sklearn.model_selection import GridSearchCV, PredefinedSplit
MEANS = np.array([103.939, 116.779, 123.68])
"""


def _prepare(colour, grey="images = np.repeat(images[..., None], 3, axis=-1)"):
    return f"""
def prepare(images):
    if images.ndim == 3:
        {grey}
    {colour}"""


def _extract(step="found.append(network(prepare(batch), training=False))",
             result="np.concatenate(found)", steps="range(0, len(images), batch_size)",
             before="pass"):
    return f"""
def extract(network, prepare, images, batch_size):
    found = []
    {before}
    for start in {steps}:
        batch = images[start:start + batch_size]
        {step}
    return {result}"""


def _choose(chosen_on, reported_on, pick="np.argmax", result="strengths[best], accuracy",
            learn="train", reported_as="accuracy"):
    return f"""
def choose_head(make_head, strengths, train, valid, test):
    both = tuple(np.concatenate(pair) for pair in zip(train, valid))
    heads = [make_head(strength).fit(*{learn}) for strength in strengths]
    best = int({pick}([head.score(*{chosen_on}) for head in heads]))
    accuracy = heads[best].score(*{reported_on})
    return {result}"""


def _freeze(on, before="network.trainable = True", after="return network"):
    return f"""
def freeze(network, first):
    Norm = keras.layers.BatchNormalization
    {before}
    names = [layer.name for layer in network.layers]
    start = names.index(first)
    for place, layer in enumerate(network.layers):
        norm = isinstance(layer, Norm)
        layer.trainable = {on}
    {after}"""


def _count(learning="sum(size(w) for w in network.trainable_weights)",
           every="sum(size(w) for w in network.weights)", result="learning, every",
           size="int(np.prod(w.shape))"):
    return f"""
def count(network):
    def size(w): return {size}
    learning, every = {learning}, {every}
    return {result}"""


def _labels(body):
    return ("def draw_labels(labels, sizes, rng):\n"
            "    rows = {label: np.flatnonzero(labels == label) for label in np.unique(labels)}\n"
            "    mixed = {label: rng.permutation(each) for label, each in rows.items()}\n    "
            + body.replace("\n", "\n    "))


def _summarise(spread, mean="accuracies.mean(axis=0)"):
    return f"def summarise(accuracies):\n    return {mean}, {spread}"


def _read(result="recall, recall.mean(), pair(wrong)", before="pass"):
    return f"""
def read_matrix(matrix):
    def pair(table): return np.unravel_index(table.argmax(), table.shape)
    wrong = matrix - np.diag(matrix.diagonal())
    recall = matrix.diagonal() / matrix.sum(axis=1)
    precision = matrix.diagonal() / matrix.sum(axis=0)
    {before}
    return {result}"""


_NORMAL = "return (images / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]"

WRONG = {
    "prepare": [
        ("red stays first", _prepare("return images - MEANS[::-1]"), 1.0, "red-first"),
        ("channels not moved", _prepare("return images - MEANS"), 1.0, "means-of-other-channels"),
        ("means in the order of the camera", _prepare("return images[..., ::-1] - MEANS[::-1]"),
         1.0, "means-turned"),
        ("turned after subtracting", _prepare("return (images - MEANS)[..., ::-1]"),
         1.0, "means-turned"),
        ("only turned", _prepare("return images[..., ::-1].astype(float)"), 1.0, "no-means"),
        ("floats only", _prepare("return images.astype(float)"), 0.0, "untouched"),
        ("scaled first", _prepare("return images[..., ::-1] / 255 - MEANS"), 0.0, "scaled-before"),
        ("scaled at the end", _prepare("return (images[..., ::-1] - MEANS) / 255"),
         1.0, "scaled-after"),
        ("only scaled", _prepare("return images / 255"), 0.0, "scaled-only"),
        ("scaled and turned", _prepare("return images[..., ::-1] / 255.0"),
         0.0, "scaled-only-turned"),
        ("as for MobileNet", _prepare("return images / 127.5 - 1"), 0.0, "minus-one-to-one"),
        ("as for PyTorch", _prepare(_NORMAL), 0.0, "torch-recipe"),
        ("as for PyTorch, turned", _prepare(_NORMAL + "[..., ::-1]").replace(
            "return (", "return ((").replace("0.225][", "0.225])["), 0.0, "torch-recipe-turned"),
        ("prepared twice", _prepare("once = images[..., ::-1] - MEANS\n"
                                    "    return once[..., ::-1] - MEANS"), 1.0, "twice"),
        ("stays in uint8", _prepare("return images[..., ::-1] - MEANS.astype('uint8')"),
         1.0, "wraps-around"),
        ("rounded towards zero", _prepare("return (images[..., ::-1] - MEANS).astype(int)"),
         2.0, "whole-numbers"),
        ("means of the batch", _prepare("x = images[..., ::-1].astype(float)\n"
                                        "    return x - x.mean(axis=(0, 1, 2))"), 1.0, "own-means"),
        ("grey not thought of", "def prepare(images):\n    return images[..., ::-1] - MEANS",
         2.0, "grey-fails"),
        ("grey with one channel", _prepare("return images[..., ::-1] - MEANS",
                                           "return images[..., None] - MEANS.mean()"),
         2.0, "grey-fails"),
        ("turns the caller's pictures", _prepare("images[:] = images[..., ::-1].copy()\n"
                                                 "    return images - MEANS"),
         2.25, "changes-input"),
        ("channels first", _prepare("return (images[..., ::-1] - MEANS).transpose(0, 3, 1, 2)"),
         0.0, "wrong-shape"),
        ("a negative", _prepare("return MEANS - images[..., ::-1]"), 0.0, "unknown"),
        ("no return", _prepare("images[..., ::-1] - MEANS"), 0.0, "returns-nothing"),
    ],
    "extract": [
        ("no loop", "def extract(network, prepare, images, batch_size):\n"
                    "    return network(prepare(images))", 1.0, "all-at-once"),
        ("predict with its own batches", "def extract(network, prepare, images, batch_size):\n"
                                         "    return network.predict(prepare(images), verbose=0)",
         1.0, "all-at-once"),
        ("a list of batches", _extract(result="found"), 0.5, "not-joined"),
        ("not prepared", _extract("found.append(network(batch))"), 1.0, "not-prepared"),
        ("prepared outside and inside", _extract(before="images = prepare(images)"), 1.0, "twice"),
        ("in training", _extract("found.append(network(prepare(batch), training=True))"),
         1.0, "in-training"),
        ("the rest is lost", _extract(
            "found.append(network(prepare(batch)))", "np.concatenate(found)"
            " if found else np.zeros((0, 3))",
            "range(0, len(images) - batch_size + 1, batch_size)"), 1.0, "rest-lost"),
        ("returns in the loop", _extract("return network(prepare(batch))"),
         0.5, "first-batch-only"),
        ("overwrites", _extract("found = network(prepare(batch))", "found"),
         0.5, "last-batch-only"),
        ("from the back", _extract(steps="range(0, len(images), batch_size)[::-1]"),
         1.0, "batches-reversed"),
        ("batches overlap", _extract(steps="range(0, len(images), max(1, batch_size - 1))"),
         0.5, "too-many-rows"),
        ("changes the pictures", _extract(before="images_ = images",
                                          step="found.append(network(prepare(batch)));"
                                               " batch[:] = 0"), 1.5, "changes-input"),
        ("sorted features", _extract(result="np.sort(np.concatenate(found), axis=0)"),
         0.0, "unknown"),
        ("no return", _extract().replace("return np", "np"), 0.0, "returns-nothing"),
    ],
    "choose_head": [
        ("reports validation", _choose("valid", "valid"), 1.0, "reports-validation"),
        ("reports training", _choose("valid", "train"), 1.0, "reports-training"),
        ("chooses on training", _choose("train", "test"), 1.0, "chosen-on-training"),
        ("all on training", _choose("train", "train"), 0.0, "all-on-training"),
        ("chooses on test", _choose("test", "test"), 0.5, "chosen-on-test"),
        ("chooses the worst", _choose("valid", "test", "np.argmin"), 0.5, "picks-the-worst"),
        ("learns from both before choosing", _choose("valid", "test", learn="both"),
         0.5, "validation-memorised"),
        ("learns from the test at last", _choose("valid", "test", result=(
            "strengths[best], make_head(strengths[best]).fit(*test).score(*test)")),
         0.5, "fitted-on-test"),
        ("the error", _choose("valid", "test", result="strengths[best], 1 - accuracy"),
         1.5, "reports-error"),
        ("the position", _choose("valid", "test", result="best, accuracy"), 1.5, "position"),
        ("only the accuracy", _choose("valid", "test", result="accuracy"), 0.0, "one-number"),
        ("the head itself", _choose("valid", "test", result="heads[best], accuracy"),
         0.0, "not-two-numbers"),
        ("percent", _choose("valid", "test", result="strengths[best], 100 * accuracy"),
         0.0, "unknown"),
        ("no return", _choose("valid", "test").replace("return ", ""), 0.0, "returns-nothing"),
    ],
    "freeze": [
        ("norms learn", _freeze("place >= start"), 1.0, "norms-learn"),
        ("first is frozen too", _freeze("place > start and not norm"), 1.0, "one-too-late"),
        ("both of these", _freeze("place > start"), 0.5, "one-too-late-and-norms"),
        ("upside down", _freeze("place < start and not norm"), 0.5, "upside-down"),
        ("upside down with norms", _freeze("place < start"), 0.0, "upside-down-and-norms"),
        ("only that layer", _freeze("place == start"), 0.5, "only-that-layer"),
        ("only the head", _freeze("layer.name == 'head'"), 0.5, "only-the-head"),
        ("everything frozen", _freeze("False"), 0.0, "all-frozen"),
        ("frozen by the last line", _freeze("place >= start and not norm",
                                            after="network.trainable = False; return network"),
         0.0, "all-frozen"),
        ("everything learns", _freeze("True"), 0.0, "all-learn"),
        ("off and on again at the end", _freeze("place >= start and not norm", after=(
            "network.trainable = False; network.trainable = True; return network")),
         0.0, "all-learn"),
        ("only norms frozen", _freeze("not norm"), 0.0, "all-but-norms"),
        ("the network stays off", _freeze("place >= start and not norm", before="pass"),
         1.0, "switch-above"),
        ("only switches the network on", """
def freeze(network, first):
    off = True
    network.trainable = True
    for layer in network.layers:
        off = off and layer.name != first
        if off or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    return network""", 1.0, "not-unfrozen"),
        ("the count", _freeze("place >= start and not norm",
                              after="return len(network.trainable_weights)"),
         0.0, "not-the-network"),
        ("a copy", _freeze("place >= start and not norm",
                           after="return keras.Model(network.inputs, network.outputs)"),
         0.0, "not-the-network"),
        ("every second layer", _freeze("place % 2 == 0"), 0.0, "unknown"),
        ("no return", _freeze("place >= start and not norm", after="pass"),
         0.0, "returns-nothing"),
    ],
    "count": [
        ("by the layers' switches", _count(
            "sum(layer.count_params() for layer in network.layers if layer.trainable)"),
         1.0, "moving-averages"),
        ("how many arrays", _count(size="1"), 0.0, "arrays-not-numbers"),
        ("kernels only", _count(size="int(np.prod(w.shape)) if w.name == 'kernel' else 0"),
         0.0, "biases-forgotten"),
        ("matrices only", _count(size="int(np.prod(w.shape)) if len(w.shape) > 1 else 0"),
         0.0, "biases-forgotten"),
        ("no norms", _count(size="0 if '_bn' in w.path else int(np.prod(w.shape))"),
         0.0, "norms-forgotten"),
        ("sides added", _count(size="sum(w.shape)"), 0.0, "sides-added"),
        ("count_params twice", _count("network.count_params()"), 1.0, "switches-ignored"),
        ("turned", _count(result="every, learning"), 1.5, "other-order"),
        ("frozen instead of all", _count(result="learning, every - learning"),
         1.5, "frozen-not-all"),
        ("one number", _count(result="learning"), 0.0, "not-two-numbers"),
        ("in thousands", _count(result="learning / 1000, every / 1000"), 0.0, "unknown"),
        ("no return", _count().replace("return learning", "learning"), 0.0, "returns-nothing"),
    ],
    "draw_labels": [
        ("afresh for each size", _labels(
            "return [np.concatenate([rng.choice(each, size, replace=False)\n"
            "    for each in rows.values()]) for size in sizes]"), 1.0, "not-nested"),
        ("with replacement", _labels(
            "chosen = [rng.choice(each, max(sizes)) for each in rows.values()]\n"
            "chosen = [np.r_[each[:-1], each[0]] if max(sizes) > 1 else each for each in chosen]\n"
            "return [np.concatenate([each[:size] for each in chosen]) for size in sizes]"),
         0.5, "rows-repeat"),
        ("the first of each class", _labels(
            "return [np.concatenate([each[:size] for each in rows.values()]) for size in sizes]"),
         1.0, "not-random"),
        ("a seed of its own", _labels(
            "mine = np.random.default_rng(0)\n"
            "mixed = [mine.permutation(each) for each in rows.values()]\n"
            "return [np.concatenate([each[:size] for each in mixed]) for size in sizes]"),
         1.0, "not-random"),
        ("another generator", _labels(
            "mixed = [np.random.default_rng().permutation(each) for each in rows.values()]\n"
            "return [np.concatenate([each[:size] for each in mixed]) for size in sizes]"),
         1.5, "own-randomness"),
        ("so many in all", _labels("order = rng.permutation(len(labels))\n"
                                   "return [order[:size] for size in sizes]"), 0.5, "in-all"),
        ("not by class", _labels("order = rng.permutation(len(labels))\n"
                                 "return [order[:size * len(rows)] for size in sizes]"),
         0.5, "not-even"),
        ("numbers within the class", _labels(
            "return [np.sort(np.concatenate([[list(each).index(row) + 4 * k for row in"
            " mixed[label][:size]] for k, (label, each) in enumerate(rows.items())])) % len(labels)"
            " if size == 1 else np.arange(size * len(rows)) for size in sizes]"),
         0.5, "not-even"),
        ("only the new ones", _labels(
            "starts = [0, *sizes]\n"
            "return [np.concatenate([each[a:b] for each in mixed.values()])\n"
            "        for a, b in zip(starts, sizes)]"), 1.0, "only-new"),
        ("the largest set only", _labels(
            "return np.concatenate([each[:sizes[-1]] for each in mixed.values()])"),
         0.0, "not-one-for-each-size"),
        ("shares", _labels("return [np.concatenate([each[:s] / 100 for each in mixed.values()])"
                           " for s in sizes]"), 0.0, "not-rows"),
        ("no return", _labels("[np.concatenate([each[:s] for each in mixed.values()])"
                              " for s in sizes]"), 0.0, "returns-nothing"),
    ],
    "summarise": [
        ("NumPy's default", _summarise("accuracies.std(axis=0)"), 0.5, "divided-by-all"),
        ("variance", _summarise("accuracies.var(axis=0, ddof=1)"), 0.5, "variance"),
        ("NumPy's variance", _summarise("accuracies.var(axis=0)"), 0.5, "variance-divided-by-all"),
        ("error of the mean", _summarise("accuracies.std(axis=0, ddof=1) / len(accuracies)**0.5"),
         0.5, "error-of-mean"),
        ("range", _summarise("np.ptp(accuracies, axis=0)"), 0.5, "range"),
        ("other axis", _summarise("accuracies.std(axis=1, ddof=1)", "accuracies.mean(axis=1)"),
         0.0, "other-axis"),
        ("other axis, default", _summarise("accuracies.std(axis=1)", "accuracies.mean(axis=1)"),
         0.0, "other-axis-divided-by-all"),
        ("percent", _summarise("100 * accuracies.std(axis=0, ddof=1)",
                               "100 * accuracies.mean(axis=0)"), 0.5, "percent"),
        ("median", _summarise("accuracies.std(axis=0, ddof=1) + 1",
                              "np.median(accuracies, axis=0)"), 0.0, "unknown"),
        ("two numbers", _summarise("accuracies.std(ddof=1)", "accuracies.mean()"),
         0.0, "not-two-arrays"),
        ("only means", "def summarise(accuracies):\n    return accuracies.mean(axis=0)",
         0.0, "not-two-arrays"),
        ("no return", "def summarise(accuracies):\n    accuracies.mean(axis=0)",
         0.0, "returns-nothing"),
    ],
    "read_matrix": [
        ("precision", _read("precision, recall.mean(), pair(wrong)"), 1.0, "precision"),
        ("columns all through", _read("precision, precision.mean(), pair(wrong)[::-1]"),
         0.0, "precision"),
        ("counts", _read("matrix.diagonal(), recall.mean(), pair(wrong)"), 1.0, "counts"),
        ("shares of all", _read("matrix.diagonal() / matrix.sum(), recall.mean(), pair(wrong)"),
         1.0, "shares-of-all"),
        ("percent", _read("100 * recall, recall.mean(), pair(wrong)"), 1.0, "recall-in-percent"),
        ("misses", _read("1 - recall, recall.mean(), pair(wrong)"), 1.0, "misses"),
        ("accuracy", _read("recall, np.trace(matrix) / matrix.sum(), pair(wrong)"),
         1.5, "accuracy"),
        ("mean of precisions", _read("recall, precision.mean(), pair(wrong)"),
         1.5, "mean-precision"),
        ("turned", _read("recall, recall.mean(), pair(wrong)[::-1]"), 1.5, "pair-turned"),
        ("diagonal", _read("recall, recall.mean(), pair(matrix)"), 1.5, "diagonal"),
        ("largest share", _read("recall, recall.mean(), pair(wrong / matrix.sum(axis=1)[:, None])"),
         1.5, "largest-share"),
        ("both directions", _read("recall, recall.mean(), pair(np.triu(wrong + wrong.T))"),
         1.5, "pair-counted-together"),
        ("clears the caller's diagonal", _read(before="np.fill_diagonal(matrix, 0)"),
         1.5, "changes-input"),
        ("two of three", _read("recall, recall.mean()"), 0.0, "not-three"),
        ("sums", _read("matrix.sum(axis=1), recall.mean(), pair(wrong)"), 1.0, "unknown"),
        ("no return", _read().replace("return recall", "recall"), 0.0, "returns-nothing"),
    ],
}

RIGHT = {
    "prepare": [
        ("channel by channel", """
def prepare(images):
    if images.ndim == 3:
        images = np.stack([images, images, images], axis=-1)
    out = np.empty(images.shape)
    for k, mean in enumerate((103.939, 116.779, 123.68)):
        out[..., k] = images[..., 2 - k].astype(float) - mean
    return out"""),
        ("pixel by pixel, as lists", """
def prepare(images):
    def pixel(p):
        r, g, b = map(float, p) if np.ndim(p) else [float(p)] * 3
        return [b - 103.939, g - 116.779, r - 123.68]
    return [[[pixel(p) for p in row] for row in image] for image in images]"""),
        ("subtract, then turn", _prepare("return (images.astype('float32') - MEANS[::-1])"
                                         "[..., [2, 1, 0]]",
                                         "images = images[..., None] + np.zeros(3, 'uint8')")),
        ("a matrix that swaps", _prepare("return images @ np.eye(3)[::-1] - MEANS",
                                         "return images[..., None] - MEANS")),
    ],
    "extract": [
        ("predict with the size", "def extract(network, prepare, images, batch_size):\n"
                                  "    return network.predict(prepare(images), "
                                  "batch_size=batch_size, verbose=0)"),
        ("array_split", """
def extract(network, prepare, images, batch_size):
    parts = np.array_split(images, -(-len(images) // batch_size))
    return np.vstack([network(prepare(part)).numpy() for part in parts])"""),
        ("one by one", "def extract(network, prepare, images, batch_size):\n"
                       "    return [network(prepare(image[None]))[0] for image in images]"),
        ("a table to fill", """
def extract(network, prepare, images, batch_size):
    rows, start = None, 0
    while start < len(images):
        part = network.predict_on_batch(prepare(images[start:start + batch_size]))
        if rows is None:
            rows = np.zeros((len(images), part.shape[1]))
        rows[start:start + len(part)] = part
        start += len(part)
    return rows"""),
    ],
    "choose_head": [
        ("a loop with accuracy_score", """
def choose_head(make_head, strengths, train, valid, test):
    best, highest = None, -1
    for strength in strengths:
        head = make_head(strength)
        head.fit(train[0], train[1])
        right = accuracy_score(valid[1], head.predict(valid[0]))
        if right > highest:
            best, highest, chosen = strength, right, head
    return [best, np.mean(chosen.predict(test[0]) == test[1])]"""),
        ("taught again with both", _choose("valid", "test", result=(
            "strengths[best], make_head(strengths[best]).fit(*both).score(*test)"))),
        ("scikit-learn's search", """
def choose_head(make_head, strengths, train, valid, test):
    X, y = (np.concatenate(pair) for pair in zip(train, valid))
    fold = PredefinedSplit(np.r_[np.full(len(train[1]), -1), np.zeros(len(valid[1]))])
    search = GridSearchCV(make_head(strengths[0]), {'strength': strengths}, cv=fold).fit(X, y)
    return search.best_params_['strength'], search.score(*test)"""),
        ("by name, with clones", """
def choose_head(make_head, strengths, train, valid, test):
    scores = pd.Series({s: clone(make_head(s)).fit(*train).score(*valid) for s in strengths})
    return scores.idxmax(), make_head(scores.idxmax()).fit(*train).score(*test)"""),
    ],
    "freeze": [
        ("a flag", """
def freeze(network, first):
    network.trainable = True
    learns = False
    for layer in network.layers:
        learns = learns or layer.name == first
        layer.trainable = learns and 'BatchNorm' not in type(layer).__name__
    return network"""),
        ("by name, in two loops", """
def freeze(network, first):
    network.trainable = False
    network.trainable = True
    for layer in network.layers:
        if layer.name == first:
            break
        layer.trainable = False
    for layer in network.layers:
        if layer.name.endswith('_bn'):
            layer.trainable = False
    return network"""),
        ("from the back", """
def freeze(network, first):
    network.trainable = True
    for layer in network.layers:
        layer.trainable = False
    for layer in reversed(network.layers):
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
        if layer.name == first:
            return network"""),
        ("on again at the end, which changes nothing", _freeze(
            "place >= start and not norm", after="network.trainable = True; return network")),
        ("compiled on the way", _freeze("place >= start and not norm", after=(
            "network.compile('sgd', 'mse'); return network"))),
    ],
    "count": [
        ("count_params and layers", """
def count(network):
    learning = 0
    for layer in network.layers:
        for weight in layer.trainable_weights:
            n = 1
            for side in weight.shape:
                n *= side
            learning += n
    return learning, network.count_params()"""),
        ("sizes of arrays", "def count(network):\n"
                            "    return [sum(w.numpy().size for w in group) for group in "
                            "(network.trainable_variables, network.variables)]"),
        ("all less frozen", "def count(network):\n"
                            "    frozen = sum(np.prod(w.shape) for w in "
                            "network.non_trainable_weights)\n"
                            "    return np.array([network.count_params() - frozen, "
                            "network.count_params()])"),
    ],
    "draw_labels": [
        ("pandas", """
def draw_labels(labels, sizes, rng):
    table = pd.Series(labels).sample(frac=1, random_state=rng)
    place = table.groupby(table).cumcount()
    return [place.index[place < size].to_numpy() for size in sizes]"""),
        ("from the largest down", _labels(
            "sets = []\n"
            "for size in sorted(sizes, reverse=True):\n"
            "    mixed = {k: rng.choice(v, size, replace=False) for k, v in mixed.items()}\n"
            "    sets.insert(0, np.concatenate(list(mixed.values())))\n"
            "return sets")),
        ("a dictionary of lists", """
def draw_labels(labels, sizes, rng):
    order, taken, sets = rng.permutation(len(labels)), {}, {s: [] for s in sizes}
    for row in order:
        taken[labels[row]] = taken.get(labels[row], 0) + 1
        for size in sizes:
            if taken[labels[row]] <= size:
                sets[size].append(int(row))
    return sets"""),
        ("sorted rows, as tuples", _labels(
            "return tuple(sorted(row for each in mixed.values() for row in each[:s].tolist())\n"
            "             for s in sizes)")),
    ],
    "summarise": [
        ("pandas", "def summarise(accuracies):\n    table = pd.DataFrame(accuracies)\n"
                   "    return table.mean(), table.std()"),
        ("by hand", """
def summarise(accuracies):
    n = len(accuracies)
    means = sum(accuracies) / n
    return means.tolist(), (sum((row - means) ** 2 for row in accuracies) / (n - 1)) ** 0.5"""),
        ("one array", "def summarise(accuracies):\n"
                      "    return np.array([accuracies.mean(0), np.std(accuracies, 0, ddof=1)])"),
    ],
    "read_matrix": [
        ("loops", """
def read_matrix(matrix):
    n = len(matrix)
    recall = [matrix[i][i] / sum(matrix[i]) for i in range(n)]
    pairs = [(matrix[i][j], (i, j)) for i in range(n) for j in range(n) if i != j]
    return recall, sum(recall) / n, max(pairs)[1]"""),
        ("pandas", """
def read_matrix(matrix):
    table = pd.DataFrame(matrix)
    recall = pd.Series(np.diag(table)) / table.sum(axis=1)
    counts = table.where(~np.eye(len(table), dtype=bool)).stack()
    return recall, recall.mean(), counts.idxmax()"""),
        ("a copy with minus one", _read("recall.tolist(), np.average(recall), list(pair(c))",
                                        "c = matrix.copy(); np.fill_diagonal(c, -1)")),
    ],
}
