"""The camera: turning the head, lens, sensor and compression."""

import math

import cv2
import numpy as np

from course_utils.faces.drawing.grid import EYES_ABOVE, LEFT, SIZE, TOP, YY
from course_utils.faces.drawing.relief import BASE
from course_utils.faces.drawing.texture import grain

_U, _V = np.meshgrid(np.arange(SIZE, dtype=np.float32), np.arange(SIZE, dtype=np.float32))
_MIDDLE = SIZE / 2
_SCALE = 0.94  # leaves room for hair above and shoulders below
_DEEP = BASE + 6 * np.exp(-((YY - 14) / 16) ** 2).astype(np.float32) - 14
# the same for an upright face in the middle of the picture: a first guess
_NEAR = cv2.remap(_DEEP, (_U - _MIDDLE) / _SCALE - LEFT,
                  (_V - _MIDDLE + EYES_ABOVE) / _SCALE - TOP, cv2.INTER_LINEAR,
                  borderMode=cv2.BORDER_REPLICATE)


def project(sheet, view):
    """Return the sheet as the camera sees it: turned, nodded, tilted, moved and scaled.

    Parameters
    ----------
    sheet : numpy.ndarray of uint8, shape (HEIGHT, WIDTH, 4)
    view : View

    Returns
    -------
    numpy.ndarray of uint8, shape (150, 150, 4)
    """
    yaw, pitch, roll = (math.radians(angle) for angle in (view.yaw, view.pitch, view.roll))
    cos, sin = math.cos(roll) / (_SCALE * view.zoom), math.sin(roll) / (_SCALE * view.zoom)
    u, v = _U - (_MIDDLE + view.dx), _V - (_MIDDLE - EYES_ABOVE + view.dy)
    right = cos * u + sin * v
    down = cos * v - sin * u

    def source(deep):  # where on the sheet a point of the picture comes from
        return ((right - deep * math.sin(yaw)) / math.cos(yaw) - LEFT,
                (down - deep * math.sin(pitch)) / math.cos(pitch) - TOP)

    deep = cv2.remap(_DEEP, *source(_NEAR), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    x, y = source(deep)
    return cv2.remap(sheet, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def backdrop(rng):
    """Return a wall out of focus, shape (150, 150, 3), in sRGB.

    Parameters
    ----------
    rng : numpy.random.Generator
    """
    colours = (rng.uniform(75, 215) + rng.normal(scale=9, size=(1, 1, 3))
               + rng.normal(scale=12, size=(4, 4, 1)) + rng.normal(scale=3, size=(4, 4, 3)))
    return cv2.resize(np.clip(colours, 0, 255).astype(np.uint8), (SIZE, SIZE),
                      interpolation=cv2.INTER_CUBIC)


def develop(picture, view, rng):
    """Blur, add grain, reduce the resolution and compress, as the view asks.

    Parameters
    ----------
    picture : numpy.ndarray of uint8, shape (150, 150, 3)
    view : View
    rng : numpy.random.Generator
    """
    if view.resolution < SIZE:
        small = cv2.resize(picture, (view.resolution, view.resolution),
                           interpolation=cv2.INTER_AREA)
        picture = cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    if view.blur > 0.05:
        picture = cv2.GaussianBlur(picture, (0, 0), view.blur)
    if view.noise > 0:
        picture = cv2.add(picture, view.noise * grain(rng, SIZE, SIZE), dtype=cv2.CV_8U)
    if view.quality < 100:
        _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, view.quality])
        picture = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return picture
