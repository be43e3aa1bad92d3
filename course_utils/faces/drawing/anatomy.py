"""Who is drawn: an identity is a list of lengths and strengths, drawn independently of its tone."""

from dataclasses import dataclass, replace
from numbers import Real

from course_utils.data.arguments import whole_number
from course_utils.errors import CourseError
from course_utils.faces.drawing.colours import HAIR, IRIS, MONK

# name: (least, most). Lengths in pixels of the sheet, where a face is about 80 wide; the rest are
# strengths. The ranges are as wide as a face detector made for photographs bears.
ANATOMY = {
    # head
    "face_width": (36, 43), "face_length": (58, 69), "jaw": (0.0, 1.0), "chin_width": (0.0, 1.0),
    "forehead_width": (0.9, 1.0), "cheekbones": (0.2, 2.6), "cheeks": (-1.6, 1.6),
    "chin": (0.8, 3.2), "chin_cleft": (-0.9, 0.6), "temples": (0.0, 1.8),
    # eyes
    "eye_distance": (15.2, 19.6), "eye_width": (6.8, 9.2), "eye_height": (2.6, 4.5),
    "eye_lower": (1.3, 2.5), "eye_tilt": (-0.12, 0.16), "eye_peak": (-0.35, 0.35),
    "eye_depth": (1.4, 4.6), "iris_size": (2.9, 3.6), "crease": (1.2, 3.8),
    "crease_depth": (0.0, 0.6),
    "inner_fold": (0.0, 1.0), "lashes": (0.45, 1.0), "bags": (0.0, 1.4), "eye_ring": (0.0, 0.3),
    # brows
    "brow_height": (8.8, 13.2), "brow_thickness": (1.3, 3.4), "brow_arch": (-0.6, 3.2),
    "brow_slope": (-0.12, 0.16), "brow_inner": (4.5, 10.0), "brow_outer": (25.0, 31.5),
    "brow_density": (0.62, 1.0), "brow_ridge": (0.2, 2.6), "brow_taper": (0.2, 1.0),
    # nose
    "nose_length": (22.5, 30.5), "nose_width": (7.2, 12.4), "bridge_width": (2.8, 5.2),
    "bridge_height": (2.2, 6.2), "nose_hump": (-0.8, 1.6), "tip_width": (3.4, 6.2),
    "tip_height": (4.6, 8.4), "nostrils": (0.35, 0.9), "nostril_size": (1.5, 2.6),
    "wings": (1.4, 3.6),
    # mouth
    "mouth_height": (10.0, 14.2), "mouth_width": (11.2, 17.0), "upper_lip": (1.8, 4.8),
    "lower_lip": (2.8, 6.2), "cupids_bow": (0.0, 0.55), "lip_colour": (0.15, 0.8),
    "lip_curve": (-1.7, 0.9), "philtrum": (0.0, 1.0), "lip_line": (0.5, 0.95),
    # skin
    "folds": (0.0, 0.4), "redness": (0.0, 0.25), "mottling": (0.01, 0.05), "freckles": (-1.0, 1.0),
    "forehead_lines": (-0.5, 0.45), "stubble": (-0.9, 0.6), "shine": (0.6, 1.4),
    "undertone": (-1.0, 1.0),
    # hair
    "hairline": (33.5, 43), "hair_side": (0.86, 1.06), "hair_top": (3, 13), "hair_volume": (3, 12),
    "hair_length": (-18, 70), "peak": (-3.0, 3.5), "parting": (-0.3, 0.3), "fringe": (-1.2, 0.6),
    "hair_square": (2.0, 3.6), "cropped": (-1.0, 0.6), "curl": (0.0, 1.0),
    # unevenness between the two sides
    "uneven_brow": (-0.9, 0.9), "uneven_eye": (-0.5, 0.5), "nose_bend": (-1.0, 1.0),
    "uneven_mouth": (-0.5, 0.5), "ears": (2.5, 6.0),
}


@dataclass(frozen=True)
class Identity:
    """A person who does not exist.

    Attributes
    ----------
    number : int
        Tells identities apart, and seeds what has no name: where freckles and strands lie.
    tone : int
        Of the Monk scale, 1 (lightest) to 10 (darkest).
    hair, iris : str
        Names of colours in `HAIR` and `IRIS`.
    anatomy : dict of str to float
        A value for each name in `ANATOMY`.
    """

    number: int
    tone: int
    hair: str
    iris: str
    anatomy: dict

    def __post_init__(self):
        if isinstance(self.tone, bool) or self.tone not in range(1, len(MONK) + 1):
            raise CourseError(f"tone is {self.tone!r}, but it must be a whole number from 1 "
                              "(lightest) to 10 (darkest).")
        for name, choices in (("hair", HAIR), ("iris", IRIS)):
            if getattr(self, name) not in choices:
                raise CourseError(f"{name} is {getattr(self, name)!r}, but it must be one of "
                                  f"{', '.join(choices)}.")
        whole_number("number", self.number, at_least=0)
        _check(self.anatomy)

    def with_(self, **changes):
        """Return a copy with another tone, hair, iris or measure: ``with_(tone=3, jaw=0.2)``.

        Parameters
        ----------
        **changes
            New values by the names of attributes or measures.
        """
        own = {name: changes.pop(name) for name in ("number", "tone", "hair", "iris")
               if name in changes}
        return replace(self, anatomy={**self.anatomy, **changes}, **own)


def _check(anatomy):
    if anatomy.keys() != ANATOMY.keys():
        odd = sorted(anatomy.keys() ^ ANATOMY.keys())
        raise CourseError(f"The anatomy has one measure too many or too few: {', '.join(odd)}. "
                          "ANATOMY names those that are drawn.")
    for name, value in anatomy.items():
        low, high = ANATOMY[name]
        if isinstance(value, bool) or not isinstance(value, Real) or not low <= value <= high:
            raise CourseError(f"{name} is {value!r}, but it must be a number from {low} to {high}.")
