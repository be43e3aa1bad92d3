"""A compiled step learns, measures without dropout, repeats, and refuses what does not fit."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from course_utils import models
from course_utils.errors import CourseError

models.quiet()
keras = pytest.importorskip("keras")


def network(dropout=0.0):
    layers = keras.layers
    return keras.Sequential([layers.Input((2,)), layers.Dense(16, "relu"),
                             layers.Dropout(dropout), layers.Dense(2)])


def rows(n=40):
    X = np.random.default_rng(0).normal(size=(n, 2))
    return X, (X[:, 0] > 0).astype(int)


def train(seed, steps=150, **options):
    keras.utils.set_random_seed(seed)
    X, y = rows()
    net = network(**options)
    learn, measure = models.compiled(net, rate=0.02)
    before = measure(X, y)
    for _ in range(steps):
        learn(X, y)
    return net, before, measure(X, y)


def test_steps_go_downhill_and_the_same_seed_gives_the_same_network():
    net, before, after = train(3)
    assert after[0] < before[0] / 4 and after[1] <= before[1]
    assert train(3, dropout=0.5)[2] == train(3, dropout=0.5)[2]
    assert models.error(net, *rows()) == pytest.approx(after[1])


def test_measuring_uses_no_dropout_and_no_penalty():
    keras.utils.set_random_seed(1)
    X, y = rows()
    net = network(dropout=0.9)
    _, measure = models.compiled(net)
    plain = measure(X, y)
    assert measure(X, y) == plain
    logits = net(X.astype("float32")).numpy()
    chance = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert plain[0] == pytest.approx(-np.log(chance[np.arange(len(y)), y]).mean(), rel=1e-4)
    assert plain[1] == pytest.approx(np.mean(logits.argmax(axis=1) != y))


def test_errors_are_counted_without_augmentation():
    keras.utils.set_random_seed(1)
    layers = keras.layers
    net = keras.Sequential([layers.Input((64,)), layers.Reshape((8, 8, 1)),
                            layers.RandomTranslation(0.5, 0.5), layers.Flatten(),
                            layers.Dense(10)])
    X = np.random.default_rng(0).normal(size=(300, 64))
    y = np.arange(300) % 10
    _, measure = models.compiled(net)
    assert models.error(net, X, y) == models.error(net, X, y)
    assert models.error(net, X, y) == pytest.approx(measure(X, y)[1])


def test_other_rows_at_the_same_place_are_measured_anew():
    net = network()
    _, measure = models.compiled(net)
    seen = set()
    for seed in range(20):
        X = np.random.default_rng(seed).normal(size=(5, 2))
        seen.add(measure(X, np.zeros(5, int))[0])
        del X
    assert len(seen) == 20


@pytest.mark.parametrize("X, y, words", [
    (np.zeros((3, 4)), [0, 1, 0], r"\(n, 2\)"),
    (np.zeros((0, 2)), [], "at least one row"),
    (np.zeros(2), [0], "at least one row"),
    (np.zeros((3, 2)), [0, 1], "one label for each"),
    ([[0, np.nan]], [0], "NaN"),
    ([[0.0, 1.0]], [0.5], "whole numbers"),
    ([[0.0, 1.0]], [-1], "from 0"),
])
def test_bad_rows_are_named(X, y, words):
    net = network()
    learn, measure = models.compiled(net)
    for use in (learn, measure, lambda X, y: models.error(net, X, y)):
        with pytest.raises(CourseError, match=words):
            use(X, y)


@pytest.mark.parametrize("rate", [0, -1.0, float("nan")])
def test_a_rate_must_be_positive(rate):
    with pytest.raises(CourseError, match="rate is"):
        models.compiled(network(), rate=rate)


@pytest.mark.slow
@pytest.mark.parametrize("options", ["", "onednn=True"])
def test_loading_tensorflow_after_quiet_writes_nothing_to_stderr(options):
    code = (f"from course_utils import models; models.quiet({options}); import keras; "
            "print(keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])"
            "(keras.ops.zeros((1, 2))).shape)")
    env = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env,
                          check=True)
    assert done.stderr == ""


@pytest.mark.parametrize("threads", [0, -1, 1.5])
def test_threads_must_be_a_whole_number_from_one(threads):
    with pytest.raises(CourseError, match="threads is"):
        models.quiet(threads)


def test_settings_that_somebody_made_stay(monkeypatch):
    monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", "4")
    monkeypatch.setenv("TF_NUM_INTEROP_THREADS", "4")
    models.quiet(threads=1)
    assert os.environ["TF_NUM_INTRAOP_THREADS"] == "4"


def test_importing_models_loads_no_tensorflow():
    code = ("import sys; from course_utils import models; models.quiet(); "
            "assert not {'tensorflow', 'keras'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux' /proc")
def test_quiet_lets_freed_arrays_go_back_to_the_system():
    code = textwrap.dedent("""
        import sys
        import numpy as np
        from pathlib import Path
        from course_utils import models

        def mib():
            return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2 ** 20

        if sys.argv[1] == "quiet":
            models.quiet()
        np.ones(3 * 2 ** 20)  # 24 MiB, freed: from now on glibc would keep blocks up to this size
        arrays = [np.ones(2 ** 20) for _ in range(20)]
        full = mib()
        del arrays[:-1]  # the last one lies above them
        print(full - mib())
    """)
    freed = {way: float(subprocess.run([sys.executable, "-c", code, way], check=True, text=True,
                                       capture_output=True).stdout) for way in ("quiet", "plain")}
    assert freed["quiet"] > 140 > freed["plain"]
