"""Judging which weights of a network learn after a learner froze it, and how many there are."""

import math

import numpy as np

from course_utils.checks.check import Verdict
from course_utils.checks.lab05.networks import MOVING, draw_layers, make_network
from course_utils.checks.plain_data import array_of

STATES = ("fresh", "all frozen", "early layers frozen")


def draw(rng):
    """Draw networks that arrive in three states, and the first layer that shall learn."""
    cases = []
    for state, first in zip(STATES, ("conv2_block2_1_conv", "conv2_block1_2_conv",
                                     "conv2_block1_1_conv"), strict=True):
        cases.append({"layers": draw_layers(rng), "state": state, "first": first})
    return cases


def build(case):
    """Return the network and the name of the first layer that shall learn."""
    network = make_network(case["layers"])
    if case["state"] == "all frozen":
        network.trainable = False
    if case["state"] == "early layers frozen":
        for layer in network.layers[:8]:
            layer.trainable = False
    return network, case["first"]


def judge(cases, answers):
    """Judge the switches of the returned network."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    if any(answer["kind"] not in ("mapping", "error") for answer in answers):
        return Verdict(0.0, "not-the-network")
    said = [{name: each["value"] for name, each in answer.get("value", {}).items()}
            for answer in answers]
    for way, (rule, share) in WAYS.items():
        if all(rule(case) == switches for case, switches in zip(cases, said, strict=True)):
            return Verdict(share, way)
    if any(answer["kind"] == "error" for answer in answers):
        return Verdict(0.0, "unknown")
    if _right(cases[0]) == said[0]:
        return Verdict(0.5, "switch-above" if not any(said[1].values()) else "not-unfrozen")
    return Verdict(0.0, "unknown")


def _learning(case, learns):
    """Return the switch of each weight, given which layers learn."""
    start = next(i for i, layer in enumerate(case["layers"]) if layer["name"] == case["first"])
    return {f"{layer['name']}/{name}": learns(place - start, layer["kind"]) and name not in MOVING
            for place, layer in enumerate(case["layers"]) for name in layer["shapes"]}


def _rule(learns):
    return lambda case: _learning(case, learns)


_right = _rule(lambda place, kind: place >= 0 and kind != "norm")
WAYS = {
    None: (_right, 1.0),
    "norms-learn": (_rule(lambda place, kind: place >= 0), 0.5),
    "one-too-late": (_rule(lambda place, kind: place > 0 and kind != "norm"), 0.5),
    "one-too-late-and-norms": (_rule(lambda place, kind: place > 0), 0.25),
    "upside-down": (_rule(lambda place, kind: place < 0 and kind != "norm"), 0.25),
    "upside-down-and-norms": (_rule(lambda place, kind: place < 0), 0.0),
    "only-that-layer": (_rule(lambda place, kind: place == 0), 0.25),
    "only-the-head": (_rule(lambda place, kind: kind == "dense"), 0.25),
    "all-frozen": (_rule(lambda place, kind: False), 0.0),
    "all-learn": (_rule(lambda place, kind: True), 0.0),
    "all-but-norms": (_rule(lambda place, kind: kind != "norm"), 0.0),
}


def draw_counts(rng):
    """Draw networks some of whose layers learn, BatchNormalization among them."""
    cases = []
    for chance in (0.5, 0.6, 1.0):
        layers = draw_layers(rng)
        learns = rng.random(len(layers)) < chance
        learns[1], learns[2], learns[-1] = True, False, True  # a norm, a convolution, the head
        cases.append({"layers": layers, "learns": learns.tolist()})
    return cases


def build_counts(case):
    """Return the network with its switches set."""
    network = make_network(case["layers"])
    for layer, learns in zip(case["layers"], case["learns"], strict=True):
        network.get_layer(layer["name"]).trainable = learns
    return (network,)


def judge_counts(cases, answers):
    """Judge (numbers that learn, all numbers): half of the points for each."""
    if any(answer["kind"] == "none" for answer in answers):
        return Verdict(0.0, "returns-nothing")
    said = [array_of(answer) for answer in answers]
    if any(pair is None or pair.shape != (2,) for pair in said):
        return Verdict(0.0, "not-two-numbers")
    said = np.array(said)
    truth = np.array([_count(case) for case in cases])
    if np.array_equal(said, truth):
        return Verdict(1.0)
    share = (said == truth).all(axis=0).sum() / 2
    if np.array_equal(said, truth[:, ::-1]):
        return Verdict(0.75, "other-order")
    if share and np.array_equal(said[:, 1], truth[:, 1] - truth[:, 0]):
        return Verdict(0.75, "frozen-not-all")
    for slip, options in SLIPS.items():
        wrong = np.array([_count(case, **options) for case in cases])
        if all(np.array_equal(said[:, k], wrong[:, k]) or np.array_equal(said[:, k], truth[:, k])
               for k in (0, 1)):
            return Verdict(share, slip)
    if np.array_equal(said[:, 0], truth[:, 1]):
        return Verdict(share, "switches-ignored")
    return Verdict(share, "unknown")


def _count(case, *, moving_learn=False, size=math.prod, names=None, sizes_of_norms=True):
    """Return (numbers that learn, all numbers), with a learner's slip where one is given."""
    learning = every = 0
    for layer, learns in zip(case["layers"], case["learns"], strict=True):
        for name, shape in layer["shapes"].items():
            if (names and name not in names) or not (sizes_of_norms or layer["kind"] != "norm"):
                continue
            every += size(shape)
            learning += size(shape) * (learns and (moving_learn or name not in MOVING))
    return learning, every


