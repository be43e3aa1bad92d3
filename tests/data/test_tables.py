"""The course's tables: what they promise, and what a damaged file gets."""

import numpy as np
import pytest

from course_utils import data
from course_utils.errors import CourseError


def test_workers_stay_within_their_ranges():
    workers = data.make_workers(np.random.default_rng(0), n=5000)
    assert (workers["age"].min(), workers["age"].max()) == (16, 90)
    assert 15_000 <= workers["salary"].min() < workers["salary"].max() <= 150_000
    assert abs(np.corrcoef(workers["age"], workers["salary"])[0, 1]) < 0.05


def test_the_same_seed_draws_the_same_workers():
    first, again = (data.make_workers(np.random.default_rng(3)) for _ in range(2))
    assert first.equals(again)


def test_no_workers_at_all_are_refused():
    with pytest.raises(CourseError, match="n is 0"):
        data.make_workers(np.random.default_rng(0), n=0)


def test_the_wines_are_those_of_the_datasheet():
    X, y = data.load_wine()
    assert X.shape == (178, 13)
    assert y.value_counts().sort_index().tolist() == [59, 71, 48]
    assert "59 Barolo, 71 Grignolino and 48 Barbera" in data.WINE.who


@pytest.mark.parametrize("fault", [FileNotFoundError("wine_data.csv"), ValueError("bad number")])
def test_a_missing_or_damaged_file_gets_a_sentence(monkeypatch, fault):
    def broken(**_):
        raise fault

    monkeypatch.setattr("sklearn.datasets.load_wine", broken)
    with pytest.raises(CourseError, match="missing or damaged.*make setup"):
        data.load_wine()


def test_a_cut_off_file_gets_a_sentence(monkeypatch):
    from sklearn import datasets

    whole = datasets.load_wine(as_frame=True)
    whole.data = whole.data.iloc[:100]
    monkeypatch.setattr("sklearn.datasets.load_wine", lambda **_: whole)
    with pytest.raises(CourseError, match="missing or damaged"):
        data.load_wine()


@pytest.mark.parametrize("sheet", [data.WORKERS, data.WINE])
def test_a_datasheet_answers_every_question_and_shows_them(sheet):
    assert all(vars(sheet).values())
    assert sheet.consent in sheet._repr_html_()
