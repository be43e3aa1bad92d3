"""Pictures that the course draws for the pretraining of its ResNet50: no digits, no photographs.

A picture shows one of many characters, from a font or invented, on a drawn texture; or a texture
alone. What it shows is its class. Any number of pictures can be drawn and none is the same twice.
"""

from course_utils.data.pretraining_pictures.characters import CHARACTERS, FONTS, INVENTED
from course_utils.data.pretraining_pictures.pictures import CLASSES, draw_batch
from course_utils.data.pretraining_pictures.textures import TEXTURES

__all__ = ["CHARACTERS", "CLASSES", "FONTS", "INVENTED", "TEXTURES", "draw_batch"]
