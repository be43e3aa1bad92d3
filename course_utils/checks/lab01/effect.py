"""Judging a learner's guess at what scaling does to k-NN, and the measurement of it."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.choices import entries

WORDS = {
    "rises": ("rise", "increase", "increases", "improve", "improves", "up", "goesup", "better",
              "higher", "jumps"),
    "falls": ("fall", "decrease", "decreases", "drop", "drops", "down", "goesdown", "worse",
              "lower"),
    "stays": ("stay", "staysthesame", "same", "unchanged", "nochange", "noeffect", "nothing",
              "equal"),
}
RIGHT = {"a": "rises", "b": "falls", "c": "stays", "d": "stays"}
ROWS = 400
SHUFFLES = 4
TOLERANCE = 0.06  # for folds of a learner's own choice
SLIPS = {"a": "noise-in-large-units", "b": "scaling-always-helps", "c": "units-already-equal",
         "d": "trees-compare-within"}


def draw_nothing(rng):
    """Nothing to draw: the four situations are in the lab's text."""
    return []


def judge_guess(_, values):
    """Judge the dictionary `accuracy_will`: a quarter of the points for each situation."""
    said = entries(values["accuracy_will"], WORDS)
    if said is None:
        return Verdict(0.0, "not-a-dictionary")
    if any(said.get(name) is None for name in RIGHT):
        slip = "word-unknown"
    else:
        slip = next((SLIPS[name] for name in RIGHT if said[name] != RIGHT[name]), None)
    share = sum(said.get(name) == word for name, word in RIGHT.items()) / len(RIGHT)
    return Verdict(share, slip)


GUESS_HINTS = {
    "not-a-dictionary": (
        "`accuracy_will` should stay a dictionary: A to D, then one of the three words.",),
    "word-unknown": (
        "One of A to D has no entry, or another word than `rises`, `falls` or `stays`.",),
    "noise-in-large-units": (
        "Situation A: the feature with the largest numbers decides who is near whom. Is it one "
        "that tells the classes apart?",),
    "scaling-always-helps": (
        "Situation B: scaling gives every feature the same say. What if the one with the large "
        "numbers was right and the others know nothing?",),
    "units-already-equal": (
        "Situation C: all columns already have the same unit and about the same spread. What is "
        "left to even out?",),
    "trees-compare-within": (
        "Situation D: the model is no longer k-NN. Does a tree ever compare one feature with "
        "another?",),
}


def draw(rng):
    """Draw three classification tables: scaling helps k-NN, hurts it, leaves it as it is."""
    labels = np.arange(ROWS) % 2
    signal = 2.2 * labels[:, None] + rng.normal(size=(ROWS, 1))
    noise = rng.normal(size=(ROWS, 40))
    tables = {"helps": np.hstack([signal, 1_000 * noise[:, :2]]),
              "hurts": np.hstack([1_000 * signal, noise]),
              "equal": np.hstack([signal, noise[:, :2]]) / np.array([1.5, 1, 1])}
    return [{"name": name, "X": table.tolist(), "y": labels.tolist()}
            for name, table in tables.items()]


def build(case):
    """Return `X` and `y`."""
    return np.array(case["X"]), np.array(case["y"])


