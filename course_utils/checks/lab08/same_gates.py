"""The rates that two groups would have if they used the gates alike."""

import numpy as np

from course_utils.checks.matching import changes_input
from course_utils.checks.plain_data import flat_numbers
from course_utils.checks.slips import Judged, Stop, check, outcome_of, percent, read, slip


def draw(rng):
    """Draw groups that use good and bad gates differently."""
    cases = []
    for groups, gates in ((2, 2), (2, 3), (3, 2)):
        passed = rng.integers(200, 3000, size=(groups, gates))
        rate = rng.uniform(0.01, 0.3, size=gates) * rng.uniform(0.6, 1.4, size=(groups, 1))
        missed = rng.binomial(passed, np.clip(rate, 0, 1))
        cases.append({"passed": passed.tolist(), "missed": missed.tolist()})
    return cases


def arguments(case):
    """Return two tables, shape (groups, gates): how many passed, and how many were missed."""
    return np.array(case["passed"]), np.array(case["missed"])


def right(passed, missed):
    """Return the rate of each group with the gates weighed as all people use them."""
    return (missed / passed) @ (passed.sum(axis=0) / passed.sum())


SLIPS = (
    slip("own-gates", lambda passed, missed: missed.sum(axis=1) / passed.sum(axis=1),
         "Each group is still measured on the gates that it happens to use: that is the comparison "
         "which gate and group spoil together.", earns=0.25),
    slip("gates-weigh-alike", lambda passed, missed: (missed / passed).mean(axis=1),
         "Each gate counts as much as the others in your mean. How many people pass each of them?",
         earns=0.5),
    slip("mix-of-one-group",
         lambda passed, missed: (missed / passed) @ (passed[0] / passed[0].sum()),
         "You weigh the gates as the first group uses them. The exercise asks for the mix of all "
         "people.", earns=0.5),
    slip("share-of-the-missed", lambda passed, missed: missed.sum(axis=1) / missed.sum(),
         "Those are the groups' shares of the people missed. How many passed?"),
    slip("weights-of-missed",
         lambda passed, missed: (missed / passed) @ (missed.sum(axis=0) / missed.sum()),
         "You weigh the gates by the people they miss. Weigh them by the people who pass.",
         earns=0.25),
    slip("counts", lambda passed, missed: (missed / passed) @ passed.sum(axis=0),
         "Those are numbers of people. Of how many? Weights should add up to 1.", earns=0.5),
    percent(right, "Your rates are a hundred times too large."),
    slip("one-for-each-group", None,
         "There should be one rate for each group, in the order of the rows."),
    slip("a-rate-for-each-gate", None,
         "Those are the rates at the single gates: right on the way. How do they become one rate "
         "for each group?"),
    changes_input("The rates are", "tables"),
    slip("unknown", None,
         "These are not the rates. For each group: its rate at each gate, times the share of *all* "
         "people who pass this gate, added up."),
)


def judge(cases, answers):
    """Judge one rate for each group by the way of computing that gives them."""
    tables = [arguments(case) for case in cases]
    answers_read = read(answers, lambda answer: answer, "one-for-each-group")
    rates = [_rates(answer, *passed.shape) for answer, (passed, _) in zip(
        answers_read, tables, strict=True)]
    return outcome_of(right, SLIPS, tables, rates)


def _rates(answer, groups, gates):
    """Return one rate for each group, in a row or a column, or end the judgement."""
    rates = flat_numbers(answer)
    if rates is None or rates.size != groups:
        raise Stop("a-rate-for-each-gate" if answer.get("shape") == [groups, gates]
                   else "one-for-each-group")
    return rates


CHECK = check("lab08", "same_gates", 2, draw, Judged(judge, SLIPS), arguments)
