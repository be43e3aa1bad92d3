"""Judging what "99.9 % accurate" says, beside a camera that is switched off."""

import numpy as np

from course_utils.checks.numbers import FORM_HINTS, judge_several


def draw(rng):
    """Draw crowds with few wanted people and with many, so that no slip looks like the answer."""
    cases = []
    for share in (0.0005, 0.035, 0.3):
        cases.append(_draw_one(rng, share))
    while not all(_far_from_round(*build(cases[1]))):
        cases[1] = _draw_one(rng, 0.035)
    return cases


def _draw_one(rng, share):
    passers = int(rng.integers(20_000, 90_000))
    return {"passers": passers, "wanted": round(share * passers),
            "hit": float(rng.uniform(0.6, 0.9)), "false": float(rng.uniform(0.006, 0.03))}


def _far_from_round(*case):
    for name, digits in (("switched-on", 2), ("switched-off", 2), ("wrong-for-each-right", 1)):
        value = PARTS[name]["right"](*case)
        yield abs(np.round(value, digits) - value) > 0.002


def build(case):
    """Return passers-by, how many of them are wanted, hit rate, false-alarm rate."""
    return case["passers"], case["wanted"], case["hit"], case["false"]


def judge(cases, answers):
    """Judge the three numbers, each for a third of the points."""
    return judge_several(cases, answers, build=build, parts=PARTS, together=TOGETHER)


def _right(p, w, h, f):
    return (h * w + (1 - f) * (p - w)) / p


PARTS = {
    "switched-on": {
        "right": _right,
        "one-minus-false-alarm": lambda p, w, h, f: 1 - f,
        "rates-averaged": lambda p, w, h, f: (h + 1 - f) / 2,
        "errors-instead": lambda *case: 1 - _right(*case),
        "share-of-alerts": lambda p, w, h, f: h * w / (h * w + f * (p - w)),
        "hits-only": lambda p, w, h, f: h * w / p,
        "strangers-only": lambda p, w, h, f: (1 - f) * (p - w) / p,
        "hits-only, rate": lambda p, w, h, f: h,
        "count": lambda p, w, h, f: h * w + (1 - f) * (p - w),
        "wanted-among-strangers": lambda p, w, h, f: 1 - f - (1 - h) * w / p,
        "rounded": lambda *case: np.round(_right(*case), 2),
    },
    "switched-off": {
        "right": lambda p, w, h, f: 1 - w / p,
        "off-is-never-right": lambda p, w, h, f: 0.0,
        "off-is-always-right": lambda p, w, h, f: 1.0,
        "off-by-chance": lambda p, w, h, f: 0.5,
        "off-share-of-wanted": lambda p, w, h, f: w / p,
        "off-still-alerts": lambda p, w, h, f: (1 - f) * (p - w) / p,
        "off-still-alerts, rate": lambda p, w, h, f: 1 - f,
        "off-count": lambda p, w, h, f: p - w,
        "rounded": lambda p, w, h, f: np.round(1 - w / p, 2),
    },
    "wrong-for-each-right": {
        "right": lambda p, w, h, f: f * (p - w) / (h * w),
        "upside-down": lambda p, w, h, f: h * w / (f * (p - w)),
        "share-that-is-wrong": lambda p, w, h, f: f * (p - w) / (f * (p - w) + h * w),
        "all-found": lambda p, w, h, f: f * (p - w) / w,
        "base-rate-forgotten": lambda p, w, h, f: f / h,
        "wrong-alone": lambda p, w, h, f: f * (p - w),
        "all-alerts-for-each-right": lambda p, w, h, f: (f * (p - w) + h * w) / (h * w),
        "wanted-counted-twice": lambda p, w, h, f: f * p / (h * w),
        "rounded": lambda p, w, h, f: np.round(f * (p - w) / (h * w)),
        "rounded, down": lambda p, w, h, f: np.floor(f * (p - w) / (h * w)),
        "rounded, one digit": lambda p, w, h, f: np.round(f * (p - w) / (h * w), 1),
    },
}
TOGETHER = {"percent": (lambda p, w, h, f: (100 * _right(p, w, h, f), 100 * (1 - w / p),
                                            f * (p - w) / (h * w)), 0.75)}

HINTS = {
    "returns-nothing": FORM_HINTS["returns-nothing"],
    "not-so-many-numbers": (
        "Your function should give back three numbers: accuracy, accuracy when switched off, "
        "wrong alerts for each right one.",),
    "not-finite": FORM_HINTS["not-finite"],
    "percent": (
        "The first two should be shares between 0 and 1, not percent.",),
    "one-minus-false-alarm": (
        "Your first number asks about strangers only. Accuracy also counts the wanted: those who "
        "are missed are errors.",),
    "rates-averaged": (
        "Your first number averages two rates as if every other passer-by were wanted. How many "
        "of each kind pass?",),
    "errors-instead": (
        "Your first number is the share about whom the system is *wrong*.",),
    "share-of-alerts": (
        "Your first number is the share of *alerts* that are right. Accuracy is about all faces, "
        "with those who cause no alert.",),
    "hits-only": (
        "Your first number counts only wanted people who are found. The system is also right "
        "about a stranger who causes no alert.",),
    "strangers-only": (
        "Your first number counts only strangers without an alert. The system is also right about "
        "a wanted person who is found.",),
    "count": (
        "Your first number is a count of people. Of how many?",),
    "wanted-among-strangers": (
        "Your first number lets every passer-by cause a false alert, the wanted as well. An alert "
        "for somebody who is wanted is right.",),
    "rounded": (
        "You rounded. Between 99.90 % and 99.98 % the last digits are the whole question.",),
    "wrong-switched-on": (
        "Your first number is not the accuracy. Count those about whom it is right: the wanted "
        "with an alert, and the others without one.",),
    "off-is-never-right": (
        "You say that a camera that is switched off is never right. It is silent about everybody. "
        "About whom is silence right?",),
    "off-is-always-right": (
        "You say that a camera that is switched off is always right. It misses the wanted.",),
    "off-by-chance": (
        "Switched off, it does not guess: it is silent about everybody. About whom is that right?",
    ),
    "off-share-of-wanted": (
        "Your second number is the share about whom silence is *wrong*.",),
    "off-still-alerts": (
        "In your second number the camera still gives false alerts. It is switched off.",),
    "off-count": (
        "Your second number is a count of people. Of how many?",),
    "wrong-switched-off": (
        "Your second number is not the accuracy of a camera that never gives an alert. About whom "
        "is it right?",),
    "upside-down": (
        "Your third number says how many right alerts there are for each *wrong* one.",),
    "share-that-is-wrong": (
        "Your third number is the share of alerts that are wrong. The exercise asks how many wrong "
        "ones there are for each right one: it may be above 1.",),
    "all-found": (
        "In your third number every wanted person is found. What does the hit rate say?",),
    "base-rate-forgotten": (
        "Your third number compares two rates. They are rates of different crowds: how many are "
        "wanted, how many are not?",),
    "wrong-alone": (
        "Your third number counts the wrong alerts. For how many right ones?",),
    "all-alerts-for-each-right": (
        "Your third number counts the right alerts among the wrong ones.",),
    "wanted-counted-twice": (
        "Nearly. Whose false alerts does your third number count? An alert for somebody who is "
        "wanted is not a false one here.",),
    "wrong-wrong-for-each-right": (
        "The first two are right. The third is the number of wrong alerts, divided by the number "
        "of right ones.",),
}
