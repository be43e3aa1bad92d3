"""Digits in the wild and materials: real pictures, parts that share nothing, no easy way out."""

import numpy as np
import pytest

from course_utils import data
from course_utils.data import photographs
from course_utils.errors import CourseError

TASKS = [(data.draw_wild_digits, 10), (data.draw_materials, 8)]


@pytest.mark.parametrize("draw, classes", TASKS)
def test_pictures_are_rgb_bytes_with_equally_many_of_each_class(draw, classes):
    images, labels = draw(np.random.default_rng(0), 3)
    assert images.shape == (3 * classes, 48, 48, 3) and images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [3] * classes


@pytest.mark.parametrize("draw, classes", TASKS)
def test_a_seed_gives_the_same_pixels(draw, classes):
    one, again, other = (draw(np.random.default_rng(seed), 2)[0] for seed in (1, 1, 2))
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def test_the_two_parts_share_no_digit_and_no_half_of_a_photograph():
    learn, _, test, _ = data.pages.load_split_digits()
    assert not {each.tobytes() for each in learn} & {each.tobytes() for each in test}
    picture = np.arange(40).reshape(1, 10, 4)
    left, right = (set(photographs._half(picture, part).ravel()) for part in (0, 1))
    assert not left & right


@pytest.mark.parametrize("draw, classes", TASKS)
def test_mean_colours_give_no_class_away(draw, classes):
    from sklearn.linear_model import LogisticRegression

    (X, y), (X_test, y_test) = (draw(np.random.default_rng(k), 40, part)
                                for k, part in enumerate(("learn", "test")))
    means = LogisticRegression(max_iter=500).fit(X.mean(axis=(1, 2)) / 255, y)
    assert means.score(X_test.mean(axis=(1, 2)) / 255, y_test) < 2 / classes


def test_ink_differs_from_what_lies_under_it():
    rng = np.random.default_rng(3)
    ink = np.ones((8, 8), np.float32)
    ground = np.full((8, 8, 3), 0.5, np.float32)
    for _ in range(50):
        picture = photographs.lay_over(rng, ink, ground)
        shown = picture.mean(axis=(0, 1)) / 255 @ [0.299, 0.587, 0.114]
        assert abs(shown - 0.5) > 0.05


def test_datasheets_name_every_photograph():
    for name in photographs.PHOTOGRAPHS:
        assert name in data.WILD_DIGITS.source
    for name in data.MATERIALS:
        assert name in data.MATERIALS_SHEET.source


@pytest.mark.parametrize("draw, classes", TASKS)
@pytest.mark.parametrize("n, part, words", [
    (0, "learn", "n is 0"), (-1, "learn", "at least 1"), (1.5, "learn", "whole number"),
    (2, "train", "part is 'train'"), (2, None, "one of learn, test")])
def test_bad_input_is_named(draw, classes, n, part, words):
    with pytest.raises(CourseError, match=words):
        draw(np.random.default_rng(0), n, part)


def test_a_missing_or_damaged_photograph_is_named(tmp_path, monkeypatch):
    with pytest.raises(CourseError, match="nowhere.png.*missing"):
        photographs._read("nowhere.png")
    package = tmp_path / "skimage"
    (package / "data").mkdir(parents=True)
    (package / "data" / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 20)
    import skimage

    monkeypatch.setattr(skimage, "__file__", str(package / "__init__.py"))
    with pytest.raises(CourseError, match="cut.png is damaged"):
        photographs._read("cut.png")
