"""Many pictures at once: on every core, with a bar, each picture only once."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from course_utils.data.arguments import whole_number
from course_utils.faces import engine
from course_utils.faces.cache import Cache, key_of
from course_utils.faces.picture_input import check_picture
from course_utils.faces.pipeline import align, detect, embed

_WORTH = 60  # pictures; for fewer, starting another process takes longer than it saves
_CHUNK = 16


class EmbeddingTable(NamedTuple):
    """The embeddings of several pictures.

    Attributes
    ----------
    embeddings : numpy.ndarray of float, shape (n, 128)
        NaN where there is not exactly one face.
    faces : numpy.ndarray of int, shape (n,)
        How many were found in each picture.
    """

    embeddings: np.ndarray
    faces: np.ndarray


def embed_pictures(pictures, *, cache=None, jobs=None, progress=None):
    """Detect, align and embed the only face of each picture; return an `EmbeddingTable`.

    Parameters
    ----------
    pictures : sequence of numpy.ndarray of uint8, shape (height, width, 3)
    cache : Cache, True or None
        Where embeddings of *drawn* faces are kept; True is the course's own. None keeps nothing.
    jobs : int, optional
        How many processes; by default one for each core, at most four.
    progress : callable, optional
        Takes a list and a label and yields the entries, such as `course_utils.widgets.waiting`.

    Raises
    ------
    CourseError
        If an entry is no picture, or dlib is missing and not everything is in the cache.
    """
    pictures = [check_picture(picture) for picture in pictures]
    keys = [key_of(picture) for picture in pictures]
    cache = Cache() if cache is True else cache
    entries = cache.get(keys) if cache else {}
    todo = {key: picture for key, picture in zip(keys, pictures, strict=True) if key not in entries}
    chunks = [list(todo)[at:at + _CHUNK] for at in range(0, len(todo), _CHUNK)]
    work = [[todo[key] for key in chunk] for chunk in chunks]
    show = progress or (lambda items, label: items)
    with _workers(jobs, len(todo)) as run:
        for chunk, results in zip(show(chunks, "embedding faces"), run(work), strict=True):
            new = dict(zip(chunk, results, strict=True))
            entries |= new
            if cache:
                cache.put(new)
    table = np.full((len(keys), engine.LENGTH), np.nan)
    for row, key in enumerate(keys):
        if entries[key][1] is not None:
            table[row] = entries[key][1]
    return EmbeddingTable(table, np.array([entries[key][0] for key in keys], int))


def embed_chunk(pictures):
    """Return (faces found, embedding or None) for each picture.

    Parameters
    ----------
    pictures : list of numpy.ndarray
    """
    results = []
    for picture in pictures:
        boxes = detect(picture)
        numbers = embed(align(picture, boxes[0])) if len(boxes) == 1 else None
        results.append((len(boxes), numbers))
    return results


class _workers:
    """A `map` over processes, or over none where that is faster."""

    def __init__(self, jobs, count):
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        jobs = min(cores or 1, 4) if jobs is None else whole_number("jobs", jobs, at_least=1)
        if count:
            engine.load()  # says at once what is missing
        # TensorFlow does not survive a fork, and a lesson may have loaded it
        self.pool = (ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
                     if jobs > 1 and count >= _WORTH else None)

    def __enter__(self):
        return lambda work: (self.pool.map if self.pool else map)(embed_chunk, work)

    def __exit__(self, *error):
        if self.pool:
            self.pool.shutdown(cancel_futures=True)
