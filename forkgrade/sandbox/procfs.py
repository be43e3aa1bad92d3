"""Read what `/proc` says about processes, as fast as twenty scans a second need it.

The name of a process may be any bytes, so nothing here trusts one. A process that has gone reads
as one without memory, time or children.
"""

import contextlib
import os

CLOCK_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def children():
    """Return the children of each process of this machine, as lists by process number."""
    family = {}
    for name in os.listdir("/proc"):
        if name.isascii() and name.isdigit():
            fields = _stat(name)
            if fields:
                family.setdefault(int(fields[1]), []).append(int(name))
    return family


def tree(root, family=None):
    """Return a process and all its descendants, parents first.

    Parameters
    ----------
    root : int
    family : dict, optional
        What `children` returned; read anew by default.

    Returns
    -------
    list of int
    """
    family = children() if family is None else family
    processes = [root]
    for process in processes:
        processes += family.get(process, [])
    return processes


def is_alive(process):
    """Return whether a process exists and is not a zombie.

    Parameters
    ----------
    process : int
    """
    return _stat(process)[:1] not in ([b"Z"], [])


def cpu_seconds(process):
    """Return the CPU time of a process and of those of its children that have been waited for.

    Parameters
    ----------
    process : int
    """
    return sum(map(int, _stat(process)[11:15])) / CLOCK_TICKS


def thread_count(process):
    """Return how many threads a process has.

    Parameters
    ----------
    process : int
    """
    return status(process).get(b"Threads", 0)


def memory(process):
    """Return the bytes that a process has touched; pages that several share count for each.

    Parameters
    ----------
    process : int
    """
    fields = status(process)
    return 1024 * sum(fields.get(name, 0) for name in (b"RssAnon", b"RssShmem", b"VmSwap",
                                                       b"VmPTE"))


def proportional_memory(process):
    """Return the bytes of a process; of pages that several share, its share. Slower than `memory`.

    Parameters
    ----------
    process : int
    """
    fields = _numbers(f"/proc/{process}/smaps_rollup")
    if not fields:
        return memory(process)
    return 1024 * (fields.get(b"Pss_Anon", 0) + fields.get(b"Pss_Shmem", 0)
                   + fields.get(b"SwapPss", 0) + status(process).get(b"VmPTE", 0))


def socket_count(process):
    """Return how many sockets there are in the network namespace of a process.

    Those count too that no process has open: connections that nobody accepted, and the ends of
    closed ones that still hold what was not read.

    Parameters
    ----------
    process : int
    """
    with contextlib.suppress(OSError, ValueError, IndexError), \
            open(f"/proc/{process}/net/protocols", "rb") as file:
        return sum(int(line.split()[2]) for line in file.readlines()[1:])
    return 0


def status(process):
    """Return the numbers in the status file of a process; sizes are in KiB.

    Parameters
    ----------
    process : int or str
        A number, or ``"self"``.

    Returns
    -------
    dict of bytes to int
        Empty if there is no such process.
    """
    return _numbers(f"/proc/{process}/status")


def _stat(process):
    """Return what follows the name of a process in its stat file; nothing if it is gone."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()
    return []


def _numbers(path):
    """Return the first number of each line `name: number`; the first line of a name counts."""
    numbers = {}
    with contextlib.suppress(OSError), open(path, "rb") as file:
        for line in file:
            name, _, rest = line.partition(b":")
            value = rest.split()[:1]
            if value and value[0].isdigit():  # of bytes: ASCII only
                numbers.setdefault(name, int(value[0]))
    return numbers
