"""Reading pictures: from a file of the course, or as an array.

No message names a file or a person: portraits are often named after the person.
"""

import os
from pathlib import Path

import numpy as np

from course_utils.errors import CourseError
from course_utils.faces import picture_file
from course_utils.paths import project_root

SMALLEST = 60  # pixels each way


def read_picture(path, *, datasheet):
    """Read a photograph that lies inside the course's folder.

    Parameters
    ----------
    path : path-like
        JPEG, PNG, WebP, AVIF, TIFF, GIF, BMP or PPM.
    datasheet : course_utils.data.Datasheet
        Says who is in it and that they agreed, or under which licence it may be used.

    Returns
    -------
    numpy.ndarray of uint8, shape (height, width, 3)
        As a viewer shows it: turned the way the phone was held, transparent parts white, grey as
        three equal colours, the first picture of an animation. What has more than 16 million pixels
        is scaled down to these.

    Raises
    ------
    CourseError
        If there is no datasheet, the file lies outside the course, is no picture, is damaged, tiny
        or huge.
    """
    from course_utils.data.datasheet import require_datasheet

    require_datasheet(datasheet)
    inside, file = project_root().resolve(), Path(path).resolve()
    if not file.is_relative_to(inside):
        raise CourseError("The picture lies outside the course's folder, where the course reads "
                          "nothing. Copy it into the folder first, if you may.")
    if not file.is_file():
        raise CourseError("There is no such picture in the course's folder. Check the path.")
    picture = picture_file.read(file)
    _check_size(*picture.shape[:2])
    return picture


def check_picture(picture):
    """Return an array as a picture of uint8, or raise a `CourseError` that says what it lacks.

    Parameters
    ----------
    picture : array-like of uint8, shape (height, width, 3), or PIL.Image.Image
        One that Pillow opened is turned upright and read as `read_picture` reads a file.
    """
    if isinstance(picture, (str, os.PathLike)):
        raise CourseError("A path was given, but the picture itself is needed: "
                          "faces.read_picture(path, datasheet=...) reads it.")
    if hasattr(picture, "getexif"):  # Pillow's own way to an array forgets how a phone was held
        picture = picture_file.upright_rgb(picture)
    array = np.asarray(picture)
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 1):
        raise CourseError(f"The picture is grey, of shape {array.shape}, but (height, width, 3) is "
                          "needed: np.dstack([picture] * 3) gives each pixel three equal colours. "
                          "The embedding was trained on colour pictures, so expect more errors.")
    if array.ndim != 3 or array.shape[2] != 3:
        raise CourseError(f"The picture has shape {array.shape}, but (height, width, 3) is needed: "
                          "red, green and blue for each pixel. With transparency as a fourth, "
                          "picture[..., :3] leaves that out.")
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
    if height * width > picture_file.MOST_PIXELS:
        scaled = picture_file.within(width, height)
        raise CourseError(f"The picture is {width} by {height} pixels, but at most "
                          f"{picture_file.MOST_PIXELS // 10**6} million in all are accepted. Scale "
                          "it down with Pillow: from PIL import Image; picture = "
                          f"np.asarray(Image.fromarray(picture).resize({scaled}))")
