"""Error rates of verification and search, on pairs whose rates are known."""

import numpy as np
import pandas as pd
import pytest

from course_utils import faces
from course_utils.errors import CourseError

DISTANCES = np.array([0.1, 0.2, 0.3, np.nan, 0.25, 0.5, 0.6, 0.7, np.nan, 0.9])
SAME = np.array([True] * 4 + [False] * 6)


def test_both_rates_count_a_missed_face_as_no_match():
    miss = faces.false_non_match_rate(DISTANCES, SAME, 0.25)
    assert (miss.count, miss.n, miss.value) == (2, 4, 0.5)
    match = faces.false_match_rate(DISTANCES, SAME, 0.25)
    assert (match.count, match.n) == (1, 6)


def test_a_distance_at_the_threshold_matches():
    assert faces.false_match_rate([0.5], [False], 0.5).value == 1
    assert faces.false_non_match_rate([0.5], [True], 0.5).value == 0


def test_the_interval_is_wilsons():
    """Table value: 10 of 100 at 95 % gives 5.52 % to 17.44 %."""
    found = faces.rate(10, 100)
    assert (found.low, found.high) == pytest.approx((0.0552, 0.1744), abs=1e-4)
    assert faces.rate(0, 5).high > 0.4  # nothing seen in five tries shows little
    assert np.isnan(faces.rate(0, 0).value)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    rng = np.random.default_rng(0)
    found = [faces.rate(int(rng.binomial(60, 0.2)), 60) for _ in range(600)]
    assert 0.92 < np.mean([each.low <= 0.2 <= each.high for each in found]) < 0.98


def test_pair_distances_pairs_everybody_once():
    table, who = np.random.default_rng(0).normal(size=(5, 4)), [0, 0, 1, 1, 2]
    distances, same, first, second = faces.pair_distances(table, who)
    assert len(distances) == 10 and same.sum() == 2
    for at in range(10):
        assert distances[at] == pytest.approx(
            np.linalg.norm(table[first[at]] - table[second[at]]), abs=1e-5)
    table[0] = np.nan
    assert np.isnan(faces.pair_distances(table, who)[0]).sum() == 4


def test_the_det_curve_runs_from_nothing_matches_to_all_that_was_found():
    curve = faces.det_curve(DISTANCES, SAME)
    assert curve["false_match_rate"].iloc[0] == 0 and curve["false_non_match_rate"].iloc[0] == 1
    assert curve["false_match_rate"].iloc[-1] == pytest.approx(5 / 6)
    assert curve["false_non_match_rate"].iloc[-1] == pytest.approx(1 / 4)
    assert curve["false_match_rate"].is_monotonic_increasing
    assert curve["false_non_match_rate"].is_monotonic_decreasing
    for row in curve.itertuples():
        assert row.false_match_rate == pytest.approx(
            faces.false_match_rate(DISTANCES, SAME, row.threshold).value)
    assert len(faces.det_curve(DISTANCES, SAME, points=4)) == 4


def test_the_equal_error_rate_of_two_bells_is_what_theory_says():
    """Bells two deviations apart cross at one deviation: 15.87 %."""
    rng = np.random.default_rng(0)
    distances = np.concatenate([rng.normal(5, 1, 40_000), rng.normal(7, 1, 40_000)])
    same = np.arange(80_000) < 40_000
    error, threshold = faces.equal_error_rate(distances, same)
    assert error == pytest.approx(0.1587, abs=0.004)
    assert threshold == pytest.approx(6, abs=0.05)


def test_a_missed_face_raises_the_equal_error_rate():
    distances, same = np.r_[np.full(50, 0.1), np.linspace(0.2, 1, 50)], np.arange(100) < 50
    assert faces.equal_error_rate(distances, same)[0] == 0
    distances[:10] = np.nan
    assert faces.equal_error_rate(distances, same)[0] == pytest.approx(0.2)


