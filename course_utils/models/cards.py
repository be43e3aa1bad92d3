"""What is known about each set of weights: on what, when and how it was trained; how good it is.

After Mitchell et al., "Model Cards for Model Reporting", FAT* 2019.
"""

import json
from dataclasses import dataclass
from importlib.resources import files

from course_utils.data.datasheet import Card
from course_utils.errors import CourseError

FOLDER = files("course_utils.models") / "weights"
COURSE_FILE, COURSE_CARD, COURSE_LOG = (
    "resnet50_course.npz", "resnet50_course.json", "resnet50_course_log.jsonl")


@dataclass(frozen=True)
class ModelCard(Card):
    """A set of weights' card; shown as a table in a notebook.

    Attributes
    ----------
    name, architecture : str
    trained_on, trained_when, trained_how : str
    accuracy : str
        On which data, and how it was measured.
    licence : str
    good_for, known_gaps : str
        What the weights can be used for, and what they cannot do.
    """

    name: str
    architecture: str
    trained_on: str
    trained_when: str
    trained_how: str
    accuracy: str
    licence: str
    good_for: str
    known_gaps: str


_IMAGENET = ModelCard(
    name="imagenet",
    architecture="keras.applications.ResNet50",
    trained_on="ImageNet-1k: photographs from the web, 1,000 classes",
    trained_when="not stated with the file",
    trained_how="by others; see He, Zhang, Ren, Sun, Deep Residual Learning for Image "
                "Recognition, CVPR 2016",
    accuracy="ImageNet top-1 74.9 %, top-5 92.1 % (Keras Applications table)",
    licence="not stated with the file; read the terms of Keras Applications and of ImageNet "
            "before you use them for more than learning",
    good_for="photographs of things and animals, enlarged to about 224 by 224 pixels",
    known_gaps="photographs were collected from the web without asking who is on them",
)


def card(weights="course"):
    """Return the `ModelCard` of a set of weights.

    Parameters
    ----------
    weights : {"course", "imagenet"}
    """
    if weights == "imagenet":
        return _IMAGENET
    if weights != "course":
        raise CourseError(f"There is no card for weights={weights!r}; there is one for 'course' "
                          "and one for 'imagenet'.")
    facts = course_facts()
    return ModelCard(
        name="course",
        architecture="keras.applications.ResNet50",
        trained_on=f"{facts['images']:,} pictures drawn by the course, none shown twice: "
                   f"{facts['classes']} classes (letters and signs in several fonts, invented "
                   "characters, textures). No digit in any script, no photograph",
        trained_when=f"{facts['date']}, {facts['hours']:.1f} hours on {facts['machine']}",
        trained_how=f"course pretrain --engine {facts['engine']}; pictures of "
                    + ", then ".join(f"{size} by {size} pixels for {steps:,} steps"
                                     for size, steps in facts["phases"]),
        accuracy=f"names {facts['held_out']:.1%} of {facts['held_out_pictures']:,} held-out drawn "
                 f"pictures right; {facts['held_out_exact']:.1%} before the kernels were rounded "
                 "to 8 bits",
        licence="MIT, as the course",
        good_for="characters and textures of about 48 by 48 pixels",
        known_gaps="has never seen a photograph, a person or a thing; some letters look like "
                   "digits; bending, colours and coarse scanning come from the same formulas as "
                   "those of digits in the wild, and the drawn scenes were adjusted until their "
                   "brightness and edges were like those of its photographs (learning halves); "
                   "so the network suits that task better than an unknown one",
    )


def course_facts():
    """Return what the training wrote down about the course's weights.

    Raises
    ------
    CourseError
        If the file is missing or damaged.
    """
    try:
        return json.loads((FOLDER / COURSE_CARD).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(f"The card of the course's weights is missing or damaged ({error}). "
                          "Restore it: git checkout course_utils/models/weights") from error
