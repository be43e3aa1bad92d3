"""An answer is plain data of bounded size, and nothing else is judged."""

import pytest

from forkgrade.judge import Judge, seed_for


def answer(check, shape, value):
    array = {"kind": "array", "type": "ndarray", "shape": shape, "value": value}
    cases = len(check["inputs"])
    return {"kind": "cases", "value": [{**array, "changed_input": False}] * cases}


@pytest.mark.parametrize("shape, value", [
    ([10**9, 0], []), ([0, 10**9], []), ([10**400], []), ([-1, -1], [1]), ([10**5, 10**5], []),
    ([2] * 40, []), ([3], [1, 2]), ([float("inf")], []), ("ab", []), ([2], ["a", "b"])])
def test_an_impossible_array_is_an_odd_answer_and_takes_no_time(shape, value):
    judge = Judge("lab01", "seed")
    given = answer(judge.question("standardize"), shape, value)
    result, flag = judge.judge("standardize", given)
    assert result.points == 0 and flag.startswith("odd answer")


def test_the_seed_is_the_students_own_and_stays():
    assert seed_for(b"s", "lab", "ann") == seed_for(b"s", "lab", "ann")
    assert len({seed_for(b"s", "lab", "ann"), seed_for(b"s", "lab", "bob"),
                seed_for(b"t", "lab", "ann")}) == 3
