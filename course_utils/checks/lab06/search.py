"""A search of a gallery, for people some of whom are not in it."""

import operator

import numpy as np

from course_utils.checks.slips import Judged, all_ways, check, outcome_of, slip, stop_at_error

NOBODY = {"", "none", "nobody", "noone", "nan", "unknown"}


def draw(rng):
    """Draw searches on which every shortcut names somebody else at least once."""
    while True:
        cases = [_draw_one(rng) for _ in range(14)]
        right, *others = ([way(*arguments(case)) for case in cases]
                          for way in (nearest, *all_ways(SLIPS)))
        if 3 <= right.count(None) <= 8 and right not in others:
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


def arguments(case):
    """Return the probe, the gallery (a row for each picture), the names and the threshold."""
    return (np.array(case["probe"]), np.array(case["gallery"]), list(case["names"]),
            case["threshold"])


def by(change):
    """Return the way that compares changed distances with the threshold."""
    def way(probe, gallery, names, threshold):
        distances = change(apart(probe, gallery))
        return names[int(distances.argmin())] if distances.min() <= threshold else None
    return way


def apart(probe, gallery):
    """Return the distance of each row from the probe."""
    return np.linalg.norm(gallery - probe, axis=1)


nearest = by(lambda distances: distances)


def _within(probe, gallery, names, threshold):
    return [name for name, far in zip(names, apart(probe, gallery), strict=True)
            if far <= threshold]


def _mean_faces(probe, gallery, names, threshold):
    people = list(dict.fromkeys(names))
    means = np.array([gallery[np.array(names) == name].mean(axis=0) for name in people])
    return nearest(probe, means, people, threshold)


SLIPS = (
    slip("always-somebody", lambda *case: nearest(*case[:3], np.inf),
         "Your search always names somebody. The nearest of a gallery is somebody even for a "
         "person who was never enrolled.",
         "What is the threshold for?", earns=0.5),
    slip("first-within", lambda *case: next(iter(_within(*case)), None),
         "You name the first person within the threshold. There may be a nearer one further down.",
         earns=0.5),
    slip("squared", by(np.square),
         "You compare squared distances with the threshold. The threshold is a distance.",
         earns=0.5),
    slip("position", lambda *case: nearest(*case[:2], range(len(case[2])), case[3]),
         "You give a position in the gallery. Whose picture stands there?", earns=0.5),
    slip("mean-faces", _mean_faces,
         "You compare with the mean of each person's embeddings. That may be a good idea, but this "
         "exercise asks for the nearest picture.", earns=0.5),
    slip("most-matches", lambda *case: max(near := _within(*case), key=near.count, default=None),
         "You name who has the most pictures within the threshold. Whoever was enrolled most often "
         "is then found most often. The exercise asks for the nearest picture.", earns=0.5),
    slip("farthest", by(np.negative),
         "You name the farthest person. A small distance means alike."),
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`) for everybody. Where is its `return`?"),
    slip("not-one-name", None, "Give back one name, or `None` if it is nobody."),
    slip("not-a-name", None,
         "You give back something that is no name of this gallery. A name comes from `names`; "
         "nobody is `None`."),
    slip("unknown", None,
         "For some searches another name is right. Print all distances of one search, and find the "
         "smallest by hand."),
)


def judge(cases, answers):
    """Judge a name for each search, or nobody."""
    stop_at_error(answers)
    if all(answer["kind"] == "none" for answer in answers):
        return "returns-nothing"
    if any(answer["kind"] in ("sequence", "array", "mapping", "other") for answer in answers):
        return "not-one-name"
    words = [_word(answer) for answer in answers]
    outcome = outcome_of(nearest, SLIPS, [arguments(case) for case in cases], words, operator.eq)
    if outcome == "unknown" and not all(word is None or word in case["names"]
                                        for word, case in zip(words, cases, strict=True)):
        return "not-a-name"
    return outcome


def _word(answer):
    if answer["kind"] == "number" and answer["value"] == answer["value"]:
        return int(answer["value"])
    text = str(answer.get("value", "")).strip()
    return None if answer["kind"] == "truth" or text.lower() in NOBODY else text


CHECK = check("lab06", "search", 2, draw, Judged(judge, SLIPS), arguments)
