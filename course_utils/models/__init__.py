"""The models of the course; importing this package loads none of them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={
    "backbone": ["preprocess", "resnet50"],
    "cards": ["ModelCard", "card"],
    "imagenet": ["fetch_imagenet", "have_imagenet"],
    "training": ["compiled", "error", "quiet"],
})
