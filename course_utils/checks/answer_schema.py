"""The form that an answer has; what comes from the learner's process is rebuilt in it.

The learner's code may have written anything there. Only what `encode` and `answer_of` write passes.
"""

import math

import numpy as np

from course_utils.checks.plain_data import KINDS, MOST_DEPTH, MOST_ITEMS, MOST_NUMBERS


def checked(answer, needs, cases=None):
    """Return an answer rebuilt from the parts that `encode` and its callers write, and no others.

    Parameters
    ----------
    answer : object
        What came from the learner's process, which cannot be trusted.
    needs : sequence of str
        The names that the check asks for.
    cases : int, optional
        How many were drawn; None for a check of values.

    Returns
    -------
    dict

    Raises
    ------
    Exception
        Of any kind, if it cannot be an answer to this check.
    """
    kind = answer["kind"]
    if kind == "missing":
        names = [name for name in needs if name in answer["names"]]
        return {"kind": kind, "names": names or list(needs)}
    if kind == "values" and cases is None:
        return {"kind": kind, "value": {name: _checked(answer["value"][name]) for name in needs}}
    if kind == "uncallable" and cases is not None:
        return {"kind": kind, "type": _text(answer.get("type"), 100)}
    if kind != "cases" or cases is None or len(answer["value"]) != cases:
        raise ValueError("not an answer to this check")
    return {"kind": kind, "value": [_checked_case(case) for case in answer["value"]]}


def _checked_case(case):
    if case["kind"] == "error":
        error = {name: _text(case["error"].get(name), most)
                 for name, most in (("type", 100), ("message", 500), ("traceback", 5000))}
        return {"kind": "error", "error": error}
    return {**_checked(case), "changed_input": bool(case.get("changed_input"))}


def _checked(encoded, depth=0):
    kind = encoded["kind"]
    if kind not in KINDS or depth > MOST_DEPTH:
        raise ValueError("unknown kind")
    value, plain = encoded.get("value"), {"type": _text(encoded.get("type"), 100), "kind": kind}
    if kind == "truth":
        plain["value"] = bool(value)
    elif kind == "number":
        plain["value"] = float(value)
    elif kind in ("text", "other"):
        plain["value"] = _text(value, MOST_ITEMS)
    elif kind == "array":
        plain |= _checked_array(encoded["shape"], value)
    elif kind == "mapping":
        plain["value"] = {_text(name, MOST_ITEMS): _checked(item, depth + 1)
                          for name, item in list(value.items())[:MOST_ITEMS]}
    elif kind == "sequence":
        plain["value"] = [_checked(item, depth + 1) for item in list(value)[:MOST_ITEMS]]
    return plain


def _checked_array(shape, value):
    shape = [int(length) for length in shape]
    # without a number in it an array can still have any number of rows, each a list
    if len(shape) > 32 or min(shape, default=0) < 0 \
            or math.prod(max(length, 1) for length in shape) > MOST_NUMBERS:
        raise ValueError("an impossible shape")
    array = np.array(value, dtype=float)
    if array.size != math.prod(shape):
        raise ValueError("a shape that does not fit")
    return {"shape": shape, "value": array.reshape(shape).tolist()}


def _text(value, most):
    return str(value if value is not None else "")[:most]