def test_resampling_people_gives_a_wider_interval_than_pairs_suggest():
    """Ten people, one of whom is always missed: hundreds of pairs, but only ten people."""
    missed = np.array([1.0] + [0.0] * 9)
    low, high = faces.interval_over_people(lambda drawn: missed[drawn].mean(), range(10),
                                           rng=np.random.default_rng(0))
    pairs = faces.rate(100, 1000)
    assert low <= 0.1 <= high
    assert high - low > 2 * (pairs.high - pairs.low)


def test_rates_by_group_are_those_of_each_group_alone():
    rng = np.random.default_rng(0)
    distances, same = rng.random(900), rng.random(900) < 0.3
    groups = rng.choice(["a", "b", "c"], size=900)
    table = faces.rates_by_group(distances, same, groups, 0.4)
    assert list(table.index) == ["a", "b", "c"]
    for group in table.index:
        mine = groups == group
        alone = faces.false_match_rate(distances[mine], same[mine], 0.4)
        assert table.loc[group, "false_match_rate"] == pytest.approx(alone.value)
        assert table.loc[group, "false_match_rate_high"] == pytest.approx(alone.high)
        assert table.loc[group, "impostor_pairs"] == alone.n
        missed = faces.false_non_match_rate(distances[mine], same[mine], 0.4)
        assert table.loc[group, "false_non_match_rate_low"] == pytest.approx(missed.low)


def test_groups_can_intersect_and_be_empty():
    groups = pd.DataFrame({"tone": [1, 1, 2, 2], "light": ["left", "right", "left", "left"]})
    table = faces.rates_by_group([0.1, 0.9, 0.2, np.nan], [True, True, False, True], groups, 0.5)
    assert table.loc[(1, "right"), "false_non_match_rate"] == 1
    assert table.loc[(2, "left"), "genuine_pairs"] == 1
    assert np.isnan(table.loc[(1, "left"), "false_match_rate"])


@pytest.mark.parametrize(("distances", "same", "said"), [
    ([0.1], [1], "True or False"), ([0.1, 0.2], [True], "equally many"),
    (["near"], [True], "numbers"), ([[0.1]], [[True]], "list"), ([-0.1], [True], "negative")])
def test_bad_pairs_are_named(distances, same, said):
    with pytest.raises(CourseError, match=said):
        faces.false_match_rate(distances, same, 0.5)


def test_an_equal_error_rate_needs_both_kinds_of_pairs():
    with pytest.raises(CourseError, match="Both kinds"):
        faces.equal_error_rate([0.1, 0.2], [True, True])


@pytest.mark.parametrize(("count", "n"), [(3, 2), (-1, 4)])
def test_a_rate_above_one_is_refused(count, n):
    with pytest.raises(CourseError, match="between 0 and n"):
        faces.rate(count, n)


GALLERY, NAMES = np.eye(3), ["ann", "ben", "cem"]


def test_rank_one_counts_who_is_nearest():
    probes = np.array([[0.9, 0, 0], [0, 0.4, 0.5], [0, 0, 1], [np.nan] * 3])
    found = faces.rank_one_rate(probes, ["ann", "ben", "cem", "ann"], GALLERY, NAMES)
    assert (found.count, found.n) == (2, 4)


def test_rank_one_refuses_strangers():
    with pytest.raises(CourseError, match="1 probe.* not in the gallery"):
        faces.rank_one_rate(GALLERY[:1], ["dan"], GALLERY, NAMES)


def test_an_open_set_has_two_errors():
    probes = np.array([[0.9, 0, 0], [0.9, 0, 0], [5, 5, 5], [0, 1, 0], [np.nan] * 3])
    found = faces.open_set_rates(probes, ["ann", "dan", "eve", "cem", "ben"], GALLERY, NAMES, 0.3)
    assert (found.false_positive.count, found.false_positive.n) == (1, 2)  # dan taken for ann
    assert (found.false_negative.count, found.false_negative.n) == (2, 3)  # cem as ben, ben unseen


def test_false_alarms_grow_with_the_gallery():
    assert faces.false_alarm_chance(0.001, 1) == pytest.approx(0.001)
    assert faces.false_alarm_chance(0.001, 1000) == pytest.approx(0.632, abs=0.001)
    with pytest.raises(CourseError, match="between 0 and 1"):
        faces.false_alarm_chance(1.2, 10)
