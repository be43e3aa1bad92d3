"""The shape of the head: how far each point of the face stands out towards the camera.

It is a sum of bumps, each a bell curve along x times one along y: a product of two matrices.
"""

import numpy as np

from course_utils.faces.drawing.grid import XX, X, Y, bell

_XS, _YS = X / 48, (Y - 4) / 74
BASE = (36 * (1 - _XS[None] ** 2) - 16 * (_YS ** 2)[:, None]).astype(np.float32)


def outline(anatomy):
    """Return how far inside the head each point lies, in pixels, shape (HEIGHT, WIDTH).

    Parameters
    ----------
    anatomy : dict of str to float
    """
    wide, long = anatomy["face_width"], anatomy["face_length"]
    below = np.clip(Y / long, 0, 1)
    power = 2.0 + 1.5 * anatomy["jaw"]
    root = 0.52 + 0.2 * (1 - anatomy["chin_width"])
    lower = wide * (1 - below ** power) ** root
    above = np.clip(-Y / 64, 0, 1)
    upper = wide * (1 - (1 - anatomy["forehead_width"]) * np.clip(-Y / 30, 0, 1)) \
        * (1 - above ** 3.3) ** 0.5
    half = np.where(Y > 0, lower, upper).astype(np.float32)
    half[(Y >= long) | (Y <= -64)] = -20
    slope = np.clip(np.gradient(half), -6, 6)
    steep = 1 / np.sqrt(1 + slope * slope)
    return (half[:, None] - np.abs(XX)) * steep[:, None].astype(np.float32)


def relief(anatomy, edge, view):
    """Return the height of each point of the face in pixels, shape (HEIGHT, WIDTH).

    Parameters
    ----------
    anatomy : dict of str to float
    edge : numpy.ndarray
        What `outline` returns.
    view : View
    """
    x, wide, mirrored, y, above, below, height = np.array(
        _bumps(anatomy, view), np.float32).T[..., None]
    along_x = bell(X - x, wide) + mirrored * bell(X + x, wide)
    down = Y - y
    along_y = height * bell(down, np.where(down < 0, above, below))
    surface = along_y.T @ along_x
    surface += BASE
    rim = np.clip(1 - edge * (1 / 11), 0, 1)
    surface -= 9 * rim * rim
    return surface


def _bumps(a, view):
    """Return the bumps of a face, each as a row.

    A row holds x and width, 1 if it has a twin on the other side, y, width above and below it,
    and height; all in pixels.
    """
    eye, brow = a["eye_distance"], -a["brow_height"]
    nose, wide, bend = a["nose_length"], a["nose_width"], a["nose_bend"]
    mouth = nose + a["mouth_height"]
    lips, chin, face = a["mouth_width"], a["face_length"], a["face_width"]
    upper, lower, drop = a["upper_lip"], a["lower_lip"], view.mouth
    bridge, ridge = a["bridge_height"], a["bridge_width"]
    tip, wing = nose - 4.4, nose - 4.2

    def one(x, width, y, tall, height, below=None, twin=0):
        return x, width, twin, y, tall, below or tall, height

    def two(*args):
        return one(*args, twin=1)

    return [
        two(eye, 8.5, 0.5, 5.5, -a["eye_depth"]), two(eye, 6.0, 0, 4.0, 2.6),
        two(eye * 1.02, 9.0, brow + 1, 3.4, a["brow_ridge"]),
        one(0, 6, brow + 3, 4, 0.5 * a["brow_ridge"]), one(0, 26, -36, 17, 3.0),
        two(face * 0.92, 6, -16, 12, -a["temples"]), two(eye * 1.42, 9, 15, 6.5, a["cheekbones"]),
        two(eye * 1.25, 9, 33, 9, a["cheeks"] + 1.2 * view.smile),
        two(eye * 0.92, 6, 8.5, 2.6, a["bags"]), two(eye * 0.9, 7, 12, 2.0, -0.5 * a["bags"]),
        # nose: a ridge that widens into the tip, and its wings
        one(0, ridge, 0.22 * nose, 0.24 * nose, bridge),
        one(bend, ridge * 1.05, 0.52 * nose, 0.17 * nose, 0.75 * bridge + a["nose_hump"]),
        one(0.6 * bend, a["tip_width"], tip, 5.4, a["tip_height"], 3.7),
        one(0, 7.5, tip - 1, 9, 1.6, 4.6), two(wide - 3.2, 2.3, wing, 3.4, a["wings"], 2.9),
        # mouth and chin
        one(0, lips * 0.85, mouth, 8, 2.2),
        one(0, 1.5, nose + 0.5 * a["mouth_height"], 3, -0.7 * a["philtrum"]),
        one(0, lips * 0.52, mouth - 0.5 * upper, 1.6, 0.42 * upper),
        one(0, lips * 0.46, mouth + 0.5 * lower + drop, 2.0, 0.46 * lower),
        one(0, lips * 0.55, mouth + lower + 2.4 + drop, 2.3, -1.5),
        two(lips + 1.5, 2.6, mouth, 3.2, -0.9),
        one(0, 8 + 5 * a["chin_width"], chin - 9, 5.5, a["chin"]),
        one(0, 1.6, chin - 7, 3.5, -a["chin_cleft"]),
        two(face * 0.72, 7, 0.66 * chin, 8, 1.5 * a["jaw"]),
    ]
