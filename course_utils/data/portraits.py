"""Faces: drawn ones that belong to nobody, and the few real ones that the course may show."""

import numpy as np

from course_utils.data.datasheet import Datasheet, require_datasheet
from course_utils.errors import CourseError

NOBODY = Datasheet(
    name="faces of nobody",
    source="drawn by the course from some eighty parameters and a random generator; no picture of "
           "a person was used to draw them",
    licence="MIT, as the course",
    consent="not needed: nobody is in it",
    who="nobody; anatomy, hair and iris are drawn independently of skin tone, which follows the "
        "ten tones of the Monk Skin Tone scale in equal numbers",
    collected="when the cell runs, from the seed of the lesson",
    known_gaps="a drawing, not a sample of people: no ages, no asymmetry of expression, few "
               "hairstyles, one camera. Measures are uniform and independent, in people they are "
               "not. An error rate found here is one of these drawings, and of no group of people",
    kept="not kept, unless you save it",
)

ASTRONAUT = Datasheet(
    name="astronaut",
    source="portrait of Eileen Collins from NASA's Great Images database, read from the copy that "
           "scikit-image ships",
    licence="released into the public domain, no known copyright restrictions (scikit-image's "
            "documentation of the picture)",
    consent="an official portrait, made to be published; nothing says that she was asked about "
            "face recognition",
    who="one woman, an astronaut of NASA",
    collected="the day is not stated in scikit-image's documentation",
    known_gaps="one person, one picture, studio light: it shows the stages and measures nothing",
    kept="in scikit-image's folder; no embedding of it is kept",
)


def load_astronaut(*, datasheet=None):
    """Return scikit-image's portrait of an astronaut.

    Parameters
    ----------
    datasheet : Datasheet
        `ASTRONAUT`: whoever loads a real face has looked at its datasheet.

    Returns
    -------
    numpy.ndarray of uint8, shape (512, 512, 3)

    Raises
    ------
    CourseError
        If the datasheet is missing, or the picture is.
    """
    require_datasheet(datasheet)
    from skimage import data

    try:
        return np.asarray(data.astronaut())
    except (OSError, ValueError) as error:
        raise CourseError("scikit-image's portrait is missing or damaged. Run `make setup` to "
                          "install it again.") from error


LFW = Datasheet(
    name="Labeled Faces in the Wild",
    source="Huang, Mattar, Berg and Learned-Miller, Labeled Faces in the Wild, Workshop on Faces "
           "in Real-Life Images, Marseille, 2008; fetched by scikit-learn",
    licence="none is stated in scikit-learn's documentation; the photographs belong to their "
            "photographers",
    consent="nobody in it was asked: the pictures were taken from the web",
    who="5,749 people, most of them famous, in 13,233 pictures",
    collected="between 2002 and 2004, from news pages",
    known_gaps="faces that an old detector found; mostly public figures of those years, so it "
               "stands for no population",
    kept="in scikit-learn's data folder, until you delete it",
)


def fetch_lfw(*, datasheet=None, **options):
    """Print the datasheet, then fetch real faces from the web as scikit-learn's `Bunch`.

    No lesson needs it. It is here so that you can decide, having read what it prints.

    Parameters
    ----------
    datasheet : Datasheet
        `LFW`.
    **options
        For `sklearn.datasets.fetch_lfw_people`, such as ``min_faces_per_person=20``.

    Raises
    ------
    CourseError
        If the datasheet is missing, or the pictures cannot be fetched.
    """
    require_datasheet(datasheet)
    print(datasheet)
    from sklearn.datasets import fetch_lfw_people

    try:
        return fetch_lfw_people(**{"color": True} | options)
    except OSError as error:
        raise CourseError("The pictures could not be fetched: they need the network and 200 MB. "
                          "The course does not need them; faces.draw makes as many faces as you "
                          "like.") from error
