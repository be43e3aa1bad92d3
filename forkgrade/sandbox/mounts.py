"""What a kernel sees and may write to on the disk: mounts in a namespace of its own."""

import contextlib
import os
import re
import stat

from forkgrade.sandbox import libc
from forkgrade.sandbox.bubblewrap import PROC
from forkgrade.sandbox.namespaces import NAMESPACES

# MS_… of linux/mount.h
READ_ONLY, NO_SETUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8
BIND, RECURSIVE, PRIVATE = 4096, 16384, 1 << 18
MOST_FILES, MOST_TERMINALS = 20_000, 32
# what libraries read there about the machine; none says anything about another process
PROC_FILES = ("cpuinfo", "meminfo", "stat", "version", "loadavg", "filesystems", "uptime")


def mount_proc():
    """Mount a /proc of this PID namespace at `bubblewrap.PROC`, while there is the right to do so.

    Not every machine allows it: a container may have covered parts of its own /proc.
    """
    libc.call("unshare", NAMESPACES["mount"])
    _make_private()
    with contextlib.suppress(OSError):
        _mount("proc", PROC, "proc", NO_SETUID | NO_DEVICES | NO_PROGRAMS | READ_ONLY)


def mount_scratch(folder, size, process):
    """Mount an empty scratch folder, and hide other processes and everybody else's `/tmp`.

    Parameters
    ----------
    folder : str
        Where the notebook works. `/tmp` and `/dev/shm` lie in the same memory, out of its sight.
    size : int
        Bytes for all three together.
    process : str
        This process's number as the outer `/proc` shows it.
    """
    _make_private()
    descriptors = {place: os.open(place, os.O_PATH) for place in _mount_points_below("/tmp")}
    _hide_processes(process)
    _mount("tmpfs", "/tmp", "tmpfs", NO_SETUID | NO_DEVICES,
           f"size={size},nr_inodes={MOST_FILES},mode=0755")
    with contextlib.suppress(OSError):  # terminals of its own; not every container allows it
        _mount("devpts", "/dev/pts", "devpts", NO_SETUID | NO_PROGRAMS,
               f"newinstance,ptmxmode=0666,mode=0620,max={MOST_TERMINALS}")
    for name, place in (("work", folder), ("shm", "/dev/shm"), ("tmp", "/tmp")):
        os.mkdir(f"/tmp/{name}", 0o700)
        _bind(f"/tmp/{name}", place)
    for place, descriptor in descriptors.items():  # a course below /tmp is covered by now
        _make_mount_point(place, descriptor)
        _bind(f"/proc/self/fd/{descriptor}", place, RECURSIVE)
        os.close(descriptor)


def _mount(source, place, kind, flags, options=None):
    libc.call("mount", source.encode(), place.encode(), kind.encode(), flags,
              options and options.encode())


def _bind(source, place, flags=0):
    libc.call("mount", os.fsencode(source), os.fsencode(place), None, BIND | flags, None)


def _make_private():
    """Keep what is mounted here from now on out of the namespace that this one was copied from."""
    libc.call("mount", None, b"/", None, RECURSIVE | PRIVATE, None)


def _make_mount_point(place, descriptor):
    """Make at `place` a file or a folder, whichever the descriptor is of."""
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.makedirs(place, mode=0o755)
    else:
        os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
        os.close(os.open(place, os.O_CREAT, 0o644))


def _mount_points_below(folder):
    """Return where bubblewrap mounted something below `folder`, outermost places only."""
    with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
        escaped = {line.split()[1] for line in file}  # \040 stands for a space
    places = sorted(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place)
                    for place in escaped)
    outermost = []
    for place in places:
        if place.startswith(f"{folder}/") and not any(
                place.startswith(f"{outer}/") for outer in outermost):
            outermost.append(place)
    return outermost


def _hide_processes(process):
    if os.readlink(f"{PROC}/self") == "1":  # `mount_proc` worked
        _bind(PROC, "/proc", RECURSIVE)
    else:
        _show_one_process(process)
    _mount("tmpfs", PROC, "tmpfs", NO_SETUID | NO_DEVICES | READ_ONLY, "size=4k,mode=0")


def _show_one_process(process):
    """Put together a /proc in which there is this process alone."""
    _mount("tmpfs", "/tmp", "tmpfs", NO_SETUID | NO_DEVICES, "size=64k,mode=0755")
    for name in PROC_FILES:
        with open(f"/tmp/{name}", "w"):
            pass
        _bind(f"/proc/{name}", f"/tmp/{name}")
    os.mkdir(f"/tmp/{process}")
    _bind(f"/proc/{process}", f"/tmp/{process}", RECURSIVE)
    os.symlink(process, "/tmp/self")
    os.symlink("self/mounts", "/tmp/mounts")
    _bind("/tmp", "/proc", RECURSIVE)
