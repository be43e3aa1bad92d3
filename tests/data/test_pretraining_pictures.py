"""The pictures of the pretraining: never twice the same, and neither digits nor photographs."""

import ast
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from course_utils.data import pretraining_pictures
from course_utils.data.pretraining_pictures import (
    CHARACTERS,
    CLASSES,
    INVENTED,
    TEXTURES,
    draw_batch,
)
from course_utils.data.pretraining_pictures.characters import draw_character
from course_utils.data.pretraining_pictures.clutter import draw_clutter
from course_utils.data.pretraining_pictures.textures import draw_texture

FOLDER = Path(pretraining_pictures.__file__).parent


def test_no_character_is_a_digit_or_a_number_in_any_script():
    assert all(unicodedata.numeric(each, None) is None for each in CHARACTERS)
    assert len(set(CHARACTERS)) == len(CHARACTERS)


@pytest.mark.parametrize("path", [*FOLDER.glob("*.py"), FOLDER.parent / "compositing.py"],
                         ids=lambda path: path.name)
def test_nothing_that_draws_can_open_a_photograph_or_a_data_set(path):
    imported = {alias.name if isinstance(node, ast.Import) else node.module
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names}
    others = {name for name in imported
              if not name.startswith("course_utils.data.pretraining_pictures")}
    assert others <= {"numpy", "functools", "pathlib", "cv2", "matplotlib", "PIL",
                      "fontTools.ttLib", "course_utils.data.compositing"}
    text = path.read_text("utf-8")
    assert "imread" not in text and "Image.open" not in text


def test_the_same_batch_has_the_same_pixels_and_another_one_has_not():
    one, labels = draw_batch(5, 7, 32, 24)
    again, _ = draw_batch(5, 7, 32, 24)
    other, _ = draw_batch(5, 8, 32, 24)
    assert one.dtype == np.uint8 and one.shape == (24, 32, 32, 3)
    assert labels.min() >= 0 and labels.max() < len(CLASSES)
    assert np.array_equal(one, again) and not np.array_equal(one, other)


def test_no_picture_comes_twice():
    pictures = np.concatenate([draw_batch(5, k, 32, 100, collage=0.5, clutter=0.5)[0]
                               for k in range(5)])
    assert len({picture.tobytes() for picture in pictures}) == 500


def test_every_character_is_visible_in_every_font_that_has_it():
    rng = np.random.default_rng(0)
    for number in range(len(CHARACTERS) + INVENTED):
        ink = draw_character(rng, number)
        assert ink.shape == (64, 64) and 0.005 < (ink > 127).mean() < 0.8, number


@pytest.mark.parametrize("kind", range(len(TEXTURES)), ids=lambda k: str(TEXTURES[k]))
def test_a_texture_uses_the_whole_range(kind):
    grey = draw_texture(np.random.default_rng(1), 48, kind)
    assert grey.shape == (48, 48) and grey.min() == 0 and grey.max() == pytest.approx(1)
    assert grey.std() > 0.03


def test_plain_pictures_vary_less_than_others():
    plain, varied = (draw_batch(5, 3, 32, 200, variety=variety)[0].std(axis=(1, 2)).mean()
                     for variety in (0.0, 1.0))
    assert plain < varied


def test_clutter_has_edges_and_reaches_from_dark_to_bright():
    rng = np.random.default_rng(2)
    scenes = np.stack([draw_clutter(rng, 48) for _ in range(60)])
    assert scenes.shape == (60, 48, 48, 3) and scenes.min() >= 0 and scenes.max() <= 1
    brightness = scenes.mean(axis=(1, 2, 3))
    assert np.quantile(brightness, 0.1) < 0.2 and np.quantile(brightness, 0.9) > 0.45
    steps = np.abs(np.diff(scenes.mean(axis=3), axis=2)).ravel()
    assert np.quantile(steps, 0.99) > 8 * np.median(steps)  # mostly even, here and there an edge
