"""Judging a report: a degree chosen on validation readings, its error told on test readings."""

import numpy as np

from course_utils.checks.check import Verdict, first_error
from course_utils.checks.matching import way_of
from course_utils.checks.plain_data import numbers_in

DEGREES = range(13)
SIDES = ("train", "validation", "test")
SIZES = (20, 14, 14)
CASES = 3


def draw(rng):
    """Draw days on which every way of choosing and of telling gives a different result."""
    cases = []
    while len(cases) < CASES:
        case = _one_day(rng)
        if _tells_the_ways_apart(build(case)):
            cases.append(case)
    return cases


def _one_day(rng):
    from course_utils.data import read_thermometer

    case = {}
    for side, size in zip(SIDES, SIZES, strict=True):
        hours = np.sort(rng.uniform(0, 24, size=size))
        case[side] = [hours.tolist(), read_thermometer(rng, hours).tolist()]
    return case


def build(case):
    """Return `train`, `validation` and `test`, each a pair (hours, readings)."""
    return tuple(tuple(np.array(values) for values in case[side]) for side in SIDES)


def _tells_the_ways_apart(sides):
    degree, error = _way(1, 2)(*sides)
    validation = np.sort([_error(sides[0], d, sides[1]) for d in DEGREES])
    if validation[1] <= 1.02 * validation[0] or degree in (_chosen_by(2, *sides), DEGREES[-1]):
        return False
    others = (way(*sides) for way in list(WAYS.values())[2:])
    return not any(said == degree and abs(told / error - 1) < 0.05 for said, told in others)


def judge(cases, answers):
    """Judge (degree, error) by the way of choosing and telling that gives them."""
    stopped = first_error(answers)
    if stopped:
        return stopped
    slip = _form_slip(answers)
    if slip:
        return Verdict(0.0, slip)
    arguments = [build(case) for case in cases]
    said = [numbers_in(answer, 2) for answer in answers]
    way = way_of(WAYS, arguments, said)
    if way is None:
        chosen = [_chosen_by(1, *sides) for sides in arguments]
        only = all(degree == pair[0] for degree, pair in zip(chosen, said, strict=True))
        return Verdict(1 / 3, "only-degree") if only else Verdict(0.0, "unknown")
    way = way.split(",")[0]
    if way == "right" and any(answer["changed_input"] for answer in answers):
        return Verdict(2.5 / 3, "changes-input")
    return Verdict(1.0) if way == "right" else Verdict(PARTS.get(way, 0.0), way)


def _form_slip(answers):
    if any(answer["kind"] == "none" for answer in answers):
        return "returns-nothing"
    if any(numbers_in(answer, 2) is None for answer in answers):
        return "not-a-pair"
    return None


def _weights(side, degree):
    from course_utils.models.polynomials import features

    return np.linalg.lstsq(features(side[0], degree), side[1])[0]


def _error(fitted_on, degree, measured_on):
    from course_utils.models.polynomials import features

    hours, readings = measured_on
    return np.mean((readings - features(hours, degree) @ _weights(fitted_on, degree)) ** 2)


def _chosen_by(number, *sides):
    """Return the degree with the smallest error on one of the sides, fitted on the first."""
    return int(np.argmin([_error(sides[0], degree, sides[number]) for degree in DEGREES]))


def _together(*sides):
    return tuple(np.concatenate(parts) for parts in zip(*sides, strict=True))


def _way(choose, tell, *, refit=False, change=lambda degree, error: (degree, error)):
    """Return a way: the side that chooses the degree, and the side whose error is told."""
    def way(*sides):
        degree = _chosen_by(choose, *sides)
        fitted_on = _together(*sides[:2]) if refit else sides[0]
        return change(degree, _error(fitted_on, degree, sides[tell]))
    return way


def _fitted_on_validation(train, validation, test):
    both = _together(train, validation)
    degree = _chosen_by(1, both, validation, test)
    return degree, _error(both, degree, test)


