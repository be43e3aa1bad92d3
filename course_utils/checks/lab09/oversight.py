"""Judging how many wrong alerts end in a stop when two people look, and the second may follow."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_number


def draw(rng):
    """Draw second lookers who mostly follow, who never do, who always do, and sharp eyes."""
    cases = []
    for follows in (float(rng.uniform(0.3, 0.6)), 0.0, 1.0, float(rng.uniform(0.1, 0.3))):
        cases.append({"alerts": int(rng.integers(60, 300)),
                      "notices": float(rng.uniform(0.3, 0.8)), "follows": follows})
    return cases


def build(case):
    """Return wrong alerts, share noticed at a look, share in which the second only follows."""
    return case["alerts"], case["notices"], case["follows"]


def judge(cases, answers):
    """Judge the expected number of wrong stops."""
    return judge_number(cases, answers, build=build, ways=WAYS, parts=PARTS)


def _right(n, q, s):
    one = n * (1 - q)
    return s * one + (1 - s) * one * (1 - q)


WAYS = {
    "right": _right,
    "independent": lambda n, q, s: n * (1 - q) ** 2,
    "one-look": lambda n, q, s: n * (1 - q),
    "caught": lambda n, q, s: n - _right(n, q, s),
    "added-up": lambda n, q, s: n * (1 - 2 * q),
    "added-up, not below nothing": lambda n, q, s: n * max(1 - 2 * q, 0),
    "following-catches": lambda n, q, s: n * (1 - q) * (1 - s) * (1 - q),
    "nobody-looks": lambda n, q, s: n * (s + (1 - s) * (1 - q) ** 2),
    "following-stops-nothing": lambda n, q, s: n * (1 - q) * s,
    "both-must-notice": lambda n, q, s: n * (1 - q ** 2),
    "both-must-notice, following": lambda n, q, s: n * (1 - q * (s + (1 - s) * q)),
    "second-look-only": lambda n, q, s: n * (1 - q * (1 - s)),
    "noticed-passes": lambda n, q, s: _right(n, 1 - q, s),
    "added-up, following": lambda n, q, s: n * (1 - q - q * (1 - s)),
    "added-up, following, not below nothing": lambda n, q, s: n * max(1 - q - q * (1 - s), 0),
    "the-other-way": lambda n, q, s: _right(n, q, 1 - s),
    "rounded": lambda *case: np.round(_right(*case)),
    "rounded, down": lambda *case: np.floor(_right(*case)),
    "rounded, up": lambda *case: np.ceil(_right(*case)),
    "share": lambda n, q, s: _right(1, q, s),
}
PARTS = {"independent": 0.5, "one-look": 0.25, "caught": 0.5, "following-catches": 0.5,
         "nobody-looks": 0.5, "following-stops-nothing": 0.25, "both-must-notice": 0.25,
         "second-look-only": 0.25, "noticed-passes": 0.5, "the-other-way": 0.75,
         "rounded": 0.75, "share": 0.75}

HINTS = FORM_HINTS | {
    "independent": (
        "You take the two looks as independent. In a share `follows` of cases the second person "
        "does not look.",
        "Two signatures are two looks only as far as the second person would dare to disagree."),
    "one-look": (
        "Only one of the two looks counts in your formula. What does the second person do when "
        "they do not follow?",),
    "caught": (
        "You count the wrong alerts that are noticed. The exercise asks for those that end in a "
        "stop.",),
    "added-up": (
        "You add the two shares. Two people who notice six in ten each do not notice twelve in "
        "ten: how many does the first leave for the second?",),
    "following-catches": (
        "When the second person only follows, you count the alert as stopped in time. They "
        "follow the first, who let it through.",),
    "nobody-looks": (
        "In your formula nobody looks when the second person follows. The first one did look.",),
    "following-stops-nothing": (
        "You count only alerts in which the second person follows. When they do look, they do not "
        "notice everything.",),
    "both-must-notice": (
        "In your formula an alert is dropped only when *both* notice. One of them is enough.",),
    "second-look-only": (
        "Only the second look counts in your formula. The first officer notices some as well.",),
    "noticed-passes": (
        "You let through what an officer notices, and drop what they overlook.",),
    "the-other-way": (
        "Your second person looks in the share of cases in which they should follow.",),
    "rounded": (
        "You rounded. An expected number need not be whole.",),
    "share": (
        "That is the share of wrong alerts that end in a stop. How many are there?",),
    "unknown": (
        "That is not the expected number of wrong stops. Take 100 wrong alerts: how many does the "
        "first leave? In how many of these does the second look, and what do they notice?",),
}
