"""Textures drawn by formula: noise, leaves, waves, cells, strokes, lattices, blobs, slopes."""

import numpy as np


def draw_texture(rng, size, kind):
    """Draw a texture in grey.

    Parameters
    ----------
    rng : numpy.random.Generator
    size : int
        Pixels, each way.
    kind : int
        Which of `TEXTURES`.

    Returns
    -------
    numpy.ndarray of float32, shape (size, size)
        From 0 to 1.
    """
    name, setting = TEXTURES[kind]
    grey = _FAMILIES[name](rng, size, setting)
    low, high = float(grey.min()), float(grey.max())
    return ((grey - low) / max(high - low, 1e-6)).astype(np.float32)


def _noise(rng, size, slope):
    """Noise whose amplitude falls with frequency to the power `slope`."""
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size))
    frequency[0, 0] = 1
    wave = rng.standard_normal((2, *frequency.shape))
    return np.fft.irfft2((wave[0] + 1j * wave[1]) * frequency ** -slope, (size, size))


def _leaves(rng, size, largest):
    """Discs and boxes dropped over each other, as leaves fall: many small ones, few large."""
    import cv2

    page = np.full((size, size), rng.uniform(), np.float32)
    for _ in range(int(40 * (0.35 / largest))):
        x, y = rng.integers(-4, size + 4, 2).tolist()
        radius = largest * size * rng.uniform(0.15, 1) ** 2
        shade = float(rng.uniform())
        if rng.random() < 0.5:
            cv2.circle(page, (x, y), max(1, int(radius)), shade, -1, cv2.LINE_8)
        else:
            box = ((x, y), (radius * 2, radius * rng.uniform(0.5, 3)), rng.uniform(0, 180))
            cv2.fillPoly(page, [cv2.boxPoints(box).astype(np.int32)], shade, cv2.LINE_8)
    return page


def _waves(rng, size, period):
    angle, bend = rng.uniform(0, np.pi), rng.uniform(0, 3)
    y, x = np.mgrid[:size, :size] / size
    along = np.cos(angle) * x + np.sin(angle) * y
    across = -np.sin(angle) * x + np.cos(angle) * y
    return np.sin(2 * np.pi * along / period + bend * np.sin(4 * across + rng.uniform(0, 6)))


def _cells(rng, size, count):
    """Distance to the nearest of some points, or to the border between two."""
    points = rng.uniform(-0.2, 1.2, (2 * count, 2)).astype(np.float32)
    y, x = np.mgrid[:size, :size].astype(np.float32) / size
    distance = (y[..., None] - points[:, 0]) ** 2 + (x[..., None] - points[:, 1]) ** 2
    first, second = np.moveaxis(np.sqrt(np.partition(distance, 1, axis=-1)[..., :2]), -1, 0)
    return first if count % 2 else np.minimum(second - first, 0.05)


def _strokes(rng, size, length):
    """Short straight strokes, as grass or fur."""
    import cv2

    page = np.full((size, size), 0.4, np.float32)
    lean = rng.uniform(0, np.pi)
    for _ in range(140):
        x, y = rng.uniform(0, size, 2)
        angle, reach = lean + rng.normal(scale=0.35), length * size * rng.uniform(0.4, 1)
        end = (int(x + reach * np.cos(angle)), int(y + reach * np.sin(angle)))
        cv2.line(page, (int(x), int(y)), end, float(rng.uniform()), 1, cv2.LINE_8)
    return page


def _lattice(rng, size, period):
    """Rows of tiles with joints, each row shifted."""
    angle = rng.uniform(0, np.pi)
    y, x = np.mgrid[:size, :size] / size
    u = (np.cos(angle) * x + np.sin(angle) * y) / period + 10
    v = (-np.sin(angle) * x + np.cos(angle) * y) / period * rng.uniform(1, 2.5) + 10
    row = np.floor(v)
    column = np.floor(u + 0.5 * (row % 2))
    tile = np.sin(12.9898 * row + 78.233 * column + rng.uniform(0, 6)) * 0.5
    joint = (v % 1 < 0.14) | ((u + 0.5 * (row % 2)) % 1 < 0.1)
    return np.where(joint, rng.choice([-1.2, 1.2]), tile) + 0.15 * rng.standard_normal((size, size))


def _blobs(rng, size, slope):
    field = _noise(rng, size, slope)
    return np.tanh(4 * (field - np.quantile(field, rng.uniform(0.3, 0.7))) / field.std())


def _slopes(rng, size, steps):
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[:size, :size] / size
    ramp = np.cos(angle) * x + np.sin(angle) * y
    return np.round(ramp * steps) if steps else ramp


_FAMILIES = {"noise": _noise, "leaves": _leaves, "waves": _waves, "cells": _cells,
             "strokes": _strokes, "lattice": _lattice, "blobs": _blobs, "slopes": _slopes}

TEXTURES = tuple((name, setting) for name, settings in {
    "noise": (0.4, 0.8, 1.2, 1.6, 2.1),
    "leaves": (0.1, 0.2, 0.35, 0.6),
    "waves": (0.08, 0.15, 0.3),
    "cells": (8, 9, 24, 25, 60, 61),
    "strokes": (0.1, 0.25, 0.5),
    "lattice": (0.12, 0.25, 0.45),
    "blobs": (1.0, 1.5, 2.2),
    "slopes": (0, 4),
}.items() for setting in settings)
