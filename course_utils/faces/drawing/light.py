"""Light on the relief: lamp, surroundings, shadow and shine."""

import cv2
import numpy as np

_ASIDE = 7.0  # pixels over which a shadow is looked for


def shading(height, view, shine):
    """Return the light that the surface reflects, as a share of its own colour, and its shine.

    Parameters
    ----------
    height : numpy.ndarray, shape (h, w)
        Pixels towards the camera.
    view : View
    shine : numpy.ndarray or float
        How glossy the surface is; 1 is skin.

    Returns
    -------
    diffuse, gloss : numpy.ndarray, shape (h, w)
    """
    to_right = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    downwards = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    length = 1 / np.sqrt(to_right * to_right + downwards * downwards + 1)
    lamp = _direction(view.light - view.yaw, view.light_height + view.pitch)
    facing = (lamp[2] - lamp[0] * to_right - lamp[1] * downwards) * length
    hollow = cv2.blur(cv2.blur(height, (11, 11)), (11, 11)) - height  # twice: without corners
    open_sky = np.clip(1 - 0.11 * hollow, 0.45, 1.15)
    surroundings = view.ambient * open_sky * (0.86 + 0.3 * downwards * length)
    soft = np.clip((facing + 0.16) / 1.16, 0, None)
    diffuse = surroundings + 0.95 * view.light_level * soft * _shadow(height, lamp)
    half = lamp + np.array([0, 0, 1])
    half = half / np.linalg.norm(half)
    mirror = np.clip((half[2] - half[0] * to_right - half[1] * downwards) * length, 0, 1)
    mirror = mirror * mirror
    mirror = mirror * mirror
    wide = mirror * mirror * mirror  # to the 12th
    narrow = wide * wide * wide
    gloss = shine * view.light_level * (0.035 * wide + 0.075 * narrow)
    return diffuse, gloss


def _direction(across, up):
    across, up = np.radians(across), np.radians(up)
    return np.array([np.sin(across) * np.cos(up), -np.sin(up), np.cos(across) * np.cos(up)])


def _shadow(height, lamp):
    """Return 1 in the light and less where something nearer to the lamp stands in the way."""
    reach = _ASIDE * lamp[:2] / max(lamp[2], 0.3)
    move = np.float32([[1, 0, -reach[0]], [0, 1, -reach[1]]])
    there = cv2.warpAffine(height, move, height.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    return 1 - 0.5 * np.clip((there - height - _ASIDE * 0.95) * 0.3, 0, 1)