def _trained_and_validated(*sides):
    """Choose by the mean of training and validation error."""
    total = [_error(sides[0], degree, sides[0]) + _error(sides[0], degree, sides[1])
             for degree in DEGREES]
    return int(np.argmin(total)), _error(sides[0], int(np.argmin(total)), sides[2])


def _smallest_on_test(*sides):
    return _chosen_by(1, *sides), min(_error(sides[0], degree, sides[2]) for degree in DEGREES)


# The first two are right: a model may be fitted again on training and validation readings.
WAYS = {
    "right": _way(1, 2),
    "right, refitted": _way(1, 2, refit=True),
    "tells-training": _way(0, 0),
    "chosen-by-training": _way(0, 2),
    "chosen-by-training, told on validation": _way(0, 1),
    "chosen-by-training, refitted": _way(0, 2, refit=True),
    "tells-validation": _way(1, 1),
    "training-of-the-chosen": _way(1, 0),
    "chosen-by-test": _way(2, 2),
    "fitted-on-validation": _fitted_on_validation,
    "root": _way(1, 2, change=lambda degree, error: (degree, np.sqrt(error))),
    "swapped": _way(1, 2, change=lambda degree, error: (error, degree)),
    "training-in-the-choice": _trained_and_validated,
    "smallest-on-test": _smallest_on_test,
    "off-by-one": _way(1, 2, change=lambda degree, error: (degree - 1, error)),
}
PARTS = {"chosen-by-training": 1 / 3, "tells-validation": 0.5, "training-of-the-chosen": 1 / 3,
         "chosen-by-test": 1 / 6, "fitted-on-validation": 1 / 6, "root": 2.5 / 3,
         "swapped": 2.5 / 3, "off-by-one": 0.5, "training-in-the-choice": 0.5,
         "smallest-on-test": 1 / 3}

HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-a-pair": (
        "Your function should give back two numbers: the degree, and one error.",),
    "tells-training": (
        "This is the report you were asked to mend: the error of the readings that the curve was "
        "fitted to. It falls with every degree, so the largest always wins.",
        "Three sides come in. What is each of them for?"),
    "chosen-by-training": (
        "You tell an error on readings that took no part in the fit: good. But the degree is "
        "still chosen by the training error, so it is always the largest.",),
    "tells-validation": (
        "The degree is right. But the error you tell is the smallest of thirteen on these very "
        "readings: whoever picks the smallest picks luck too.",
        "Which readings have taken no part in anything yet?"),
    "training-of-the-chosen": (
        "The degree is right. But the error that you tell belongs to the readings that the curve "
        "was fitted to.",),
    "chosen-by-test": (
        "You chose the degree that does best on the test readings and then told its error there. "
        "Then nothing is left that is unseen.",),
    "fitted-on-validation": (
        "The curves that you compared had been fitted to the validation readings as well. Then "
        "their error there is a training error.",
        "Fitting again on both is fine, but only after the degree has been chosen."),
    "root": (
        "You took a square root. The report tells the mean squared error.",),
    "swapped": (
        "Both numbers are right, but the degree comes first.",),
    "off-by-one": (
        "The error is right, but the degree is one too small: it looks like a position in a list "
        "that does not begin at degree 0.",),
    "training-in-the-choice": (
        "The training error has a say in your choice of the degree, and it always votes for more. "
        "Which readings should choose alone?",),
    "smallest-on-test": (
        "The degree is right, but you tell the smallest test error of all degrees: another "
        "degree's error, and luck.",),
    "only-degree": (
        "The degree is right. The error is not that of this degree's curve on any of the three "
        "sides.",),
    "changes-input": (
        "The numbers are right, but the caller's readings changed on the way.",),
    "unknown": (
        "Neither the degree nor the error is what the text describes. Print the training, "
        "validation and test error of all thirteen degrees, and point at the one you mean.",),
}
