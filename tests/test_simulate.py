"""The simulation of a cluster agrees with what can be computed by hand."""

import pytest

from benchmarks.simulate import simulate, table


def test_equal_jobs_fill_the_workers():
    assert simulate([2.0], 10, 1, writing=0, starting=3) == 23
    assert simulate([2.0], 10, 2, writing=0, starting=3) == 13
    assert simulate([2.0], 10, 4, writing=0, starting=0) == 6


def test_the_one_writer_is_the_bound_for_many_workers():
    assert simulate([1.0], 100, 64, writing=0.5, starting=0) == pytest.approx(1 + 100 * 0.5)


def test_more_workers_never_take_longer():
    for row in table([0.2, 0.5, 3.0], writing=0.01, starting=1):
        assert row == sorted(row, reverse=True)


def test_without_a_record_there_is_no_answer():
    with pytest.raises(ValueError, match="0 recorded jobs"):
        simulate([], 10, 1, writing=0, starting=0)
