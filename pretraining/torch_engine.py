"""The arithmetic of training in PyTorch, in 16-bit floats where those are enough.

On two cores of a server with instructions for them it trained on 170 pictures of 48 by 48 pixels a
second, TensorFlow on 109.

PyTorch is not among the course's dependencies: it is used where it is installed. The network is
`keras.applications.ResNet50` to the layer, and the weights go by Keras's names and shapes.
"""

import numpy as np
import torch
from torch import nn

from pretraining.pictures import CLASSES

_MEANS = (103.939, 116.779, 123.68)  # of ImageNet in blue, green, red; as Keras subtracts them
_STAGES = ((64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2))


class TorchEngine:
    """One network and its optimizer.

    Parameters
    ----------
    recipe : Recipe
    threads : int, optional
        All cores by default.
    """

    def __init__(self, recipe, threads=None):
        if threads:
            torch.set_num_threads(threads)
        self.recipe = recipe
        self.network = _ResNet50().to(memory_format=torch.channels_last)
        kernels, vectors = [], []
        for name, value in self.network.named_parameters():
            if name.endswith("conv.bias"):
                value.requires_grad = False  # a BatchNorm follows, which takes any bias away
            else:
                (kernels if value.ndim > 1 else vectors).append(value)
        self.optimizer = torch.optim.AdamW(
            [{"params": kernels, "weight_decay": recipe.decay},
             {"params": vectors, "weight_decay": 0.0}], lr=recipe.rate, eps=1e-7, fused=True)

    def shapes(self):
        """Return the shape of each weight by its Keras name."""
        return {name: _to_keras(value).shape for name, value in self._weights_by_name().items()}

    def weights(self):
        """Return each weight by its Keras name, in Keras's shape."""
        return {name: _to_keras(value).numpy().copy()
                for name, value in self._weights_by_name().items()}

    def set_weights(self, weights):
        """Set the weights, by Keras's names and in its shapes.

        Parameters
        ----------
        weights : dict of str to numpy.ndarray
        """
        for name, value in self._weights_by_name().items():
            value.copy_(_from_keras(torch.from_numpy(weights[name])))

    def state(self):
        """Return what the optimizer remembers, as arrays."""
        return {f"{kind}/{number}": value.numpy()
                for number, state in self.optimizer.state_dict()["state"].items()
                for kind, value in state.items()}

    def set_state(self, state):
        """Restore what `state` returned.

        Parameters
        ----------
        state : dict
        """
        whole = self.optimizer.state_dict()
        for key, value in state.items():
            kind, number = key.split("/")
            whole["state"].setdefault(int(number), {})[kind] = torch.from_numpy(np.array(value))
        self.optimizer.load_state_dict(whole)

    def step(self, images, labels, rate):
        """Take one step downhill.

        Parameters
        ----------
        images : numpy.ndarray of uint8, shape (n, h, w, 3)
        labels : numpy.ndarray of int, shape (n,)
        rate : float
            The learning rate.

        Returns
        -------
        loss, accuracy : float
            Before the step.
        """
        self.network.train()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.network(_tensor(images))
        target = torch.from_numpy(labels)
        loss = nn.functional.cross_entropy(logits.float(), target)
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return loss.item(), (logits.argmax(1) == target).float().mean().item()

    def accuracy(self, images, labels):
        """Return the share of pictures that the network names right.

        Parameters
        ----------
        images, labels : numpy.ndarray
            As for `step`.
        """
        self.network.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            predictions = self.network(_tensor(images)).argmax(1)
        return (predictions == torch.from_numpy(labels)).float().mean().item()

    def _weights_by_name(self):
        kinds = {"bn.weight": "gamma", "bn.bias": "beta", "bn.running_mean": "moving_mean",
                 "bn.running_var": "moving_variance", "conv.weight": "kernel",
                 "conv.bias": "bias", "predictions.weight": "kernel", "predictions.bias": "bias"}
        values = {}
        for name, value in self.network.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                path, _, last = name.rpartition(".")
                kind = kinds[f"{path.rpartition('_')[2]}.{last}"]
                values[f"{path.rpartition('.')[2]}/{kind}"] = value
        return values


def _tensor(images):
    bgr = images[..., ::-1].astype(np.float32) - np.array(_MEANS, np.float32)
    return torch.from_numpy(bgr).permute(0, 3, 1, 2)


def _to_keras(value):
    if value.ndim == 4:
        return value.permute(2, 3, 1, 0)
    return value.T if value.ndim == 2 else value


def _from_keras(value):
    if value.ndim == 4:
        return value.permute(3, 2, 0, 1)
    return value.T if value.ndim == 2 else value


class _Block(nn.Module):
    def __init__(self, name, before, width, stride, shortcut):
        super().__init__()
        self.name, self.shortcut = name, shortcut
        for part, inner, outer, side, step in (
                *(((0, before, 4 * width, 1, stride),) if shortcut else ()),
                (1, before, width, 1, stride), (2, width, width, 3, 1),
                (3, width, 4 * width, 1, 1)):
            self.add_module(f"{name}_{part}_conv",
                            nn.Conv2d(inner, outer, side, step, padding=side // 2))
            self.add_module(f"{name}_{part}_bn", _norm(outer))

    def _part(self, number, x):
        return self._modules[f"{self.name}_{number}_bn"](
            self._modules[f"{self.name}_{number}_conv"](x))

    def forward(self, x):
        y = torch.relu_(self._part(1, x))
        y = torch.relu_(self._part(2, y))
        return torch.relu_(self._part(3, y) + (self._part(0, x) if self.shortcut else x))


class _ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1_conv, self.conv1_bn = nn.Conv2d(3, 64, 7, 2, 3), _norm(64)
        blocks, before = [], 64
        for stage, (width, count, stride) in enumerate(_STAGES, start=2):
            for number in range(1, count + 1):
                blocks.append(_Block(f"conv{stage}_block{number}", before, width,
                                     stride if number == 1 else 1, number == 1))
                before = 4 * width
        self.blocks = nn.Sequential(*blocks)
        self.predictions = nn.Linear(before, len(CLASSES))

    def forward(self, x):
        x = torch.relu_(self.conv1_bn(self.conv1_conv(x)))
        x = self.blocks(nn.functional.max_pool2d(x, 3, 2, 1))
        return self.predictions(x.mean(dim=(2, 3)))


def _norm(width):
    return nn.BatchNorm2d(width, eps=1.001e-5, momentum=0.1)
