"""Requests to one kernel and its replies, in bounded time; and why it stopped answering."""

import time
from dataclasses import dataclass, field

from forkgrade.forkserver.kernel import Exit
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.steps.sanitize import execution_count

GRACE = 3.0  # seconds that a cell has to end after its interruption
BEGIN = 60.0  # seconds for a kernel to begin, on a machine with too much to do
MOST_REPLY = 32 * 2**20
ENDS = {"memory": "it took more memory than allowed ({memory} MiB; --memory sets the number)",
        "cpu": "it took more computing time than allowed ({cpu} s)",
        "processes": "it started more processes and threads than allowed ({processes}; --processes "
        "sets the number)",
        "sockets": "it opened more sockets than allowed ({sockets})",
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
    changes, classes : tuple of str
        What a test relies on and was changed; which classes of the learner's answer comparisons.
    examined : dict
        What the examiner found: `answers`, `verdicts` and `odd`.
    ran : object
        What the mark of a test holds that was run in the learner's process.
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
    classes: tuple = ()
    examined: dict = field(default_factory=dict)
    ran: object = None
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
        examined = {name: message.get(name) for name in ("answers", "questions", "verdicts", "odd")}
        return cls(ok=message.get("ok") is True, exited=bool(message.get("left")), late=late,
                   count=execution_count(message.get("count")), outputs=message.get("outputs"),
                   answer=message.get("answer"),
                   result=result if isinstance(result, dict) else None,
                   changes=_names(message.get("changed")),
                   classes=_names(message.get("classes")), ran=message.get("ran"),
                   examined=examined,
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
        self._limits, self._wall = job.limits, job.limits["wall"]
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
        return Reply.from_plain(*self.exchange(request, self._timeout))

    def exchange(self, request, seconds):
        """Return the message that answers a request, and whether it had to be interrupted.

        Parameters
        ----------
        request : dict
        seconds : float
            What the answer may take.

        Returns
        -------
        message : dict
        late : bool

        Raises
        ------
        NotebookStop, ServerLost
            As of `ask`.
        """
        if time.monotonic() > self._deadline:
            raise self._too_long()
        try:
            self._kernel.tell(request)
            return self._hear(seconds)
        except NotPlain as error:
            raise NotebookStop(f"The kernel sent {error}", "NotPlain") from None
        except Closed:
            raise self._end() from None

    def _hear(self, seconds):
        if self._timeout is None:  # only the notebook as a whole has a limit
            seconds = self.remaining()
        try:
            return self._kernel.hear(timeout=seconds, most=MOST_REPLY), False
        except TimeoutError:
            if self._timeout is None:
                raise self._too_long() from None
            self._kernel.interrupt()
        try:
            return self._kernel.hear(timeout=GRACE, most=MOST_REPLY), True
        except TimeoutError:
            raise NotebookStop(f"A cell took more than {self._timeout} s and ignored its "
                               "interruption", "CellTimeoutError") from None

    def remaining(self):
        """Return how many seconds the notebook still has."""
        return max(0.0, self._deadline - time.monotonic())

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
        if reason.end == "fault":
            return NotebookStop("The grader's own runner failed in the kernel; look at it by hand "
                                f"({reason.fault})")
        return NotebookStop(f"The kernel was ended: {self._limit_exceeded(reason.end)}")

    def _limit_exceeded(self, end):
        limits = {**self._limits, "memory": self._limits["memory"] // 2**20}
        return ENDS[end].format(**limits)
