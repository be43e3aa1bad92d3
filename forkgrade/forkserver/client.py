"""Start a warm parent, and get kernels from it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course_utils.errors import CourseError
from forkgrade.forkserver import messages
from forkgrade.sandbox import bubblewrap
from forkgrade.suite import python_path, registered

# bytes, seconds and numbers; `wall` is the grader's to keep, see `forkgrade.run`
LIMITS = {"memory": 2 * 2**30, "cpu": 900, "wall": 1800, "processes": 32, "threads": 256,
          "sockets": 256, "file": 256 * 2**20, "scratch": 512 * 2**20}
FRESH = 60  # seconds in which a folder may not be held yet
PREFIX = "plain-sight-warm-"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS",
           "TF_NUM_INTEROP_THREADS")


def can_fork():
    """Say whether this platform can fork a process that has threads-free Python in it."""
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
        Whether its kernels answer `Kernel`; without it they are ipykernels.
    threads : int or None
        How many threads numerical libraries use; None leaves it to them.

    Raises
    ------
    CourseError
        If there is no fork or no bubblewrap; and from whatever waits, if it does not start.
    """

    def __init__(self, modules=(), *, sandbox=True, grading=True, threads=1):
        if not can_fork():
            raise CourseError("Warm kernels need Linux. Everywhere else kernels start cold.")
        if sandbox and not bubblewrap.available():
            raise CourseError("The sandbox needs bubblewrap, and there is no `bwrap` here. "
                              "Install it (Debian, Ubuntu: sudo apt install bubblewrap), or run "
                              "without a sandbox: --no-sandbox.")
        self.sandbox, self.grading, self.failed = sandbox, grading, None
        self._private, self._held = _private_folder()
        self._path = str(self._private / "warm")
        self._environment = _environment(threads)
        self._start(list(modules))

    def _start(self, modules):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self._path)
        listener.listen(64)
        settings = {"sandbox": self.sandbox, "grading": self.grading, "modules": modules}
        words = [sys.executable, "-m", "forkgrade.forkserver.server", str(listener.fileno())]
        if self.sandbox:
            words = bubblewrap.command(words, self._private, registered())
        self._log = open(self._private / "log", "w+b")  # noqa: SIM115
        said = self._private / "settings"  # thousands of modules are too long for a command line
        said.write_text(json.dumps(settings), encoding="utf-8")
        with said.open() as file:
            self.process = subprocess.Popen(
                words, stdin=file, stdout=subprocess.PIPE, stderr=self._log,
                pass_fds=[listener.fileno()], env=self._environment, cwd="/",
                preexec_fn=None if self.sandbox else _die_with_parent)
        listener.close()

    def wait(self):
        """Wait until it is ready, and return it; `failed` then has what it could not import."""
        if self.failed is None:
            said = self.process.stdout.readline()
            try:
                self.failed = json.loads(said)["failed"]
            except (ValueError, KeyError, TypeError):
                reason = self._reason()
                self.stop()
                raise CourseError(f"The warm parent did not start: {reason}") from None
        return self

    def _reason(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(2)
        lines = (self._private / "log").read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with code {self.process.returncode}"

    @property
    def address(self):
        """What another process of the same user needs to get kernels from here, plain data."""
        self.wait()
        return {"path": self._path, "sandbox": self.sandbox, "environment": self._environment}

    def kernel(self, **options):
        """Return a new `Kernel`; see there."""
        return Kernel(self.address, **options)

    def more(self, modules):
        """Let the parent import more; return the names of those that it cannot import."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(self.address["path"])
            connection.send(b"m")
            messages.send(connection, {"modules": list(modules)})
            return messages.receive(connection)["failed"]

    @staticmethod
    def die_with(process):
        """Make this process end when its parent, of that number, does."""
        _die_with_parent()
        if os.getppid() != process:
            os._exit(1)

    def stop(self):
        """End the parent and with it every kernel."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self._log.close()
        shutil.rmtree(self._private, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Kernel:
    """One forked kernel, as the grader sees it.

    Parameters
    ----------
    address : dict
        `ForkServer.address`.
    limits : dict, optional
        Replaces entries of `LIMITS`.
    environment : dict, optional
        Is added to the kernel's environment.
    ipykernel : list of str, optional
        Arguments of an ipykernel to become, instead of answering `ask`.
    folder : path-like, optional
        The working folder; by default a scratch folder of its own.
    """

    def __init__(self, address, *, limits=None, environment=None, ipykernel=None, folder=None):
        self._scratch = self._end = None
        if address["sandbox"]:
            folder = bubblewrap.FOLDER
        elif folder is None:
            # beside the parent's socket, so that it goes with the parent at the latest
            beside = Path(address["path"]).parent
            folder = self._scratch = tempfile.mkdtemp(prefix="job-", dir=beside)
        self._leash, theirs = socket.socketpair()
        self._connection = socket.socket(socket.AF_UNIX)
        header = {"folder": str(folder), "limits": {**LIMITS, **(limits or {})},
                  "ipykernel": ipykernel,
                  "environment": _inside(address, folder, environment)}
        try:
            self._connection.connect(address["path"])
            socket.send_fds(self._connection, [b"x"], [theirs.fileno()])
        except OSError as error:
            self.close()
            raise messages.Closed(f"the warm parent is gone ({error.strerror})") from None
        finally:
            theirs.close()
        messages.send(self._connection, header)

    def ask(self, request, *, timeout=None, most=messages.MOST_BYTES):
        """Send a request and return its reply; see `tell` and `hear`."""
        self.tell(request)
        return self.hear(timeout=timeout, most=most)

    def tell(self, request):
        """Send a request."""
        messages.send(self._connection, request)

    def hear(self, *, timeout=None, most=messages.MOST_BYTES):
        """Return the reply to the oldest request that has none; errors as `frames.receive`."""
        return messages.receive(self._connection, most, timeout)

    def interrupt(self):
        """Do what Ctrl-C does."""
        with contextlib.suppress(OSError):
            self._leash.send(b"i")

    def ended(self, timeout=2.0):
        """Return why the kernel ended, as its warden saw it, or None if it has not ended."""
        if self._end is None:
            try:
                self._leash.settimeout(timeout)
                said = self._leash.recv(1000)
                self._end = json.loads(said) if said else {"end": "parent"}
            except (OSError, ValueError):
                return None
        return self._end

    def let_go(self):
        """Have the kernel and whatever it started ended, without waiting for it."""
        self._connection.close()
        with contextlib.suppress(OSError):
            self._leash.shutdown(socket.SHUT_WR)

    def close(self):
        """End the kernel and whatever it started."""
        self.let_go()
        with contextlib.suppress(OSError):
            self._leash.settimeout(5)
            while said := self._leash.recv(1000):  # until the warden has seen to the end of all
                self._end = self._end or json.loads(said)
        self._end = self._end or {"end": "finished"}
        self._leash.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _private_folder():
    """Make a folder for this user alone, and remove those of parents that were killed.

    Returns
    -------
    pathlib.Path
    int
        The descriptor through which it is held; without a holder it is left over.
    """
    import fcntl

    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                found = os.fstat(held)
                if found.st_uid == os.geteuid() and time.time() - found.st_mtime > FRESH:
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)
    made = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
    held = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(held, fcntl.LOCK_EX)
    return made, held


def _environment(threads):
    """Return the environment of the parent: nothing of the caller's secrets."""
    places = dict.fromkeys([str(Path(__file__).resolve().parents[2]), *python_path()])
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    kept |= {"PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
             "PYTHONPATH": os.pathsep.join(places), "HOME": "/tmp", "PYTHONDONTWRITEBYTECODE": "1",
             "MPLBACKEND": "module://matplotlib_inline.backend_inline", "MPLCONFIGDIR": "/tmp/mpl",
             "TF_CPP_MIN_LOG_LEVEL": "3", "PLAIN_SIGHT_PROGRESS": "off",
             "JPY_PARENT_PID": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    if threads is not None:
        kept |= dict.fromkeys(THREADS, str(threads))
    return kept


def _inside(address, folder, more):
    inside = {**address["environment"], "NBGRADER_EXECUTION": "autograde", "HOME": str(folder),
              **(more or {})}
    return {name: value for name, value in inside.items() if value is not None}


def _die_with_parent():
    import ctypes
    import signal

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
