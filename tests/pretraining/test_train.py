"""A training that was interrupted ends where an undisturbed one does, and logs each step once."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import psutil
import pytest

from course_utils.errors import CourseError
from pretraining import finish, train
from pretraining.recipe import Recipe

RECIPE = Recipe(phases=((32, 6, 0.0, 0.0), (32, 4, 0.5, 0.5)), plain=2, warm_up=2, cosine=10)


class Sum:
    """An engine whose one weight gathers what it is shown: cheap, and any mistake shows."""

    def __init__(self, fail_at=None):
        self.value, self.memory, self.seen, self.fail_at = np.zeros(1), np.zeros(1), 0, fail_at

    def shapes(self):
        return {"a/bias": (1,)}

    def weights(self):
        return {"a/bias": self.value.copy()}

    def set_weights(self, weights):
        self.value = np.array(weights["a/bias"], float)

    def state(self):
        return {"memory": self.memory}

    def set_state(self, state):
        self.memory = np.array(state["memory"])

    def step(self, images, labels, rate):
        if self.seen == self.fail_at:
            raise KeyboardInterrupt
        self.seen += 1
        self.memory = 0.5 * self.memory + images.mean()
        self.value = self.value + rate * self.memory * (1 + labels.sum())
        return float(self.value[0]), 0.5

    def accuracy(self, images, labels):
        return 0.25


KILLED = """
from pretraining.train import pretrain
from tests.pretraining.test_train import Sum, Recipe

if __name__ == "__main__":
    pretrain({folder!r}, Sum(), recipe=Recipe(phases=((32, 100_000, 0.0, 0.0),)), every=20,
             say=lambda line: print(line, flush=True))
"""


@cache
def batch(recipe, step):
    """Draw a batch once for all tests: that takes longer than all that they do with it."""
    return recipe.batch(step)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(train, "_batches", lambda recipe, begin, end: (
        (step, batch(recipe, step)) for step in range(begin, end)))


def run(folder, engine=None, **options):
    return train.pretrain(folder, engine or Sum(), recipe=RECIPE, every=3, say=lambda _: None,
                          **options)["a/bias"]


def test_an_interrupted_training_ends_as_an_undisturbed_one(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "cut", Sum(fail_at=8))
    run(tmp_path / "cut", steps=7)
    assert run(tmp_path / "cut") == pytest.approx(run(tmp_path / "whole"), rel=1e-12)
    assert [row["step"] for row in finish.read_log(tmp_path / "cut")][-1] == 10


def test_what_was_logged_after_the_checkpoint_is_forgotten(tmp_path):
    run(tmp_path, steps=6)
    with open(tmp_path / train.LOG, "a") as log:
        log.write(json.dumps({"step": 8, "loss": 0, "seconds": 1}) + "\n")
    run(tmp_path)
    assert [row["step"] for row in finish.read_log(tmp_path)] == [6, 10]


def test_a_killed_training_leaves_no_process_behind(tmp_path):
    script = tmp_path / "trained.py"
    script.write_text(KILLED.format(folder=str(tmp_path / "run")), "utf-8")
    root = Path(__file__).parents[2]
    training = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True,
                                env=os.environ | {"PYTHONPATH": str(root)})
    assert training.stdout.readline().startswith("step")
    children = psutil.Process(training.pid).children(recursive=True)
    assert children, "another process should draw the pictures"
    training.kill()
    training.wait()
    training.stdout.close()
    _, left = psutil.wait_procs(children, timeout=20)
    assert not left


def test_a_checkpoint_of_another_recipe_is_refused(tmp_path):
    run(tmp_path, steps=3)
    with pytest.raises(CourseError, match="another recipe"):
        train.pretrain(tmp_path, Sum(), recipe=Recipe(seed=9), say=lambda _: None)


def test_a_damaged_checkpoint_is_refused(tmp_path):
    run(tmp_path, steps=3)
    (tmp_path / train.CHECKPOINT).write_bytes(b"PK\x03\x04")
    with pytest.raises(CourseError, match="damaged"):
        run(tmp_path)


def test_curves_are_drawn_from_the_log(tmp_path):
    run(tmp_path)
    finish.draw_curves(tmp_path)
    assert (tmp_path / finish.CURVES).read_bytes().startswith(b"\x89PNG")
    with pytest.raises(CourseError, match="log"):
        finish.draw_curves(tmp_path / "nowhere")


@pytest.mark.slow
def test_the_first_steps_are_those_of_the_shipped_training(tmp_path):
    from course_utils.models import cards

    subprocess.run([sys.executable, "-m", "course_utils.cli", "pretrain", str(tmp_path),
                    "--steps", "20", "--threads", "2"], check=True, capture_output=True)
    first, = finish.read_log(tmp_path)
    shipped = json.loads((cards.FOLDER / cards.COURSE_LOG).read_text("utf-8").splitlines()[0])
    assert first["step"] == shipped["step"] == 20
    assert first["loss"] == pytest.approx(shipped["loss"], abs=0.002)


def test_the_keras_engine_gives_back_what_it_was_given():
    from course_utils import models

    models.quiet(onednn=True)
    from pretraining.keras_engine import KerasEngine
    from pretraining.recipe import first_weights

    engine = KerasEngine(RECIPE)
    weights = first_weights(engine.shapes(), 5)
    engine.set_weights(weights)
    assert all(np.array_equal(value, weights[name]) for name, value in engine.weights().items())
    assert engine.state().keys() == {str(k) for k in range(len(engine.optimizer.variables))}
