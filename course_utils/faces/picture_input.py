"""Reading pictures: from a file of the course, or as an array.

No message names a file or a person: portraits are often named after the person.
"""

from contextlib import contextmanager
from pathlib import Path

import numpy as np

from course_utils.errors import CourseError
from course_utils.paths import project_root

SMALLEST, LARGEST = 60, 4000  # pixels each way


def read_picture(path, *, datasheet):
    """Read a photograph that lies inside the course's folder.

    Parameters
    ----------
    path : path-like
    datasheet : course_utils.data.Datasheet
        Says who is in it and that they agreed, or under which licence it may be used.

    Returns
    -------
    numpy.ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    CourseError
        If there is no datasheet, the file lies outside the course, is no picture, is damaged, grey,
        tiny or huge.
    """
    from PIL import Image, UnidentifiedImageError

    from course_utils.data.datasheet import require_datasheet

    require_datasheet(datasheet)
    inside, file = project_root().resolve(), Path(path).resolve()
    if not file.is_relative_to(inside):
        raise CourseError("The picture lies outside the course's folder, where the course reads "
                          "nothing. Copy it into the folder first, if you may.")
    if not file.is_file():
        raise CourseError("There is no such picture in the course's folder. Check the path.")
    try:
        with _whole_files_only(), Image.open(file) as image:
            _check_size(image.height, image.width)
            if image.mode in ("1", "L", "LA", "I", "I;16", "F"):
                raise CourseError(_GREY)
            return np.asarray(image.convert("RGB"))
    except UnidentifiedImageError:
        raise CourseError("The file is no picture that can be read. JPEG and PNG are "
                          "accepted.") from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise CourseError("The picture is damaged: it could not be read to its end. Get it "
                          "again.") from None


@contextmanager
def _whole_files_only():
    """Half a picture is an error here, though `face_recognition` lets Pillow accept it."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


_GREY = ("The picture is grey, but colour is needed: red, green and blue for each pixel, since the "
         "embedding was trained on colour pictures.")


def check_picture(picture):
    """Return an array as a picture of uint8.

    Parameters
    ----------
    picture : array-like of uint8, shape (height, width, 3)

    Raises
    ------
    CourseError
        If it is no such picture; says what it lacks.
    """
    array = np.asarray(picture)
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 1):
        raise CourseError(_GREY)
    if array.ndim != 3 or array.shape[2] != 3:
        raise CourseError(f"The picture has shape {array.shape}, but (height, width, 3) is needed: "
                          "red, green and blue for each pixel.")
    if array.dtype != np.uint8:
        raise CourseError(f"The picture holds {array.dtype}, but whole numbers from 0 to 255 "
                          "(uint8) are needed: (255 * picture).astype('uint8') makes them of "
                          "shares from 0 to 1.")
    _check_size(*array.shape[:2])
    return np.ascontiguousarray(array)


def _check_size(height, width):
    if min(height, width) < SMALLEST:
        raise CourseError(f"The picture is {width} by {height} pixels, but a face needs at least "
                          f"{SMALLEST} each way. Take a larger one; enlarging adds no detail.")
    if max(height, width) > LARGEST:
        raise CourseError(f"The picture is {width} by {height} pixels, but at most {LARGEST} each "
                          "way are accepted. Scale it down first.")
