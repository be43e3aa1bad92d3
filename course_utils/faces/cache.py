"""Embeddings of drawn faces, kept on disk under a digest of the picture.

Never used for real people: a gallery embeds without it, so that erasing leaves nothing behind.
"""

import hashlib
import sqlite3
from contextlib import closing

import numpy as np

from course_utils.errors import CourseError
from course_utils.faces import engine
from course_utils.paths import project_root


def default_path():
    """Return where the course keeps its cache, in a folder that git ignores."""
    return project_root() / ".plain-sight" / "embeddings.sqlite"


def key_of(picture):
    """Return a digest of a picture's pixels, its shape and the model's name.

    Parameters
    ----------
    picture : numpy.ndarray
    """
    head = f"{engine.MODEL} {picture.shape} {picture.dtype}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(picture).tobytes()).digest()


class Cache:
    """Embeddings by digest in one SQLite file, which writes all of a batch or nothing.

    Parameters
    ----------
    path : path-like, optional
        By default a file in the course's folder.
    """

    def __init__(self, path=None):
        self.path = path or default_path()

    def get(self, keys):
        """Return the stored entries of some pictures.

        Parameters
        ----------
        keys : iterable of bytes
            What `key_of` returns for each picture.

        Returns
        -------
        dict of bytes to (int, numpy.ndarray or None)
            How many faces were found, and the embedding of the only one.
        """
        with closing(self._open()) as store:
            entries = {}
            for key in set(keys):
                row = store.execute("SELECT faces, numbers FROM embeddings WHERE digest = ?",
                                    (key,)).fetchone()
                if row:
                    entries[key] = row[0], None if row[1] is None else np.frombuffer(row[1])
        return entries

    def put(self, entries):
        """Store entries.

        Parameters
        ----------
        entries : dict
            As `get` returns them.
        """
        rows = [(key, faces, None if numbers is None else np.asarray(numbers, float).tobytes())
                for key, (faces, numbers) in entries.items()]
        with closing(self._open()) as store, store:
            store.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)

    def clear(self):
        """Forget everything, on disk too."""
        with closing(self._open()) as store:
            with store:
                store.execute("DELETE FROM embeddings")
            store.execute("VACUUM")

    def _open(self):
        from pathlib import Path

        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(self.path, timeout=30)
            store.execute("CREATE TABLE IF NOT EXISTS embeddings "
                          "(digest BLOB PRIMARY KEY, faces INTEGER, numbers BLOB)")
        except (OSError, sqlite3.Error) as error:
            raise CourseError(f"The cache of embeddings cannot be opened ({error}). Delete "
                              ".plain-sight/embeddings.sqlite in the course's folder; it is made "
                              "again.") from None
        return store
