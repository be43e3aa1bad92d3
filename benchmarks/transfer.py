"""What a pretrained ResNet50 is worth with few labels, against three ways to do without.

    python benchmarks/transfer.py [--json FILE] [--draws N] [--ways WAY,...] [--again FILE]

Two tasks on real pictures (digits in the wild, materials). For each draw of the labelled pictures:

frozen    the course's ResNet50 as it is, a linear head on its 2,048 features
random    the same with random weights
pixels    a linear head on the pixels
tuned     the last stage of the course's ResNet50 trained on with the head
scratch   the whole ResNet50 trained on the labelled pictures alone

The head is ridge regression on standardised inputs, its penalty chosen by leave-one-out. What is
trained by gradient sees four fifths of the labels, stops when the loss on the last fifth has not
improved for `PATIENCE` epochs, and takes the learning rate of `RATES` that did best there in the
first three draws. All ways are given the same pictures. One draw is one set of labels; the 400 to
500 test pictures stay the same. Nearly all of the time goes into `scratch`.
"""

import argparse
import datetime
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
LABELS = (1, 2, 5, 10, 20, 50)  # for each class
TRAINED_LABELS = {"digits_wild": (5, 20), "materials": (5,)}
WAYS = ("frozen", "random", "pixels", "tuned", "scratch")
RATES = (1e-4, 3e-4, 1e-3)
TUNING_DRAWS, PATIENCE, MOST_EPOCHS = 3, 6, 40
SEED = 11  # lessons draw with other seeds
TEST_PICTURES = 50  # of each class


def main(argv=None):
    options = _options(argv)
    runs = _earlier(options.again, options.ways)
    for task in TRAINED_LABELS:
        pictures = Pictures(task, options.draws)
        for way in options.ways:
            measure = {"tuned": tuned, "scratch": scratch}.get(way, linear)
            for run in measure(way, task, pictures):
                runs.append(run)
                print("  ".join(f"{key} {value}" for key, value in run.items()), flush=True)
                _write(options, argv, runs)
    _print(_write(options, argv, runs))


class Pictures:
    """The labelled pictures of each draw, and the test pictures of a task."""

    def __init__(self, task, draws):
        from course_utils import data

        self.draw = {"digits_wild": data.draw_wild_digits, "materials": data.draw_materials}[task]
        self.test = self.draw(np.random.default_rng([SEED, 1000]), TEST_PICTURES, "test")
        self.draws = [self.draw(np.random.default_rng([SEED, k]), max(LABELS), "learn")
                      for k in range(draws)]

    def labelled(self, draw, labels):
        """Return which pictures of a draw have a label: the first few of each class."""
        classes = self.draws[draw][1].max() + 1
        return (np.arange(classes)[:, None] * max(LABELS) + np.arange(labels)).ravel()


def linear(way, task, pictures):
    """Yield the accuracy of a linear head for each draw and number of labels."""
    inputs = {"frozen": lambda: features("course"), "random": lambda: features(None),
              "pixels": lambda: lambda images: images.reshape(len(images), -1) / 255}[way]()
    test = inputs(pictures.test[0])
    for draw, (images, y) in enumerate(pictures.draws):
        X = inputs(images)
        for labels in LABELS:
            rows = pictures.labelled(draw, labels)
            yield _run(task, way, labels, draw,
                       head().fit(X[rows], y[rows]).score(test, pictures.test[1]))


def head():
    """Return the linear classifier."""
    from sklearn.linear_model import RidgeClassifierCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), RidgeClassifierCV(np.logspace(0, 6, 13)))


def features(weights):
    """Return a function from pictures to the features of a frozen ResNet50."""
    import keras

    from course_utils import models

    keras.utils.set_random_seed(SEED)
    network = models.resnet50(weights)
    return lambda images: network.predict(models.preprocess(images), batch_size=64, verbose=0)


def scratch(way, task, pictures):
    """Yield the accuracy of a ResNet50 that has seen nothing but the labelled pictures."""
    import keras

    from course_utils import models
    from course_utils.models.backbone import set_weights
    from pretraining.recipe import first_weights

    network = models.resnet50(None)
    for layer in network.layers:
        if layer.name.endswith("_bn"):
            layer.momentum = 0.9  # with 0.99 so few steps would leave its averages behind
    network = _with_head(network, pictures)
    shapes = {f"{layer.name}/{value.name}": tuple(value.shape)
              for layer in network.layers for value in layer.weights}
    test = models.preprocess(pictures.test[0])

    def restart(seed):
        set_weights(network, first_weights(shapes, seed))

    inputs = [models.preprocess(images) for images, _ in pictures.draws]
    keras.utils.set_random_seed(SEED)
    yield from _train(way, task, pictures, network, restart, inputs, test)


def tuned(way, task, pictures):
    """Yield the accuracy after training the last stage, on cached outputs of the stage before.

    BatchNorm layers stay as they are: with so few pictures their new averages would be noise.
    """
    import keras

    from course_utils import models

    whole = models.resnet50("course")
    body = keras.Model(whole.input, whole.get_layer("conv4_block6_out").output)
    tail = _with_head(keras.Model(body.output, whole.output), pictures)
    for layer in tail.layers:
        layer.trainable = not layer.name.endswith("_bn")
    first = tail.get_weights()
    rng = np.random.default_rng(SEED)

    def restart(seed):
        tail.set_weights([*first[:-2], rng.normal(scale=0.01, size=first[-2].shape), first[-1]])

    def embed(images):
        return body.predict(models.preprocess(images), batch_size=64, verbose=0)

    yield from _train(way, task, pictures, tail, restart,
                      [embed(images) for images, _ in pictures.draws],
                      embed(pictures.test[0]))


