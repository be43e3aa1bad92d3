"""One kernel as its monitor sees it: how much it uses, whether that is too much, why it ended."""

import contextlib
import os
import select
import signal
import time
from dataclasses import dataclass, field

from forkgrade.sandbox import procfs

MEASURE_TIMEOUT = 5.0  # seconds for an exact sum of memory
# above the number from which on Linux refuses more, so that the monitor is for what gets round that
SPARE_PROCESSES = 20
MOST_REPORT, MOST_FAULT = 60_000, 200  # bytes
FAULT = "fault: "  # how the report begins if it was the runner that failed
ABORTED = "Fatal Python error: Aborted"  # what `faulthandler` says of SIGABRT


@dataclass
class KernelProcess:
    """One kernel, a child of the process that monitors it.

    Parameters
    ----------
    process : int
        Its number for `kill` and `wait`.
    proc_number : int
        Its number as `/proc` shows it.
    leash : socket.socket
        To the grader, who receives the exit reason as JSON before it is closed.
    limits : dict or None
        `memory` and `cpu` for the sum over the kernel's processes; `processes`, their threads
        included, and `sockets`, each of which holds memory that belongs to no process. None for a
        person's own kernel, which may use what it likes.
    report : int
        A descriptor to read from: what the kernel's process says when it ends badly, see
        `forkgrade.forkserver.process`.

    Attributes
    ----------
    exit_reason : dict or None
        Why it ends; None while it runs.
    is_over : bool
        Whether it has ended and the grader knows why.
    baseline : int
        Bytes that were the fork server's.
    memory : int or float
        Bytes beyond them, as far as is known.
    measurement : object
        An exact measurement of memory at work, or None.
    """

    process: int
    proc_number: int
    leash: object
    limits: dict | None
    report: int
    exit_reason: dict | None = None
    is_over: bool = False
    baseline: int = field(init=False)
    memory: int | float = 0
    measurement: object = None

    def __post_init__(self):
        self.baseline = procfs.memory(self.proc_number)

    def count_exceeded(self, processes, namespaces):
        """Return the exit reason if the kernel exceeds a limit on a number of things, or None.

        Parameters
        ----------
        processes : list of int
            The kernel's, all of them.
        namespaces : bool
            Whether its sockets can be told from the machine's.
        """
        if sum(map(procfs.thread_count, processes)) > self.limits["processes"] + SPARE_PROCESSES:
            return {"end": "processes"}
        if namespaces and procfs.socket_count(self.proc_number) > self.limits["sockets"]:
            return {"end": "sockets"}
        return None

    def amount_exceeded(self, processes):
        """Return the exit reason if the kernel exceeds its memory or its CPU time, or None.

        Parameters
        ----------
        processes : list of int
        """
        if self.memory > self.limits["memory"]:
            return {"end": "memory"}
        if sum(map(procfs.cpu_seconds, processes)) > self.limits["cpu"]:
            return {"end": "cpu"}
        return None

    def update_memory(self, processes):
        """Bring `memory` up to date; until an exact measurement is done it stays as it is.

        Parameters
        ----------
        processes : list of int
        """
        if self.measurement is None:
            # counts for each process what forked ones share; the exact sum takes longer to read
            rough = sum(map(procfs.memory, processes)) - self.baseline
            if rough <= self.limits["memory"]:
                self.memory = rough
                return
            self.measurement = _Measurement(processes)
        exact = self.measurement.result()
        if exact is not None:
            self.stop_measurement()
            self.memory = exact

    def own_exit_reason(self, status):
        """Return why the kernel ended by itself; see `exit_reason`.

        Parameters
        ----------
        status : int
            From `os.waitpid`.
        """
        return exit_reason(status, self._read_report())

    def _read_report(self):
        with contextlib.suppress(OSError):
            return os.read(self.report, MOST_REPORT).decode("utf-8", "replace")
        return ""

    def close_report(self):
        """Close the descriptor of the report."""
        with contextlib.suppress(OSError):
            os.close(self.report)

    def stop_measurement(self):
        """End an exact measurement that is still going on."""
        measurement, self.measurement = self.measurement, None
        if measurement:
            measurement.stop()


def exit_reason(status, report=""):
    """Return why a process that ended by itself did so.

    Parameters
    ----------
    status : int
        From `os.waitpid`.
    report : str
        What it wrote when it ended badly.

    Returns
    -------
    dict
        Plain data for the grader: `end`, and `signal`, `code` or `fault`.
    """
    if not os.WIFSIGNALED(status):
        code = os.WEXITSTATUS(status)
        if code == 1 and report.startswith(FAULT):
            return {"end": "fault", "code": code, "fault": report[len(FAULT):MOST_FAULT]}
        return {"end": "exit", "code": code}
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return {"end": "cpu"}
    # SIGABRT cannot end the first process of a PID namespace; abort() then runs an instruction that
    # no program may, which is told as SIGSEGV
    if number == signal.SIGSEGV and ABORTED in report:
        number = signal.SIGABRT
    names = {each.value: each.name for each in signal.Signals}
    return {"end": "signal", "signal": names.get(number, f"signal {number}")}


class _Measurement:
    """The exact memory of some processes, read by a process of its own.

    A kernel with thousands of mappings can make that take seconds, in which all kernels would go
    unwatched.
    """

    def __init__(self, processes):
        self._pipe, write_end = os.pipe()
        self._process, self._deadline = os.fork(), time.monotonic() + MEASURE_TIMEOUT
        if self._process == 0:
            try:
                total = sum(map(procfs.proportional_memory, processes))
                os.write(write_end, str(total).encode())
            finally:
                os._exit(0)
        os.close(write_end)

    def result(self):
        """Return the bytes, infinitely many if it takes too long, or None while it reads."""
        ready, _, _ = select.select([self._pipe], [], [], 0)
        if not ready and time.monotonic() < self._deadline:
            return None
        text = os.read(self._pipe, 30) if ready else b""
        return int(text) if text else float("inf")

    def stop(self):
        """End the process that reads."""
        os.close(self._pipe)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
