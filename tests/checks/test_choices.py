"""A learner's word counts whatever its spelling, a learner's number whatever its type."""

import numpy as np
import pytest

from course_utils.checks.choices import one_of, whole_number
from course_utils.checks.plain_data import encode

WORDS = {"min-max": ("minmaxscaler",), "none": ("nothing",)}


@pytest.mark.parametrize("said, word", [
    ("min-max", "min-max"), ("Min Max", "min-max"), (" MINMAX ", "min-max"),
    ("MinMaxScaler()", "min-max"), ("none", "none"), (None, "none"), (float("nan"), "none"),
    ("maximum", None), (3, None), (["min-max"], None), ("", None),
])
def test_a_word(said, word):
    assert one_of(WORDS, encode(said)) == word


@pytest.mark.parametrize("said, number", [
    (3, 3), (3.0, 3), (np.int8(3), 3), ("3", 3), ("line 3", 3), (3.5, None), ("1 or 2", None),
    (True, None), ([3], None), (None, None), ("three", None), (float("inf"), None),
])
def test_a_number(said, number):
    assert whole_number(encode(said)) == number
