"""Plain data: what passes between the learner's process and the judge, all of it JSON.

A value becomes a dictionary with a `kind`, the `type` that the learner returned and a `value` of
lists, numbers, text and truth values. Nothing that a learner wrote is ever executed to read it.
"""

import math
import numbers
from collections.abc import Mapping

import numpy as np

MOST_NUMBERS, MOST_DEPTH = 200_000, 6
MOST_ITEMS = 1000  # of a sequence or mapping; and characters of a text
KINDS = {"none", "truth", "number", "text", "array", "mapping", "sequence", "other"}


def encode(value, depth=0):
    """Return `value` as plain data.

    Parameters
    ----------
    value : object
        Whatever the learner's code returned or assigned.
    depth : int
        In how many others it lies; from six on, as in what holds itself, it is of `kind` ``other``.

    Returns
    -------
    dict
        `kind` is one of ``none``, ``truth``, ``number``, ``text``, ``array`` (numbers in a
        rectangle, with `shape`), ``mapping``, ``sequence`` or ``other``.
    """
    name = f"{type(value).__module__.split('.')[0]}.{type(value).__name__}"
    try:
        plain = _encode(value, depth + 1) if depth < MOST_DEPTH else {"kind": "other"}
    except Exception:  # a number beyond all floats, or an object that defends itself
        plain = {"kind": "other"}
    return {"type": name.removeprefix("builtins."), **plain}


def _encode(value, depth):
    if value is None:
        return {"kind": "none"}
    if isinstance(value, (bool, np.bool_)):
        return {"kind": "truth", "value": bool(value)}
    if isinstance(value, numbers.Real):
        return {"kind": "number", "value": float(value)}
    if isinstance(value, str):
        return {"kind": "text", "value": value[:MOST_ITEMS]}
    if hasattr(value, "to_dict") and not hasattr(value, "columns"):  # a pandas Series
        labels = list(value.index)
        counted = labels == list(range(1, len(labels) + 1))  # chosen, for pandas counts from 0
        if labels and (counted or all(isinstance(label, str) for label in labels)):
            value = value.to_dict()
    if isinstance(value, Mapping):
        return {"kind": "mapping",
                "value": {str(key): encode(item, depth)
                          for key, item in list(value.items())[:MOST_ITEMS]}}
    return _encode_array(value, depth)


def _encode_array(value, depth):
    array = _numbers(value)
    if array is not None and array.ndim == 0:
        return {"kind": "number", "value": float(array)}
    if array is not None and array.size > MOST_NUMBERS:
        return {"kind": "other", "value": f"{array.size} numbers"}
    if array is not None:
        return {"kind": "array", "shape": list(array.shape), "value": array.tolist()}
    if isinstance(value, (tuple, list)) or getattr(value, "ndim", 0) == 1 \
            or isinstance(value, np.ndarray):
        return {"kind": "sequence",
                "value": [encode(item, depth) for item in list(value)[:MOST_ITEMS]]}
    return {"kind": "other"}


def _numbers(value):
    """Return `value` as an array of floats, or None if it is not a rectangle of numbers."""
    try:
        array = np.asarray(value)
        if array.dtype.kind in "biufO":
            return array.astype(float)
    except (TypeError, ValueError):
        pass
    return None


def checked(answer, needs, cases=None):
    """Return an answer rebuilt from the parts that `encode` and its callers write, and no others.

    Parameters
    ----------
    answer : object
        What came from the learner's process; nothing about it is certain.
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
        Of any kind, if it is no answer to this check.
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


def array_of(answer):
    """Return the numbers of an encoded array, or None if it holds something else.

    Parameters
    ----------
    answer : dict
    """
    if answer.get("kind") != "array":
        return None
    return np.array(answer["value"], dtype=float).reshape(answer["shape"])


def numbers_in(answer, count):
    """Return `count` numbers from an encoded tuple, list, array or mapping, or None.

    Parameters
    ----------
    answer : dict
    count : int
    """
    if answer["kind"] == "number" and count == 1:
        return np.array([answer["value"]])
    if answer["kind"] == "array" and answer["shape"] == [count]:
        return np.array(answer["value"], dtype=float)
    if answer["kind"] == "mapping":
        answer = {"kind": "sequence", "value": list(answer["value"].values())}
    if answer["kind"] != "sequence" or len(answer["value"]) != count:
        return None
    if any(item["kind"] != "number" for item in answer["value"]):
        return None
    return np.array([item["value"] for item in answer["value"]])


def arrays_in(answer, count=None):
    """Return the arrays in an encoded tuple, list, mapping or table (its rows), or None.

    Parameters
    ----------
    answer : dict
    count : int, optional
        How many there should be. A number is an array without axes.
    """
    if answer["kind"] == "array":
        arrays = list(array_of(answer))
    elif answer["kind"] in ("sequence", "mapping"):
        value = answer["value"]
        arrays = [np.array(item["value"]) if item["kind"] == "number" else array_of(item)
                  for item in (value if answer["kind"] == "sequence" else value.values())]
    else:
        return None
    if any(array is None for array in arrays) or count not in (None, len(arrays)):
        return None
    return arrays