def judge_gain(cases, answers):
    """Judge the gain in accuracy, scaled minus raw, against what other splits of the rows give."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] != "number" for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = np.array([answer["value"] for answer in answers])
    if not np.isfinite(said).all():
        return Verdict(0.0, "unknown")
    exact, near = _ways(*zip(*map(build, cases), strict=True))
    for way, compute in exact.items():
        if np.abs(compute() - said).max() < 1e-9:
            return Verdict(PARTS.get(way, 0.0), None if way == "right" else way)
    for way, value in near().items():
        unit = 100 if way == "percent" else 1
        if np.abs(value - said).max() <= TOLERANCE * unit:
            return Verdict(PARTS.get(way, 0.0), None if way == "right" else way)
    return Verdict(0.0, "unknown")


PARTS = {"right": 1.0, "percent": 0.75, "sign": 0.5, "always-positive": 0.5, "neighbours": 0.5,
         "other-scaling": 0.5, "training-accuracy": 0.25}


def _ways(tables, labels):
    """Return what each way of computing the gain gives on the tables.

    The first dictionary holds ways that are the same for everybody and must be met exactly, each
    to be computed when needed; the second, in the order of trying, those that depend on how the
    rows fall into folds. It takes most of the time, and a right answer does without it.
    """
    from sklearn.model_selection import RepeatedStratifiedKFold, StratifiedKFold
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler

    in_order = StratifiedKFold(5)

    def unseen(model, folds=in_order):
        # cross_val_score(model, X, y).mean() in two thirds of its time: a whole class waits for it
        return np.array([np.mean([np.mean(model.fit(X[fit], y[fit]).predict(X[new]) == y[new])
                                  for fit, new in folds.split(X, y)])
                         for X, y in zip(tables, labels, strict=True)])

    def seen(model):
        return np.array([model.fit(X, y).score(X, y)
                         for X, y in zip(tables, labels, strict=True)])

    def with_neighbours(k):
        return unseen(make_pipeline(StandardScaler(), KNeighborsClassifier(k))) - unseen(
            KNeighborsClassifier(k))

    knn = KNeighborsClassifier(5)
    scaled, ranged = (make_pipeline(scaler, knn) for scaler in (StandardScaler(), MinMaxScaler()))
    exact = {"right": lambda: unseen(scaled) - unseen(knn),
             "training-accuracy": lambda: seen(scaled) - seen(knn),
             "other-scaling": lambda: unseen(ranged) - unseen(knn),
             "neighbours": lambda: with_neighbours(1)}

    def near():
        shuffled = RepeatedStratifiedKFold(n_splits=5, n_repeats=SHUFFLES, random_state=0)
        before, after = unseen(knn, shuffled), unseen(scaled, shuffled)
        return {"right": after - before, "always-positive": np.abs(after - before),
                "sign": before - after, "percent": 100 * (after - before), "only-scaled": after,
                "only-raw": before, "same-twice": 0 * before, "relative": after / before - 1,
                "ratio": after / before}

    return exact, near


GAIN_HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-number": (
        "Your function should give back one number: a difference of two mean accuracies. "
        "`cross_val_score` gives an array, one accuracy for each fold.",),
    "sign": (
        "The size is right, the sign is not: your gain is negative where scaling helps. A gain is "
        "what you have afterwards compared with before.",),
    "always-positive": (
        "Your gain is never negative. In one of the tables scaling makes k-NN worse, and a gain "
        "should say so.",),
    "neighbours": (
        "These are the gains for another number of neighbours. The exercise asks for five.",),
    "other-scaling": (
        "These are the gains for min-max scaling. The exercise asks for standardized features.",),
    "relative": (
        "You divided the difference by the accuracy before. The exercise asks by how many points "
        "it rises: the difference itself.",),
    "percent": (
        "Your numbers are a hundred times too large. Accuracies, and their difference, are shares "
        "between 0 and 1 here.",),
    "training-accuracy": (
        "You measured on the rows that k-NN had memorised. There each row is its own nearest "
        "neighbour, which flatters both sides.",),
    "only-scaled": (
        "This is the accuracy of one model. A gain needs two, measured in the same way.",),
    "only-raw": (
        "This is the accuracy without scaling. A gain needs a second model to compare with.",),
    "same-twice": (
        "Your gain is near 0 even where scaling changes a lot. Do both of your measurements "
        "contain a scaler, or neither?",
        "If you scaled the table once before both measurements, the `raw` one is not raw."),
    "ratio": (
        "You divided one accuracy by the other. The exercise asks by how many points it rises: "
        "a difference.",),
    "unknown": (
        "These are not the gains of 5 nearest neighbours over 5-fold cross-validation. Check the "
        "number of neighbours and of folds, and which model got the scaler.",),
}
