"""Where a fork server's modules came from, and whether a cold start would load the same."""

import os
import site
import sys
from dataclasses import dataclass
from pathlib import Path

ORIGINS = ".origins"  # the end of the name of the file beside a socket
# What libraries read when they are loaded: of a person, and of the folder they are loaded in
SETTINGS = ("~/.keras/keras.json", "~/.matplotlib/matplotlibrc",
            "~/.config/matplotlib/matplotlibrc")
LOCAL_SETTINGS = "matplotlibrc"


@dataclass(frozen=True)
class Origins:
    """The files of all modules that a process has loaded, as they were then.

    Attributes
    ----------
    files : dict of str to list of int
        For each file and each folder of installed packages its time, size and number.
    names : tuple of str
        What is loaded of installed packages, by the first part of its name.
    paths : tuple of str
        The other folders in which Python looks for modules.
    since : float
        When the process began to load them, in seconds since the epoch.
    """

    files: dict
    names: tuple[str, ...]
    paths: tuple[str, ...]
    since: float

    @classmethod
    def of_this_process(cls, since):
        """Return those of all modules that are loaded here.

        Parameters
        ----------
        since : float
        """
        files = {name: getattr(module, "__file__", None)
                 for name, module in list(sys.modules.items())}
        installed = tuple(filter(os.path.isdir, _installed()))
        places = [*filter(None, files.values()), *installed, *map(os.path.expanduser, SETTINGS)]
        names = {name.split(".")[0] for name, file in files.items()
                 if file and file.startswith(installed)}
        paths = [path for path in sys.path[1:] if path not in installed and os.path.isdir(path)
                 and path != os.path.dirname(os.__file__)]
        return cls({place: _state(place) for place in places}, tuple(sorted(names)), tuple(paths),
                   since)

    @classmethod
    def from_plain(cls, plain):
        """Return what `to_plain` made plain.

        Parameters
        ----------
        plain : dict
        """
        return cls(plain["files"], tuple(plain["names"]), tuple(plain["paths"]),
                   plain["since"])

    def to_plain(self):
        """Return this as plain data."""
        return {"files": self.files, "names": self.names, "paths": self.paths,
                "since": self.since}

    def have_changed(self):
        """Say whether a file has changed, or a package was installed or removed.

        What changed while the process was loading counts too: it may be new on disk and old in
        memory.
        """
        return any(state and state[0] > self.since * 1e9 or _state(place) != state
                   for place, state in self.files.items())

    def are_hidden_by(self, folder):
        """Say whether a module in a notebook's folder, or on the path, would be imported instead.

        Settings of matplotlib there count too: it reads them in the folder where it is loaded.

        Parameters
        ----------
        folder : path-like
        """
        if os.path.exists(os.path.join(folder, LOCAL_SETTINGS)):
            return True
        return any(_offered(place) & set(self.names) for place in (folder, *self.paths))


def _installed():
    return [*site.getsitepackages(), site.getusersitepackages()]


def _state(place):
    """Return what tells one content of a file from another; nothing if it is not there."""
    try:
        status = os.stat(place)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size, status.st_ino]


def _offered(folder):
    """Return the names of the modules and packages in a folder."""
    try:
        return {Path(entry.name).name.split(".")[0] for entry in os.scandir(folder)
                if entry.is_dir() or entry.name.endswith((".py", ".so", ".pyc"))}
    except OSError:
        return set()
