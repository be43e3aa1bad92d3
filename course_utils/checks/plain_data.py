"""Plain data: what passes between the learner's process and the judge, all of it JSON.

A value becomes a dictionary with a `kind`, the `type` that the learner returned and a `value` of
lists, numbers, text and truth values. Nothing that a learner wrote is ever executed to read it.
"""

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
        Nesting depth. Anything deeper than six, such as a list that contains itself, becomes
        ``other``.

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


def flat_numbers(answer):
    """Return the numbers of an encoded list, column, table or mapping in a row, or None.

    Parameters
    ----------
    answer : dict
    """
    if answer["kind"] == "mapping":
        return numbers_in(answer, len(answer["value"]))
    table = array_of(answer)
    return None if table is None else table.ravel()


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
