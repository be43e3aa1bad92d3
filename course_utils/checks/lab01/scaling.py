"""Tables to scale, what a scaling does to their columns, and slips that both scalings share."""

import operator

import numpy as np

from course_utils.checks.plain_data import array_of
from course_utils.checks.slips import (
    Judgement,
    Stop,
    by_parts,
    input_change,
    match,
    slip,
    stop_at_error,
)

TOLERANCE = 1e-3
TYPICAL = 40  # rows of the first table, by which slips are told apart
ORDINARY = 2  # the first tables need no special care; the others are edge cases
NEARLY_RIGHT = ("sample-std", "rounded")  # other slips earn nothing for form and edge cases


def draw(rng):
    """Draw tables with columns of different units; five rows tell n from n - 1."""
    units, spreads = np.array([45.0, 60_000.0, 2.5]), np.array([9.0, 12_000.0, 0.2])
    typical = units + spreads * rng.normal(size=(TYPICAL, 3))
    few = np.array([-3.0, 40.0]) + np.array([0.5, 30.0]) * rng.normal(size=(5, 2))
    constant = units + spreads * rng.normal(size=(20, 3))
    constant[:, 1] = rng.integers(2, 9)
    whole = rng.integers(0, 100, size=(15, 2))
    whole[:2] = [[0, 100], [100, 0]]
    return [{"X": table.tolist(), "dtype": str(table.dtype)}
            for table in (typical, few, constant, whole)]


def arguments(case):
    """Return the argument that the exercise promises: one array of shape (n, d)."""
    return (np.array(case["X"], dtype=case["dtype"]),)


def close(values, target, tolerance=TOLERANCE):
    """Tell whether all values are near the target."""
    return bool(np.allclose(values, target, rtol=tolerance, atol=tolerance))


def columns(**wanted):
    """Return the way that tells whether the columns of a result have statistics of these values.

    Each has to be a straight-line function of the column it came from, with a `slope`. `unit` is
    the slope against that of the first column.
    """
    def way(table, result, tolerance=TOLERANCE):
        centred = table - table.mean(axis=0)
        slope = (centred * result).sum(axis=0) / (centred ** 2).sum(axis=0)
        off = np.abs(result - result.mean(axis=0) - slope * centred)
        of_slope = {"slope": slope, "sign": np.sign(slope), "unit": slope / slope[0],
                    "slope_times_max": slope * table.max(axis=0),
                    "slope_times_var": slope * table.var(axis=0)}
        return (off <= tolerance * (np.abs(result).max(axis=0) + 1e-12)).all() and all(
            close(of_slope[name] if name in of_slope else getattr(np, name)(result, axis=0),
                  value, tolerance) for name, value in wanted.items())
    return way


def slips_around(own, right, origin):
    """Return slips of one scaling amid those of both; their ways tell whether a result has one."""
    return (
        slip("constant-result", lambda table, result: (result == result[0]).all(),
             "Every column of your result holds one value only. Was the result ever filled in?"),
        slip("unchanged", lambda table, result: np.allclose(result, table),
             "Your function gives back the table as it came in."),
        slip("special-to-one-table", right,
             "Right for a large table, wrong for a small one with negative numbers. Does your code "
             "assume a number of rows, or a value to start from?", earns=1 / 3),
        slip("unit-rows", lambda table, result: close((result ** 2).sum(axis=1), 1, 1e-9),
             "Every row of your result has length 1. That is the third thing called normalization; "
             "this exercise is about columns."),
        slip("sign", lambda table, result: any(
                right(table, flipped) for flipped in (-result, 1 - result, 1 + result)),
             "The largest value of a column has become the smallest: something is subtracted the "
             "wrong way round.", earns=1 / 3),
        slip("rounded", lambda table, result: np.array_equal(result, np.round(result, 3))
             and right(table, result, 0.1),
             "The numbers are right but rounded. Whoever computes with them gets the error too; "
             "round when you print.", earns=2 / 3),
        *own,
        slip("precedence", columns(slope=1),
             "Every column still spreads as far as before, only shifted by an odd amount. Python "
             "divides before it subtracts: where do you need brackets?"),
        slip("whole-table", columns(unit=1),
             "All columns went through the same formula, with one number for the whole table. Then "
             "salary still drowns age.",
             "How many centres and how many spreads does a table with three features need?"),
        slip("rows", lambda table, result: close(origin(result, axis=1), 0)
             and not columns()(table, result, 1e-9),
             "You scaled each row. A row is one worker, whose age and salary have different units: "
             "their average means nothing. A feature is a column.",
             "Which axis disappears when you take one statistic for each feature? Print the shape "
             "of that statistic: how many numbers should it hold?"),
        slip("unknown", lambda table, result: True,
             "The result is not what the text above describes. Take a table of three rows, do it "
             "by hand for one column, and compare."),
        *WITHOUT_WAYS,
    )


