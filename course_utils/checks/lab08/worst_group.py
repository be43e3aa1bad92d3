"""Which of the groups that share two attributes fares worst."""

import numpy as np

from course_utils.checks.drawing import all_ways, draw_until_apart
from course_utils.checks.slips import Judged, check, outcome_of, read, slip

TONES, AGES = ("light", "medium", "dark"), ("young", "middle", "old")


def draw(rng):
    """Draw audits in which every slip points at another group somewhere."""
    return draw_until_apart(lambda: _draw_one(rng), lambda case, ways: {
        way for way in ways if way(*arguments(case)) != right(*arguments(case))},
        all_ways(SLIPS), least=3)


def _draw_one(rng):
    """Let one cell be tiny and bad, so that a group of three people could decide."""
    while True:
        counts = rng.integers(12, 60, size=(3, 3))
        rates = rng.uniform(0.02, 0.3, size=(3, 3))
        tiny = tuple(rng.integers(3, size=2))
        counts[tiny], rates[tiny] = 3, 0.9
        people = [(TONES[a], AGES[b], bool(rng.random() < rates[a, b]))
                  for a in range(3) for b in range(3) for _ in range(counts[a, b])]
        columns = zip(*(people[k] for k in rng.permutation(len(people))), strict=True)
        case = dict(zip(("tone", "age", "wrong"), map(list, columns), strict=True)) | {"least": 10}
        worst, second = sorted((rate for rate, n in cells(*arguments(case)[:3]).values()
                                if n >= 10), reverse=True)[:2]
        if worst > second + 0.02:
            return case


def arguments(case):
    """Return the arrays tone, age and wrong, and the least number of people."""
    return *(np.array(case[name]) for name in ("tone", "age", "wrong")), case["least"]


def cells(tone, age, wrong):
    """Return (error rate, people) of each cell that has people."""
    table = {}
    for pair in ((a, b) for a in TONES for b in AGES):
        inside = (tone == pair[0]) & (age == pair[1])
        if inside.any():
            table[pair] = (wrong[inside].mean(), inside.sum())
    return table


def _highest(measure, *, every=False):
    def way(tone, age, wrong, least):
        measured = {pair: measure(*cell) for pair, cell in cells(tone, age, wrong).items()
                    if every or cell[1] >= least}
        return max(measured, key=measured.get)
    return way


def marginal(tone, age, wrong, least):
    """Return the worst tone and the worst age, each by itself."""
    return (max(TONES, key=lambda name: wrong[tone == name].mean()),
            max(AGES, key=lambda name: wrong[age == name].mean()))


right = _highest(lambda rate, n: rate)
SLIPS = (
    slip("small-group", _highest(lambda rate, n: rate, every=True),
         "Your group has fewer people than `least`. Three people, all of them wrong: what does "
         "that say?", earns=0.5),
    slip("each-by-itself", marginal,
         "You look for the worst tone and for the worst age, each by itself. People have both at "
         "once: which of the nine groups fares worst?", earns=0.25),
    slip("counts", _highest(lambda rate, n: rate * n),
         "You compare how many were wrong. A larger group has more of everything.", earns=0.25),
    slip("best-group", _highest(lambda rate, n: -rate),
         "That is the group with the *lowest* error rate.", earns=0.25),
    slip("largest-group", _highest(lambda rate, n: n),
         "That is the group with the most people."),
    slip("not-a-pair", None, "Your function should give back two words: a tone and an age."),
    slip("unknown", None,
         "That is not the group with the highest error rate among those with enough people. Count "
         "the nine groups: how many people, how many wrong?"),
)


def judge(cases, answers):
    """Judge the pair of words by the way of choosing that gives it."""
    pairs = read(answers, pair_in, "not-a-pair")
    return outcome_of(right, SLIPS, [arguments(case) for case in cases], pairs, tuple.__eq__)


def pair_in(answer):
    """Return (tone, age), in whatever order or form the learner gave the two words."""
    items = answer.get("value")
    if answer["kind"] == "mapping":
        items = list(items.values())
    elif answer["kind"] == "text":
        items = [{"value": word} for word in items.replace(",", " ").replace("/", " ").split()]
    if answer["kind"] not in ("sequence", "mapping", "text") or len(items) != 2:
        return None
    words = [str(item.get("value")).strip().lower() for item in items]
    if words[0] in AGES:
        words.reverse()
    return tuple(words) if words[0] in TONES and words[1] in AGES else None


CHECK = check("lab08", "worst_group", 2, draw, Judged(judge, SLIPS), arguments)
