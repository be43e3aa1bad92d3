"""Whatever a learner returns becomes JSON that a judge can read."""

import json
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from course_utils.checks.plain_data import array_of, arrays_in, encode, flat_numbers


@pytest.mark.parametrize("value, kind", [
    (None, "none"), (True, "truth"), (np.True_, "truth"), (3, "number"), (np.float32(1), "number"),
    (Fraction(1, 3), "number"), (np.array(2), "number"), ("a", "text"), ([1, 2], "array"),
    ([[1, 2], [3, 4.5]], "array"), (pd.DataFrame({"a": [1]}), "array"), (pd.Series([1]), "array"),
    (np.matrix([[1, 2]]), "array"), ([Fraction(1, 2)], "array"), ([[1, 2], [3]], "sequence"),
    ((np.zeros((2, 2)), 1.0), "sequence"), (["a", "b"], "sequence"), ({"a": 1}, "mapping"),
    (pd.Series({"a": "x"}), "mapping"), (object(), "other"), (lambda: 1, "other"),
    (np.zeros(300_000), "other"), ({1, 2}, "other"), (float("nan"), "number"), (1j, "other"),
])
def test_every_value_has_a_kind_and_becomes_json(value, kind):
    assert encode(value)["kind"] == kind
    json.dumps(encode(value))


def test_an_array_comes_back_as_it_was():
    table = np.arange(6).reshape(2, 3)
    assert np.array_equal(array_of(json.loads(json.dumps(encode(table)))), table)


def test_an_empty_table_keeps_its_shape():
    assert array_of(encode(np.zeros((0, 3)))).shape == (0, 3)


@pytest.mark.parametrize("value", [
    [[1, 2], [3]], (np.array([1, 2]), pd.Series([3])), {"a": [1, 2], "b": [3]}])
def test_arrays_of_any_length_come_back_from_whatever_holds_them(value):
    assert [array.tolist() for array in arrays_in(encode(value), 2)] == [[1, 2], [3]]
    assert len(arrays_in(encode(value))) == 2
    assert arrays_in(encode(value), 3) is None


def test_a_table_is_its_rows_and_a_number_an_array_without_axes():
    assert [row.tolist() for row in arrays_in(encode(np.eye(2)))] == [[1, 0], [0, 1]]
    assert [array.ndim for array in arrays_in(encode((1, [2, 3])))] == [0, 1]
    for value in (None, 1, "ab", ([1], "b")):
        assert arrays_in(encode(value)) is None


def test_the_learners_type_is_named():
    assert encode(pd.DataFrame({"a": [1]}))["type"] == "pandas.DataFrame"


def test_what_holds_itself_comes_to_an_end():
    around = {"a": 1.0}
    around["self"], deep = around, [[]]
    for _ in range(10_000):
        deep = [deep]
    for value in (around, deep):
        assert "other" in str(encode(value))


@pytest.mark.parametrize("value, numbers", [
    ([1, 2], [1, 2]), ([[1], [2]], [1, 2]), ({"low": 1, "high": 2}, [1, 2]), (1, None),
    ({"low": 1, "high": "2"}, None), ([1, "2"], None)])
def test_numbers_lie_flat_in_whatever_form_they_came(value, numbers):
    flat = flat_numbers(encode(value))
    assert (flat if flat is None else flat.tolist()) == numbers
