"""Requests to one kernel and its replies, in bounded time; and why it stopped answering."""

import time
from dataclasses import dataclass

from forkgrade.forkserver.kernel import Exit
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.steps.sanitize import execution_count

GRACE = 3.0  # seconds that a cell has to end after its interruption
BEGIN = 60.0  # seconds for a kernel to begin, on a machine with too much to do
MOST_REPLY = 32 * 2**20
ENDS = {"memory": "it took more memory than allowed", "cpu": "it took more computing time than "
        "allowed", "processes": "it started more processes than allowed",
        "sockets": "it opened more sockets than allowed",
        "finished": "it stopped answering", "parent": "its kernel was lost"}
KILLED = Exit("signal", signal="SIGKILL")


@dataclass(frozen=True)
class Reply:
    """A kernel's reply to a request. Learners' code may have written any of it.

    Attributes
    ----------
    ok, exited, late : bool
        Whether the code ran to its end, asked to exit its kernel, and had to be interrupted.
    count : int or None
        The execution count.
    outputs, answer : object
        Anything: see `forkgrade.steps.sanitize.clean_outputs`, `forkgrade.suite.CheckSuite.grade`.
    result : dict or None
        What the last expression gave.
    changes, comparisons : tuple of str
        What tests rely on and was changed; which comparisons of the learner's a test met.
    failed : str or None
        Why the request failed as a whole.
    """

    ok: bool = False
    exited: bool = False
    late: bool = False
    count: int | None = None
    outputs: object = None
    answer: object = None
    result: dict | None = None
    changes: tuple = ()
    comparisons: tuple = ()
    failed: str | None = None

    @classmethod
    def from_plain(cls, message, late=False):
        """Return it from a message, ignoring what has the wrong type.

        Parameters
        ----------
        message : dict
        late : bool
        """
        result, failed = message.get("result"), message.get("failed")
        return cls(ok=message.get("ok") is True, exited=bool(message.get("left")), late=late,
                   count=execution_count(message.get("count")), outputs=message.get("outputs"),
                   answer=message.get("answer"),
                   result=result if isinstance(result, dict) else None,
                   changes=_names(message.get("changed")),
                   comparisons=_names(message.get("met")),
                   failed=str(failed)[:80] if failed else None)


def _names(value):
    return tuple(str(name)[:80] for name in value[:5]) if isinstance(value, list) else ()


class ServerLost(Exception):
    """The fork server is gone; the job is to be run again with another one."""


class NotebookStop(Exception):
    """The notebook cannot go on.

    Parameters
    ----------
    message : str
    name : str
        Of the error that its cell shows.
    """

    def __init__(self, message, name="DeadKernelError"):
        super().__init__(message)
        self.name = name


class Conversation:
    """Asks one kernel, within the time that a job has.

    Parameters
    ----------
    kernel : forkgrade.forkserver.client.Kernel
    job : forkgrade.job.Job
        Its `timeout`, `limits` and `attempt` count.
    """

    def __init__(self, kernel, job):
        self._kernel, self._timeout = kernel, job.timeout
        self._is_first = job.attempt == 1
        self._wall = job.limits["wall"]
        self._deadline = time.monotonic() + self._wall

    def greet(self):
        """Make sure that the kernel is running; if it never started, the job is run again."""
        try:
            self._kernel.ask({"do": "nothing"}, timeout=BEGIN)
        except (Closed, NotPlain, TimeoutError):
            raise ServerLost from None

    def ask(self, request):
        """Return the reply to a request, after an interruption when its time is up.

        Parameters
        ----------
        request : dict

        Raises
        ------
        NotebookStop
            If the kernel stopped answering, or has had its time.
        ServerLost
            If that is not the learner's doing.
        """
        if time.monotonic() > self._deadline:
            raise self._too_long()
        try:
            self._kernel.tell(request)
            return self._hear()
        except NotPlain as error:
            raise NotebookStop(f"The kernel sent {error}", "NotPlain") from None
        except Closed:
            raise self._end() from None

    def _hear(self):
        timeout = self._timeout
        if timeout is None:  # only the notebook as a whole has a limit
            timeout = max(0.0, self._deadline - time.monotonic())
        try:
            return Reply.from_plain(self._kernel.hear(timeout=timeout, most=MOST_REPLY))
        except TimeoutError:
            if self._timeout is None:
                raise self._too_long() from None
            self._kernel.interrupt()
        try:
            message = self._kernel.hear(timeout=GRACE, most=MOST_REPLY)
            return Reply.from_plain(message, late=True)
        except TimeoutError:
            raise NotebookStop(f"A cell took more than {self._timeout} s and ignored its "
                               "interruption", "CellTimeoutError") from None

    def _too_long(self):
        return NotebookStop(f"All its cells together took more than {self._wall} s",
                            "CellTimeoutError")

    def _end(self):
        """Return the exception that says why the kernel has ended."""
        reason = self._kernel.exit_reason()
        if reason is None:  # it lives, and has closed its connection
            return NotebookStop(f"The kernel was ended: {ENDS['finished']}")
        if reason.end == "parent" or reason == KILLED and self._is_first:
            return ServerLost()  # a machine short of memory kills kernels too: once more
        if reason.end == "signal":
            return NotebookStop(f"The kernel was killed by {reason.signal}")
        if reason.end == "exit":
            return NotebookStop(f"The kernel ended itself (code {reason.code})")
        return NotebookStop(f"The kernel was ended: {ENDS[reason.end]}")
