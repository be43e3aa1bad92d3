"""The fork server that `course lab` holds ready for the kernels of its JupyterLab.

It is started when the first kernel is asked for, which means that the page has been served, and it
imports while the learner reads. Nothing waits for it: a kernel that it cannot fork, for whatever
reason, starts cold. There is one for each JupyterLab. It imports what all notebooks of the course
use; TensorFlow, which fixes some of its settings when it is loaded, is imported by a branch of it
for each group of notebooks that use the same settings.
"""

import atexit
import contextlib
import json
import logging
import os
import threading
from importlib.metadata import entry_points
from pathlib import Path

from forkgrade.forkserver.client import ForkServer, can_fork

NAME = "plain-sight-warm"  # of the provisioner
NEEDED = 6 * 2**30  # bytes that must be available, of which it takes a tenth
MOST_STARTS = 10  # of a server whose packages change again and again
ALWAYS = ("matplotlib.pyplot", "ipykernel.ipkernel", "ipykernel.kernelapp")
# what fixes settings when it is loaded, and therefore waits for those of a notebook
BRANCHED = ("tensorflow", "keras")

SHARED = "shared"  # the group of the notebooks that need no branch

_log = logging.getLogger(__name__)
_standby = None  # of this process


class Standby:
    """Fork servers for the notebooks of one course.

    Parameters
    ----------
    opening : callable
        Takes the path of a notebook, and returns an object with its `modules` and its `settings`
        (see `course_utils.notebooks.opening`), or None if its kernels must start cold.
    notebooks : iterable of pathlib.Path
        The course's. Their openings decide what is imported.
    """

    def __init__(self, opening, notebooks):
        self._opening, self._notebooks, self._openings = opening, list(notebooks), None
        self._lock, self._starts = threading.Lock(), 0
        self._server, self._addresses, self._environment = None, {}, None

    def address(self, notebook, folder, environment):
        """Return where to get a kernel, or None if it has to start cold.

        Reads the notebook and looks at some thousand files, so not in an event loop.

        Parameters
        ----------
        notebook : path-like or None
            None for a kernel without a notebook, such as a console's.
        folder : path-like
            Its working folder.
        environment : dict of str to str
            Its variables.

        Returns
        -------
        dict or None
        """
        opening = notebook and self._opening(notebook)
        if not opening or _own(environment) != self._environment:
            return None
        address, origins = self._ready(_group(opening, environment))
        if address is None or origins.are_hidden_by(folder):
            return None
        if origins.have_changed():
            self.stop()
            return None
        return address

    def _ready(self, group):
        with self._lock:
            nothing = (None, None)
            return self._addresses.get(group) or self._addresses.get(SHARED, nothing)

    def _is_running(self):
        return self._server is not None and self._server.process.poll() is None

    def read(self):
        """Read the notebooks; unlike `start` it takes a moment, and any thread may do it."""
        self._openings = list(filter(None, map(self._opening, self._notebooks)))

    def start(self):
        """Begin to import, unless that was done or is not possible here; return at once.

        It has to be called in the main thread, because the server ends with the thread that
        started it.
        """
        if self._is_running() or self._starts >= MOST_STARTS or refusal() \
                or threading.current_thread() is not threading.main_thread():
            return
        self.stop()  # what is left of one that was killed
        if self._openings is None:
            self.read()
        with self._lock:
            self._starts += 1
            self._environment = _own(os.environ)
            self._server = ForkServer(self._shared(), sandbox=False, grading=False,
                                      environment=_loading(self._environment))
            server = self._server
        threading.Thread(target=self._prepare, args=[server], daemon=True).start()

    def _shared(self):
        """Return what the server imports: all that no setting of a notebook can change."""
        modules = dict.fromkeys(ALWAYS)
        for opening in self._openings:
            modules |= dict.fromkeys(name for name in opening.modules
                                     if not name.startswith(BRANCHED))
        return list(modules)

    def _prepare(self, server):
        """Wait until the server is ready, then have it branch."""
        with contextlib.suppress(Exception):  # whatever is missing, kernels start without it
            self._add(server, SHARED, server.address)
            for number, (group, modules) in enumerate(self._branches().items()):
                settings = json.loads(group)
                self._add(server, group, server.branch(f"branch{number}", modules, settings))

    def _branches(self):
        """Return for each group of notebooks what only its branch imports."""
        branches = {}
        for opening in self._openings:
            modules = [name for name in opening.modules if name.startswith(BRANCHED)]
            if modules:
                branches.setdefault(_group(opening, os.environ), {}).update(dict.fromkeys(modules))
        return {group: list(modules) for group, modules in branches.items()}

    def _add(self, server, group, address):
        origins = server.origins(address)
        with self._lock:
            if self._server is server:
                self._addresses[group] = address, origins

    def stop(self):
        """End the servers; kernels that they have forked go on."""
        with self._lock:
            server, self._server, self._addresses = self._server, None, {}
        if server is not None:
            server.stop()


