"""Watch kernels from outside: limits on the sum over their processes, and an end to all of them.

In the sandbox the fork server itself monitors its kernels; each is the first process of a PID
namespace, with which everything in it ends. Without a sandbox every kernel has a monitor of its
own, a process forked from the server like the kernel, which adopts whatever the kernel leaves
behind. A monitor runs no student's code and holds one end of a leash; the grader holds the other. A
byte on the leash interrupts the kernel, the end of the leash ends it.

The limits are not cgroups, which need root or a systemd session of the user: containers have
neither.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field

from forkgrade.sandbox import libc, procfs

POLL_INTERVAL = 0.05  # seconds; in this time a process can touch some 200 MB
EXIT_POLL_INTERVAL = 0.002  # seconds, while a kernel that was killed is ending
MEASURE_TIMEOUT = 5.0  # seconds for an exact sum of memory
ORPHANS_TIMEOUT = 5.0  # seconds to end what a kernel left behind
PR_SET_CHILD_SUBREAPER = 36


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
    limits : dict
        `memory` and `cpu` for the sum over the kernel's processes; `processes`, `threads` and
        `sockets`, each of which holds memory that belongs to no process.

    Attributes
    ----------
    exit_reason : dict or None
        Why it ends; None while it runs.
    is_over : bool
        Whether it has ended and the grader knows why.
    """

    process: int
    proc_number: int
    leash: object
    limits: dict
    exit_reason: dict | None = None
    is_over: bool = False
    baseline: int = field(init=False)  # bytes that were the fork server's
    memory: int | float = 0  # bytes beyond them, as far as is known
    measurement: object = None  # a `_Measurement` at work

    def __post_init__(self):
        self.baseline = procfs.memory(self.proc_number)

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

    def stop_measurement(self):
        """End an exact measurement that is still going on."""
        measurement, self.measurement = self.measurement, None
        if measurement:
            measurement.stop()


class Monitor:
    """Watches kernels until they end, or ends them.

    Parameters
    ----------
    namespaces : bool
        Whether each kernel is the first process of a PID namespace.
    """

    def __init__(self, namespaces):
        self._namespaces, self._kernels, self._next_check = namespaces, [], 0.0

    def __bool__(self):
        return bool(self._kernels)

    def add(self, kernel):
        """Watch one more.

        Parameters
        ----------
        kernel : KernelProcess
        """
        self._kernels.append(kernel)

    def poll(self, *listeners):
        """Wait for one interval or for a listener, and give every kernel a tick.

        Parameters
        ----------
        *listeners : socket.socket

        Returns
        -------
        list of socket.socket
            The listeners to which somebody connects.
        """
        leashes = [kernel.leash for kernel in self._kernels if not kernel.exit_reason]
        ready, _, _ = select.select([*listeners, *leashes], [], [], self._interval())
        children = None
        if time.monotonic() >= self._next_check and self._kernels:
            children, self._next_check = procfs.children(), time.monotonic() + POLL_INTERVAL
        for kernel in self._kernels:
            self._tick_safely(kernel, kernel.leash in ready, children)
        self._kernels = [kernel for kernel in self._kernels if not kernel.is_over]
        return [listener for listener in listeners if listener in ready]

    def _interval(self):
        if any(kernel.exit_reason for kernel in self._kernels):
            return EXIT_POLL_INTERVAL
        return POLL_INTERVAL if self._kernels else None

    def _tick_safely(self, kernel, leash_is_ready, children):
        try:
            self._tick(kernel, leash_is_ready, children)
        except Exception:  # whatever one kernel does, the others must be watched
            traceback.print_exc(file=sys.__stderr__)
            kernel.exit_reason = kernel.exit_reason or {"end": "finished"}
            _kill(kernel.process)

    def _tick(self, kernel, leash_is_ready, children):
        """Notice that a kernel has ended, or do what its leash asks and check its limits."""
        try:
            process, status = os.waitpid(kernel.process, os.WNOHANG)
        except ChildProcessError:
            process, status = kernel.process, 0
        if process:
            kernel.exit_reason = kernel.exit_reason or exit_reason(status)
            self._finish(kernel)
            return
        if kernel.exit_reason:  # killed, and not gone yet
            return
        if leash_is_ready:
            _obey_leash(kernel)
        if not kernel.exit_reason and children is not None:
            self._check_limits(kernel, procfs.tree(kernel.proc_number, children))
        if kernel.exit_reason:
            self._kill_all(kernel)

    def _check_limits(self, kernel, processes):
        kernel.exit_reason = _too_many(kernel, processes, self._namespaces)
        if not kernel.exit_reason:
            kernel.update_memory(processes)
            kernel.exit_reason = _too_much(kernel, processes)

    def _kill_all(self, kernel):
        if self._namespaces:
            _kill(kernel.process)
        else:
            for process in reversed(procfs.tree(kernel.proc_number)):
                _kill(process)

    def _finish(self, kernel):
        """Tell the grader why a kernel ended, after whatever it left behind has ended too."""
        kernel.stop_measurement()
        if not self._namespaces:
            _end_orphans()
        with contextlib.suppress(OSError):
            kernel.leash.send(json.dumps(kernel.exit_reason).encode())
        kernel.leash.close()
        kernel.is_over = True


def exit_reason(status):
    """Return why a process that ended by itself did so.

    Parameters
    ----------
    status : int
        From `os.waitpid`.

    Returns
    -------
    dict
        Plain data for the grader: `end`, and `signal` or `code`.
    """
    if not os.WIFSIGNALED(status):
        return {"end": "exit", "code": os.WEXITSTATUS(status)}
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return {"end": "cpu"}
    names = {each.value: each.name for each in signal.Signals}
    return {"end": "signal", "signal": names.get(number, f"signal {number}")}


def adopt_orphans():
    """Make this process the parent of whatever its descendants leave behind."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def _obey_leash(kernel):
    """Interrupt a kernel for a byte on its leash; give it an exit reason at the leash's end."""
    try:
        byte = kernel.leash.recv(1)
    except OSError:
        byte = b""
    if byte:
        _kill(kernel.process, signal.SIGINT)
    else:
        kernel.exit_reason = {"end": "finished"}


def _too_many(kernel, processes, namespaces):
    """Return the exit reason of a kernel that exceeds a limit on a number, or None."""
    limits = kernel.limits
    if sum(map(procfs.thread_count, processes)) > limits["threads"]:
        return {"end": "processes"}
    # a zombie stays listed until somebody waits for it, which nobody does for an orphan
    if len(processes) > limits["processes"] \
            and sum(map(procfs.is_alive, processes)) > limits["processes"]:
        return {"end": "processes"}
    # without namespaces, sockets are counted for the whole machine
    if namespaces and procfs.socket_count(kernel.proc_number) > limits["sockets"]:
        return {"end": "sockets"}
    return None


def _too_much(kernel, processes):
    """Return the exit reason of a kernel that exceeds its memory or its CPU time, or None."""
    if kernel.memory > kernel.limits["memory"]:
        return {"end": "memory"}
    if sum(map(procfs.cpu_seconds, processes)) > kernel.limits["cpu"]:
        return {"end": "cpu"}
    return None


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


def _kill(process, number=signal.SIGKILL):
    with contextlib.suppress(OSError):
        os.kill(process, number)


def _end_orphans():
    """End and wait for all descendants of this process."""
    deadline = time.monotonic() + ORPHANS_TIMEOUT
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                for process in procfs.tree(os.getpid())[1:]:
                    _kill(process)
                time.sleep(EXIT_POLL_INTERVAL)
        except ChildProcessError:
            return
