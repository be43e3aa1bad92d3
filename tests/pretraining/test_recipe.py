"""The recipe: where it begins, how fast it goes, and what never comes twice."""

import dataclasses

import numpy as np
import pytest

from pretraining.recipe import HELD_OUT, Recipe, first_weights

RECIPE = Recipe()


def test_the_rate_rises_and_falls_to_zero_twice_without_a_jump():
    rates = np.array([RECIPE.rate_at(step) for step in range(RECIPE.steps)])
    turns = [RECIPE.warm_up - 1, *(step for step, _ in RECIPE.knots[1:3]), RECIPE.steps]
    parts = [np.diff(rates[a:b + 1]) for a, b in zip([0, *turns], turns, strict=False)]
    assert [float(np.sign(part.sum())) for part in parts] == [1, -1, 1, -1]
    assert all((part * np.sign(part.sum()) >= 0).all() for part in parts)
    assert rates.argmax() == turns[0] and rates.max() == pytest.approx(RECIPE.rate)
    assert max(rates[turns[1]], rates[-1]) < RECIPE.rate / 1000
    assert np.abs(np.diff(rates)).max() < RECIPE.rate / 100


def test_small_pictures_come_first_and_a_million_in_all():
    sizes = [RECIPE.phase_at(step)[0] for step in (0, RECIPE.steps - 1)]
    assert sizes == [32, 48] and RECIPE.steps * 128 >= 1_000_000
    with pytest.raises(IndexError):
        RECIPE.phase_at(RECIPE.steps)


def test_held_out_pictures_come_from_batches_that_no_step_reaches():
    assert RECIPE.steps < HELD_OUT
    assert not np.array_equal(RECIPE.held_out(0, 0)[0], RECIPE.batch(0)[0])


def test_another_recipe_has_another_fingerprint():
    marks = {RECIPE.fingerprint(), dataclasses.replace(RECIPE, seed=6).fingerprint(),
             dataclasses.replace(RECIPE, rate=2e-3).fingerprint()}
    assert len(marks) == 3 and Recipe().fingerprint() == RECIPE.fingerprint()


def test_first_weights_make_each_block_the_identity():
    shapes = {"conv2_block1_3_bn/gamma": (4,), "conv2_block1_1_bn/gamma": (4,),
              "conv2_block1_1_conv/kernel": (1, 1, 64, 32), "conv1_bn/moving_variance": (4,),
              "predictions/kernel": (8, 3), "predictions/bias": (3,)}
    weights = first_weights(shapes, 5)
    assert weights["conv2_block1_3_bn/gamma"].tolist() == [0] * 4
    assert weights["conv2_block1_1_bn/gamma"].tolist() == [1] * 4
    assert weights["conv1_bn/moving_variance"].tolist() == [1] * 4
    assert weights["conv2_block1_1_conv/kernel"].std() == pytest.approx(np.sqrt(2 / 64), rel=0.1)
    again = first_weights(shapes, 5)
    assert all(np.array_equal(weights[name], again[name]) for name in shapes)
    assert not np.array_equal(first_weights(shapes, 6)["predictions/kernel"],
                              weights["predictions/kernel"])