SLIPS = {
    "moving-averages": {"moving_learn": True},
    "arrays-not-numbers": {"size": lambda shape: 1},
    "biases-forgotten": {"names": ("kernel",)},
    "norms-forgotten": {"sizes_of_norms": False},
    "sides-added": {"size": sum},
}

_NOT_NETWORK = ("Your function should give back the network that came in, with its switches set.",)
_NORMS = ("BatchNormalization has switches too. The text says what they should be, wherever the "
          "layer stands.",)
_FIRST = ("Is the layer called `first` itself one of those that learn?",)
HINTS = {
    "returns-nothing": (
        "Your function gives back nothing (`None`). Where is its `return`?",),
    "not-the-network": _NOT_NETWORK,
    "norms-learn": _NORMS,
    "one-too-late": _FIRST,
    "one-too-late-and-norms": _FIRST + _NORMS,
    "upside-down": (
        "The early layers learn and the late ones are frozen. Which of them see edges that any "
        "task can use, and which see what only the old task needed?",),
    "upside-down-and-norms": (
        "The early layers learn and the late ones are frozen.",) + _NORMS,
    "only-that-layer": (
        "Exactly one layer learns. What about those behind it?",),
    "only-the-head": (
        "Only the last layer learns. What is `first` for?",),
    "all-frozen": (
        "Nothing learns any more. Print `layer.name` and `layer.trainable` in your loop.",
        "Does your loop still pass through every layer after it has met `first`?"),
    "all-learn": (
        "Every layer learns. Print `layer.name` and `layer.trainable` at the end.",),
    "all-but-norms": (
        "BatchNormalization is frozen as it should be, but the layers before `first` learn too.",),
    "switch-above": (
        "A network that arrives frozen stays frozen, although its layers say that they learn. "
        "There is one more switch, above all of them.",
        "Compare `network.trainable` before and after."),
    "not-unfrozen": (
        "A fresh network comes out right. One whose early layers were frozen before does not: "
        "does your function also switch layers on?",
        "Keras passes `network.trainable` on to the layers only when its value changes."),
    "unknown": (
        "Print `layer.name` and `layer.trainable` for each of `network.layers`, before and "
        "after.",),
}

COUNT_HINTS = {
    "returns-nothing": HINTS["returns-nothing"],
    "not-two-numbers": (
        "Two whole numbers are asked for: how many numbers learn, and how many there are.",),
    "other-order": (
        "Both counts are right, but they stand in the other order.",),
    "frozen-not-all": (
        "The first count is right. The second one should be all numbers, not only the frozen "
        "ones.",),
    "moving-averages": (
        "Your first count is too large where a BatchNormalization is switched on. It holds four "
        "arrays; does gradient descent change all of them?",
        "Compare `layer.weights` with `layer.trainable_weights`."),
    "arrays-not-numbers": (
        "You counted arrays. A kernel of shape (3, 3, 3, 64) is one array of how many numbers?",),
    "biases-forgotten": (
        "You counted kernels. Which other arrays does a layer keep?",),
    "norms-forgotten": (
        "BatchNormalization is missing from your counts. Frozen or not, it holds numbers.",),
    "sides-added": (
        "You added up the sides of each array. How many cells has a table of 3 by 4?",),
    "switches-ignored": (
        "Your first count does not change when layers are frozen.",),
    "unknown": (
        "Start with one layer: `network.layers[1].weights` lists its arrays, and each has a "
        "`shape`.",),
}
