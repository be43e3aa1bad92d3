"""How often alarms come, and how often they come again for the same person."""

import numpy as np

from course_utils.checks.slips import Number, Several, changes_input, check, slip


def draw(rng):
    """Draw tables of alarms in which some people are mistaken often and most of them never."""
    cases = []
    for people, pictures in ((60, 4), (40, 3), (200, 2), (30, 6)):
        often = rng.random(people) < 0.4
        alarm = rng.random((people, pictures)) < np.where(often, 0.6, 0.08)[:, None]
        alarm[:2, 0], alarm[0, 1:], alarm[1, 1:] = True, True, False
        cases.append({"alarm": alarm.tolist()})
    return cases


def arguments(case):
    """Return the table, shape (people, pictures), of True and False."""
    return (np.array(case["alarm"]),)


def once(alarm):
    """Return the share of pictures with an alarm."""
    return alarm.mean()


def again(alarm):
    """Return that share of the later pictures of those whose first picture had an alarm."""
    return alarm[alarm[:, 0], 1:].mean()


ONCE = Number(once, (
    slip("people-instead-of-pictures", lambda alarm: alarm.any(axis=1).mean(),
         "Your first number is the share of *people* with any alarm. The exercise asks for the "
         "share of *pictures*."),
    slip("first-pictures-only", lambda alarm: alarm[:, 0].mean(),
         "Your first number looks at the first pictures only."),
    slip("count", lambda alarm: alarm.sum(),
         "Your first number is a count. Of how many pictures?"),
), slip("once", None, "Your first number is not the share of pictures with an alarm."))

AGAIN = Number(again, (
    slip("first-counted-again", lambda alarm: alarm[alarm[:, 0]].mean(),
         "Your second number counts the first pictures as well, and those have an alarm: that is "
         "how you chose these people."),
    slip("both-at-once", lambda alarm: (alarm[:, :1] & alarm[:, 1:]).mean(),
         "You divide by all people. The exercise asks about those whose first picture had an "
         "alarm: which rows are these?"),
    slip("any-later-picture", lambda alarm: alarm[alarm[:, 0], 1:].any(axis=1).mean(),
         "You ask whether *any* later picture has an alarm. The exercise asks for the share of "
         "those pictures."),
    slip("second-only", lambda alarm: alarm[alarm[:, 0], 1].mean(),
         "You look at the second picture only. What about the later ones?"),
    slip("other-way-round", lambda alarm: alarm[:, 0][alarm[:, 1:].any(axis=1)].mean(),
         "You begin with people who had an alarm later, and look at their first picture."),
    slip("everybody-later", lambda alarm: alarm[:, 1:].mean(),
         "Those are the later pictures of everybody. Whose should they be?"),
    slip("one-person", lambda alarm: alarm[0].mean(),
         "You look at one row, a single person. Which rows have an alarm in their first picture?"),
), slip("again", None,
        "The first number is right. The second should be a share of the *other* pictures of those "
        "people whose first picture had an alarm. Do it by hand for three people."))

SLIPS = (
    slip("swapped", lambda alarm: (again(alarm), once(alarm)),
         "Both numbers are right, but they change places.", earns=0.75),
    changes_input("The numbers are", "table"),
    slip("not-two-numbers", None,
         "Your function should give back two numbers: first once, then again."),
    slip("not-finite", None, "One of your numbers is NaN or infinite. What did you divide by?"),
)
CHECK = check("lab07", "repeats_of", 2, draw, Several((ONCE, AGAIN), SLIPS, "not-two-numbers"),
              arguments)
