"""Tiny Keras networks, named as in ResNet50, whose switches the engine reads as plain data."""

from course_utils.checks.calling import quietly

MOVING = ("moving_mean", "moving_variance")


def draw_layers(rng):
    """Draw a small residual network: for each layer its name, kind and shapes of weights."""
    width, wide, classes = (int(rng.integers(low, low + 4)) for low in (2, 6, 3))
    layers = [_conv("conv1", 3, 3, width)]
    for block in ("conv2_block1", "conv2_block2"):
        layers += [_conv(f"{block}_1", 1, width, wide), _conv(f"{block}_2", 3, wide, width)]
    flat = [layer for pair in layers for layer in pair]
    return [*flat, {"name": "head", "kind": "dense",
                    "shapes": {"kernel": [width, classes], "bias": [classes]}}]


def _conv(name, side, inputs, outputs):
    return [{"name": f"{name}_conv", "kind": "conv", "side": side,
             "shapes": {"kernel": [side, side, inputs, outputs], "bias": [outputs]}},
            {"name": f"{name}_bn", "kind": "norm", "shapes": dict.fromkeys(
                ("gamma", "beta", *MOVING), [outputs])}]


def make_network(layers):
    """Return a Keras model of these layers, with activations, two short cuts and a pool between.

    The engine reads it as it reads a Series: its index are weights, its values their switches.
    """
    with quietly():
        import keras

    by_name = {layer["name"]: layer for layer in layers}
    inputs = keras.Input((8, 8, 3), name="pictures")
    x = _conv_and_norm(keras, by_name, "conv1", inputs)
    x = keras.layers.ReLU(name="conv1_relu")(x)
    for block in ("conv2_block1", "conv2_block2"):
        y = keras.layers.ReLU(name=f"{block}_1_relu")(
            _conv_and_norm(keras, by_name, f"{block}_1", x))
        y = _conv_and_norm(keras, by_name, f"{block}_2", y)
        x = keras.layers.ReLU(name=f"{block}_out")(
            keras.layers.Add(name=f"{block}_add")([x, y]))
    x = keras.layers.GlobalAveragePooling2D(name="avg_pool")(x)
    head = keras.layers.Dense(by_name["head"]["shapes"]["bias"][0], name="head")
    return readable(keras.Model(inputs, head(x), name="tiny_resnet"))


def _conv_and_norm(keras, by_name, name, x):
    layer = by_name[f"{name}_conv"]
    x = keras.layers.Conv2D(layer["shapes"]["bias"][0], layer["side"], padding="same",
                            name=layer["name"])(x)
    return keras.layers.BatchNormalization(name=f"{name}_bn")(x)


def readable(network):
    """Let the engine read which weights of a network learn, and not copy it."""
    network.index = [name for name, _ in _named(network)]
    network.to_dict = lambda: _switches(network)
    network.__deepcopy__ = lambda memory: network
    return network


def _named(network):
    return [(f"{layer.name}/{weight.name}", weight)
            for layer in network.layers for weight in layer.weights]


def _switches(network):
    learning = {id(weight) for weight in network.trainable_weights}
    return {name: id(weight) in learning for name, weight in _named(network)}
