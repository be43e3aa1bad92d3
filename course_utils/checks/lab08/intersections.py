"""Judging which of the groups that share two attributes fares worst."""

import numpy as np

from course_utils.checks.check import Verdict, first_error

TONES, AGES = ("light", "medium", "dark"), ("young", "middle", "old")
TRIES = 3000


def draw(rng):
    """Draw audits in which every slip points at another group somewhere."""
    cases, open_slips = [], set(WAYS) - {None}
    for _ in range(TRIES):
        case = _draw_one(rng)
        said = {name: way(*build(case)) for name, way in WAYS.items()}
        told = {name for name in open_slips if said[name] != said[None]}
        if told or not open_slips:
            cases.append(case)
            open_slips -= told
        if len(cases) >= 3 and not open_slips:
            break
    return cases


def _draw_one(rng):
    """Let one cell be tiny and bad, so that a group of three people could decide."""
    while True:
        counts = rng.integers(12, 60, size=(3, 3))
        rates = rng.uniform(0.02, 0.3, size=(3, 3))
        tiny = tuple(rng.integers(3, size=2))
        counts[tiny], rates[tiny] = 3, 0.9
        tone, age = (np.repeat(names, counts.sum(axis=1 - axis)).tolist()
                     for axis, names in ((0, TONES), (1, AGES)))
        age = [AGES[b] for a in range(3) for b in range(3) for _ in range(counts[a, b])]
        wrong = [bool(rng.random() < rates[a, b])
                 for a in range(3) for b in range(3) for _ in range(counts[a, b])]
        order = rng.permutation(len(wrong))
        case = {"tone": [tone[k] for k in order], "age": [age[k] for k in order],
                "wrong": [wrong[k] for k in order], "least": 10}
        best, second = sorted((r for r, n in _cells(*build(case)[:3]).values() if n >= 10),
                              reverse=True)[:2]
        if best > second + 0.02:
            return case


def build(case):
    """Return the arrays tone, age and wrong, and the least number of people."""
    return *(np.array(case[name]) for name in ("tone", "age", "wrong")), case["least"]


def judge(cases, answers):
    """Judge the pair of words by the way of choosing that gives it."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [_pair(answer) for answer in answers]
    if any(pair is None for pair in said):
        return Verdict(0.0, "not-a-pair")
    arguments = [build(case) for case in cases]
    for slip, way in WAYS.items():
        if all(way(*each) == pair for each, pair in zip(arguments, said, strict=True)):
            return Verdict(PARTS.get(slip, 0.0), slip)
    return Verdict(0.0, "unknown")


def _pair(answer):
    """Return (tone, age), in whatever order or form the learner gave the two words."""
    items = answer.get("value")
    if answer["kind"] == "mapping":
        items = list(items.values())
    elif answer["kind"] == "text":
        items = [{"kind": "text", "value": word}
                 for word in items.replace(",", " ").replace("/", " ").split()]
    if answer["kind"] not in ("sequence", "mapping", "text") or len(items) != 2:
        return None
    words = [str(item.get("value")).strip().lower() for item in items]
    if words[0] in AGES:
        words.reverse()
    return tuple(words) if words[0] in TONES and words[1] in AGES else None


def _cells(tone, age, wrong):
    """Return (error rate, people) of each cell that has people."""
    found = {}
    for pair in ((a, b) for a in TONES for b in AGES):
        inside = (tone == pair[0]) & (age == pair[1])
        if inside.any():
            found[pair] = (wrong[inside].mean(), inside.sum())
    return found


def _highest(measure, *, every=False):
    def way(tone, age, wrong, least):
        cells = {pair: cell for pair, cell in _cells(tone, age, wrong).items()
                 if every or cell[1] >= least}
        return max(cells, key=lambda pair: measure(*cells[pair]))
    return way


def _marginal(tone, age, wrong, least):
    return (max(TONES, key=lambda name: wrong[tone == name].mean()),
            max(AGES, key=lambda name: wrong[age == name].mean()))


WAYS = {
    None: _highest(lambda rate, n: rate),
    "small-group": _highest(lambda rate, n: rate, every=True),
    "each-by-itself": _marginal,
    "counts": _highest(lambda rate, n: rate * n),
    "best-group": _highest(lambda rate, n: -rate),
    "largest-group": _highest(lambda rate, n: n),
}
PARTS = {None: 1.0, "small-group": 0.5, "each-by-itself": 0.25, "counts": 0.25,
         "best-group": 0.25}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-a-pair": (
        "Your function should give back two words: a tone and an age.",),
    "small-group": (
        "Your group has fewer people than `least`. Three people, all of them wrong: what does "
        "that say?",),
    "each-by-itself": (
        "You look for the worst tone and for the worst age, each by itself. People have both at "
        "once: which of the nine groups fares worst?",),
    "counts": (
        "You compare how many were wrong. A larger group has more of everything.",),
    "best-group": (
        "That is the group with the *lowest* error rate.",),
    "largest-group": (
        "That is the group with the most people.",),
    "unknown": (
        "That is not the group with the highest error rate among those with enough people. Count "
        "the nine groups: how many people, how many wrong?",),
}
