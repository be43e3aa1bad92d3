"""What is trained, on what, in which order, how fast: everything but the arithmetic."""

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np

from pretraining.pictures import CLASSES, draw_batch

BATCH = 128  # pictures
HELD_OUT = 1_000_000  # batches from this number on are never trained on


@dataclass(frozen=True)
class Recipe:
    """A training of ResNet50 on drawn pictures.

    Attributes
    ----------
    seed : int
        Draws the first weights and every picture.
    phases : tuple of (size, steps, collage, clutter)
        Pictures of `size` by `size` pixels for so many steps of `BATCH` pictures each; the
        share `clutter` of the characters stands on many things, and the share `collage` of the
        others on several, instead of one texture.
    plain : int
        Over so many steps pictures go from plain to fully varied.
    warm_up : int
        Over so many steps the learning rate rises.
    cosine : int
        In the first phase it then falls along a cosine that would reach zero after so many steps.
    knots : tuple of (step, rate)
        From there it runs along straight lines through these points: down, up again when the
        pictures change, and down.
    rate : float
        The highest learning rate of AdamW.
    decay : float
        Its weight decay, for kernels only.
    """

    seed: int = 5
    phases: tuple = ((32, 2400, 0.0, 0.0), (48, 1600, 0.7, 0.0), (48, 4200, 0.5, 0.6))
    plain: int = 800
    warm_up: int = 300
    cosine: int = 4000
    knots: tuple = ((3200, 2.634e-4), (4000, 0.0), (4100, 6e-4), (8200, 0.0))
    rate: float = 1e-3
    decay: float = 0.05

    @property
    def steps(self):
        """How many steps there are."""
        return sum(steps for _, steps, *_ in self.phases)

    def phase_at(self, step):
        """Return (size, collage, clutter) at a step, counted from 0.

        Parameters
        ----------
        step : int

        Raises
        ------
        IndexError
            If the training is over by then.
        """
        for size, steps, collage, clutter in self.phases:
            if step < steps:
                return size, collage, clutter
            step -= steps
        raise IndexError("the training is over")

    def rate_at(self, step):
        """Return the learning rate at a step.

        Parameters
        ----------
        step : int
        """
        first = self.phases[0][1]
        if step >= first:
            steps, rates = zip(*((first, self.rate_at(first - 1)), *self.knots), strict=True)
            return float(np.interp(step, steps, rates))
        rising = min(1, (step + 1) / self.warm_up)
        progress = max(0, step - self.warm_up) / max(1, self.cosine - self.warm_up)
        return self.rate * rising * (1 + np.cos(np.pi * progress)) / 2

    def batch(self, step):
        """Return the pictures and labels of a step.

        Parameters
        ----------
        step : int
        """
        size, collage, clutter = self.phase_at(step)
        variety = min(1.0, step / max(1, self.plain))
        return draw_batch(self.seed, step, size, BATCH, variety=variety, collage=collage,
                          clutter=clutter)

    def held_out(self, number, step):
        """Return a batch like those of a step, but of pictures that no step sees.

        Parameters
        ----------
        number : int
            Which batch, from 0.
        step : int
        """
        size, collage, clutter = self.phase_at(step)
        return draw_batch(self.seed, HELD_OUT + number, size, BATCH, collage=collage,
                          clutter=clutter)

    def fingerprint(self):
        """Return a short text that changes with the recipe, for checkpoints to name theirs."""
        text = json.dumps([asdict(self), BATCH, CLASSES], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def first_weights(shapes, seed):
    """Draw the weights that training begins with.

    Kernels are He-normal. The last BatchNorm of each block begins with gamma zero, so that the
    block begins as the identity; without this, training stands still for a long time.

    Parameters
    ----------
    shapes : dict of str to tuple
        The shape of each weight; the key is the layer's name, a slash, and the weight's.
    seed : int

    Returns
    -------
    dict of str to numpy.ndarray of float32
    """
    weights = {}
    for number, (name, shape) in enumerate(sorted(shapes.items())):
        layer, kind = name.split("/")
        rng = np.random.default_rng([seed, number])
        if kind == "kernel":
            spread = np.sqrt(2 / np.prod(shape[:-1])) if len(shape) == 4 else 0.01
            weights[name] = rng.normal(scale=spread, size=shape)
        elif kind == "moving_variance" or kind == "gamma" and not layer.endswith("_3_bn"):
            weights[name] = np.ones(shape)
        else:
            weights[name] = np.zeros(shape)
    return {name: value.astype(np.float32) for name, value in weights.items()}
