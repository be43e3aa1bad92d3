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
import time
from dataclasses import dataclass, field

PERIOD = 0.05  # seconds; in this time a process can touch some 200 MB
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
        `memory` and `cpu` for the sum over the kernel's processes; `processes` and `threads`.
    """

    process: int
    number: int
    leash: object
    limits: dict
    reason: dict | None = None
    base: int = field(init=False)

    def __post_init__(self):
        self.base = _memory(self.number)


class Warden:
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
                         if not self._see_to(kernel, kernel.leash in ready, family)]
        return [each for each in listeners if each in ready]

    def _see_to(self, kernel, pulled, family):
        """Say whether a kernel has come to its end."""
        ended, status = os.waitpid(kernel.process, os.WNOHANG)
        if not ended and not kernel.reason:
            kernel.reason = pulled and _pulled(kernel) or \
                family is not None and _beyond(kernel, family) or None
            if kernel.reason:
                self._end(kernel)
        if not ended:
            return False
        kernel.reason = kernel.reason or _said(status)
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
        return {"end": "signal", "signal": signal.Signals(number).name}
    return {"end": "exit", "code": os.WEXITSTATUS(status)}


def _beyond(kernel, family):
    processes, limits = tree(kernel.number, family), kernel.limits
    threads = sum(_status(process).get("Threads", 0) for process in processes)
    if threads > limits["threads"] or len(processes) > limits["processes"]:
        return {"end": "processes"}
    # What forked processes share counts for each of them here; the exact sum takes longer to read.
    if sum(map(_memory, processes)) - kernel.base > limits["memory"] and \
            sum(map(_share, processes)) > limits["memory"]:
        return {"end": "memory"}
    if sum(map(_seconds, processes)) > limits["cpu"]:
        return {"end": "cpu"}
    return None


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
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, IndexError, ValueError), \
                open(f"/proc/{name}/stat") as file:
            parent = int(file.read().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(name))
    return children


def _status(process):
    with contextlib.suppress(OSError), open(f"/proc/{process}/status") as file:
        return {name: int(rest.split()[0]) for name, _, rest in
                (line.partition(":") for line in file) if rest.split()[:1]
                and rest.split()[0].isdigit()}
    return {}


def _memory(process):
    status = _status(process)
    return 1024 * (status.get("RssAnon", 0) + status.get("RssShmem", 0) + status.get("VmSwap", 0))


def _share(process):
    """Return a process's memory, of shared pages its share of each."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/smaps_rollup") as file:
        fields = dict(line.split(":", 1) for line in file if ":" in line and "[" not in line)
        return 1024 * sum(int(fields[name].split()[0]) for name in ("Pss_Anon", "Pss_Shmem")
                          if name in fields)
    return _memory(process)


def _seconds(process):
    with contextlib.suppress(OSError, IndexError), open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS  # of its ended children too
    return 0.0


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
