"""A report: a degree chosen on validation readings, its error told on test readings."""

import numpy as np

from course_utils.checks.slips import (
    Judged,
    all_ways,
    check,
    draw_cases,
    numbers,
    outcome_of,
    slip,
)

DEGREES = range(13)
SIZES = {"train": 20, "validation": 14, "test": 14}
# rows of errors
TRAIN, VALIDATION, TEST, REFITTED_TRAIN, REFITTED_VALIDATION, REFITTED_TEST = range(6)


def draw(rng):
    """Draw days on which every way of choosing and of telling gives a different result."""
    return draw_cases(3, lambda: _one_day(rng), _tells_the_ways_apart)


def _one_day(rng):
    from course_utils.data import read_thermometer

    case = {}
    for side, size in SIZES.items():
        hours = np.sort(rng.uniform(0, 24, size=size))
        case[side] = [hours.tolist(), read_thermometer(rng, hours).tolist()]
    return case


def arguments(case):
    """Return `train`, `validation` and `test`, each a pair (hours, readings)."""
    return tuple(tuple(np.array(values) for values in case[side]) for side in SIZES)


def errors_of(case):
    """Return the errors of all degrees, a row for each side; then those after fitting again."""
    from course_utils.models.polynomials import features

    sides = arguments(case)
    both = tuple(np.concatenate(parts) for parts in zip(*sides[:TEST], strict=True))
    *tables, both = [(features(hours, DEGREES[-1]), readings) for hours, readings in (*sides, both)]
    return np.vstack([np.transpose([_errors(fitted_on, degree, tables) for degree in DEGREES])
                      for fitted_on in (tables[TRAIN], both)])


def _errors(fitted_on, degree, tables):
    weights = np.linalg.lstsq(fitted_on[0][:, :degree + 1], fitted_on[1])[0]
    return [np.mean((readings - polynomials[:, :degree + 1] @ weights) ** 2)
            for polynomials, readings in tables]


def by(*choose, tell):
    """Return a way: the rows of errors that choose the degree, and the row that is told."""
    def way(errors):
        degree = errors[list(choose)].sum(axis=0).argmin()
        return degree, errors[tell, degree]
    return way


def _tells_the_ways_apart(case):
    errors = errors_of(case)
    degree, error = report(errors)
    best, second = np.sort(errors[VALIDATION])[:2]
    if second <= 1.02 * best or degree in (errors[TEST].argmin(), DEGREES[-1]):
        return False
    return not any(other == degree and abs(told / error - 1) < 0.05
                   for other, told in (way(errors) for way in all_ways(SLIPS)))


report = by(VALIDATION, tell=TEST)
SLIPS = (
    slip("tells-training", by(TRAIN, tell=TRAIN),
         "This is the report you were asked to mend: the error of the readings that the curve was "
         "fitted to. It falls with every degree, so the largest always wins.",
         "Three sides come in. What is each of them for?"),
    slip("chosen-by-training",
         tuple(by(TRAIN, tell=row) for row in (TEST, VALIDATION, REFITTED_TEST)),
         "You tell an error on readings that took no part in the fit: good. But the degree is "
         "still chosen by the training error, so it is always the largest.", earns=1 / 3),
    slip("tells-validation", by(VALIDATION, tell=VALIDATION),
         "The degree is right. But the error you tell is the smallest of thirteen on these very "
         "readings: whoever picks the smallest picks luck too.",
         "Which readings have taken no part in anything yet?", earns=0.5),
    slip("training-of-the-chosen", by(VALIDATION, tell=TRAIN),
         "The degree is right. But the error that you tell belongs to the readings that the curve "
         "was fitted to.", earns=1 / 3),
    slip("chosen-by-test", by(TEST, tell=TEST),
         "You chose the degree that does best on the test readings and then told its error there. "
         "Then nothing is left that is unseen.", earns=1 / 6),
    slip("fitted-on-validation", by(REFITTED_VALIDATION, tell=REFITTED_TEST),
         "The curves that you compared had been fitted to the validation readings as well. Then "
         "their error there is a training error.",
         "Fitting again on both is fine, but only after the degree has been chosen.", earns=1 / 6),
    slip("root", lambda errors: np.power(report(errors), (1, 0.5)),
         "You took a square root. The report tells the mean squared error.", earns=2.5 / 3),
    slip("swapped", lambda errors: report(errors)[::-1],
         "Both numbers are right, but the degree comes first.", earns=2.5 / 3),
    slip("training-in-the-choice", by(TRAIN, VALIDATION, tell=TEST),
         "The training error has a say in your choice of the degree, and it always votes for more. "
         "Which readings should choose alone?", earns=0.5),
    slip("smallest-on-test", lambda errors: (errors[VALIDATION].argmin(), errors[TEST].min()),
         "The degree is right, but you tell the smallest test error of all degrees: another "
         "degree's error, and luck.", earns=1 / 3),
    slip("off-by-one", lambda errors: np.subtract(report(errors), (1, 0)),
         "The error is right, but the degree is one too small: it looks like a position in a list "
         "that does not begin at degree 0.", earns=0.5),
    slip("not-a-pair", None,
         "Your function should give back two numbers: the degree, and one error."),
    slip("only-degree", None,
         "The degree is right. The error is not that of this degree's curve on any of the three "
         "sides.", earns=1 / 3),
    slip("changes-input", None,
         "The numbers are right, but the caller's readings changed on the way.", earns=2.5 / 3),
    slip("unknown", None,
         "Neither the degree nor the error is what the text describes. Print the training, "
         "validation and test error of all thirteen degrees, and point at the one you mean."),
)


def judge(cases, answers):
    """Judge (degree, error); a model may be fitted again once its degree has been chosen."""
    values = numbers(answers, 2, "not-a-pair", infinite=None)
    errors = [(errors_of(case),) for case in cases]
    outcome = outcome_of((report, by(VALIDATION, tell=REFITTED_TEST)), SLIPS, errors, values)
    if outcome == "unknown" and np.array_equal(
            values[:, 0], [report(*each)[0] for each in errors]):
        return "only-degree"
    return outcome


CHECK = check("lab02", "mend_report", 3, draw, Judged(judge, SLIPS), arguments, needs=("report",))