WITHOUT_WAYS = (
    slip("returns-nothing", None,
         "Your function gives back nothing (`None`). A function hands over its result only with a "
         "`return` line."),
    slip("returns-more", None,
         "Your function gives back several things. The exercise asks for one table only."),
    slip("not-a-table", None,
         "Your function gives back something that is not a table of numbers.",
         "Look at `type(...)` of what it returns for a small table."),
    slip("wrong-shape", None,
         "The result has another shape than the table that went in. Scaling changes the numbers, "
         "not how many there are."),
    slip("not-finite", None,
         "There are NaN or infinite values in the result for an ordinary table. What did you "
         "divide by?"),
    slip("changes-input", None,
         "The numbers are right, but the caller's table changed too. Whoever needs the raw values "
         "afterwards has lost them.",
         "`X -= ...` and `X[:, j] = ...` write into the caller's own table."),
    slip("data-frame", None,
         "The numbers are right, but you gave back a DataFrame where the exercise promises an "
         "array: the next line of somebody's program would index it differently."),
    slip("constant-column", None,
         "Try a table in which one column holds the same value in every row. Such a column does "
         "not vary, so its spread is a number that you cannot divide by.",
         "Decide what to divide by when the spread is zero, so that the column becomes zeros and "
         "the others stay right."),
    slip("integer-input", None,
         "Your function goes wrong when the table holds whole numbers (ages, counts). A table of "
         "integers has no room for fractions.",
         "Are you storing results in an array that inherited the type of `X`?"),
)


class Scaling(Judgement):
    """Judge what a scaling does to ordinary tables, and then to those that need care.

    `right` is a way that `columns` returns, `origin` the statistic that becomes zero. The ordinary
    tables have a weight; the form of the result and each of the other tables weigh 1.
    """

    def __init__(self, right, origin, slips, weight):
        super().__init__(slips_around(slips, right, origin))
        self.right, self.weights = right, (weight, 1, 1, 1)

    def _outcome(self, cases, answers, build):
        tables = [build(case)[0].astype(float) for case in cases]
        stop_at_error(answers[:ORDINARY])
        ordinary = list(zip(tables, map(_read, tables[:ORDINARY], answers), strict=False))
        name = None if all(self.right(*each) for each in ordinary) else match(
            self.slips, ordinary[:1], [True], operator.eq).name
        if name and name not in NEARLY_RIGHT:
            return by_parts([name] + 3 * ["unknown"], self.slips, self.weights)
        form = "data-frame" if "DataFrame" in answers[0]["type"] else None
        constant, integers = map(self._is_right_edge, tables[ORDINARY:], answers[ORDINARY:])
        return by_parts([name, input_change(answers) or form,
                         None if constant else "constant-column",
                         None if integers else "integer-input"], self.slips, self.weights)

    def _is_right_edge(self, table, answer):
        result = array_of(answer)
        if result is None or result.shape != table.shape:
            return False
        varies = np.ptp(table, axis=0) > 0
        # whoever divides by n - 1, or rounds, has heard of it already
        sample = np.sqrt(len(table) / (len(table) - 1))
        return close(result[:, ~varies], 0) and any(
            self.right(table[:, varies], factor * result[:, varies], 0.05)
            for factor in (1, sample))


def _read(table, answer):
    """Return the result for an ordinary table, or end the judgement."""
    result = array_of(answer)
    form = ("returns-nothing" if answer["kind"] == "none"
            else "returns-more" if answer["kind"] == "sequence" or np.ndim(result) == 3
            else "not-a-table" if result is None
            else "wrong-shape" if result.shape != table.shape
            else "not-finite" if not np.isfinite(result).all() else None)
    if form:
        raise Stop(form)
    return result
