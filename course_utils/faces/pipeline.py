"""The four stages of face recognition: detect, align, embed, match."""

from typing import NamedTuple

import numpy as np

from course_utils.data.arguments import not_negative
from course_utils.errors import CourseError
from course_utils.faces import engine
from course_utils.faces.picture_input import check_picture

MOST_OUTSIDE = 0.12  # of a face's box may lie outside of the picture


class Box(NamedTuple):
    """Where a face is; an edge outside of the picture shows that it is cut off.

    Attributes
    ----------
    top, right, bottom, left : int
        In pixels.
    """

    top: int
    right: int
    bottom: int
    left: int


class Decision(NamedTuple):
    """Whether two faces match.

    Attributes
    ----------
    matches : bool
    distance : float
    """

    matches: bool
    distance: float


def detect(picture):
    """Find the faces in a picture.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)

    Returns
    -------
    list of Box
        As `face_recognition.face_locations` finds them, which cuts boxes at the picture's edges.
    """
    picture = check_picture(picture)
    return [Box(face.top(), face.right(), face.bottom(), face.left())
            for face in engine.load().detector(picture, 1)]


def detect_one(picture):
    """Return the `Box` of the only face in a picture.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    CourseError
        If there is no face, more than one, or one that is cut off.
    """
    picture = check_picture(picture)
    boxes = detect(picture)
    if not boxes:
        raise CourseError("No face was found in the picture. One face is needed, from the front, "
                          "lit, and at least 40 pixels wide.")
    if len(boxes) > 1:
        raise CourseError(f"{len(boxes)} faces were found in the picture, but exactly one is "
                          "accepted. Cut the others off first.")
    if _cut_off(boxes[0], *picture.shape[:2]):
        raise CourseError("The face is cut off at the edge of the picture. Take one that shows all "
                          "of it.")
    return boxes[0]


def align(picture, box):
    """Turn and scale a face so that the eyes are always in the same place.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (height, width, 3)
    box : Box

    Returns
    -------
    numpy.ndarray of uint8, shape (150, 150, 3)
    """
    models, picture = engine.load(), check_picture(picture)
    shape = models.landmarks(picture, models.dlib.rectangle(
        int(box.left), int(box.top), int(box.right), int(box.bottom)))
    return models.dlib.get_face_chip(picture, shape, size=engine.CHIP, padding=engine.PADDING)


def embed(face):
    """Turn an aligned face into 128 numbers.

    Parameters
    ----------
    face : numpy.ndarray of uint8, shape (150, 150, 3)
        As `align` returns it.

    Returns
    -------
    numpy.ndarray of float, shape (128,)
    """
    if np.shape(face) != (engine.CHIP, engine.CHIP, 3):
        raise CourseError(f"The face has shape {np.shape(face)}, but an aligned face of "
                          f"({engine.CHIP}, {engine.CHIP}, 3) is needed: align(picture, box).")
    return np.array(engine.load().network.compute_face_descriptor(check_picture(face)))


def match(one, other, *, threshold):
    """Compare two embeddings; return a `Decision`.

    Parameters
    ----------
    one, other : array-like of float, shape (128,)
    threshold : float
        They match at this distance or below. No default suits every population and purpose.
    """
    threshold = not_negative("threshold", threshold)
    apart = distance(one, other)
    return Decision(apart <= threshold, apart)


def distance(one, other):
    """Return the Euclidean distance of two embeddings.

    Parameters
    ----------
    one, other : array-like of float, shape (128,)
    """
    one, other = np.asarray(one, float), np.asarray(other, float)
    for name, each in (("one", one), ("other", other)):
        if each.shape != (engine.LENGTH,):
            raise CourseError(f"{name} has shape {each.shape}, but an embedding has "
                              f"{engine.LENGTH} numbers.")
    return float(np.linalg.norm(one - other))


def _cut_off(box, height, width):
    size = box.bottom - box.top
    outside = max(-box.top, -box.left, box.bottom - height, box.right - width)
    return outside > MOST_OUTSIDE * size
