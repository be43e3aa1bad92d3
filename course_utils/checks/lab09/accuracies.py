"""What "99.9 % accurate" says, beside a camera that is switched off."""

import numpy as np

from course_utils.checks.slips import Number, Several, check, slip


def draw(rng):
    """Draw crowds with few wanted people and with many, so that no slip looks like the answer."""
    cases = [_draw_one(rng, share) for share in (0.0005, 0.035, 0.3)]
    while not _far_from_round(**cases[1]):
        cases[1] = _draw_one(rng, 0.035)
    return cases


def _draw_one(rng, share):
    passers = int(rng.integers(20_000, 90_000))
    return {"passers": passers, "wanted": round(share * passers),
            "hit": float(rng.uniform(0.6, 0.9)), "false": float(rng.uniform(0.006, 0.03))}


def _far_from_round(**case):
    return all(abs(np.round(value, digits) - value) > 0.002 for value, digits in (
        (accuracy(**case), 2), (switched_off(**case), 2), (wrong_for_each_right(**case), 1)))


def accuracy(passers, wanted, hit, false):
    """Return the share of passers-by about whom the system is right."""
    return (hit * wanted + (1 - false) * (passers - wanted)) / passers


def switched_off(passers, wanted, hit, false):
    """Return the accuracy of a camera that never gives an alert."""
    return 1 - wanted / passers


def wrong_for_each_right(passers, wanted, hit, false):
    """Return the number of wrong alerts for each right one."""
    return false * (passers - wanted) / (hit * wanted)


ON = Number(accuracy, (
    slip("one-minus-false-alarm", lambda p, w, h, f: 1 - f,
         "Your first number asks about strangers only. Accuracy also counts the wanted: those who "
         "are missed are errors."),
    slip("rates-averaged", lambda p, w, h, f: (h + 1 - f) / 2,
         "Your first number averages two rates as if every other passer-by were wanted. How many "
         "of each kind pass?"),
    slip("errors-instead", lambda *case: 1 - accuracy(*case),
         "Your first number is the share about whom the system is *wrong*."),
    slip("share-of-alerts", lambda p, w, h, f: h * w / (h * w + f * (p - w)),
         "Your first number is the share of *alerts* that are right. Accuracy is about all faces, "
         "with those who cause no alert."),
    slip("hits-only", (lambda p, w, h, f: h * w / p, lambda p, w, h, f: h),
         "Your first number counts only wanted people who are found. The system is also right "
         "about a stranger who causes no alert."),
    slip("strangers-only", lambda p, w, h, f: (1 - f) * (p - w) / p,
         "Your first number counts only strangers without an alert. The system is also right about "
         "a wanted person who is found."),
    slip("count", lambda *case: case[0] * accuracy(*case),
         "Your first number is a count of people. Of how many?"),
    slip("wanted-among-strangers", lambda p, w, h, f: 1 - f - (1 - h) * w / p,
         "Your first number lets every passer-by cause a false alert, the wanted as well. An alert "
         "for somebody who is wanted is right."),
    slip("rounded", lambda *case: np.round(accuracy(*case), 2),
         "You rounded. Between 99.90 % and 99.98 % the last digits are the whole question."),
), slip("wrong-switched-on", None,
        "Your first number is not the accuracy. Count those about whom it is right: the wanted "
        "with an alert, and the others without one."))

OFF = Number(switched_off, (
    slip("off-is-never-right", lambda *_: 0.0,
         "You say that a camera that is switched off is never right. It is silent about everybody. "
         "About whom is silence right?"),
    slip("off-is-always-right", lambda *_: 1.0,
         "You say that a camera that is switched off is always right. It misses the wanted."),
    slip("off-by-chance", lambda *_: 0.5,
         "Switched off, it does not guess: it is silent about everybody. About whom is that "
         "right?"),
    slip("off-share-of-wanted", lambda p, w, h, f: w / p,
         "Your second number is the share about whom silence is *wrong*."),
    slip("off-still-alerts", (lambda p, w, h, f: (1 - f) * (p - w) / p,
                              lambda p, w, h, f: 1 - f),
         "In your second number the camera still gives false alerts. It is switched off."),
    slip("off-count", lambda p, w, h, f: p - w,
         "Your second number is a count of people. Of how many?"),
    slip("rounded", lambda *case: np.round(switched_off(*case), 2)),
), slip("wrong-switched-off", None,
        "Your second number is not the accuracy of a camera that never gives an alert. About whom "
        "is it right?"))

WRONG_FOR_EACH_RIGHT = Number(wrong_for_each_right, (
    slip("upside-down", lambda *case: 1 / wrong_for_each_right(*case),
         "Your third number says how many right alerts there are for each *wrong* one."),
    slip("share-that-is-wrong", lambda p, w, h, f: f * (p - w) / (f * (p - w) + h * w),
         "Your third number is the share of alerts that are wrong. The exercise asks how many "
         "wrong ones there are for each right one: it may be above 1."),
    slip("all-found", lambda p, w, h, f: f * (p - w) / w,
         "In your third number every wanted person is found. What does the hit rate say?"),
    slip("base-rate-forgotten", lambda p, w, h, f: f / h,
         "Your third number compares two rates. They are rates of different crowds: how many are "
         "wanted, how many are not?"),
    slip("wrong-alone", lambda p, w, h, f: f * (p - w),
         "Your third number counts the wrong alerts. For how many right ones?"),
    slip("all-alerts-for-each-right", lambda *case: 1 + wrong_for_each_right(*case),
         "Your third number counts the right alerts among the wrong ones."),
    slip("wanted-counted-twice", lambda p, w, h, f: f * p / (h * w),
         "Nearly. Whose false alerts does your third number count? An alert for somebody who is "
         "wanted is not a false one here."),
    slip("rounded", (lambda *case: np.round(wrong_for_each_right(*case)),
                     lambda *case: np.floor(wrong_for_each_right(*case)),
                     lambda *case: np.round(wrong_for_each_right(*case), 1))),
), slip("wrong-wrong-for-each-right", None,
        "The first two are right. The third is the number of wrong alerts, divided by the number "
        "of right ones."))

SLIPS = (
    slip("percent", lambda *case: (100 * accuracy(*case), 100 * switched_off(*case),
                                   wrong_for_each_right(*case)),
         "The first two should be shares between 0 and 1, not percent.", earns=0.75),
    slip("not-so-many-numbers", None,
         "Your function should give back three numbers: accuracy, accuracy when switched off, "
         "wrong alerts for each right one."),
)
CHECK = check("lab09", "accuracies", 2, draw, Several((ON, OFF, WRONG_FOR_EACH_RIGHT), SLIPS),
              arguments=("passers", "wanted", "hit", "false"))
