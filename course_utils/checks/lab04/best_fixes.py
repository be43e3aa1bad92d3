"""Which fixes a learner chooses for a budget of hours."""

from itertools import chain, combinations

import numpy as np

from course_utils.checks.drawing import draw_until_apart
from course_utils.checks.lab04.gains import STAGES
from course_utils.checks.slips import Judged, check, outcome_of, read, slip

SETS = [fixes for size in range(5) for fixes in combinations(STAGES, size)]
# For each set, whether it repairs all failures of a page, which bits stand for
REPAIRED = np.array([[all(stage in fixes or not failures >> k & 1 for k, stage in enumerate(STAGES))
                      for failures in range(16)] for fixes in SETS])


def draw(rng):
    """Draw machines and budgets on which the usual shortcuts end elsewhere than the best set.

    Between them the cases tell every shortcut apart; in one of them nothing can be paid for.
    """
    ways = {None: right} | {each.name: each.ways[0] for each in (*SHORTCUTS, *RARE)}
    pairs = {*combinations((None, *(each.name for each in SHORTCUTS)), 2), *ALIKE,
             *((None, each.name) for each in RARE)}

    def told_apart(case, pairs):
        machine = Machine(*arguments(case))
        value = {name: machine.share(ways[name](machine)) for name in set(chain(*pairs))}
        return {(one, other) for one, other in pairs if abs(value[one] - value[other]) > 0.02}

    cases = draw_until_apart(lambda: _draw_one(rng), told_apart, pairs)
    return [*cases, _draw_one(rng) | {"budget": 1}]


def _draw_one(rng):
    size = 120
    trouble = rng.random((size, 1)) < 0.35
    weak = rng.uniform(0.02, 0.75, size=4)
    ok = ~(trouble & (rng.random((size, 4)) < weak)) & (rng.random((size, 4)) < 0.94)
    hours = rng.integers(4, 40, size=4)
    # every other budget is spent to the last hour by some pair
    budget = rng.integers(25, 60) if rng.random() < 0.5 else rng.choice(hours, 2, False).sum()
    return {"ok": ok.tolist(), "hours": hours.tolist(), "budget": int(budget)}


def arguments(case):
    """Return `ok` (pages by stages), `hours` by stage and the budget."""
    hours = dict(zip(STAGES, case["hours"], strict=True))
    return np.array(case["ok"], dtype=bool), hours, case["budget"]


class Machine:
    """What each set of fixes costs and brings, worked out once for all ways of choosing."""

    def __init__(self, ok, hours, budget):
        self.stage_right, self.hours, self.budget = ok.mean(axis=0), hours, budget
        pages = np.bincount(~ok @ (1, 2, 4, 8), minlength=16)
        self.shares = dict(zip(map(frozenset, SETS), REPAIRED @ pages / len(ok), strict=True))
        self.affordable = [fixes for fixes in SETS if self.cost(fixes) <= budget]

    def cost(self, fixes):
        """Return the hours of a set of fixes."""
        return sum(self.hours[stage] for stage in fixes)

    def share(self, fixes):
        """Return the share of pages right after these fixes."""
        return self.shares[frozenset(fixes)]

    def gain(self, stage, fixes=()):
        """Return what the fix of a stage brings after others."""
        return self.share((*fixes, stage)) - self.share(fixes)

    def each_right(self, fixes):
        """Return how often each stage is right after these fixes."""
        return [1 if stage in fixes else share
                for stage, share in zip(STAGES, self.stage_right, strict=True)]

    def best(self, rate, accept=lambda fixes: True):
        """Return the affordable set with the highest rate, among those that are accepted."""
        return max(filter(accept, self.affordable), key=rate, default=())

    def one_by_one(self, rate):
        """Return fixes as long as hours last, each with the highest ``rate(stage, fixes)``."""
        fixes = ()
        while stages := [stage for stage in STAGES if stage not in fixes
                         and self.cost((*fixes, stage)) <= self.budget]:
            fixes = (*fixes, max(stages, key=lambda stage: rate(stage, fixes)))
        return fixes


def right(machine):
    """Return the affordable set that gets most pages right."""
    return machine.best(machine.share)


