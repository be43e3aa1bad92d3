"""Judging a learner's guess at what scaling does to k-NN, and the measurement of it."""

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.words import one_of

WORDS = {
    "rises": ("rise", "up", "goesup", "increases", "improves", "better", "higher", "jumps"),
    "falls": ("fall", "down", "goesdown", "decreases", "drops", "worse", "lower"),
    "stays": ("stay", "same", "staysthesame", "unchanged", "nochange", "nothing", "equal"),
}
RIGHT = {"a": "rises", "b": "falls", "c": "stays", "d": "stays"}
ROWS = 400
SHUFFLES = 4
TOLERANCE = 0.1  # for folds of a learner's own choice
SLIPS = {"a": "noise-in-large-units", "b": "scaling-always-helps", "c": "units-already-equal",
         "d": "trees-compare-within"}


def draw_nothing(rng):
    """Nothing to draw: the four situations are in the lab's text."""
    return []


def judge_guess(_, values):
    """Judge the dictionary `accuracy_will`: a quarter of the points for each situation."""
    found = values["accuracy_will"]
    if found["kind"] != "mapping":
        return Verdict(0.0, "not-a-dictionary")
    said = {name.strip().lower(): one_of(WORDS, item) for name, item in found["value"].items()}
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
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] != "number" for answer in answers):
        return Verdict(0.0, "not-one-number")
    said = np.array([answer["value"] for answer in answers])
    if not np.isfinite(said).all():
        return Verdict(0.0, "unknown")
    measured = [_accuracies(*build(case)) for case in cases]
    raw, scaled, seen_raw, seen_scaled = (np.array(part).T for part in zip(*measured, strict=True))
    ways = {None: scaled - raw, "sign": raw - scaled, "percent": 100 * (scaled - raw),
            "training-accuracy": seen_scaled - seen_raw, "only-scaled": scaled, "only-raw": raw,
            "same-twice": 0 * raw, "ratio": scaled / raw}
    distance = {way: np.abs(np.atleast_2d(value) - said).max(axis=1).min()
                for way, value in ways.items()}
    distance["percent"] /= 100
    best = min(distance, key=distance.get)
    if distance[best] > TOLERANCE:
        return Verdict(0.0, "unknown")
    return Verdict(1.0 if best is None else PARTS.get(best, 0.0), best)


PARTS = {"sign": 0.5, "percent": 0.75, "training-accuracy": 0.25}


def _accuracies(X, y):
    """Return accuracies of 5-NN: raw and scaled on unseen rows, raw and scaled on seen rows.

    Those on unseen rows come twice: for `cv=5` as it is, which is what most learners write, and
    as a mean over shuffled folds, for those who chose their own.
    """
    from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    models = (KNeighborsClassifier(5), make_pipeline(StandardScaler(), KNeighborsClassifier(5)))
    shuffled = RepeatedStratifiedKFold(n_splits=5, n_repeats=SHUFFLES, random_state=0)
    unseen = [[cross_val_score(model, X, y, cv=folds).mean() for folds in (5, shuffled)]
              for model in models]
    return [*unseen, *(model.fit(X, y).score(X, y) for model in models)]


GAIN_HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-one-number": (
        "Your function should give back one number: a difference of two mean accuracies. "
        "`cross_val_score` gives an array, one accuracy for each fold.",),
    "sign": (
        "The size is right, the sign is not: your gain is negative where scaling helps. A gain is "
        "what you have afterwards compared with before.",),
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
