"""dlib and its models, loaded when first needed; and what to do on a machine without them."""

import importlib.util
import warnings
from functools import lru_cache
from types import SimpleNamespace

from course_utils.errors import CourseError

MODEL = "dlib_face_recognition_resnet_model_v1"  # names the embedding in caches and galleries
LENGTH = 128  # numbers in an embedding
CHIP = 150  # pixels each way of an aligned face
PADDING = 0.25  # of the face, around it

WITHOUT = ("This machine has no dlib, so faces cannot be found or embedded here. Everything else "
           "works on the embeddings that come with the course: faces.load_embeddings(). "
           "`make doctor` says how to install dlib.")


def available():
    """Tell whether faces can be found and embedded on this machine."""
    return all(importlib.util.find_spec(name) for name in ("dlib", "face_recognition_models"))


@lru_cache(maxsize=1)
def load():
    """Return detector, landmark model and embedding network, as `face_recognition` uses them.

    Raises
    ------
    CourseError
        If dlib or its models are missing.
    """
    if not available():
        raise CourseError(WITHOUT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its models are found through pkg_resources
        import dlib
        import face_recognition_models as models
    return SimpleNamespace(
        dlib=dlib, detector=dlib.get_frontal_face_detector(),
        landmarks=dlib.shape_predictor(models.pose_predictor_five_point_model_location()),
        network=dlib.face_recognition_model_v1(models.face_recognition_model_location()))
