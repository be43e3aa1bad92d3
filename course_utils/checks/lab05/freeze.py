"""Which weights of a network learn after it was frozen in part."""

import operator

from course_utils.checks.lab05.networks import MOVING, draw_layers, make_network
from course_utils.checks.slips import Judged, check, outcome_of, read, slip

# is the network switched on, how many of its early layers are off, and the first that shall learn
ARRIVALS = ((True, 0, "conv2_block2_1_conv"), (False, 0, "conv2_block1_2_conv"),
            (True, 8, "conv2_block1_1_conv"))


def draw(rng):
    """Draw networks that arrive in three states, and the first layer that shall learn."""
    return [{"layers": draw_layers(rng), "on": on, "frozen": frozen, "first": first}
            for on, frozen, first in ARRIVALS]


def arguments(case):
    """Return the network and the name of the first layer that shall learn."""
    network = make_network(case["layers"])
    network.trainable = case["on"]
    for layer in network.layers[:case["frozen"]]:
        layer.trainable = False
    return network, case["first"]


def where(learns):
    """Return the way that switches on the layers of a place, counted from `first`, and a kind."""
    def way(case):
        start = [layer["name"] for layer in case["layers"]].index(case["first"])
        return {f"{layer['name']}/{name}":
                learns(place - start, layer["kind"]) and name not in MOVING
                for place, layer in enumerate(case["layers"]) for name in layer["shapes"]}
    return way


right = where(lambda at, kind: at >= 0 and kind != "norm")
NORMS = ("BatchNormalization has switches too. The text says what they should be, wherever the "
         "layer stands.")
FIRST = "Is the layer called `first` itself one of those that learn?"
SLIPS = (
    slip("norms-learn", where(lambda at, kind: at >= 0), NORMS, earns=0.5),
    slip("one-too-late", where(lambda at, kind: at > 0 and kind != "norm"), FIRST, earns=0.5),
    slip("one-too-late-and-norms", where(lambda at, kind: at > 0), FIRST, NORMS, earns=0.25),
    slip("upside-down", where(lambda at, kind: at < 0 and kind != "norm"),
         "The early layers learn and the late ones are frozen. Which of them see edges that any "
         "task can use, and which see what only the old task needed?", earns=0.25),
    slip("upside-down-and-norms", where(lambda at, kind: at < 0),
         "The early layers learn and the late ones are frozen.", NORMS),
    slip("only-that-layer", where(lambda at, kind: at == 0),
         "Exactly one layer learns. What about those behind it?", earns=0.25),
    slip("only-the-head", where(lambda at, kind: kind == "dense"),
         "Only the last layer learns. What is `first` for?", earns=0.25),
    slip("all-frozen", where(lambda at, kind: False),
         "Nothing learns any more. Print `layer.name` and `layer.trainable` in your loop.",
         "Does your loop still pass through every layer after it has met `first`?"),
    slip("all-learn", where(lambda at, kind: True),
         "Every layer learns. Print `layer.name` and `layer.trainable` at the end."),
    slip("all-but-norms", where(lambda at, kind: kind != "norm"),
         "BatchNormalization is frozen as it should be, but the layers before `first` learn too."),
    slip("switch-above", None,
         "A network that arrives frozen stays frozen, although its layers say that they learn. "
         "There is one more switch, above all of them.",
         "Compare `network.trainable` before and after.", earns=0.5),
    slip("not-unfrozen", None,
         "A fresh network comes out right. One whose early layers were frozen before does not: "
         "does your function also switch layers on?",
         "Keras passes `network.trainable` on to the layers only when its value changes.",
         earns=0.5),
    slip("not-the-network", None,
         "Your function should give back the network that came in, with its switches set."),
    slip("unknown", None,
         "Print `layer.name` and `layer.trainable` for each of `network.layers`, before and "
         "after."),
)


def judge(cases, answers):
    """Judge the switches of the returned network."""
    switches = read(answers, lambda answer: {
        name: switch.get("value") for name, switch in answer["value"].items()
    } if answer["kind"] == "mapping" else None, "not-the-network")
    outcome = outcome_of(right, SLIPS, [(case,) for case in cases], switches, operator.eq)
    if outcome == "unknown" and switches[0] == right(cases[0]):
        return "not-unfrozen" if any(switches[1].values()) else "switch-above"
    return outcome


CHECK = check("lab05", "freeze", 2, draw, Judged(judge, SLIPS), arguments)
