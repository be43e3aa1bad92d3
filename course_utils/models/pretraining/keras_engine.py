"""The arithmetic of training in Keras on TensorFlow, which the course installs anyway."""

import numpy as np

from course_utils.data.pretraining_pictures import CLASSES


class KerasEngine:
    """One network and its optimizer, with the same interface as `TorchEngine`.

    Parameters
    ----------
    recipe : Recipe

    Notes
    -----
    `course_utils.models.quiet` says how many threads TensorFlow uses; call it before.
    """

    def __init__(self, recipe):
        import keras
        import tensorflow as tf

        base = keras.applications.ResNet50(weights=None, include_top=False, pooling="avg",
                                           input_shape=(None, None, 3))
        for layer in base.layers:
            if layer.name.endswith("_bn"):
                layer.momentum = 0.9
        logits = keras.layers.Dense(len(CLASSES), name="predictions")(base.output)
        self.network = keras.Model(base.input, logits)
        # a BatchNorm follows each convolution, which takes any bias away
        self._variables = [each for each in self.network.trainable_variables
                           if not each.path.endswith("conv/bias")]
        self.optimizer = keras.optimizers.AdamW(recipe.rate, weight_decay=recipe.decay)
        self.optimizer.exclude_from_weight_decay(
            [each for each in self._variables if each.ndim < 2])
        self.optimizer.build(self._variables)
        self._step = tf.function(self._step_once, reduce_retracing=True)
        self._look = tf.function(self._look_once, reduce_retracing=True)

    def shapes(self):
        """Return the shape of each weight by its name."""
        return {name: tuple(value.shape) for name, value in self._weights_by_name().items()}

    def weights(self):
        """Return each weight by its name."""
        return {name: value.numpy() for name, value in self._weights_by_name().items()}

    def set_weights(self, weights):
        """Set the weights by name.

        Parameters
        ----------
        weights : dict of str to numpy.ndarray
        """
        for name, value in self._weights_by_name().items():
            value.assign(weights[name])

    def state(self):
        """Return what the optimizer remembers, as arrays."""
        return {str(number): np.asarray(value)
                for number, value in enumerate(self.optimizer.variables)}

    def set_state(self, state):
        """Restore what `state` returned.

        Parameters
        ----------
        state : dict
        """
        for number, value in state.items():
            self.optimizer.variables[int(number)].assign(value)

    def step(self, images, labels, rate):
        """Take one step downhill.

        Parameters
        ----------
        images : numpy.ndarray of uint8, shape (n, h, w, 3)
        labels : numpy.ndarray of int, shape (n,)
        rate : float
            The learning rate.

        Returns
        -------
        loss, accuracy : float
            Before the step.
        """
        self.optimizer.learning_rate.assign(rate)
        loss, right = self._step(*_tensors(images, labels))
        return float(loss), float(right)

    def accuracy(self, images, labels):
        """Return the share of pictures that the network names right.

        Parameters
        ----------
        images, labels : numpy.ndarray
            As for `step`.
        """
        return float(self._look(*_tensors(images, labels)))

    def _step_once(self, images, labels):
        import tensorflow as tf

        with tf.GradientTape() as tape:
            logits = self.network(images, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        gradients = tape.gradient(loss, [each.value for each in self._variables])
        self.optimizer.apply(gradients, self._variables)
        return loss, _share(logits, labels)

    def _look_once(self, images, labels):
        return _share(self.network(images, training=False), labels)

    def _weights_by_name(self):
        return {f"{layer.name}/{value.name}": value
                for layer in self.network.layers for value in layer.weights}


def _tensors(images, labels):
    import keras
    import tensorflow as tf

    prepared = keras.applications.resnet.preprocess_input(images.astype(np.float32))
    return tf.constant(prepared), tf.constant(labels)


def _share(logits, labels):
    import tensorflow as tf

    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))
