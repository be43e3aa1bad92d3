"""Tiny Keras networks, named as in ResNet50, whose switches the engine reads as plain data."""

from course_utils.checks.calling import quietly

MOVING = ("moving_mean", "moving_variance")
BLOCKS = ("conv2_block1", "conv2_block2")


def draw_layers(rng):
    """Draw a small residual network: for each layer its name, kind and shapes of weights."""
    width, wide, classes = (int(rng.integers(low, low + 4)) for low in (2, 6, 3))
    layers = _conv_and_norm("conv1", 3, 3, width)
    for block in BLOCKS:
        layers += _conv_and_norm(f"{block}_1", 1, width, wide)
        layers += _conv_and_norm(f"{block}_2", 3, wide, width)
    return [*layers, {"name": "head", "kind": "dense",
                      "shapes": {"kernel": [width, classes], "bias": [classes]}}]


def _conv_and_norm(name, side, inputs, outputs):
    return [{"name": f"{name}_conv", "kind": "conv",
             "shapes": {"kernel": [side, side, inputs, outputs], "bias": [outputs]}},
            {"name": f"{name}_bn", "kind": "norm", "shapes": dict.fromkeys(
                ("gamma", "beta", *MOVING), [outputs])}]


def make_network(layers):
    """Return a Keras model of these layers, with activations, two short cuts and a pool between.

    The engine reads it as it reads a Series: its index are weights, its values their switches.
    """
    with quietly():
        import keras

    kernels = {layer["name"]: layer["shapes"].get("kernel") for layer in layers}

    def normed(name, x):
        side, _, _, filters = kernels[f"{name}_conv"]
        x = keras.layers.Conv2D(filters, side, padding="same", name=f"{name}_conv")(x)
        return keras.layers.BatchNormalization(name=f"{name}_bn")(x)

    inputs = keras.Input((8, 8, 3), name="pictures")
    x = keras.layers.ReLU(name="conv1_relu")(normed("conv1", inputs))
    for block in BLOCKS:
        y = keras.layers.ReLU(name=f"{block}_1_relu")(normed(f"{block}_1", x))
        x = keras.layers.Add(name=f"{block}_add")([x, normed(f"{block}_2", y)])
        x = keras.layers.ReLU(name=f"{block}_out")(x)
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    head = keras.layers.Dense(kernels["head"][1], name="head")
    return readable(keras.Model(inputs, head(x), name="tiny_resnet"))


def readable(network):
    """Let the engine read which weights of a network learn, and not copy it."""
    network.to_dict = lambda: switches(network)
    network.index = list(switches(network))
    network.__deepcopy__ = lambda memory: network
    return network


def switches(network):
    """Return for each weight whether it learns."""
    learning = {id(weight) for weight in network.trainable_weights}
    return {f"{layer.name}/{weight.name}": id(weight) in learning
            for layer in network.layers for weight in layer.weights}