def hold_ready(opening, notebooks):
    """Have the kernels of this process's JupyterLab start warm, where that is possible.

    Parameters
    ----------
    opening, notebooks
        As for `Standby`.

    Returns
    -------
    list of str
        Options for JupyterLab; none if its kernels start cold.
    """
    global _standby  # noqa: PLW0603 - there is one in a process
    reason = refusal() or _unknown()
    if reason:
        _log.info("Kernels start cold: %s.", reason)
        return []
    _standby = Standby(opening, notebooks)
    atexit.register(_standby.stop)
    return [f"--KernelProvisionerFactory.default_provisioner_name={NAME}"]


def held_ready():
    """Return the `Standby` of this process, or None."""
    return _standby


def refusal():
    """Return why kernels cannot start warm on this machine now, or an empty text."""
    if not can_fork():
        return "processes are forked on Linux only"
    if any(name.startswith("BINDER_") for name in os.environ):
        return "this is Binder"
    # resolved in the notebook's folder, in which the server does not live
    paths = os.environ.get("PYTHONPATH")
    if os.environ.get("PYTHONSAFEPATH") or \
            paths and not all(map(os.path.isabs, paths.split(os.pathsep))):
        return "PYTHONSAFEPATH or a relative PYTHONPATH is set"
    if available_memory() < NEEDED:
        return f"less than {NEEDED >> 30} GiB of memory are available"
    return ""


def available_memory(root="/"):
    """Return how many bytes processes can still take, of the machine and of any container.

    Parameters
    ----------
    root : path-like
        Below which ``proc`` and ``sys`` lie.

    Returns
    -------
    int
        0 if that cannot be found out.
    """
    root = Path(root)
    try:
        (line,) = [line for line in (root / "proc/meminfo").read_text().splitlines()
                   if line.startswith("MemAvailable:")]
        return min([int(line.split()[1]) * 1024, *_left_in_groups(root)])
    except (OSError, ValueError):
        return 0


def _left_in_groups(root):
    """Yield what each control group around this process may still take."""
    groups = root / "sys/fs/cgroup"
    for line in (root / "proc/self/cgroup").read_text().splitlines():
        number, kinds, path = line.split(":", 2)
        if number == "0" or "memory" in kinds.split(","):
            top = groups if number == "0" else groups / "memory"
            names = ("memory.max", "memory.current") if number == "0" else \
                ("memory.limit_in_bytes", "memory.usage_in_bytes")
            place = top / path.lstrip("/")
            for folder in (place, *place.parents):
                with contextlib.suppress(OSError, ValueError):  # "max", or not ours to see
                    most, now = (int((folder / name).read_text()) for name in names)
                    yield most - now + _dropped_first(folder)
                if folder == top:
                    break


def _dropped_first(folder):
    """Return the bytes that a control group holds of files, which make room for anything else."""
    with contextlib.suppress(OSError, ValueError):
        lines = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
        return int(lines.get("inactive_file", lines.get("total_inactive_file", 0)))
    return 0


def _unknown():
    """Return a reason if what is installed here is older than this module."""
    known = entry_points(group="jupyter_client.kernel_provisioners", name=NAME)
    return "" if known else f"the provisioner {NAME} is not installed"


def _own(environment):
    """Return the variables by which kernels of one JupyterLab do not differ."""
    return {name: value for name, value in environment.items()
            if not name.startswith("JPY_") and name != "PYTHONEXECUTABLE"}


def _loading(environment):
    """Return the variables with which the server imports: a kernel's, with its pictures inline."""
    inline = "module://matplotlib_inline.backend_inline"  # as ipykernel sets it
    return {**environment, "MPLBACKEND": environment.get("MPLBACKEND") or inline}


def _group(opening, environment):
    """Return what notebooks that can share a branch have in common, or `SHARED` without one.

    These are the settings as text. A variable that is set already is not changed by a notebook.
    """
    if not opening.settings and not any(name.startswith(BRANCHED) for name in opening.modules):
        return SHARED
    return json.dumps({name: value for name, value in opening.settings.items()
                       if name not in environment}, sort_keys=True)
