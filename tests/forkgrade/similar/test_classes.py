"""What comes to the top of a class: disguised copies, and nobody who worked alone."""

import pytest

from tests.forkgrade.similar.class_folder import class_of, filled
from tests.forkgrade.similar.disguise import disguised
from tests.forkgrade.similar.honest_class import SOLUTION, honest

CLASS = 200


def a_class(seed, copies, count=CLASS):
    """Return the cells of a class in which the last some have copied from others, and the pairs."""
    cells = {f"s{n}": honest(f"{seed}-{n}") for n in range(count - copies)}
    for n in range(copies):
        cells[f"copy{n}"] = disguised(cells[f"s{7 * n}"], f"{seed}-{n}")
    return cells, {frozenset((f"copy{n}", f"s{7 * n}")) for n in range(copies)}


def students(pairs):
    return [frozenset((pair.first, pair.second)) for pair in pairs]


@pytest.mark.parametrize("seed", range(3))
def test_of_ten_disguised_copies_in_a_class_of_200_nine_are_among_the_first_15(seed):
    cells, copies = a_class(seed, 10)
    pairs = class_of(cells).pairs(15)
    assert len(copies & set(students(pairs))) >= 9
    assert all(pair.percentile > 99.9 for pair in pairs)
    apart = [pair for pair in pairs if pair.apart]
    assert len(apart) >= 5 and set(students(apart)) <= copies


@pytest.mark.parametrize("seed, count", [(0, CLASS), (1, CLASS), (3, 40), (4, 60)])
def test_without_copies_nobody_stands_apart(seed, count):
    cells, _ = a_class(seed, 0, count)
    pairs = class_of(cells).pairs()
    assert pairs and not [pair for pair in pairs if pair.apart]


def test_a_copied_sample_solution_makes_nobody_a_pair():
    cells, _ = a_class(5, 0, 60)
    sample = {part: filled(part, code) for part, code in SOLUTION.items()}
    cells |= {f"sample{n}": disguised(sample, n) for n in range(3)}
    assert not [pair for pair in class_of(cells).pairs(100)
                if {pair.first[:6], pair.second[:6]} == {"sample"}]


def test_what_most_of_a_class_writes_counts_for_nothing():
    usual = honest("usual")
    cells = {f"s{n}": usual for n in range(30)} | {f"t{n}": honest(n) for n in range(20)}
    assert not [pair for pair in class_of(cells).pairs(1000) if pair.second < "t"]


def test_very_short_answers_make_no_pair():
    cells = {f"s{n}": honest(n) for n in range(60)}
    cells |= {f"short{n}": {"smooth": "def smooth(values, width):\n    return values[::-1]\n"}
              for n in range(3)}
    assert not [pair for pair in class_of(cells).pairs() if "short" in pair.first]


def test_a_group_of_three_is_its_three_pairs():
    cells, _ = a_class(6, 0, 100)
    group = ["s3", "second", "third"]
    cells |= {name: disguised(cells["s3"], name) for name in group[1:]}
    assert set(students(class_of(cells).pairs(3))) == {
        frozenset(group) - {name} for name in group}


def test_three_submissions_are_a_class():
    cells = {"a": honest(1), "b": honest(2), "c": disguised(honest(1), 1)}
    first, *_ = class_of(cells).pairs()
    assert {first.first, first.second} == {"a", "c"} and not first.apart


def test_the_same_answers_have_likeness_1():
    cells = {f"s{n}": honest(n) for n in range(30)} | {"same": honest(7)}
    first, *_ = class_of(cells).pairs(1)
    assert {first.first, first.second} == {"same", "s7"}
    assert first.likeness == pytest.approx(1)


def test_a_class_with_nothing_to_say_has_no_pairs():
    assert class_of({"a": {}, "b": {}, "c": {}}).pairs() == []
    assert class_of({}).pairs() == []
