"""An audit with a known truth: the same identities, one attribute varied at a time.

Two pictures are taken of everybody: a first one in plain circumstances, and a second one, from a
slightly different side, in which one attribute takes each of its levels. Tone is varied in both, so
that pairs can be formed within a tone. `benchmarks/faces_audit.py` drew and embedded them.
"""

from importlib.resources import files

import numpy as np

from course_utils.errors import CourseError
from course_utils.faces.engine import LENGTH, MODEL

LEVELS = {
    "tone": tuple(range(1, 11)),
    "light": (0, 20, 40, 60, 80),
    "yaw": (0, 10, 20, 30),
    "resolution": (150, 75, 50, 38, 30),
    "glasses": (0, 1),
    "mask": (0, 1),
}


def load_audit(path=None):
    """Return the committed embeddings of the audit. Works without dlib.

    Parameters
    ----------
    path : path-like, optional
        Another file of that format.

    Returns
    -------
    table : pandas.DataFrame
        A row for each picture: `who` (counted from 0), `attribute`, `level`, and `picture`, 1 or
        2. First pictures of attributes other than tone are those of tone 5.
    embeddings : numpy.ndarray of float32, shape (n, 128)
        NaN where not exactly one face was found.

    Raises
    ------
    CourseError
        If the file is missing or damaged.
    """
    import pandas as pd

    file = path or files("course_utils.data") / "results" / "faces_audit.npz"
    try:
        with np.load(file) as content:
            if str(content["model"]) != MODEL:
                raise ValueError("embeddings of another model")
            names = np.array(list(LEVELS))
            table = pd.DataFrame({"who": content["who"].astype(int),
                                  "attribute": names[content["attribute"]],
                                  "level": content["level"].astype(int),
                                  "picture": content["picture"].astype(int)})
            embeddings = content["embeddings"].astype(np.float32)
        if embeddings.shape != (len(table), LENGTH):
            raise ValueError("rows are missing")
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise CourseError(f"The audit's embeddings are missing or damaged ({error}). Restore "
                          "course_utils/data/results/faces_audit.npz with git checkout, or make "
                          "them again: python benchmarks/faces_audit.py --save FILE") from error
    return table, embeddings
