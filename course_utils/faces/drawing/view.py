"""How a picture is taken: pose, light, expression, accessories and camera."""

from dataclasses import dataclass, replace
from numbers import Real

from course_utils.data.arguments import whole_number
from course_utils.errors import CourseError

# name: (least, most) of what can be drawn
RANGES = {
    "yaw": (-35, 35), "pitch": (-25, 25), "roll": (-45, 45), "light": (-90, 90),
    "light_height": (-30, 80), "light_level": (0, 3), "ambient": (0, 3), "exposure": (0.1, 4),
    "smile": (0, 1), "mouth": (0, 12), "eyes": (0, 1), "gaze": (-3, 3), "zoom": (0.3, 1.4),
    "dx": (-75, 75), "dy": (-75, 75), "blur": (0, 10), "noise": (0, 60), "resolution": (8, 150),
    "quality": (1, 100),
}


@dataclass(frozen=True)
class View:
    """How one picture is taken; the defaults give a plain portrait.

    Attributes
    ----------
    yaw, pitch, roll : float
        Degrees that the head is turned, nodded and tilted.
    light : float
        Degrees from which the light comes: 0 from the front, positive from the right.
    light_height : float
        Degrees above the eyes.
    light_level, ambient : float
        Strength of the lamp and of the light from all sides.
    exposure : float
        1 is what the camera's meter chooses.
    smile, mouth, eyes : float
        Smile from 0 to 1; mouth open, in pixels; eyes open, 0 (closed) to 1.
    gaze : float
        Pixels that the eyes look to the side.
    glasses, mask, beard : bool
    zoom, dx, dy : float
        Size of the face, and pixels that it lies off the middle.
    blur, noise : float
        Standard deviations, in pixels and in grey levels.
    resolution : int
        Pixels each way before the picture is enlarged to 150.
    quality : int
        Of the JPEG compression, 1 to 100.
    place : int
        Seed of the wall behind and the clothes.
    seed : int
        Of the grain.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    light: float = 0.0
    light_height: float = 25.0
    light_level: float = 1.0
    ambient: float = 0.42
    exposure: float = 1.0
    smile: float = 0.0
    mouth: float = 0.0
    eyes: float = 1.0
    gaze: float = 0.0
    glasses: bool = False
    mask: bool = False
    beard: bool = False
    zoom: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    blur: float = 0.5
    noise: float = 2.0
    resolution: int = 150
    quality: int = 92
    place: int = 0
    seed: int = 0

    def __post_init__(self):
        for name, (least, most) in RANGES.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, Real) or not least <= value <= most:
                raise CourseError(f"{name} is {value!r}, but it must be a number from {least} to "
                                  f"{most}.")
        for name in ("resolution", "quality", "place", "seed"):
            whole_number(name, getattr(self, name), at_least=0)
        for name in ("glasses", "mask", "beard"):
            if not isinstance(getattr(self, name), bool):
                raise CourseError(f"{name} is {getattr(self, name)!r}, but it must be True or "
                                  "False.")

    def with_(self, **changes):
        """Return a copy with some attributes changed, such as ``with_(glasses=True)``.

        Parameters
        ----------
        **changes
            New values by the names of attributes.

        Raises
        ------
        CourseError
            If a view has no such attribute.
        """
        unknown = set(changes) - set(self.__dataclass_fields__)
        if unknown:
            raise CourseError(f"A view has no {', '.join(sorted(unknown))}; it has "
                              f"{', '.join(self.__dataclass_fields__)}.")
        return replace(self, **changes)
