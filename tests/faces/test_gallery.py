"""The gallery asks first, keeps no picture, forgets in time, and survives errors."""

import gc
import json
import logging
import os
import weakref
from datetime import date, timedelta

import numpy as np
import pytest

from course_utils import faces, paths
from course_utils.errors import CourseError
from tests.faces.conftest import needs_dlib

DAY = date(2026, 3, 1)
NAME = "Quillon Vexby"


def consent(**changes):
    return faces.Consent(**{"purpose": "to open the door of lab 4", "given_by": "the person",
                            "given_on": DAY, "until": DAY + timedelta(days=90)} | changes)


def numbers(seed):
    return np.random.default_rng(seed).normal(scale=0.1, size=128)


class Clock:
    def __init__(self):
        self.day = DAY

    def __call__(self):
        return self.day


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def gallery(tmp_path, clock):
    return faces.Gallery(tmp_path / "gallery.json", retention_days=30, today=clock)


def everything_on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nobody_is_enrolled_without_consent(gallery):
    for nothing in (None, True, "yes", {}):
        with pytest.raises(CourseError, match="without a Consent"):
            gallery.enrol(NAME, numbers(1), consent=nothing)
    assert len(gallery) == 0


@pytest.mark.parametrize("change", [
    {"given_on": DAY + timedelta(days=1)},
    {"given_on": DAY - timedelta(days=9), "until": DAY - timedelta(days=1)}])
def test_consent_must_hold_on_the_day(gallery, change):
    with pytest.raises(CourseError, match="does not hold today"):
        gallery.enrol(NAME, numbers(1), consent=consent(**change))
    assert len(gallery) == 0


@pytest.mark.parametrize(("change", "said"), [
    ({"purpose": ""}, "purpose"), ({"purpose": "door"}, "purpose"), ({"purpose": 3}, "purpose"),
    ({"given_by": "the boss"}, "given_by"), ({"given_on": "today"}, "given_on"),
    ({"until": DAY - timedelta(days=1)}, "never held")])
def test_a_consent_that_says_nothing_is_refused(change, said):
    with pytest.raises(CourseError, match=said):
        consent(**change)


def test_one_to_one_answers_whether_it_is_that_person(gallery):
    gallery.enrol(NAME, numbers(1), consent=consent())
    assert gallery.verify(NAME, numbers(1) + 0.001, threshold=0.3).matches
    stranger = gallery.verify(NAME, numbers(2), threshold=0.3)
    assert not stranger.matches
    assert stranger.distance == pytest.approx(np.linalg.norm(numbers(1) - numbers(2)))


def test_one_to_many_names_the_nearest_first_or_nobody(gallery):
    for seed in range(5):
        gallery.enrol(f"person {seed}", numbers(seed), consent=consent())
    found = gallery.identify(numbers(3) + 0.001, threshold=9)
    assert found[0].name == "person 3"
    assert [each.distance for each in found] == sorted(each.distance for each in found)
    assert gallery.identify(numbers(77), threshold=0.2) == []


def test_several_pictures_of_a_person_count_by_the_nearest(gallery):
    gallery.enrol(NAME, numbers(1), consent=consent())
    gallery.enrol(NAME, numbers(2), consent=consent())
    assert len(gallery) == 1
    for seed in (1, 2):
        assert gallery.verify(NAME, numbers(seed), threshold=0.01).matches


def test_another_gallery_reads_the_same_file(gallery, clock):
    gallery.enrol(NAME, numbers(1), consent=consent())
    again = faces.Gallery(gallery.path, today=clock)
    assert again.verify(NAME, numbers(1), threshold=1e-9).matches


def test_after_erasing_nothing_of_the_person_remains_in_memory_or_on_disk(gallery, tmp_path):
    face = numbers(1)
    gallery.enrol(NAME, face, consent=consent())
    gallery.enrol("somebody else", numbers(2), consent=consent())
    digits = repr(float(face[0])).encode()
    assert NAME.encode() in everything_on_disk(tmp_path)
    assert digits in everything_on_disk(tmp_path)
    kept = gallery._people[NAME]
    array, alive = kept.embeddings, weakref.ref(kept)
    del kept
    gallery.erase(NAME)
    gc.collect()
    assert NAME.encode() not in everything_on_disk(tmp_path)
    assert digits not in everything_on_disk(tmp_path)
    assert alive() is None
    assert not array.any(), "whoever still holds the array must hold zeros"
    assert NAME not in gallery
    assert not any(isinstance(thing, dict) and NAME in thing for thing in gc.get_objects())
    assert gallery.identify(face, threshold=0.01) == []
    assert "somebody else" in gallery


def test_the_gallery_forgets_after_its_retention_time(gallery, clock, tmp_path):
    gallery.enrol(NAME, numbers(1), consent=consent())
    clock.day = DAY + timedelta(days=29)
    assert NAME in gallery
    clock.day = DAY + timedelta(days=30)
    assert NAME not in gallery
    assert NAME.encode() not in everything_on_disk(tmp_path)
    with pytest.raises(CourseError, match="time is over"):
        gallery.verify(NAME, numbers(1), threshold=1)


