"""Many pictures at once: the same result from one process, several, or the cache."""

import sqlite3

import numpy as np
import pytest

from course_utils import faces
from course_utils.errors import CourseError
from course_utils.faces import batch
from tests.faces.conftest import needs_dlib

pytestmark = needs_dlib


@pytest.fixture
def cache(tmp_path):
    return faces.Cache(tmp_path / "folder" / "embeddings.sqlite")


@pytest.fixture(scope="module")
def pictures(portraits):
    return [portraits[3][1], np.full((150, 150, 3), 90, np.uint8), portraits[3][1]]


def test_missed_faces_are_rows_of_nan(pictures):
    found = faces.embed_pictures(pictures, jobs=1)
    assert found.faces.tolist() == [1, 0, 1]
    assert np.isnan(found.embeddings[1]).all()
    assert np.array_equal(found.embeddings[0], found.embeddings[2])
    assert np.isfinite(found.embeddings[0]).all()


def test_the_cache_answers_for_the_same_pixels_only(pictures, cache, monkeypatch):
    first = faces.embed_pictures(pictures, cache=cache)
    work = []
    monkeypatch.setattr(batch, "embed_chunk", lambda chunk: work.append(len(chunk)) or [
        (0, None)] * len(chunk))
    again = faces.embed_pictures(pictures, cache=cache)
    assert not work
    assert np.array_equal(first.embeddings, again.embeddings, equal_nan=True)
    assert again.faces.tolist() == first.faces.tolist()
    changed = pictures[0].copy()
    changed[0, 0, 0] ^= 1
    faces.embed_pictures([changed], cache=cache)
    assert work == [1]


def test_a_cleared_cache_keeps_nothing(pictures, cache):
    found = faces.embed_pictures(pictures[:1], cache=cache)
    numbers = found.embeddings[0].tobytes()
    assert numbers[:64] in cache.path.read_bytes()
    cache.clear()
    assert numbers[:64] not in cache.path.read_bytes()
    assert cache.get([batch.key_of(pictures[0])]) == {}


def test_a_batch_is_written_whole_or_not_at_all(cache):
    with pytest.raises(sqlite3.Error):
        cache.put({b"a": (1, np.zeros(128)), None: (object(), None)})
    assert cache.get([b"a"]) == {}


def test_a_damaged_cache_is_named(cache):
    cache.path.parent.mkdir()
    cache.path.write_bytes(b"no database at all " * 100)
    with pytest.raises(CourseError, match="Delete"):
        cache.get([b"a"])


def test_nothing_is_kept_unless_asked(pictures, monkeypatch):
    monkeypatch.setattr(batch, "Cache", lambda *_: pytest.fail("the cache was opened"))
    faces.embed_pictures(pictures[:1])


def test_progress_is_told(pictures):
    seen = []

    def show(items, label):
        seen.append(label)
        return items
    faces.embed_pictures(pictures, progress=show)
    assert seen == ["embedding faces"]


def test_a_bad_picture_is_refused_before_any_work(pictures):
    with pytest.raises(CourseError, match="grey"):
        faces.embed_pictures([*pictures, np.zeros((150, 150), np.uint8)])
    assert len(faces.embed_pictures([]).faces) == 0


@pytest.mark.slow
def test_several_processes_give_the_same_as_one(crew, monkeypatch):
    monkeypatch.setattr(batch, "_WORTH", 8)
    monkeypatch.setattr(batch, "_CHUNK", 4)
    pictures = [faces.draw(one, faces.View(light=10.0)) for one in crew]
    one, two = (faces.embed_pictures(pictures, jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one.embeddings, two.embeddings, equal_nan=True)
