"""The private folder of a fork server; also removes those that killed servers left behind."""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "plain-sight-warm-"
LOCK_GRACE = 60  # seconds after which a new folder is certainly locked


class PrivateFolder:
    """A folder for this user alone, locked as long as this process lives.

    Making one also removes those of fork servers that were killed: a folder that is not locked is
    a leftover.

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
        """Remove the folder with everything in it; calling it again does nothing."""
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
    """Lock a folder; raise an OSError if another process holds the lock."""
    import fcntl  # not on Windows, where this module must be importable

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
