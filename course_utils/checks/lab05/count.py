"""How many numbers of a network learn, and how many there are."""

import math

import numpy as np

from course_utils.checks.lab05.networks import MOVING, draw_layers, make_network
from course_utils.checks.slips import Judged, by_parts, check, match, numbers, outcome_of, slip


def draw(rng):
    """Draw networks some of whose layers learn, BatchNormalization among them."""
    cases = []
    for chance in (0.5, 0.6, 1.0):
        layers = draw_layers(rng)
        learns = rng.random(len(layers)) < chance
        learns[1], learns[2], learns[-1] = True, False, True  # a norm, a convolution, the head
        cases.append({"layers": layers, "learns": learns.tolist()})
    return cases


def arguments(case):
    """Return the network with its switches set."""
    network = make_network(case["layers"])
    for layer, learns in zip(case["layers"], case["learns"], strict=True):
        network.get_layer(layer["name"]).trainable = learns
    return (network,)


def count_with(size=math.prod, moving_learn=False, skipped=lambda kind, name: False):
    """Return the way that counts (numbers that learn, all numbers) by these rules."""
    def way(case):
        learning = every = 0
        for layer, learns in zip(case["layers"], case["learns"], strict=True):
            for name, shape in layer["shapes"].items():
                if not skipped(layer["kind"], name):
                    every += size(shape)
                    learning += size(shape) * (learns and (moving_learn or name not in MOVING))
        return learning, every
    return way


right = count_with()
JOINT = (
    slip("other-order", lambda case: right(case)[::-1],
         "Both counts are right, but they stand in the other order.", earns=0.75),
    slip("frozen-not-all", lambda case: (right(case)[0], right(case)[1] - right(case)[0]),
         "The first count is right. The second one should be all numbers, not only the frozen "
         "ones.", earns=0.75),
)
SINGLE = (
    slip("moving-averages", count_with(moving_learn=True),
         "Your first count is too large where a BatchNormalization is switched on. It holds four "
         "arrays; does gradient descent change all of them?",
         "Compare `layer.weights` with `layer.trainable_weights`."),
    slip("arrays-not-numbers", count_with(size=lambda shape: 1),
         "You counted arrays. A kernel of shape (3, 3, 3, 64) is one array of how many numbers?"),
    slip("biases-forgotten", count_with(skipped=lambda kind, name: name != "kernel"),
         "You counted kernels. Which other arrays does a layer keep?"),
    slip("norms-forgotten", count_with(skipped=lambda kind, name: kind == "norm"),
         "BatchNormalization is missing from your counts. Frozen or not, it holds numbers."),
    slip("sides-added", count_with(size=sum),
         "You added up the sides of each array. How many cells has a table of 3 by 4?"),
    slip("switches-ignored", lambda case: 2 * right(case)[1:],
         "Your first count does not change when layers are frozen."),
    slip("unknown", None,
         "Start with one layer: `network.layers[1].weights` lists its arrays, and each has a "
         "`shape`."),
)
SLIPS = (*JOINT, *SINGLE, slip(
    "not-two-numbers", None,
    "Two whole numbers are asked for: how many numbers learn, and how many there are."))


def judge(cases, answers):
    """Judge (numbers that learn, all numbers): half of the points for each."""
    pairs = numbers(answers, 2, "not-two-numbers", infinite=None)
    networks = [(case,) for case in cases]
    joint = match(JOINT, networks, pairs, np.array_equal)
    if joint:
        return joint.name
    return by_parts([outcome_of(right, SINGLE, networks, pairs,
                                lambda expected, pair, at=at: expected[at] == pair[at])
                     for at in (0, 1)], SLIPS)


CHECK = check("lab05", "count", 2, draw, Judged(judge, SLIPS), arguments)
