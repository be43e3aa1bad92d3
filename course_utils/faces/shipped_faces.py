"""Embeddings that come with the course, and the faces that they are of.

`benchmarks/faces.py` made the file; the same seed draws the same pictures again.
"""

from importlib.resources import files
from typing import NamedTuple

import numpy as np

from course_utils.errors import CourseError
from course_utils.faces.engine import LENGTH, MODEL

SEED, PEOPLE, PICTURES = 2026, 1000, 4
SETS = ("measured", "anatomy")


class FaceSet(NamedTuple):
    """Embeddings of drawn people.

    Attributes
    ----------
    embeddings : numpy.ndarray of float32, shape (n, 128)
        NaN where not exactly one face was found.
    who : numpy.ndarray of int, shape (n,)
        Whose picture it is, counted from 0.
    tone : numpy.ndarray of int, shape (n,)
        Of the Monk scale, 1 to 10.
    """

    embeddings: np.ndarray
    who: np.ndarray
    tone: np.ndarray


def people(n=PEOPLE, pictures=PICTURES, seed=SEED):
    """Draw the people and views that the shipped embeddings are of.

    Parameters
    ----------
    n, pictures : int
        How many people, and pictures of each.
    seed : int

    Returns
    -------
    identities : list of Identity
        In turn of tones 1 to 10.
    views : list of View
        For each identity `pictures` views, one identity after the other.
    who : numpy.ndarray of int, shape (n * pictures,)
        Which identity each view belongs to.
    """
    from course_utils.faces.drawing.people import make_identities, make_views

    rng = np.random.default_rng(seed)
    identities = make_identities(rng, n)
    views = [view for _ in identities for view in make_views(rng, pictures)]
    return identities, views, np.repeat(np.arange(n), pictures)


def anatomy_only(identity, view):
    """Return an identity and a view with a tone, hair, iris and background that all share.

    Parameters
    ----------
    identity : Identity
    view : View
    """
    return (identity.with_(tone=5, hair="dark brown", iris="brown", undertone=0.0),
            view.with_(place=3))


def load_embeddings(name="measured", *, path=None):
    """Return the embeddings of 1,000 drawn people with 4 pictures each. Works without dlib.

    Parameters
    ----------
    name : str
        "measured", or "anatomy": the same people with one tone, hair and iris colour and
        background for all.
    path : path-like, optional
        Another file of that format.

    Returns
    -------
    FaceSet

    Raises
    ------
    CourseError
        If there is no such set, or the file is missing or damaged.
    """
    if name not in SETS:
        raise CourseError(f"name is {name!r}, but it must be one of {', '.join(SETS)}.")
    file = path or files("course_utils.data") / "results" / "faces.npz"
    try:
        with np.load(file) as content:
            if str(content["model"]) != MODEL:
                raise ValueError("embeddings of another model")
            table = content[name].astype(np.float32)
            shipped = FaceSet(table, content["who"][:len(table)].astype(int),
                              content["tone"][:len(table)].astype(int))
        if table.shape != (len(shipped.who), LENGTH) or len(shipped.tone) != len(shipped.who):
            raise ValueError("rows are missing")
    except (OSError, ValueError, KeyError) as error:
        raise CourseError(f"The shipped embeddings are missing or damaged ({error}). Restore "
                          "course_utils/data/results/faces.npz with git checkout, or make them "
                          "again: python benchmarks/faces.py --save FILE") from error
    return shipped


def save_embeddings(path, sets, who, tone):
    """Write a file for `load_embeddings`; half precision changes distances by less than 0.001.

    A set may stop after the first people.

    Parameters
    ----------
    path : path-like
    sets : dict of str to array-like, shape (n, 128)
        For each name in `SETS` its embeddings.
    who, tone : array-like of int, shape (n,)
        As in what `load_embeddings` returns.
    """
    np.savez_compressed(path, model=MODEL, who=np.asarray(who, np.int16),
                        tone=np.asarray(tone, np.int8),
                        **{name: np.asarray(table, np.float16) for name, table in sets.items()})
