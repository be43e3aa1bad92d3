"""Picture files: which kinds are read, and how each becomes upright red, green and blue.

No message names a file or a person: portraits are often named after the person.
"""

import math
import struct
import warnings
from contextlib import contextmanager

import numpy as np

from course_utils.errors import CourseError

# EPS, which would start Ghostscript, and whatever else Pillow knows, no camera or browser makes
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF", "BMP", "PPM")
# Most that a detector is given; a phone takes 12 million. Finding faces in 16 million pixels takes
# 6 s and 0.7 GiB.
MOST_PIXELS = 16_000_000
MOST_DECODED = 64_000_000  # pixels before they are scaled down: 0.4 GiB, turned 0.7
SCALE_DOWN = ("from PIL import Image, ImageOps; Image.MAX_IMAGE_PIXELS = None; "
              "image = ImageOps.exif_transpose(Image.open(path)); "
              "image.thumbnail((4000, 4000)); image.convert('RGB').save('smaller.jpg')")
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_HEAD = 64  # bytes, in which a file of that family names its kinds
_WHITE = (255, 255, 255, 255)


def read(file):
    """Read a picture file as a viewer shows it.

    Parameters
    ----------
    file : pathlib.Path

    Returns
    -------
    numpy.ndarray of uint8, shape (height, width, 3)
        Upright, transparent parts white, the first picture of several, and of more than 16 million
        pixels scaled down to these.

    Raises
    ------
    CourseError
        If the file is no picture, of a kind that is not read, damaged or huge.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        _refuse_heic(file)
        with _strictly(), Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                image.draft(None, within(*image.size))  # a JPEG need not be decoded in full size
            return upright_rgb(image)
    except UnidentifiedImageError:
        raise CourseError("The file is no picture that can be read. JPEG and PNG are accepted, and "
                          "WebP, AVIF, TIFF, GIF, BMP and PPM; save it as one of them.") from None
    except Image.DecompressionBombError:
        raise CourseError(_too_large("more than 179 million")) from None
    except PermissionError:
        raise CourseError("There is no permission to read the picture. Make it readable, for "
                          "example with chmod u+r.") from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error):
        raise CourseError("The picture is damaged: it could not be read to its end. Get it "
                          "again.") from None


def upright_rgb(image):
    """Return the pixels of a Pillow image as a viewer shows them.

    Parameters
    ----------
    image : PIL.Image.Image
        It stays as it is.

    Returns
    -------
    numpy.ndarray of uint8, shape (height, width, 3)

    Raises
    ------
    CourseError
        If it is huge, or holds more than 16 bits a pixel and colour.
    """
    from PIL import ExifTags, Image, ImageOps

    if image.width * image.height > MOST_DECODED:
        raise CourseError(_too_large(f"{image.width} by {image.height}"))
    if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
        image = ImageOps.exif_transpose(image)  # phones note how they were held, and turn nothing
    if image.mode in ("I", "F"):
        raise CourseError("The picture holds 32 bits for each pixel, and nothing says which number "
                          "is white. Save it with 8 bits, as JPEG or PNG, in the program that made "
                          "it.")
    if image.mode.startswith("I;16"):  # as Pillow reads 16 bits of each colour: the upper eight
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, _WHITE), image)
    if image.mode != "RGB":
        image = image.convert("RGB")
    if image.width * image.height > MOST_PIXELS:
        image = image.resize(within(*image.size))
    return np.asarray(image)


def within(width, height):
    """Return a width and height of the same shape with at most `MOST_PIXELS`.

    Parameters
    ----------
    width, height : int
    """
    factor = math.sqrt(MOST_PIXELS / (width * height))
    return int(width * factor), int(height * factor)


def _too_large(size):
    return (f"The picture has {size} pixels, but at most 179 million are read of a JPEG and "
            f"{MOST_DECODED // 10**6} million of others. Scale it down first: {SCALE_DOWN}")


def _refuse_heic(file):
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if head[4:8] == b"ftyp" and b"avif" not in head and any(kind in head for kind in _HEIC):
        raise CourseError("The file is a HEIC picture, as iPhones take them, which is not read "
                          "here. Export it as JPEG from your photo program (on the phone: "
                          "Settings, Camera, Formats, Most Compatible makes the next ones JPEG).")


@contextmanager
def _strictly():
    """Half a picture is an error here, though `face_recognition` lets Pillow accept it.

    What Pillow warns of, odd tags and many pixels, is either judged here or without effect.
    """
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
