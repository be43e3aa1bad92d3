"""ResNet50 as Keras has it, with the course's weights; and what `preprocess` takes and refuses."""

import numpy as np
import pytest

from course_utils import models
from course_utils.errors import CourseError
from course_utils.models import backbone, cards

models.quiet(onednn=True)


@pytest.fixture(scope="module")
def sight():
    return models.resnet50()


def test_it_is_kerass_resnet50(sight):
    import keras

    theirs = keras.applications.ResNet50(weights=None, include_top=False, pooling="avg",
                                         input_shape=(48, 48, 3))
    assert [layer.name for layer in sight.layers][1:] == [layer.name for layer in theirs.layers][1:]
    assert [value.shape for value in sight.weights] == [value.shape for value in theirs.weights]
    assert sight.output.shape == (None, 2048)


def test_it_holds_the_shipped_weights(sight):
    weights = backbone.course_weights()
    for layer in (sight.get_layer("conv1_conv"), sight.get_layer("conv5_block3_3_bn")):
        for value in layer.weights:
            assert np.array_equal(value.numpy(), weights[f"{layer.name}/{value.name}"])


def test_with_its_top_it_names_held_out_pictures_as_its_card_says():
    from pretraining.recipe import Recipe

    recipe = Recipe()
    images, labels = recipe.held_out(100, recipe.steps - 1)
    said = models.resnet50(include_top=True).predict(models.preprocess(images), verbose=0)
    right = np.mean(said.argmax(axis=1) == labels)
    expected = cards.course_facts()["held_out"]
    assert abs(right - expected) < 4 * np.sqrt(expected * (1 - expected) / len(labels))


def test_rounding_to_eight_bits_cost_less_than_two_points():
    facts = cards.course_facts()
    assert facts["held_out_exact"] - facts["held_out"] < 0.02


def test_the_shipped_file_is_small_and_is_the_recipes():
    from pretraining.recipe import Recipe

    facts = cards.course_facts()
    assert (cards.FOLDER / cards.COURSE_FILE).stat().st_size < 30e6
    assert facts["recipe"] == Recipe().fingerprint()
    assert facts["images"] >= 500_000


@pytest.mark.parametrize("pooling, shape", [("max", (None, 2048)), (None, (None, 2, 2, 2048))])
def test_pooling_is_kerass(pooling, shape):
    assert models.resnet50(None, pooling=pooling).output.shape == shape


@pytest.mark.parametrize("options, words", [
    ({"weights": "image-net"}, "'course', 'imagenet' or None"),
    ({"input_shape": (31, 48, 3)}, "at least 32 pixels"),
    ({"input_shape": (48, 48, 1)}, r"\(H, W, 3\)"), ({"input_shape": (48, 48)}, r"\(H, W, 3\)"),
    ({"input_shape": 48}, r"\(H, W, 3\)"), ({"input_shape": (48.0, 48, 3)}, r"\(H, W, 3\)"),
    ({"pooling": "mean"}, "'avg', 'max' or None"),
    ({"weights": "imagenet", "include_top": True}, r"\(224, 224, 3\)")])
def test_bad_arguments_are_named(options, words):
    with pytest.raises(CourseError, match=words):
        models.resnet50(**options)


def test_damaged_weights_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(backbone, "FOLDER", tmp_path)
    (tmp_path / cards.COURSE_FILE).write_bytes(b"PK")
    with pytest.raises(CourseError, match="damaged.*git checkout"):
        models.resnet50()


def test_preprocessing_is_kerass_and_leaves_the_pictures_alone():
    import keras

    images = np.random.default_rng(0).integers(0, 256, (2, 32, 40, 3), dtype=np.uint8)
    kept = images.copy()
    theirs = keras.applications.resnet50.preprocess_input(images.astype("float32"))
    assert np.array_equal(models.preprocess(images), theirs)
    assert np.array_equal(images, kept)


@pytest.mark.parametrize("images, words", [
    (np.zeros((48, 48, 3), np.uint8), r"images\[None\]"),
    (np.zeros((5, 48, 48), np.uint8), "np.repeat"),
    (np.zeros((5, 48, 48, 1), np.uint8), "np.repeat"),
    (np.zeros((5, 48, 48, 4), np.uint8), "RGB"),
    (np.zeros((5, 3, 48, 48), np.uint8), "channels last"),
    (np.zeros((0, 48, 48, 3), np.uint8), "empty"), (np.zeros((1, 31, 48, 3), np.uint8), "31 by 48"),
    (np.ones((1, 48, 48, 3)), r"255 \* images"), (np.full((1, 48, 48, 3), 200.0), "round"),
    (np.full((1, 48, 48, 3), -5.0), "preprocessed already"),
    (np.full((1, 48, 48, 3), np.nan), "NaN"), (np.full((1, 48, 48, 3), 300), "300"),
    (np.full((1, 48, 48, 3), 200), r"astype\('uint8'\)"), ("photo.png", "shape")])
def test_pictures_of_another_kind_are_refused_with_what_to_do(images, words):
    with pytest.raises(CourseError, match=words):
        models.preprocess(images)


def test_both_cards_say_what_was_seen_and_there_is_no_other():
    assert "No digit" in models.card().trained_on and "MIT" in models.card().licence
    assert "1,000 classes" in models.card("imagenet").trained_on
    assert "<table>" in models.card()._repr_html_()
    with pytest.raises(CourseError, match="no card"):
        models.card("mine")
