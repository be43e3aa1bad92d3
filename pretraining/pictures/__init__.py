"""Pictures that the course draws for the pretraining of its ResNet50: no digits, no photographs.

A picture shows one of many characters, from a font or invented, on a drawn texture; or a texture
alone. What it shows is its class. Any number of pictures can be drawn and none is the same twice.
"""

from pretraining.pictures.characters import CHARACTERS, FONTS, INVENTED
from pretraining.pictures.examples import CLASSES, draw_batch
from pretraining.pictures.textures import TEXTURES

__all__ = ["CHARACTERS", "CLASSES", "FONTS", "INVENTED", "TEXTURES", "draw_batch"]