def test_the_gallery_forgets_when_consent_ends_earlier(gallery, clock):
    gallery.enrol(NAME, numbers(1), consent=consent(until=DAY + timedelta(days=3)))
    clock.day = DAY + timedelta(days=3)
    assert NAME in gallery
    clock.day = DAY + timedelta(days=4)
    assert gallery.identify(numbers(1), threshold=1) == []


def test_opening_a_file_forgets_whose_time_is_over(gallery, clock, tmp_path):
    gallery.enrol(NAME, numbers(1), consent=consent())
    clock.day = DAY + timedelta(days=400)
    assert len(faces.Gallery(gallery.path, today=clock)) == 0
    assert NAME.encode() not in everything_on_disk(tmp_path)


@pytest.mark.parametrize("content", [
    "", "no json", "[]", "{}", '{"version": 2, "model": "m", "people": {}}',
    json.dumps({"version": 1, "model": "another model", "people": {}})])
def test_a_file_of_another_version_or_damaged_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "gallery.json"
    path.write_text(content)
    with pytest.raises(CourseError, match="left as it was"):
        faces.Gallery(path)
    assert path.read_text() == content


def test_a_damaged_entry_is_refused_without_a_name(gallery):
    gallery.enrol(NAME, numbers(1), consent=consent())
    kept = json.loads(gallery.path.read_text())
    kept["people"][NAME]["embeddings"] = [[1.0, 2.0]]
    gallery.path.write_text(json.dumps(kept))
    with pytest.raises(CourseError) as error:
        faces.Gallery(gallery.path)
    assert NAME not in str(error.value)


def test_a_failed_write_leaves_file_and_memory_as_they_were(gallery, monkeypatch, tmp_path):
    gallery.enrol("first", numbers(1), consent=consent())
    before = gallery.path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(paths.os, "replace", full)
    with pytest.raises(CourseError, match="as it was before"):
        gallery.enrol("second", numbers(2), consent=consent())
    with pytest.raises(CourseError, match="as it was before"):
        gallery.erase("first")
    assert gallery.path.read_bytes() == before
    assert os.listdir(tmp_path) == ["gallery.json"]
    assert "second" not in gallery
    assert gallery.verify("first", numbers(1), threshold=1e-9).matches


@pytest.mark.parametrize("face", [
    np.zeros((150, 150), np.uint8), np.zeros((20, 20, 3), np.uint8), np.zeros(5),
    np.full(128, np.nan), np.array(["a"] * 128)])
def test_a_bad_face_leaves_the_gallery_unharmed(gallery, face):
    gallery.enrol("first", numbers(1), consent=consent())
    before = gallery.path.read_bytes()
    with pytest.raises(CourseError):
        gallery.enrol("second", face, consent=consent())
    assert gallery.path.read_bytes() == before
    assert len(gallery) == 1


def test_no_message_log_or_repr_names_a_person(gallery, clock, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    gallery.enrol(NAME, numbers(1), consent=consent())
    messages = [repr(gallery)]
    for fault in (lambda: gallery.enrol(NAME, numbers(1), consent=None),
                  lambda: gallery.verify("Nobody Nowhere", numbers(1), threshold=1),
                  lambda: gallery.erase("Nobody Nowhere"),
                  lambda: gallery.enrol(NAME, np.zeros(3), consent=consent()),
                  lambda: gallery.verify(NAME, numbers(1), threshold=-1)):
        with pytest.raises(CourseError) as error:
            fault()
        messages.append(str(error.value))
    gallery.erase(NAME)
    said = " ".join([*messages, caplog.text, *capsys.readouterr()])
    assert NAME not in said and "Nowhere" not in said


@pytest.mark.parametrize("name", ["", "  ", None, 3])
def test_a_name_must_be_text(gallery, name):
    with pytest.raises(CourseError, match="name must be"):
        gallery.enrol(name, numbers(1), consent=consent())


@needs_dlib
def test_a_picture_is_enrolled_and_found_again_but_not_kept(gallery, portraits, tmp_path):
    for number, (_, picture, _) in enumerate(portraits[:3]):
        gallery.enrol(f"drawn {number}", picture, consent=consent(given_by="nobody: drawn"))
    for number, (_, _, other) in enumerate(portraits[:3]):
        assert gallery.identify(other, threshold=9)[0].name == f"drawn {number}"
    assert len(everything_on_disk(tmp_path)) < 20_000  # a picture alone has 67,500 numbers
    assert all(person.embeddings.shape == (1, 128) for person in gallery._people.values())


def test_only_the_owner_can_read_the_file(gallery):
    gallery.enrol("first", numbers(1), consent=consent())
    gallery.path.chmod(0o644)
    gallery.enrol("second", numbers(2), consent=consent())
    assert gallery.path.stat().st_mode & 0o777 == 0o600
