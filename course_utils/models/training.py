"""One step of training and one measurement, compiled: hundreds of epochs in a second.

`model.fit` spends about 50 ms on each epoch of a network this small, nearly all of it around the
training; a compiled step on all rows takes 1 ms.
"""

import ctypes
import os
import sys

import numpy as np

from course_utils.descriptors import descriptor_to_null
from course_utils.errors import CourseError
from course_utils.models.tensorflow_settings import quiet_settings

MOST_REMEMBERED = 16

# glibc's malloc.h: which setting, and what we set it to.
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_LARGE_BYTES = 8 * 2 ** 20


def quiet(threads=None, *, onednn=False):
    """Keep TensorFlow's start-up lines off the page; call it before Keras is imported.

    Parameters
    ----------
    threads : int, optional
        How many threads an operation may use, at least 1. With one, the same seed gives the same
        numbers on a machine with any number of cores, and networks as small as these are no slower.
    onednn : bool
        Whether TensorFlow uses oneDNN, which makes ResNet50 faster and results repeat less
        exactly. TensorFlow is then loaded at once: no setting silences what oneDNN says.
    """
    for name, value in quiet_settings(threads, onednn=onednn).items():
        os.environ.setdefault(name, value)
    _return_large_blocks()
    if onednn:
        _load_silently()


def _return_large_blocks():
    """Let freed arrays go back to the system at once, where the C library is glibc.

    It would otherwise retain blocks of up to 32 MiB for later, in a pool for each thread: in
    lesson 05 that is 50 MiB of the 1.2 GiB that it may have. Smaller blocks stay, as asking the
    system for each of them costs time.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_M_ARENA_MAX, 2)


def _load_silently():
    with descriptor_to_null(2):
        import tensorflow as tf

        tf.zeros(1)  # oneDNN speaks when it is loaded, and again with the first operation


def compiled(network, rate=0.001):
    """Return two fast functions that train a classifier and measure it.

    Parameters
    ----------
    network : keras.Model
        Gives one number (logit) for each class.
    rate : float
        The learning rate of Adam.

    Returns
    -------
    learn : callable
        ``learn(X, y)`` takes one step downhill on the cross-entropy plus the network's penalties.
    measure : callable
        ``measure(X, y)`` returns (cross-entropy, share of wrong labels) as floats, without
        penalties, dropout or augmentation.

    Raises
    ------
    CourseError
        From both functions, if `X` and `y` do not belong together or hold NaN; or if `rate` is
        not positive, or `network` no Keras model.

    Notes
    -----
    Arrays become tensors when they are first seen: pass a new array, do not change one in place.
    """
    import keras
    import tensorflow as tf

    if not isinstance(network, keras.Model):
        raise CourseError(f"network is a {type(network).__name__}, but it must be a Keras model.")
    if not rate > 0:
        raise CourseError(f"rate is {rate}, but a learning rate must be above 0.")
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam(rate)
    optimizer.build(network.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(X, y):
        with tf.GradientTape() as tape:
            loss = cross_entropy(y, network(X, training=True)) + sum(network.losses)
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))

    @tf.function(reduce_retracing=True)
    def look(X, y):
        logits = network(X, training=False)
        wrong = tf.argmax(logits, axis=1, output_type=tf.int32) != y
        return tf.stack([cross_entropy(y, logits), tf.reduce_mean(tf.cast(wrong, tf.float32))])

    rows = _Rows(network)
    return (lambda X, y: step(*rows(X, y)), lambda X, y: tuple(look(*rows(X, y)).numpy().tolist()))


def error(network, X, y):
    """Return the share of rows whose label the network gets wrong.

    Parameters
    ----------
    network : keras.Model
    X : array-like, shape (n, d)
    y : array-like of int, shape (n,)

    Raises
    ------
    CourseError
        If `X` and `y` do not belong together or hold NaN.
    """
    X, y = _Rows(network)(X, y)
    # Keras' random layers stay switched on unless told otherwise
    logits = network(X, training=False).numpy()
    return float(np.mean(logits.argmax(axis=1) != y.numpy()))


class _Rows:
    """Turns rows and labels into tensors, once for each pair of arrays."""

    def __init__(self, network):
        self.width, self.tensors = network.input_shape[-1], {}

    def __call__(self, X, y):
        key = (id(X), id(y))
        if key not in self.tensors:
            if len(self.tensors) >= MOST_REMEMBERED:
                self.tensors.clear()
            # keeping X and y alive keeps their ids from being used again
            self.tensors[key] = (X, y, _tensors(X, y, self.width))
        return self.tensors[key][2]


def _tensors(X, y, width):
    import tensorflow as tf

    rows, labels = np.asarray(X, dtype="float32"), np.asarray(y)
    if rows.ndim != 2 or rows.shape[1] != width or not len(rows):
        raise CourseError(f"X has shape {rows.shape}, but the network takes (n, {width}) "
                          "with at least one row.")
    if labels.shape != rows.shape[:1]:
        raise CourseError(f"y has shape {labels.shape}, but X has {len(rows)} rows: "
                          "give one label for each.")
    if not np.isfinite(rows).all():
        raise CourseError("X holds NaN or infinite values. Give finite numbers only.")
    if labels.dtype.kind not in "biu" or labels.min() < 0:
        raise CourseError(f"y holds {labels.dtype} values from {labels.min()}; labels are whole "
                          "numbers from 0.")
    return tf.constant(rows), tf.constant(labels.astype("int32"))
