"""Watch one kernel from outside: limits on the sum over its processes, and an end to all of them.

The warden is forked from the parent like the kernel, runs no student's code, and holds one end of
a leash. The grader holds the other: a byte on it interrupts the kernel, its end ends the kernel.
"""

import contextlib
import json
import os
import select
import signal
import time

PERIOD = 0.05  # seconds; in this time a process can touch some 200 MB
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def watch(kernel, leash, limits):
    """Wait for the end of a kernel, or bring it about.

    Parameters
    ----------
    kernel : int
        The number of the kernel's process, a child of this one.
    leash : socket.socket
        To the grader. Receives the reason of the end as JSON before it is closed.
    limits : dict
        `memory` and `cpu` for the sum over the kernel's processes; `processes` and `threads`.
    """
    base = _memory(kernel)
    reason = None
    while reason is None:
        ended, status = os.waitpid(kernel, os.WNOHANG)
        if ended:
            reason = _said(status)
            break
        reason = _pulled(kernel, leash) or _beyond(kernel, base, limits)
    for process in reversed(tree(kernel)):
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)
    _reap()
    with contextlib.suppress(OSError):
        leash.send(json.dumps(reason).encode())


def _pulled(kernel, leash):
    ready, _, _ = select.select([leash], [], [], PERIOD)
    if not ready:
        return None
    try:
        asked = leash.recv(1)
    except OSError:
        asked = b""
    if not asked:
        return {"end": "finished"}
    with contextlib.suppress(OSError):
        os.kill(kernel, signal.SIGINT)
    return None


def _said(status):
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return {"end": "cpu"}
        return {"end": "signal", "signal": signal.Signals(number).name}
    return {"end": "exit", "code": os.WEXITSTATUS(status)}


def _beyond(kernel, base, limits):
    processes = tree(kernel)
    threads = sum(_status(process).get("Threads", 0) for process in processes)
    if threads > limits["threads"] or len(processes) > limits["processes"]:
        return {"end": "processes"}
    # What forked processes share counts for each of them here; the exact sum takes longer to read.
    if sum(map(_memory, processes)) - base > limits["memory"] and \
            sum(map(_share, processes)) > limits["memory"]:
        return {"end": "memory"}
    if sum(map(_seconds, processes)) > limits["cpu"]:
        return {"end": "cpu"}
    return None


def tree(root):
    """Return a process and all that descend from it, parents first."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError, IndexError, ValueError), \
                open(f"/proc/{name}/stat") as file:
            parent = int(file.read().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


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
