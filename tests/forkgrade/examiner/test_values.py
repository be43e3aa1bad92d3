"""What travels between two processes arrives as it was, and nothing that arrives is executed."""

import collections
import datetime
import decimal
import fractions
import json
import pathlib
import re

import numpy as np
import pandas as pd
import pytest

from forkgrade.examiner.values import Codec, OddAnswer, replace_content

Point = collections.namedtuple("Point", "x y")
codec = Codec(lambda thing: {"t": "reference", "to": repr(thing)}, lambda data: data["to"])


def sent(value):
    """Return a value after its journey."""
    return codec.decode(json.loads(json.dumps(codec.encode(value))))


@pytest.mark.parametrize("value", [
    None, True, 1, 2**70, -2**80, 1.5, float("inf"), float("nan"), "ä\ud800", [1, [2]], (1, 2),
    {1: (2,)},
    {1, 2}, frozenset({1}), b"x", bytearray(b"y"), 1 + 2j, range(3), slice(1, 2), ...,
    fractions.Fraction(1, 3), decimal.Decimal("1.10"), datetime.date(2026, 1, 2),
    datetime.datetime(2026, 1, 2, 3), datetime.time(1, 2), datetime.timedelta(1, 2),
    collections.Counter("aab"), collections.defaultdict(list, a=[1]), collections.deque([1], 3),
    collections.OrderedDict(b=1, a=2), {1: 2}.keys(), {1: 2}.items(), {1: 2}.values(),
    np.arange(6).reshape(2, 3), np.array([]), np.array(3.), np.zeros((0, 3)), np.float64(1.5),
    np.float32(2), np.bool_(True), np.int8(3), np.array(["a", "bb"]), np.array([1 + 2j]),
    np.array([1, "a", None], object), np.datetime64("2020-01-01"), np.dtype("f4"),
    np.matrix([[1, 2]]), re.compile("a", re.IGNORECASE), pathlib.Path("a/b"),
    pd.Timestamp("2020-01-01", tz="UTC"), pd.Timedelta("1h"), pd.NaT, pd.NA], ids=repr)
def test_a_value_arrives_as_it_was(value):
    arrived = sent(value)
    assert type(arrived) is type(value) and repr(arrived) == repr(value)


def frames():
    frame = pd.DataFrame({
        "a": [1, 2, 3], "b": ["x", None, "z"], "c": pd.Categorical(["u", "v", "u"]),
        "d": pd.date_range("2020", periods=3, tz="Europe/Berlin"), "f": [1.5, np.nan, 2],
        "e": pd.array([1, None, 3], dtype="Int64"), "g": pd.date_range("2020", periods=3),
        "i": [[1], None, {}]})
    return [frame, frame.set_index("g"), frame.set_index(["a", "b"]), frame.T, frame[[]],
            frame.iloc[:0], pd.DataFrame(), pd.DataFrame([[1, 2]], columns=["x", "x"]),
            frame.groupby("c", observed=True).agg({"a": ["sum", "mean"]})]


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: str(frame.shape))
def test_a_table_arrives_as_it_was(frame):
    pd.testing.assert_frame_equal(sent(frame), frame, check_freq=True)
    for place in range(frame.shape[1]):
        pd.testing.assert_series_equal(sent(frame.iloc[:, place]), frame.iloc[:, place])


def test_other_things_stay_where_they_are():
    class Mine(list):
        pass

    assert sent(Mine([1])) == "[1]" and sent([Mine()]) == ["[]"]
    itself = []
    itself.append(itself)
    assert "..." in sent(itself)


def test_a_mask_hides_nothing():
    arrived = sent(np.ma.masked_array([1, 2], [True, False]))
    assert type(arrived) is np.ndarray and np.isnan(arrived[0]) and arrived[1] == 2


def test_a_namedtuple_keeps_its_names():
    arrived = sent(Point(1, 2))
    assert arrived == (1, 2) and arrived.x == 1 and repr(arrived) == "Point(x=1, y=2)"


def test_an_exception_of_the_learners_is_one_here_and_always_the_same():
    data = {"t": "exception", "classes": [["__main__", "Oops"], ["builtins", "KeyError"]],
            "v": ["why"]}
    first, second = codec.decode(data), codec.decode(data)
    assert type(first) is type(second) and isinstance(first, KeyError)
    assert type(first).__name__ == "Oops" and first.args == ("why",)


@pytest.mark.parametrize("data", [
    {}, {"t": []}, {"t": "array", "dtype": "O", "shape": [1], "v": ""}, {"t": "tuple", "v": 5},
    {"t": "array", "dtype": "<f8", "shape": [10**12], "v": ""}, {"t": "scalar"},
    {"t": "array", "dtype": "U0", "shape": [10**12], "v": ""}, {"t": "int", "v": "z"},
    {"t": "array", "dtype": "<f8", "shape": [-1], "v": ""}, {"t": "dict", "v": [[[], 1]]},
    {"t": "exception", "classes": [["os", "system"]], "v": []},
    {"t": "exception", "classes": [["builtins", "int"]], "v": []},
    {"t": "Index", "k": "column", "v": {"c": "?"}, "name": None}, {"t": "Pattern", "v": "("},
    {"t": "defaultdict", "factory": "eval", "v": []}, {"t": "DataFrame"}])
def test_what_is_no_value_is_refused(data):
    with pytest.raises(OddAnswer):
        codec.decode(data)


@pytest.mark.parametrize("before, after", [
    ([1], [1, 2]), ({1: 2}, {3: 4}), ({1}, {2}), (bytearray(b"a"), bytearray(b"bc")),
    (collections.deque([1]), collections.deque([2])),
    (np.zeros(2), np.ones(2)), (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1, 2]}))], ids=repr)
def test_an_argument_becomes_what_a_function_made_of_it(before, after):
    replace_content(before, after)
    assert repr(before) == repr(after)


@pytest.mark.parametrize("before, after", [([1], {1: 2}), (np.zeros(2), np.zeros(3))], ids=repr)
def test_an_argument_does_not_become_something_else(before, after):
    with pytest.raises(OddAnswer):
        replace_content(before, after)
