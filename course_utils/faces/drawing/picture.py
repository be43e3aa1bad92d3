"""From an identity and a view to a picture."""

import cv2
import numpy as np

from course_utils.faces.drawing.accessories import mask_height, paint_glasses, paint_mask
from course_utils.faces.drawing.camera import backdrop, develop, project
from course_utils.faces.drawing.colours import HAIR, IRIS, brightness, linear, skin_tone, to_srgb
from course_utils.faces.drawing.eyes import paint_brows, paint_eyes
from course_utils.faces.drawing.grid import inside, scale_colour
from course_utils.faces.drawing.hair import hair_cover, hair_height, hair_shine, paint_beard
from course_utils.faces.drawing.light import shading
from course_utils.faces.drawing.mouth import paint_folds, paint_mouth, paint_nose
from course_utils.faces.drawing.relief import outline, relief
from course_utils.faces.drawing.skin import BODY, lip_tone, paint_body, paint_ears, skin

_METER = 0.6
_GREY = 0.3  # of linear light: where the meter leaves a face as it is
_GLOSS = np.array([1.03, 1.0, 0.95], np.float32)


def draw(identity, view):
    """Draw one picture.

    Parameters
    ----------
    identity : Identity
    view : View

    Returns
    -------
    numpy.ndarray of uint8, shape (150, 150, 3)
        Red, green and blue.
    """
    place, rng = np.random.default_rng([view.place, 2]), np.random.default_rng([view.seed, 1])
    wall = backdrop(place)
    clothes = linear(place.uniform(30, 190) + place.normal(scale=18, size=3).clip(-30, 30))
    face = project(_sheet(identity, view, clothes), view)
    cover = cv2.extractChannel(face, 3).astype(np.float32) * (1 / 255)
    picture = cv2.blendLinear(cv2.cvtColor(face, cv2.COLOR_RGBA2RGB), wall, cover, 1 - cover)
    return develop(picture, view, rng)


def _sheet(identity, view, clothes):
    """Return the face as a sheet for `project`: sRGB and what it covers, as uint8."""
    a = identity.anatomy
    tone, edge = skin_tone(identity.tone, a["undertone"]), outline(a)
    gain = (_GREY / brightness(tone)) ** _METER
    # the meter looks at the skin: what is much lighter would be white without detail
    hair = linear(HAIR[identity.hair][0])
    hair = hair / np.float32(max(gain, 1) ** min(1, 20 * brightness(hair)))
    face = _bare_face(identity, view, tone, gain, hair, edge)
    head = inside(edge, 1.5)
    front, behind, strands = hair_cover(a, identity.number, edge)
    paint_ears(face, head, tone, a, edge, behind)
    strand = scale_colour(hair, np.clip(1 + 0.22 * strands, 0.4, 1.8))
    if behind is not None:
        face += (0.6 * strand - face) * (behind * (1 - head))
    face += (strand - face) * front
    _light(face, a, view, gain, edge, front, strands)
    if a["cropped"] <= 0:
        head = np.maximum(head, front)
    around = view.ambient + 0.75 * view.light_level
    if behind is not None:
        face += (strand * np.float32(0.6 * around) - face) * (1 - head)
    below = _body(face, head, a, tone, clothes * np.float32(1 / gain), around)
    cover = head if behind is None else np.maximum(head, behind)
    cover[BODY] = np.maximum(cover[BODY], below)
    face *= view.exposure * gain
    return cv2.merge([*to_srgb(face), (cover * 255).astype(np.uint8)])


def _bare_face(identity, view, tone, gain, hair, edge):
    """Return the skin with all that is painted on it: beard, nose, mouth, eyes, brows, mask."""
    a, number, white = identity.anatomy, identity.number, min(1.0, gain ** -1.2)
    face = skin(a, number, tone)
    paint_beard(face, a, number, edge, hair * np.float32(0.8), view.beard)
    paint_folds(face, a, view)
    paint_nose(face, a)
    paint_mouth(face, a, view, lip_tone(tone, a["lip_colour"]), white)
    paint_eyes(face, a, view, linear(IRIS[identity.iris][0]) / np.float32(max(gain, 1)), white)
    paint_brows(face, a, np.minimum(hair * np.float32(0.7), tone * np.float32(0.28)), number)
    if view.mask:
        paint_mask(face, a, edge, white)
    return face


def _light(face, a, view, gain, edge, front, strands):
    """Let light fall on the face and its hair; glasses come after it."""
    height = relief(a, edge, view) + hair_height(a, front, strands)
    if view.mask:
        height = mask_height(height, a)
    diffuse, gloss = shading(height, view, hair_shine(a, front))
    face *= diffuse
    face += scale_colour(_GLOSS, gloss * (1 / max(gain, 1) ** 0.9))
    if view.glasses:
        paint_glasses(face, a)


def _body(face, head, a, tone, cloth, around):
    """Paint neck and clothes below the head; return how much they cover."""
    body, below = paint_body(tone, cloth, a)
    part = face[:, BODY]
    part += (body * np.float32(around) - part) * (below * (1 - head[BODY]))
    return below
