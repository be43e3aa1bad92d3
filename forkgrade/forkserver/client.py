"""Start a fork server, and get kernels from it.

The messages that a user reads call it the warm parent.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from course_utils.errors import CourseError
from forkgrade.forkserver import messages
from forkgrade.forkserver.folder import PrivateFolder
from forkgrade.forkserver.kernel import LIMITS, Kernel
from forkgrade.forkserver.origins import ORIGINS, Origins
from forkgrade.sandbox import bubblewrap
from forkgrade.suite import environment, python_path, registered

__all__ = ["LIMITS", "THREADS", "ForkServer", "Kernel", "can_fork"]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS",
           "TF_NUM_INTEROP_THREADS")
BACKLOG = 64  # kernels that may be asked for before the first one is forked
PR_SET_PDEATHSIG = 1


def can_fork():
    """Return whether this platform can fork a single-threaded Python process."""
    return hasattr(os, "fork") and sys.platform == "linux"


class ForkServer:
    """A process that imports `modules` and then forks for each kernel.

    It starts at once and imports while the caller goes on; whatever needs it waits until it is
    ready.

    Parameters
    ----------
    modules : iterable of str
        What it imports.
    sandbox : bool
        Whether it lives in bubblewrap and each kernel in namespaces of its own.
    grading : bool
        Whether its kernels answer `Kernel.ask`; without it they are ipykernels.
    threads : int or None
        How many threads numerical libraries use; None leaves it to them.
    environment : dict of str to str, optional
        The variables with which it loads everything, for a person's own notebooks, whose kernels
        are started with variables of their own. It then gives way to other processes while it
        imports, notes where its modules came from, and removes its folder when this process ends.

    Attributes
    ----------
    process : subprocess.Popen
    failures : list of str or None
        The modules that it could not import; None until `wait` has returned.

    Raises
    ------
    CourseError
        If there is no fork or no bubblewrap; and from whatever waits, if it does not start.
    """

    def __init__(self, modules=(), *, sandbox=True, grading=True, threads=1,
                 environment=None):
        if not can_fork():
            raise CourseError("Warm kernels need Linux. Everywhere else kernels start cold.")
        if sandbox and not bubblewrap.available():
            raise CourseError("The sandbox needs bubblewrap, and there is no `bwrap` here. "
                              "Install it (Debian, Ubuntu: sudo apt install bubblewrap), or run "
                              "without a sandbox: --no-sandbox.")
        self.sandbox, self.grading, self.failures = sandbox, grading, None
        self._folder = PrivateFolder()
        self._socket_path = str(self._folder.path / "warm")
        self._is_own = environment is not None
        self._environment = environment if self._is_own else _environment(threads)
        self._start(list(modules))

    def _start(self, modules):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self._socket_path)
        listener.listen(BACKLOG)
        command = [sys.executable, "-m", "forkgrade.forkserver.server", str(listener.fileno())]
        if self.sandbox:
            command = bubblewrap.command(command, self._folder.path, registered())
        self._log = open(self._folder.path / "log", "w+b")  # noqa: SIM115
        with self._write_settings(modules).open() as settings:
            self.process = subprocess.Popen(
                command, stdin=settings, stdout=subprocess.PIPE, stderr=self._log,
                pass_fds=[listener.fileno()], env=self._environment, cwd="/",
                preexec_fn=self._preparation())
        listener.close()

    def _write_settings(self, modules):
        settings = {"sandbox": self.sandbox, "grading": self.grading, "modules": modules,
                    "folder": str(self._folder.path) if self._is_own else None,
                    "parent": os.getpid()}
        path = self._folder.path / "settings"  # thousands of modules exceed a command line
        path.write_text(json.dumps(settings), encoding="utf-8")
        return path

    def _preparation(self):
        """Return what the new process does first: it must not outlive this one."""
        if self.sandbox:
            return None  # bubblewrap sees to it
        # one that removes its own folder needs a signal that it can handle
        return _end_with_parent(signal.SIGTERM if self._is_own else signal.SIGKILL)

    def wait(self):
        """Wait until it is ready, and return it; `failures` is known from then on."""
        if self.failures is None:
            line = self.process.stdout.readline()
            try:
                self.failures = json.loads(line)["failed"]
            except (ValueError, KeyError, TypeError):
                reason = self._last_log_line()
                self.stop()
                raise CourseError(f"The warm parent did not start: {reason}") from None
        return self

    def _last_log_line(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        lines = (self._folder.path / "log").read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with code {self.process.returncode}"

    @property
    def address(self):
        """What another process of the same user needs to get kernels from here, as plain data."""
        self.wait()
        return self._address(self._socket_path)

    def _address(self, path):
        return {"path": path, "sandbox": self.sandbox,
                "environment": {} if self._is_own else self._environment}

    def kernel(self, **options):
        """Return a new kernel.

        Parameters
        ----------
        **options
            As for `Kernel`.

        Returns
        -------
        Kernel
        """
        return Kernel(self.address, **options)

    def more(self, modules):
        """Import more modules in the server, for all kernels that it forks from now on.

        Parameters
        ----------
        modules : iterable of str

        Returns
        -------
        list of str
            Those that it cannot import.
        """
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.address["path"])
            connection.send(messages.IMPORT_MODULES)
            messages.send(connection, {"modules": list(modules)})
            return messages.receive(connection)["failed"]

    def branch(self, name, modules, settings):
        """Import more modules in a copy of the server that has other variables.

        Parameters
        ----------
        name : str
            A name for the copy, different from those of others.
        modules : iterable of str
        settings : dict of str to str
            Is added to its environment before it imports.

        Returns
        -------
        dict
            As `address`: where to get kernels from the copy.

        Raises
        ------
        forkgrade.forkserver.messages.Closed
            If the server or the copy is gone.
        """
        path = str(self._folder.path / name)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.address["path"])
            connection.send(messages.BRANCH)
            messages.send(connection, {"modules": list(modules), "settings": settings,
                                       "path": path})
            messages.receive(connection)
        return self._address(path)

    def origins(self, address):
        """Return where the modules of the server, or of a copy of it, came from.

        Parameters
        ----------
        address : dict
            `address`, or what `branch` returned, of a server that has an environment of its own.

        Returns
        -------
        forkgrade.forkserver.origins.Origins
        """
        text = Path(address["path"] + ORIGINS).read_text("utf-8")
        return Origins.from_plain(json.loads(text))

    @staticmethod
    def die_with(process):
        """Make this process end when its parent does.

        Parameters
        ----------
        process : int
            The parent's number; if that has ended already, so does this process.
        """
        _end_with_parent(signal.SIGKILL)()
        if os.getppid() != process:
            os._exit(1)

    def stop(self):
        """End the server and with it every kernel."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self._log.close()
        self._folder.remove()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def _environment(threads):
    """Return the environment of a fork server: none of the caller's secrets."""
    places = dict.fromkeys([str(Path(__file__).resolve().parents[2]), *python_path()])
    wanted = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    variables = environment() | wanted | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "PYTHONPATH": os.pathsep.join(places), "HOME": "/tmp", "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": "/tmp/mpl",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "JPY_PARENT_PID": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    if threads is not None:
        variables |= dict.fromkeys(THREADS, str(threads))
    return variables


def _end_with_parent(number):
    """Return a function that has this process get a signal when its parent ends.

    It looks nothing up when it is called: in a fork of a process with threads that could wait for
    a lock for ever.
    """
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, number)
