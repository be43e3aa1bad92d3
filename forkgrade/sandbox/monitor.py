"""Watch kernels from outside: limits on the sum over their processes, and an end to all of them.

In the sandbox the warm parent itself is the warden of its kernels; each is the first process of a
PID namespace, with which all in it ends. Without a sandbox every kernel has a warden of its own,
forked from the parent like the kernel, which adopts whatever the kernel leaves behind. A warden
runs no student's code and holds one end of a leash. The grader holds the other: a byte on it
interrupts the kernel, its end ends the kernel.
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

PERIOD = 0.05  # seconds; in this time a process can touch some 200 MB
PATIENCE = 5.0  # seconds for an exact sum of memory
HASTE = 0.002  # seconds between two looks at a kernel that is ending
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass
class Watched:
    """One kernel, a child of its warden.

    Attributes
    ----------
    process : int
        Its number for `kill` and `wait`.
    number : int
        Its number as `/proc` shows it.
    leash : socket.socket
        To the grader. Receives the reason of the end as JSON before it is closed.
    limits : dict
        `memory` and `cpu` for the sum over the kernel's processes; `processes`, `threads` and
        `sockets`, of which each holds memory that is no process's.
    """

    process: int
    number: int
    leash: object
    limits: dict
    reason: dict | None = None
    base: int = field(init=False)
    measuring: object = None  # a `_Measure` at work

    def __post_init__(self):
        self.base = _memory(self.number)


class Monitor:
    """Watches kernels until they end, or ends them.

    Parameters
    ----------
    namespaces : bool
        Whether each kernel is the first process of a PID namespace.
    """

    def __init__(self, namespaces):
        self._namespaces, self._watched, self._next = namespaces, [], 0.0

    def __bool__(self):
        return bool(self._watched)

    def add(self, kernel):
        """Watch one more."""
        self._watched.append(kernel)

    def look(self, *listeners):
        """Wait for a moment, see to all kernels, and return the listeners that somebody called."""
        ending = any(kernel.reason for kernel in self._watched)
        wait = HASTE if ending else PERIOD if self._watched else None
        leashes = [kernel.leash for kernel in self._watched if not kernel.reason]
        ready, _, _ = select.select([*listeners, *leashes], [], [], wait)
        family = None
        if time.monotonic() >= self._next and self._watched:
            family, self._next = _family(), time.monotonic() + PERIOD
        self._watched = [kernel for kernel in self._watched
                         if not self._has_ended(kernel, kernel.leash in ready, family)]
        return [each for each in listeners if each in ready]

    def _has_ended(self, kernel, pulled, family):
        try:
            return self._see_to(kernel, pulled, family)
        except Exception:  # whatever one kernel does, the others must be watched
            traceback.print_exc(file=sys.__stderr__)
            kernel.reason = kernel.reason or {"end": "finished"}
            with contextlib.suppress(OSError):
                os.kill(kernel.process, signal.SIGKILL)
            return False

    def _see_to(self, kernel, pulled, family):
        """Say whether a kernel has come to its end."""
        try:
            ended, status = os.waitpid(kernel.process, os.WNOHANG)
        except ChildProcessError:
            ended, status = kernel.process, 0
        if not ended and not kernel.reason:
            kernel.reason = pulled and _pulled(kernel) or \
                family is not None and _beyond(kernel, family, self._namespaces) or None
            if kernel.reason:
                self._end(kernel)
        if not ended:
            return False
        kernel.reason = kernel.reason or _said(status)
        if kernel.measuring:
            kernel.measuring.stop()
        if not self._namespaces:
            _reap()
        with contextlib.suppress(OSError):
            kernel.leash.send(json.dumps(kernel.reason).encode())
        kernel.leash.close()
        return True

    def _end(self, kernel):
        everyone = [kernel.process] if self._namespaces else reversed(tree(kernel.number))
        for process in everyone:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)


def _pulled(kernel):
    try:
        asked = kernel.leash.recv(1)
    except OSError:
        asked = b""
    if not asked:
        return {"end": "finished"}
    with contextlib.suppress(OSError):
        os.kill(kernel.process, signal.SIGINT)
    return None


def _said(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return {"end": "cpu"}
        names = {each.value: each.name for each in signal.Signals}
        return {"end": "signal", "signal": names.get(number, f"signal {number}")}
    return {"end": "exit", "code": os.WEXITSTATUS(status)}


def _beyond(kernel, family, apart):
    processes, limits = tree(kernel.number, family), kernel.limits
    threads = sum(_status(process).get(b"Threads", 0) for process in processes)
    # One that has ended stays listed until somebody waits for it, which nobody does for an orphan.
    if threads > limits["threads"] or (len(processes) > limits["processes"]
                                       and sum(map(_lives, processes)) > limits["processes"]):
        return {"end": "processes"}
    if apart and _sockets(kernel.number) > limits["sockets"]:  # else they are the machine's
        return {"end": "sockets"}
    # What forked processes share counts for each of them here; the exact sum takes longer to read.
    if kernel.measuring or sum(map(_memory, processes)) - kernel.base > limits["memory"]:
        kernel.measuring = kernel.measuring or _Measure(processes)
        found = kernel.measuring.found()
        if found is not None:
            kernel.measuring = None
            if found > limits["memory"]:
                return {"end": "memory"}
    if sum(map(_seconds, processes)) > limits["cpu"]:
        return {"end": "cpu"}
    return None


class _Measure:
    """The exact memory of some processes, read by a process of its own.

    Someone with thousands of mappings can make that take seconds, in which all kernels would go
    unwatched.
    """

    def __init__(self, processes):
        self._pipe, theirs = os.pipe()
        self._process, self._late = os.fork(), time.monotonic() + PATIENCE
        if self._process == 0:
            try:
                os.write(theirs, str(sum(map(_share, processes))).encode())
            finally:
                os._exit(0)
        os.close(theirs)

    def found(self):
        """Return the bytes, infinitely many if it takes too long, or None while it reads."""
        ready, _, _ = select.select([self._pipe], [], [], 0)
        if not ready and time.monotonic() < self._late:
            return None
        said = os.read(self._pipe, 30) if ready else b""
        self.stop()
        return int(said) if said else float("inf")

    def stop(self):
        """End it."""
        os.close(self._pipe)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def tree(root, family=None):
    """Return a process and all that descend from it, parents first."""
    children = _family() if family is None else family
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def _family():
    """Return the children of each process, by number."""
    children = {}
    for number in _numbers():
        fields = _stat(number)
        if fields:
            children.setdefault(int(fields[1]), []).append(number)
    return children


def _numbers():
    return [int(name) for name in os.listdir("/proc") if name.isascii() and name.isdigit()]


def _stat(process):
    """Return what follows a process's name, which may be any bytes; nothing if it is gone."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()
    return []


