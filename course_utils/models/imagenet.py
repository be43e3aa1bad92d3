"""Keras's ImageNet weights for ResNet50: fetched once, checked, never left half-written.

The addresses and the MD5 hashes are Keras's own. Two environment variables name a mirror:
`PLAIN_SIGHT_IMAGENET_URL` (a folder's address) and `PLAIN_SIGHT_IMAGENET_MD5`.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from course_utils.errors import CourseError

URL, MD5 = "PLAIN_SIGHT_IMAGENET_URL", "PLAIN_SIGHT_IMAGENET_MD5"
OFFLINE = "Without a network use weights='course', which comes with the course."
_FILES = {True: "resnet50_weights_tf_dim_ordering_tf_kernels.h5",
          False: "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"}


def fetch_imagenet(*, include_top=False, url=None, md5=None):
    """Return the path of the weights in Keras's cache; fetch them if they are not there.

    Parameters
    ----------
    include_top : bool
        With the layer that names ImageNet's 1,000 classes (103 MB) or without (95 MB).
    url : str, optional
        The address of the folder that holds the file; Keras's by default.
    md5 : str, optional
        The MD5 hash of the file; Keras's by default.

    Raises
    ------
    CourseError
        If the file cannot be fetched, or is not the expected one. Nothing is left behind then.
    """
    name = _FILES[bool(include_top)]
    md5 = md5 or os.environ.get(MD5) or _keras_hash(include_top)
    target = _cached_path(include_top)
    if target.is_file() and _md5_of(target) == md5:
        return target
    address = (url or os.environ.get(URL) or _keras_address()).rstrip("/") + "/" + name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # A folder beside the place where the file will stand: moving it there is one step
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="fetching-") as folder:
            os.replace(_download(address, name, md5, folder), target)
    except OSError as error:
        raise CourseError(f"The ImageNet weights cannot be stored in {target.parent} "
                          f"({error.strerror or error}). Free 200 MB, or set KERAS_HOME to a "
                          f"folder that is writable. {OFFLINE}") from error
    return target


def _cached_path(include_top=False):
    """Return where Keras stores the weights, whether they are there or not."""
    import keras

    home = getattr(keras.config, "keras_home", None)
    folder = home() if home else os.environ.get("KERAS_HOME", os.path.expanduser("~/.keras"))
    return Path(folder) / "models" / _FILES[bool(include_top)]


def have_imagenet(include_top=False):
    """Tell whether the weights are in the cache; their hash is not checked.

    Parameters
    ----------
    include_top : bool
        As for `fetch_imagenet`.
    """
    return _cached_path(include_top).is_file()


def _download(address, name, md5, folder):
    import keras

    try:
        return keras.utils.get_file(name, origin=address, file_hash=md5, hash_algorithm="md5",
                                    cache_dir=folder, cache_subdir="")
    except Exception as error:
        # Keras raises a plain Exception for an HTTP status, ValueError for a wrong hash
        if getattr(error, "errno", None) in (28, 13, 122):  # no space, no permission, quota
            raise
        reason = " ".join(str(error).replace(f"URL fetch failure on {address}: ", "").split())
        raise CourseError(f"The ImageNet weights could not be fetched from {address} "
                          f"({reason.rstrip('.') or type(error).__name__}). Nothing was kept; "
                          f"try again later. {OFFLINE}") from error


def _keras_address():
    from keras.src.applications.resnet import BASE_WEIGHTS_PATH

    return BASE_WEIGHTS_PATH


def _keras_hash(include_top):
    from keras.src.applications.resnet import WEIGHTS_HASHES

    return WEIGHTS_HASHES["resnet50"][0 if include_top else 1]


def _md5_of(path):
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()
