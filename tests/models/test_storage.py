"""Packed weights: a quarter of the size, nearly the same values, all or nothing on the disk."""

import numpy as np
import pytest

from course_utils.errors import CourseError
from course_utils.models import storage


@pytest.fixture
def weights():
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(3, 3, 8, 16)).astype(np.float32) * np.logspace(-3, 1, 16)
    return {"a/kernel": kernel.astype(np.float32), "a/bias": rng.normal(size=16).astype("float32"),
            "b/kernel": np.zeros((4, 2), np.float32)}


def test_a_kernel_is_off_by_half_a_step_of_its_channel_at_most(weights):
    again = storage.unpack(storage.pack(weights))
    step = np.abs(weights["a/kernel"]).max(axis=(0, 1, 2)) / 127
    assert (np.abs(again["a/kernel"] - weights["a/kernel"]) <= 0.501 * step).all()
    assert np.array_equal(again["a/bias"], weights["a/bias"])
    assert np.array_equal(again["b/kernel"], weights["b/kernel"])
    assert again.keys() == weights.keys()


def test_kernels_take_one_byte_a_weight(weights):
    assert storage.pack(weights)["a/kernel"].dtype == np.int8


def test_what_was_saved_is_loaded(tmp_path, weights):
    digest = storage.save(tmp_path / "w.npz", weights)
    again = storage.load(tmp_path / "w.npz", digest)
    assert all(np.array_equal(again[name], value)
               for name, value in storage.unpack(storage.pack(weights)).items())
    assert [file.name for file in tmp_path.iterdir()] == ["w.npz"]


@pytest.mark.parametrize("damage", [
    lambda content: content[:-10], lambda content: b"",
    lambda content: content[:50] + b"x" + content[51:]])
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path, weights, damage):
    file = tmp_path / "w.npz"
    digest = storage.save(file, weights)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(CourseError, match="damaged.*git checkout"):
        storage.load(file, digest)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CourseError, match="cannot be read"):
        storage.load(tmp_path / "none.npz", "")


def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path, weights, monkeypatch):
    file = tmp_path / "w.npz"
    digest = storage.save(file, weights)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("course_utils.paths.os.replace", full)
    with pytest.raises(CourseError, match="No space left"):
        storage.save(file, weights)
    monkeypatch.undo()
    assert storage.load(file, digest) and [each.name for each in tmp_path.iterdir()] == ["w.npz"]