def _fields(path):
    """Return the numbers of a file whose lines have a name, a colon and a number."""
    found = {}
    with contextlib.suppress(OSError), open(path, "rb") as file:
        for line in file:
            name, _, rest = line.partition(b":")
            number = rest.split()[:1]
            if number and number[0].isdigit():  # of bytes: ASCII only
                found.setdefault(name, int(number[0]))
    return found


def _status(process):
    return _fields(f"/proc/{process}/status")


def _sockets(process):
    """Return how many sockets there are in a process's network namespace."""
    with contextlib.suppress(OSError, ValueError), \
            open(f"/proc/{process}/net/sockstat", "rb") as file:
        return int(file.readline().split()[2])
    return 0


def _lives(process):
    return _stat(process)[:1] not in ([b"Z"], [])


def _memory(process):
    status = _status(process)
    return 1024 * sum(status.get(name, 0) for name in (b"RssAnon", b"RssShmem", b"VmSwap",
                                                       b"VmPTE"))


def _share(process):
    """Return a process's memory, of shared pages its share of each."""
    fields = _fields(f"/proc/{process}/smaps_rollup")
    if not fields:
        return _memory(process)
    return 1024 * (fields.get(b"Pss_Anon", 0) + fields.get(b"Pss_Shmem", 0)
                   + fields.get(b"SwapPss", 0) + _status(process).get(b"VmPTE", 0))


def _seconds(process):
    return sum(map(int, _stat(process)[11:15])) / TICKS  # of its ended children too


def _reap():
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                for process in tree(os.getpid())[1:]:
                    with contextlib.suppress(OSError):
                        os.kill(process, signal.SIGKILL)
                time.sleep(0.002)
        except ChildProcessError:
            return
