"""Judging how often alarms come, and how often they come again for the same person."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in


def draw(rng):
    """Draw tables of alarms in which some people are mistaken often and most of them never."""
    cases = []
    for people, pictures in ((60, 4), (40, 3), (200, 2), (30, 6)):
        often = rng.random(people) < 0.4
        alarm = rng.random((people, pictures)) < np.where(often, 0.6, 0.08)[:, None]
        alarm[:2, 0], alarm[0, 1:], alarm[1, 1:] = True, True, False
        cases.append({"alarm": alarm.tolist()})
    return cases


def build(case):
    """Return the table, shape (people, pictures), of True and False."""
    return (np.array(case["alarm"]),)


def judge(cases, answers):
    """Judge both shares, each for half of the points."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [numbers_in(answer, 2) for answer in answers]
    if any(pair is None for pair in said):
        return Verdict(0.0, "not-two-numbers")
    if not np.isfinite(said).all():
        return Verdict(0.0, "not-finite")
    tables = [build(case) for case in cases]
    if way_of({"swapped": lambda alarm: (_again(alarm), alarm.mean())}, tables, said):
        return Verdict(0.75, "swapped")
    once, again = (way_of(ways, tables, [pair[at] for pair in said])
                   for at, ways in enumerate((ONCE, AGAIN)))
    share = ((once == "right") + (again == "right")) / 2
    if share == 1 and any(answer["changed_input"] for answer in answers):
        return Verdict(0.75, "changes-input")
    slip = next((way or name for way, name in ((once, "once"), (again, "again"))
                 if way != "right"), None)
    return Verdict(share, slip)


def _again(alarm):
    return alarm[alarm[:, 0], 1:].mean()


ONCE = {
    "right": lambda alarm: alarm.mean(),
    "people-instead-of-pictures": lambda alarm: alarm.any(axis=1).mean(),
    "first-pictures-only": lambda alarm: alarm[:, 0].mean(),
    "count": lambda alarm: alarm.sum(),
}
AGAIN = {
    "right": _again,
    "first-counted-again": lambda alarm: alarm[alarm[:, 0]].mean(),
    "both-at-once": lambda alarm: (alarm[:, :1] & alarm[:, 1:]).mean(),
    "any-later-picture": lambda alarm: alarm[alarm[:, 0], 1:].any(axis=1).mean(),
    "second-only": lambda alarm: alarm[alarm[:, 0], 1].mean(),
    "other-way-round": lambda alarm: alarm[:, 0][alarm[:, 1:].any(axis=1)].mean(),
    "everybody-later": lambda alarm: alarm[:, 1:].mean(),
    "one-person": lambda alarm: alarm[0].mean(),
}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-two-numbers": (
        "Your function should give back two numbers: first once, then again.",),
    "not-finite": (
        "One of your numbers is NaN or infinite. What did you divide by?",),
    "swapped": (
        "Both numbers are right, but they change places.",),
    "people-instead-of-pictures": (
        "Your first number is the share of *people* with any alarm. The exercise asks for the "
        "share of *pictures*.",),
    "first-pictures-only": (
        "Your first number looks at the first pictures only.",),
    "count": (
        "Your first number is a count. Of how many pictures?",),
    "first-counted-again": (
        "Your second number counts the first pictures as well, and those have an alarm: that is "
        "how you chose these people.",),
    "both-at-once": (
        "You divide by all people. The exercise asks about those whose first picture had an alarm: "
        "which rows are these?",),
    "any-later-picture": (
        "You ask whether *any* later picture has an alarm. The exercise asks for the share of "
        "those pictures.",),
    "second-only": (
        "You look at the second picture only. What about the later ones?",),
    "other-way-round": (
        "You begin with people who had an alarm later, and look at their first picture.",),
    "everybody-later": (
        "Those are the later pictures of everybody. Whose should they be?",),
    "one-person": (
        "You look at one row, a single person. Which rows have an alarm in their first picture?",),
    "once": (
        "Your first number is not the share of pictures with an alarm.",),
    "again": (
        "The first number is right. The second should be a share of the *other* pictures of those "
        "people whose first picture had an alarm. Do it by hand for three people.",),
    "changes-input": (
        "The numbers are right, but the caller's table changed on the way.",),
}
