"""ResNet50 with the course's weights, with ImageNet's, or untrained; and its preprocessing."""

import numpy as np

from course_utils.errors import CourseError
from course_utils.models.cards import COURSE_FILE, FOLDER, course_facts

SMALLEST = 32  # pixels: below, the last stage of ResNet50 would see nothing


def resnet50(weights="course", *, input_shape=(48, 48, 3), include_top=False, pooling="avg"):
    """Return `keras.applications.ResNet50`.

    Parameters
    ----------
    weights : {"course", "imagenet", None}
        "course" comes with the package and needs no network; "imagenet" is fetched once; None
        is Keras's random initialisation.
    input_shape : tuple (H, W, 3)
        Pixels, at least 32 by 32.
    include_top : bool
        With the layer that names the classes it was trained on. ImageNet's takes 224 by 224.
    pooling : {"avg", "max", None}
        How the last feature maps become one row of 2,048 numbers; None leaves the maps.
        Ignored with `include_top`, as in Keras.

    Returns
    -------
    keras.Model
        Takes what `preprocess` returns.

    Raises
    ------
    CourseError
        If an argument is none of these, or the weights are damaged or cannot be fetched.

    See Also
    --------
    preprocess : what the network wants pictures to be.
    card : what the weights were trained on.
    """
    shape = _checked_shape(input_shape)
    if weights not in ("course", "imagenet", None):
        raise CourseError(f"weights is {weights!r}, but it must be 'course', 'imagenet' or None.")
    if pooling not in ("avg", "max", None):
        raise CourseError(f"pooling is {pooling!r}, but it must be 'avg', 'max' or None.")
    if weights == "imagenet":
        return _with_imagenet(shape, include_top, pooling)
    import keras

    top = {"include_top": True, "classes": course_facts()["classes"]} if include_top else {
        "include_top": False, "pooling": pooling}
    network = keras.applications.ResNet50(weights=None, input_shape=shape, **top)
    if weights == "course":
        set_weights(network, course_weights())
        for layer in network.layers:
            if layer.name.endswith("_bn"):
                layer.momentum = 0.9  # as in its training
    return network


def preprocess(images):
    """Prepare pictures the way Keras's ResNet50 expects them, whichever weights it has.

    Red, green, blue become blue, green, red, and ImageNet's mean of each channel is subtracted;
    nothing is scaled.

    Parameters
    ----------
    images : numpy.ndarray of uint8, shape (n, H, W, 3)
        RGB from 0 to 255.

    Returns
    -------
    numpy.ndarray of float32, shape (n, H, W, 3)

    Raises
    ------
    CourseError
        If `images` has another shape or dtype, or holds no picture.
    """
    images = np.asarray(images)
    if images.ndim == 3:
        raise CourseError(f"images has shape {images.shape}, but a batch (n, H, W, 3) is needed: "
                          "give images[None] for one picture in colour, or "
                          "np.repeat(images[..., None], 3, axis=-1) for grey ones.")
    if images.ndim != 4 or images.shape[-1] != 3:
        hint = " Repeat the grey channel: np.repeat(images, 3, axis=-1)." \
            if images.shape[-1:] == (1,) else ""
        raise CourseError(f"images has shape {images.shape}, but (n, H, W, 3) is needed: RGB, "
                          f"channels last.{hint}")
    if images.size == 0:
        raise CourseError(f"images is empty (shape {images.shape}), but at least one picture is "
                          "needed.")
    if images.dtype != np.uint8:
        raise CourseError(f"images has dtype {images.dtype}, but uint8 from 0 to 255 is needed"
                          f"{_range_hint(images)}.")
    if min(images.shape[1:3]) < SMALLEST:
        raise CourseError(f"images are {images.shape[1]} by {images.shape[2]} pixels, but ResNet50 "
                          f"needs at least {SMALLEST} by {SMALLEST}. Enlarge them first.")
    import keras

    return keras.applications.resnet.preprocess_input(images.astype(np.float32))


def course_weights():
    """Return the course's weights, the top's included, by layer and name."""
    from course_utils.models import storage

    return storage.load(FOLDER / COURSE_FILE, course_facts()["sha256"])


def set_weights(network, weights):
    """Set the weights of a network by name; those of layers that it lacks stay unused.

    Parameters
    ----------
    network : keras.Model
    weights : dict of str to numpy.ndarray
        By "layer/name".
    """
    for layer in network.layers:
        if layer.weights:
            layer.set_weights([weights[f"{layer.name}/{each.name}"] for each in layer.weights])


def _with_imagenet(shape, include_top, pooling):
    from course_utils.models.imagenet import fetch_imagenet

    if include_top and shape != (224, 224, 3):
        raise CourseError(f"input_shape is {shape}, but ImageNet's top takes (224, 224, 3). Give "
                          "that, or include_top=False.")
    import keras

    top = {"include_top": True} if include_top else {"include_top": False, "pooling": pooling}
    path = fetch_imagenet(include_top=include_top)
    network = keras.applications.ResNet50(weights=None, input_shape=shape, **top)
    try:
        network.load_weights(path)
    except (OSError, ValueError, KeyError) as error:
        raise CourseError(f"The file {path} does not hold weights of ResNet50 ({error}). Remove "
                          "it to fetch it again, or use weights='course'.") from error
    return network


def _checked_shape(shape):
    fine = isinstance(shape, (tuple, list)) and len(shape) == 3 and shape[2] == 3 and all(
        isinstance(side, (int, np.integer)) and side >= SMALLEST for side in shape[:2])
    if not fine:
        raise CourseError(f"input_shape is {shape!r}, but it must be (H, W, 3) with at least "
                          f"{SMALLEST} pixels each way.")
    return tuple(int(side) for side in shape)


def _range_hint(images):
    if images.dtype.kind == "f" and images.size:
        if np.isnan(images).any():
            return "; these hold NaN"
        low, high = float(images.min()), float(images.max())
        if low >= 0 and high <= 1:
            return f" (these run from {low:g} to {high:g}: (255 * images).round().astype('uint8'))"
        if low < 0:
            return f" (these run from {low:g} to {high:g}: were they preprocessed already?)"
        return f" (these run from {low:g} to {high:g}: images.round().astype('uint8'))"
    if images.dtype.kind in "iu" and images.size:
        low, high = images.min(), images.max()
        if low >= 0 and high <= 255:
            return ": images.astype('uint8')"
        return f" (these run from {low} to {high})"
    return ""
