"""What a learner gives back together: two numbers or some arrays, in order or by name."""

from course_utils.checks.plain_data import arrays_in, numbers_in
from course_utils.checks.slips import read


def read_pairs(answers, second, error_value=None):
    """Return two numbers for each case; in a dictionary that whose key holds `second` is last."""
    def pair_in(answer):
        values = numbers_in(_in_order(answer, second), 2)
        return None if values is None else tuple(values)

    alone = any(answer["kind"] == "number" for answer in answers)
    return read(answers, pair_in, "one-number" if alone else "not-two-numbers", error_value)


def _in_order(answer, second):
    if answer["kind"] != "mapping":
        return answer
    named = sorted(answer["value"].items(), key=lambda pair: second in pair[0].lower())
    return {"kind": "sequence", "value": [item for _, item in named if item["kind"] == "number"]}


def separate_arrays(answer, count):
    """Return the arrays in an encoded tuple, list or mapping, or None, as for a single array."""
    return None if answer["kind"] == "array" else arrays_in(answer, count)
