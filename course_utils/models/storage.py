"""Weights at a quarter of their size: numbers from -127 to 127, and a scale for each channel."""

import hashlib
import io
from pathlib import Path

import numpy as np

from course_utils.errors import CourseError
from course_utils.paths import write_whole

_SCALE = ":scale"


def pack(weights):
    """Round the kernels to 8 bits; everything else stays as it is.

    Parameters
    ----------
    weights : dict of str to numpy.ndarray of float32
        A kernel has its output channels on the last axis.

    Returns
    -------
    dict of str to numpy.ndarray
        For each kernel int8, and under its name plus ":scale" a float32 for each channel.
    """
    packed = {}
    for name, value in weights.items():
        if value.ndim < 2:
            packed[name] = value.astype(np.float32)
            continue
        most = np.abs(value).max(axis=tuple(range(value.ndim - 1)))
        scale = np.where(most > 0, most / 127, 1).astype(np.float32)
        packed[name] = np.round(value / scale).astype(np.int8)
        packed[name + _SCALE] = scale
    return packed


def unpack(packed):
    """Return float32 weights: the reverse of `pack`, except for rounding.

    Parameters
    ----------
    packed : dict of str to numpy.ndarray
    """
    return {name: value * packed[name + _SCALE] if name + _SCALE in packed else value
            for name, value in packed.items() if not name.endswith(_SCALE)}


def save(path, weights):
    """Write packed weights, all or nothing.

    Parameters
    ----------
    path : path-like
    weights : dict of str to numpy.ndarray

    Returns
    -------
    str
        The SHA-256 of the file.

    Raises
    ------
    CourseError
        If the file cannot be written; the old one then stays.
    """
    stream = io.BytesIO()
    np.savez_compressed(stream, **pack(weights))
    try:
        write_whole(path, stream.getvalue())
    except OSError as error:
        raise CourseError(f"The weights cannot be written to {path} ({error.strerror or error}). "
                          "Free some space, or name another folder.") from error
    return hashlib.sha256(stream.getvalue()).hexdigest()


def load(path, sha256):
    """Read packed weights and check their SHA-256.

    Parameters
    ----------
    path : path-like
    sha256 : str

    Returns
    -------
    dict of str to numpy.ndarray of float32

    Raises
    ------
    CourseError
        If the file is missing or is not that file.
    """
    again = "Restore it: git checkout course_utils/models/weights, or install the course again."
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise CourseError(f"The weights {path} cannot be read ({error.strerror or error}). "
                          f"{again}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CourseError(f"The weights {path} are damaged: their SHA-256 is not the one on their "
                          f"card. {again}")
    with np.load(io.BytesIO(content), allow_pickle=False) as packed:
        return unpack({name: packed[name] for name in packed.files})
