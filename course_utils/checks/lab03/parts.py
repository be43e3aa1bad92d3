"""What a learner gives back together: two numbers or some arrays, in order or by name."""

import numpy as np

from course_utils.checks.plain_data import array_of, numbers_in
from course_utils.checks.slips import read


def read_pairs(answers, second, stopped=None):
    """Return two numbers for each case; in a dictionary that whose key holds `second` is last."""
    def pair_in(answer):
        values = numbers_in(_in_order(answer, second), 2)
        return None if values is None else tuple(values)

    alone = any(answer["kind"] == "number" for answer in answers)
    return read(answers, pair_in, "one-number" if alone else "not-two-numbers", stopped)


def _in_order(answer, second):
    if answer["kind"] != "mapping":
        return answer
    named = sorted(answer["value"].items(), key=lambda pair: second in pair[0].lower())
    return {"kind": "sequence", "value": [item for _, item in named if item["kind"] == "number"]}


def arrays_in(answer, count):
    """Return so many encoded arrays and numbers as a list of arrays, or None."""
    items = answer["value"].values() if answer["kind"] == "mapping" else answer.get("value")
    if answer["kind"] not in ("mapping", "sequence") or len(items) != count:
        return None
    arrays = [np.array(item["value"]) if item["kind"] == "number" else array_of(item)
              for item in items]
    return None if any(array is None for array in arrays) else arrays