HOW_MANY = "Four stages: how many different choices are there in all?"
SHORTCUTS = (
    slip("sums-single-gains", lambda m: m.best(lambda fixes: sum(map(m.gain, fixes))),
         "You added up gains that were measured one at a time. Two faults on one page mask each "
         "other, so two fixes together can bring more than the sum.",
         "The table `ok` tells for any set of fixes which pages would be right. Why estimate it?",
         earns=2 / 3),
    slip("largest-gain-first", lambda m: m.one_by_one(lambda stage, fixes: m.gain(stage)),
         "You take the largest gain first and then what still fits. One expensive fix may push out "
         "two cheaper ones that together bring more.", HOW_MANY, earns=1 / 3),
    slip("per-hour-once", lambda m: m.one_by_one(
        lambda stage, fixes: m.gain(stage) / m.hours[stage]),
         "You rank by gain per hour as it is at the start. After the first fix, the gains of the "
         "others are no longer what they were.", HOW_MANY, earns=1 / 3),
    slip("per-hour-updated", lambda m: m.one_by_one(
        lambda stage, fixes: m.gain(stage, fixes) / m.hours[stage]),
         "Nearly: you measure again after each fix. But the best first step is not always part of "
         "the best pair, and hours may be left over that buy nothing.", HOW_MANY, earns=2 / 3),
    slip("one-fix-only", lambda m: m.best(m.share, lambda fixes: len(fixes) <= 1),
         "You choose a single fix even where the hours would pay for more.", earns=1 / 3),
)
# Told apart from the right way only, not from every other slip: that would take too many cases.
RARE = (
    slip("as-if-independent", lambda m: m.best(lambda fixes: np.prod(m.each_right(fixes))),
         "You multiply how often each stage is right, as if faults came independently. On these "
         "pages they come together. The table `ok` tells which pages would be right.",
         earns=2 / 3),
    slip("mean-of-stages", lambda m: m.best(lambda fixes: np.mean(m.each_right(fixes))),
         "You average how often the single stages are right. A page needs all four of them at "
         "once: count pages, row by row.", earns=1 / 3),
    slip("an-hour-left-over", lambda m: m.best(m.share, lambda fixes: m.cost(fixes) < m.budget),
         "A choice that costs exactly the budget can be paid for, and you leave it out.",
         earns=2 / 3),
    slip("as-many-as-possible", lambda m: m.best(len),
         "You fix as many stages as the hours pay for. One expensive fix may get more pages right "
         "than two cheap ones."),
    slip("two-at-most", lambda m: m.best(m.share, lambda fixes: len(fixes) <= 2),
         "Sometimes the hours pay for three fixes or four. Do you try those, too?", earns=2 / 3),
    slip("weakest-first", lambda m: m.one_by_one(
        lambda stage, fixes: -list(m.stage_right.argsort()).index(STAGES.index(stage))),
         "You begin with the stage that fails most often. What does its fix change on pages that "
         "another stage spoils as well, and what does it cost?", earns=1 / 3),
    slip("front-first", lambda m: m.one_by_one(lambda stage, fixes: -STAGES.index(stage)),
         "You fix from the front as long as the hours last, whatever it brings."),
    slip("per-hour-of-the-set", lambda m: m.best(
        lambda fixes: (m.share(fixes) - m.share(())) / m.cost(fixes), accept=len),
         "You look for the most pages per hour. Hours that are left over buy nothing: the exercise "
         "asks for the most pages within the budget."),
    slip("nothing", lambda m: (),
         "You fix nothing, even where the hours would pay for something."),
)
ALIKE = {("front-first", "as-many-as-possible"), ("mean-of-stages", "as-if-independent"),
         ("mean-of-stages", "sums-single-gains")}
SLIPS = (
    *SHORTCUTS,
    *RARE,
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). If nothing can be paid for, give back an "
         "empty list."),
    slip("not-stages", None,
         "Give back a list of names out of `find`, `cut`, `read` and `add`."),
    slip("over-budget", None,
         "One of your choices costs more hours than there are.",
         "Hours add up over all fixes of a choice. Do you check the sum, and can your choice be "
         "empty?"),
    slip("unknown", None,
         "For some machines another choice within the budget gets more pages right. Compute the "
         "share of pages right for each of your candidates, and compare."),
)


def judge(cases, answers):
    """Judge the sets of fixes by the share of pages right that each reaches within its budget."""
    choices = read(answers, set_of_stages, "not-stages")
    machines = [Machine(*arguments(case)) for case in cases]
    pairs = list(zip(machines, choices, strict=True))
    if any(machine.cost(fixes) > machine.budget for machine, fixes in pairs):
        return "over-budget"
    if np.allclose([machine.share(fixes) for machine, fixes in pairs],
                   [machine.share(right(machine)) for machine in machines]):
        return None
    return outcome_of(right, SLIPS, [(machine,) for machine in machines], choices,
                      agree=lambda expected, fixes: set(expected) == fixes)


def set_of_stages(answer):
    """Return the stages in a list or in a single word, or None."""
    if answer["kind"] == "array" and answer["shape"] == [0]:
        return set()
    items = answer["value"] if answer["kind"] == "sequence" else [answer]
    if any(item["kind"] != "text" for item in items):
        return None
    words = {item["value"].strip().lower() for item in items}
    return words if words <= set(STAGES) else None


CHECK = check("lab04", "best_fixes", 3, draw, Judged(judge, SLIPS), arguments)
