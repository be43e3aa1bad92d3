"""The private folder of a fork server, and the removal of those that a killed one left behind."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "plain-sight-warm-"
LOCK_GRACE = 60  # seconds in which a new folder may not be locked yet


class PrivateFolder:
    """A folder for this user alone, locked as long as this process lives.

    To make one also removes those of fork servers that were killed: what nobody has locked is a
    leftover.

    Attributes
    ----------
    path : pathlib.Path
    """

    def __init__(self):
        _remove_leftovers()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        _lock(self._descriptor)

    def remove(self):
        """Remove the folder with all that lies in it; once is enough."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _remove_leftovers():
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                status = os.fstat(descriptor)
                if status.st_uid == os.geteuid() and time.time() - status.st_mtime > LOCK_GRACE:
                    _lock(descriptor)
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)


def _lock(descriptor):
    """Lock a folder; raise an OSError if another process has."""
    import fcntl  # not on Windows, where this module must be importable

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
