"""A forked kernel, seen from the grader."""

import contextlib
import json
import shutil
import socket
import tempfile
from dataclasses import dataclass
from pathlib import Path

from forkgrade.forkserver import messages
from forkgrade.sandbox import bubblewrap

# bytes, seconds and numbers; `wall` is the grader's to enforce, see `forkgrade.run`; threads count
# as processes, as they do for Linux
LIMITS = {"memory": 2 * 2**30, "cpu": 900, "wall": 1800, "processes": 256,
          "sockets": 256, "file": 256 * 2**20, "scratch": 512 * 2**20}
MOST_REASON = 1000  # bytes of an exit reason
CLOSE_TIMEOUT = 5  # seconds for whatever a kernel started to end


@dataclass(frozen=True)
class Exit:
    """Why a kernel ended, according to its monitor.

    Attributes
    ----------
    end : str
        ``exit``, ``signal``, the limit that it exceeded, ``fault`` if the runner in it failed,
        ``finished`` if it was told to end, or ``parent`` if the monitor is gone too.
    code : int or None
        With which it ended itself.
    signal : str or None
        Which killed it.
    fault : str or None
        Which exception ended the runner, and where.
    """

    end: str
    code: int | None = None
    signal: str | None = None
    fault: str | None = None


class Kernel:
    """One forked kernel.

    Parameters
    ----------
    address : dict
        `ForkServer.address`.
    limits : dict, optional
        Replaces entries of `LIMITS`.
    environment : dict, optional
        Is added to the kernel's environment; None removes a variable.
    ipykernel : list of str, optional
        Arguments of an ipykernel to become, instead of answering `ask`. It has no limits.
    folder : path-like, optional
        The working folder; by default a scratch folder of its own.

    Raises
    ------
    forkgrade.forkserver.messages.Closed
        If the fork server is gone.
    """

    def __init__(self, address, *, limits=None, environment=None, ipykernel=None, folder=None):
        self._scratch = self._exit = None
        if address["sandbox"]:
            folder = bubblewrap.FOLDER
        elif folder is None:
            # beside the server's socket, so that it goes with the server at the latest
            beside = Path(address["path"]).parent
            folder = self._scratch = tempfile.mkdtemp(prefix="job-", dir=beside)
        self._leash, monitors_end = socket.socketpair()
        self._connection = socket.socket(socket.AF_UNIX)
        limits = {**LIMITS, **(limits or {})} if ipykernel is None else None
        header = {"folder": str(folder), "limits": limits, "ipykernel": ipykernel,
                  "environment": _environment(address, folder, environment)}
        try:
            self._connection.connect(address["path"])
            socket.send_fds(self._connection, [messages.FORK_KERNEL], [monitors_end.fileno()])
        except OSError as error:
            monitors_end.close()  # else closing waits for a monitor that there is not
            self.close()
            raise messages.Closed("the warm parent is gone "
                                  f"({error.strerror or type(error).__name__})") from None
        finally:
            monitors_end.close()
        messages.send(self._connection, header)

    def ask(self, request, *, timeout=None, most=messages.MOST_BYTES):
        """Send a request and return its reply; arguments and errors as for `tell` and `hear`.

        Parameters
        ----------
        request : dict
        timeout : float, optional
        most : int
        """
        self.tell(request)
        return self.hear(timeout=timeout, most=most)

    def tell(self, request):
        """Send a request.

        Parameters
        ----------
        request : dict
            Plain data: `do`, and what the method of that name of `session.Session` needs.

        Raises
        ------
        forkgrade.forkserver.messages.Closed
            If the kernel has ended.
        """
        messages.send(self._connection, request)

    def hear(self, *, timeout=None, most=messages.MOST_BYTES):
        """Return the reply to the oldest request that has none; errors as of `messages.receive`.

        Parameters
        ----------
        timeout : float, optional
            Seconds.
        most : int
            The largest reply in bytes that is accepted.
        """
        return messages.receive(self._connection, most, timeout)

    def interrupt(self):
        """Do what Ctrl-C does."""
        with contextlib.suppress(OSError):
            self._leash.send(b"i")

    def exit_reason(self, timeout=2.0):
        """Return why the kernel ended, or None if it has not ended.

        Parameters
        ----------
        timeout : float
            Seconds to wait for its end.

        Returns
        -------
        Exit or None
        """
        if self._exit is None:
            try:
                self._leash.settimeout(timeout)
                reason = self._leash.recv(MOST_REASON)
                self._exit = Exit(**json.loads(reason)) if reason else Exit("parent")
            except (OSError, ValueError):
                return None
        return self._exit

    def release(self):
        """Ask for the kernel and its children to be ended; do not wait."""
        self._connection.close()
        with contextlib.suppress(OSError):
            self._leash.shutdown(socket.SHUT_WR)

    def close(self):
        """End the kernel and whatever it started."""
        self.release()
        with contextlib.suppress(OSError):
            self._leash.settimeout(CLOSE_TIMEOUT)
            while reason := self._leash.recv(MOST_REASON):  # the monitor closes it when all is over
                self._exit = self._exit or Exit(**json.loads(reason))
        self._exit = self._exit or Exit("finished")
        self._leash.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _environment(address, folder, changes):
    variables = {**address["environment"], "NBGRADER_EXECUTION": "autograde", "HOME": str(folder),
                 **(changes or {})}
    return {name: value for name, value in variables.items() if value is not None}
