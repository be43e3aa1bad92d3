"""Judging a search of a gallery, for people some of whom are not in it."""

import numpy as np

from course_utils.checks.check import Verdict, first_error

NOBODY = {"", "none", "nobody", "noone", "nan", "unknown"}


def draw(rng):
    """Draw searches on which every shortcut names somebody else at least once."""
    while True:
        cases = [_draw_one(rng) for _ in range(14)]
        said = {name: [way(*build(case)) for case in cases] for name, way in WAYS.items()}
        right = said["right"]
        enough = 3 <= right.count(None) <= 8
        if enough and all(said[name] != right for name in said if name != "right"):
            return cases


def _draw_one(rng):
    names = [f"P{number:02d}" for number in rng.permutation(40)[:6]]
    spots = dict(zip(names, rng.normal(size=(6, 4)), strict=True))
    rows = [*names, *rng.choice(names, 6)]
    rng.shuffle(rows)
    gallery = [(spots[name] + 0.35 * rng.normal(size=4)).round(4).tolist() for name in rows]
    stranger = rng.random() < 0.4
    middle = rng.normal(size=4) if stranger else spots[names[int(rng.integers(6))]]
    return {"probe": (middle + 0.35 * rng.normal(size=4)).round(4).tolist(), "gallery": gallery,
            "names": rows, "threshold": float(np.round(rng.uniform(1.0, 1.5), 2))}


def build(case):
    """Return the probe, the gallery (a row for each picture), the names and the threshold."""
    return (np.array(case["probe"]), np.array(case["gallery"]), list(case["names"]),
            case["threshold"])


def judge(cases, answers):
    """Judge a name for each search, or nobody."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if all(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] in ("sequence", "array", "mapping", "other") for answer in answers):
        return Verdict(0.0, "not-one-name")
    said = [_word(answer) for answer in answers]
    for slip, way in WAYS.items():
        if said == [way(*build(case)) for case in cases]:
            return Verdict(1.0) if slip == "right" else Verdict(PARTS.get(slip, 0.0), slip)
    known = [word is None or word in case["names"] for word, case in zip(said, cases, strict=True)]
    return Verdict(0.0, "unknown" if all(known) else "not-a-name")


def _word(answer):
    if answer["kind"] == "number" and answer["value"] == answer["value"]:
        return int(answer["value"])
    text = str(answer.get("value", "")).strip()
    return None if answer["kind"] == "truth" or text.lower() in NOBODY else text


def _apart(probe, gallery):
    return np.linalg.norm(gallery - probe, axis=1)


def _named(distances, names, threshold, within=None):
    at = int(np.argmin(distances))
    return names[at] if (distances[at] if within is None else within) <= threshold else None


def _nearest(probe, gallery, names, threshold):
    return _named(_apart(probe, gallery), names, threshold)


def _always(probe, gallery, names, threshold):
    return names[int(_apart(probe, gallery).argmin())]


def _first(probe, gallery, names, threshold):
    return next((name for name, far in zip(names, _apart(probe, gallery), strict=True)
                 if far <= threshold), None)


def _squared(probe, gallery, names, threshold):
    return _named(_apart(probe, gallery) ** 2, names, threshold)


def _position(probe, gallery, names, threshold):
    distances = _apart(probe, gallery)
    return int(distances.argmin()) if distances.min() <= threshold else None


def _mean_faces(probe, gallery, names, threshold):
    people = list(dict.fromkeys(names))
    means = np.array([gallery[np.array(names) == name].mean(axis=0) for name in people])
    return _named(_apart(probe, means), people, threshold)


def _most_matches(probe, gallery, names, threshold):
    near = [name for name, far in zip(names, _apart(probe, gallery), strict=True)
            if far <= threshold]
    return max(near, key=near.count) if near else None


def _farthest(probe, gallery, names, threshold):
    return _named(-_apart(probe, gallery), names, threshold)


WAYS = {"right": _nearest, "always-somebody": _always, "first-within": _first,
        "squared": _squared, "position": _position, "mean-faces": _mean_faces,
        "most-matches": _most_matches, "farthest": _farthest}
PARTS = {"always-somebody": 0.5, "first-within": 0.5, "squared": 0.5, "position": 0.5,
         "mean-faces": 0.5, "most-matches": 0.5}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`) for everybody. Where is its `return`?",),
    "not-one-name": (
        "Give back one name, or `None` if it is nobody.",),
    "not-a-name": (
        "You give back something that is no name of this gallery. A name comes from `names`; "
        "nobody is `None`.",),
    "always-somebody": (
        "Your search always names somebody. The nearest of a gallery is somebody even for a "
        "person who was never enrolled.",
        "What is the threshold for?"),
    "first-within": (
        "You name the first person within the threshold. There may be a nearer one further down.",),
    "squared": (
        "You compare squared distances with the threshold. The threshold is a distance.",),
    "position": (
        "You give a position in the gallery. Whose picture stands there?",),
    "mean-faces": (
        "You compare with the mean of each person's embeddings. That may be a good idea, but this "
        "exercise asks for the nearest picture.",),
    "most-matches": (
        "You name who has the most pictures within the threshold. Whoever was enrolled most often "
        "is then found most often. The exercise asks for the nearest picture.",),
    "farthest": (
        "You name the farthest person. A small distance means alike.",),
    "unknown": (
        "For some searches another name is right. Print all distances of one search, and find the "
        "smallest by hand.",),
}