def _with_head(network, pictures):
    import keras

    logits = keras.layers.Dense(int(pictures.test[1].max()) + 1, name="head")(network.output)
    return keras.Model(network.input, logits)


def _train(way, task, pictures, network, restart, inputs, test):
    """Choose the learning rate on the first draws, then yield the accuracy of every draw."""
    import keras

    optimizer = keras.optimizers.AdamW(1e-3)
    network.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def fit(draw, labels, rate):
        """Train anew; return the best loss on the validation part, and the test accuracy."""
        restart(draw)
        for value in optimizer.variables:
            value.assign(np.zeros(value.shape))
        optimizer.learning_rate = rate
        rows = pictures.labelled(draw, labels)
        is_check = np.arange(len(rows)) % labels < max(1, labels // 5)
        learn, check, y = rows[~is_check], rows[is_check], pictures.draws[draw][1]
        stop = keras.callbacks.EarlyStopping(patience=PATIENCE, restore_best_weights=True)
        history = network.fit(
            inputs[draw][learn], y[learn], batch_size=16, epochs=MOST_EPOCHS, verbose=0,
            validation_data=(inputs[draw][check], y[check]), callbacks=[stop])
        answers = network.predict(test, batch_size=64, verbose=0).argmax(axis=1)
        return min(history.history["val_loss"]), float(np.mean(answers == pictures.test[1]))

    draws = range(len(inputs))
    for labels in TRAINED_LABELS[task]:
        tried = {(rate, draw): fit(draw, labels, rate)
                 for rate in RATES for draw in draws[:TUNING_DRAWS]}
        best = min(RATES, key=lambda rate: np.mean([tried[rate, draw][0]
                                                    for draw in draws[:TUNING_DRAWS]]))
        for draw in draws:
            accuracy = (tried.get((best, draw)) or fit(draw, labels, best))[1]
            yield _run(task, way, labels, draw, accuracy) | {"rate": best}


def _run(task, way, labels, draw, accuracy):
    return {"task": task, "way": way, "labels": labels, "draw": draw,
            "accuracy": round(float(accuracy), 5)}


def _earlier(file, ways):
    """Return the runs of an earlier file whose ways are not measured again."""
    if not file:
        return []
    return [run for run in json.loads(Path(file).read_text("utf-8"))["runs"]
            if run["way"] not in ways]


def _write(options, argv, runs):
    report = _figures(runs) | {
        "load_seconds": _load_seconds(),
        "command": " ".join(["python benchmarks/transfer.py", *(argv or sys.argv[1:])]),
        "date": datetime.date.today().isoformat(), "versions": _versions(),
        "test_pictures_of_a_class": TEST_PICTURES, "runs": runs}
    if options.json:
        Path(options.json).write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    return report


def _figures(runs):
    """Return mean and spread over draws for 5 and 20 labels a class."""
    figures = {}
    for labels in (5, 20):
        for task in TRAINED_LABELS:
            for way in WAYS:
                accuracies = [run["accuracy"] for run in runs if
                              (run["task"], run["way"], run["labels"]) == (task, way, labels)]
                if accuracies:
                    name = "_".join([*([task] if way == "frozen" or task == "materials" else []),
                                     *([way] if way != "frozen" else []), str(labels)])
                    figures[name] = round(float(np.mean(accuracies)), 4)
                    figures[f"{name}_spread"] = round(float(np.std(accuracies, ddof=1)), 4) \
                        if len(accuracies) > 1 else None
    return figures


_LOADED = []


def _load_seconds():
    """Return how long the course's network takes from the file to a Keras model."""
    if not _LOADED:
        from course_utils import models

        models.resnet50(None)  # TensorFlow's own start is not ours to measure
        begin = time.perf_counter()
        models.resnet50("course")
        _LOADED.append(round(time.perf_counter() - begin, 2))
    return _LOADED[0]


def _versions():
    import keras
    import sklearn
    import tensorflow

    return {package.__name__: package.__version__ for package in (tensorflow, keras, sklearn)}


def _print(report):
    print(f"\nloaded in {report['load_seconds']} s; mean accuracy and spread over draws")
    for name, value in report.items():
        if f"{name}_spread" in report:
            print(f"{name:24} {value:6.1%} ± {report[f'{name}_spread'] or 0:.1%}")


def _options(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", help="write the results here")
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--ways", default=",".join(WAYS), help="some of " + ", ".join(WAYS))
    parser.add_argument("--again", metavar="FILE",
                        help="an earlier result: keep its ways that are not measured now")
    options = parser.parse_args(argv)
    options.ways = options.ways.split(",")
    if options.draws < 1 or not set(options.ways) <= set(WAYS):
        parser.error(f"--draws is at least 1; --ways are some of {', '.join(WAYS)}")
    return options


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    sys.path.insert(0, str(ROOT))
    main()
