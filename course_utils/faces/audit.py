"""An audit with a known truth: the same identities, one attribute varied at a time.

Two pictures are taken of everybody: a first one in plain circumstances, and a second one, from a
slightly different side, in which one attribute takes each of its levels. Tone is varied in both, so
that pairs can be formed within a tone.
"""

from importlib.resources import files

import numpy as np

from course_utils.data.arguments import whole_number
from course_utils.errors import CourseError
from course_utils.faces.engine import LENGTH, MODEL

SEED, PEOPLE = 2027, 100
LEVELS = {
    "tone": tuple(range(1, 11)),
    "light": (0, 20, 40, 60, 80),
    "yaw": (0, 10, 20, 30),
    "resolution": (150, 75, 50, 38, 30),
    "glasses": (0, 1),
    "mask": (0, 1),
}
TONE = 5  # where tone is not what varies


def audit_plan(n=PEOPLE, seed=SEED):
    """Return which pictures the audit takes, and how.

    Parameters
    ----------
    n : int
        How many identities.
    seed : int

    Returns
    -------
    table : pandas.DataFrame
        A row for each picture: `who` (counted from 0), `attribute`, `level`, and `picture`, 1 or
        2. First pictures of attributes other than tone are those of tone 5.
    pairs : list of (Identity, View)
        What to draw for each row.
    """
    import pandas as pd

    from course_utils.faces.drawing.people import make_identities, make_views

    rng = np.random.default_rng(seed)
    people = make_identities(rng, whole_number("n", n, at_least=1), tones=[TONE])
    rows, pairs = [], []
    for who, person in enumerate(people):
        first, second = (view.with_(yaw=yaw, pitch=0.0, light=10.0, smile=0.0, noise=2.0, blur=0.5,
                                    exposure=1.0, quality=92)
                         for yaw, view in zip((-5.0, 5.0), make_views(rng, 2), strict=True))
        for attribute, levels in LEVELS.items():
            for level in levels:
                if attribute == "tone":
                    rows += [(who, attribute, level, 1), (who, attribute, level, 2)]
                    toned = person.with_(tone=level)
                    pairs += [(toned, first), (toned, second)]
                else:
                    rows.append((who, attribute, level, 2))
                    pairs.append((person, _change(second, attribute, level)))
    return pd.DataFrame(rows, columns=["who", "attribute", "level", "picture"]), pairs


def load_audit(path=None):
    """Return the committed embeddings of the audit. Works without dlib.

    Parameters
    ----------
    path : path-like, optional
        Another file of that format.

    Returns
    -------
    table : pandas.DataFrame
        As `audit_plan` returns it.
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


def save_audit(path, table, embeddings):
    """Write a file for `load_audit`.

    Parameters
    ----------
    path : path-like
    table, embeddings
        As `load_audit` returns them.
    """
    names = list(LEVELS)
    np.savez_compressed(
        path, model=MODEL, embeddings=np.asarray(embeddings, np.float16),
        attribute=np.array([names.index(each) for each in table["attribute"]], np.int8),
        **{name: table[name].to_numpy(np.int16) for name in ("who", "level", "picture")})


def _change(view, attribute, level):
    if attribute in ("glasses", "mask"):
        return view.with_(**{attribute: bool(level)})
    if attribute == "resolution":
        return view.with_(resolution=level)
    return view.with_(**{attribute: float(level)})
