"""Judging the share of alerts that are right."""

from course_utils.checks.numbers import FORM_HINTS, judge_number


def draw(rng):
    """Draw crowds with few wanted people, with many, and with none."""
    cases = []
    for share in (0.0002, 0.02, 0.3, 0.0):
        passers = int(rng.integers(20_000, 90_000))
        cases.append({"passers": passers, "wanted": round(share * passers),
                      "hit": float(rng.uniform(0.6, 0.95)),
                      "false": float(rng.uniform(0.005, 0.04))})
    return cases


def build(case):
    """Return passers-by, how many of them are wanted, hit rate, false-alarm rate."""
    return case["passers"], case["wanted"], case["hit"], case["false"]


def judge(cases, answers):
    """Judge the precision by the way of computing that gives it."""
    return judge_number(cases, answers, build=build, ways=WAYS, parts=PARTS)


def _right(passers, wanted, hit, false):
    right = hit * wanted
    return right / (right + false * (passers - wanted))


WAYS = {
    "right": _right,
    "wanted-counted-twice": lambda p, w, h, f: h * w / (h * w + f * p),
    "wrong-share": lambda *case: 1 - _right(*case),
    "all-found": lambda p, w, h, f: w / (w + f * (p - w)),
    "base-rate-forgotten": lambda p, w, h, f: h / (h + f),
    "hit-rate": lambda p, w, h, f: h,
    "one-minus-false-alarm": lambda p, w, h, f: 1 - f,
    "share-of-wanted": lambda p, w, h, f: w / p,
    "accuracy": lambda p, w, h, f: (h * w + (1 - f) * (p - w)) / p,
    "count-of-right": lambda p, w, h, f: h * w,
    "alert-rate": lambda p, w, h, f: (h * w + f * (p - w)) / p,
    "right-for-each-false": lambda p, w, h, f: h * w / (f * (p - w)),
    "percent": lambda *case: 100 * _right(*case),
}
PARTS = {"wanted-counted-twice": 0.75, "wrong-share": 0.5, "all-found": 0.5,
         "base-rate-forgotten": 0.25, "count-of-right": 0.25, "right-for-each-false": 0.5,
         "percent": 0.75}

HINTS = FORM_HINTS | {
    "wanted-counted-twice": (
        "Nearly. Whose false alarms do you count? Somebody who is wanted cannot set off a false "
        "one here.",),
    "wrong-share": (
        "That is the share of alerts that are *wrong*.",),
    "all-found": (
        "In your formula every wanted person who passes gives an alert. What does the hit rate "
        "say?",),
    "base-rate-forgotten": (
        "Your formula does not ask how many people are wanted: it is right for a crowd in which "
        "every other person is.",
        "Count people first: how many right alerts, how many false ones?"),
    "hit-rate": (
        "That is which share of the *wanted* is found. The exercise asks which share of the "
        "*alerts* is right.",),
    "one-minus-false-alarm": (
        "That is the share of strangers who are left alone. The exercise asks about alerts.",),
    "share-of-wanted": (
        "That is how many are wanted, whatever the system does.",),
    "accuracy": (
        "That is the share of all faces about which the system is right. Nearly all of them are "
        "strangers without an alert. How many alerts are there, and how many are right?",),
    "count-of-right": (
        "That is how many alerts are right. Of how many?",),
    "alert-rate": (
        "That is the share of faces that give an alert, right or wrong.",),
    "right-for-each-false": (
        "You compare right alerts with false ones. The exercise asks for their share of all "
        "alerts.",),
    "percent": (
        "Your number is a hundred times too large: shares run from 0 to 1 here.",),
    "unknown": (
        "That is not the share of alerts that are right. Take 100 people, 10 of them wanted, half "
        "of these found, and one false alarm in ten strangers: count the alerts.",),
}
