"""Shut a forked process into namespaces of its own, with limits and without rights.

The warm parent already lives in bubblewrap: no network, and of the disk only what a notebook
needs, read-only. This is the second wall, between two kernels of one parent.
"""

import contextlib
import ctypes
import errno
import os
import re
import resource
import signal
import stat
import struct

from forkgrade.sandbox.bubblewrap import PROC

NAMESPACES = {"mount": 0x00020000, "uts": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
              "pid": 0x20000000, "network": 0x40000000}
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_CHILD_SUBREAPER = 4, 24, 38, 36
KEYCTL_JOIN_SESSION_KEYRING = 1
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
# memory that belongs to no process (shmget, msgget, semget, memfd_create, memfd_secret, vmsplice,
# add_key, request_key), and doors into the operating system's kernel that no notebook needs
# (keyctl, io_uring_setup, userfaultfd, bpf, perf_event_open, the three of Landlock), by their
# numbers; then that of mmap, which is refused what processes share without a file: it stays when it
# is no longer mapped; and that of socket, which is left to the families that have namespaces
REFUSED = {"x86_64": (0xC000003E, (29, 68, 64, 319, 447, 278, 248, 249, 250, 425, 323, 321, 298,
                                   444, 445, 446), 9, 41),
           "aarch64": (0xC00000B7, (194, 186, 190, 279, 447, 75, 217, 218, 219, 425, 282, 280,
                                    241, 444, 445, 446), 222, 198)}
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
FAMILIES = (1, 2, 10, 16)  # Unix, IPv4, IPv6, netlink
CAPABILITY_VERSION = 0x20080522
NOBODY = 65534
SPARE = 50  # threads between the number at which the warden ends a kernel and the hard limit
# what libraries read there about the machine; nothing about a process but one's own
PROC_FILES = ("cpuinfo", "meminfo", "stat", "version", "loadavg", "filesystems", "uptime")

_libc = ctypes.CDLL(None, use_errno=True)


def _call(name, *arguments):
    if getattr(_libc, name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def become_nobody():
    """Give up root for good: limits on processes do not bind root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    _call("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self stays root's


def take_charge():
    """Become the first process of a PID namespace, with the right to make more of them.

    Who called goes on in a fork; the process that called waits for the end of it, and ends too.
    """
    global _own
    _enter("user", "pid")
    inside = os.fork()
    if inside:
        _, status = os.waitpid(inside, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 255)
    _own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def fork_apart():
    """Fork, the child as the first process of a PID namespace; needs `take_charge` before.

    Returns
    -------
    int
        As `os.fork` does.
    """
    _call("unshare", NAMESPACES["pid"])
    child = None
    try:
        child = os.fork()
    finally:
        if child != 0:
            _call("setns", _own, NAMESPACES["pid"])  # else it could not be done again
    return child


def unshare():
    """Enter own user, mount, IPC, UTS and network namespaces, the last ones on this way.

    In a user namespace of its own a learner's code would have all rights again, there.
    """
    _enter("user", "mount", "ipc", "uts", "network")
    with contextlib.suppress(OSError), open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")


def _enter(*names):
    user, group = os.geteuid(), os.getegid()
    _call("unshare", sum(NAMESPACES[name] for name in names))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                       ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount_scratch(scratch, size, pid):
    """Mount what this kernel alone may write to and see, in a mount namespace of its own.

    Parameters
    ----------
    scratch : str
        The folder of the notebook; `/tmp` and `/dev/shm` become folders in it, out of sight.
    size : int
        Bytes in all.
    pid : str
        The kernel's own number as the outer `/proc` shows it.
    """
    _call("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
    kept = {place: os.open(place, os.O_PATH) for place in _shown_below("/tmp")}
    _hide_processes(pid)
    options = f"size={size},nr_inodes=20000,mode=0755".encode()
    _call("mount", b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV, options)
    with contextlib.suppress(OSError):  # terminals of its own; not every container allows it
        _call("mount", b"devpts", b"/dev/pts", b"devpts", MS_NOSUID | MS_NOEXEC,
              b"newinstance,ptmxmode=0666,mode=0620,max=32")
    for name, place in (("work", scratch), ("shm", "/dev/shm"), ("tmp", "/tmp")):
        os.mkdir(f"/tmp/{name}", 0o700)
        _call("mount", f"/tmp/{name}".encode(), os.fsencode(place), None, MS_BIND, None)
    for place, number in kept.items():  # a course that lies in /tmp is covered by now
        _make_mount_point(place, number)
        _call("mount", f"/proc/self/fd/{number}".encode(), os.fsencode(place), None,
              MS_BIND | MS_REC, None)
        os.close(number)


def _make_mount_point(place, number):
    """Make at `place` what the file or folder with this descriptor can be mounted on."""
    if stat.S_ISDIR(os.fstat(number).st_mode):
        os.makedirs(place, mode=0o755)
    else:
        os.makedirs(os.path.dirname(place), mode=0o755, exist_ok=True)
        os.close(os.open(place, os.O_CREAT, 0o644))


def _shown_below(folder):
    """Return the folders below `folder` on which bubblewrap mounted something, outer ones only."""
    with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
        written = {line.split()[1] for line in file}  # \040 stands for a space
    places = sorted(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), each)
                    for each in written)
    found = []
    for place in places:
        if place.startswith(f"{folder}/") and not any(
                place.startswith(f"{outer}/") for outer in found):
            found.append(place)
    return found


def mount_proc():
    """Mount a /proc of the own PID namespace aside, with the rights of the one who made that.

    Not every machine allows it: a container may have covered parts of its own /proc.
    """
    _call("unshare", NAMESPACES["mount"])
    _call("mount", None, b"/", None, MS_REC | MS_PRIVATE, None)
    with contextlib.suppress(OSError):
        _call("mount", b"proc", PROC.encode(), b"proc",
              MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, None)


def _hide_processes(pid):
    if os.readlink(f"{PROC}/self") == "1":
        _call("mount", PROC.encode(), b"/proc", None, MS_BIND | MS_REC, None)
    else:
        _show_one_process(pid)
    _call("mount", b"tmpfs", PROC.encode(), b"tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY,
          b"size=4k,mode=0")


def _show_one_process(pid):
    _call("mount", b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV, b"size=64k,mode=0755")
    for name in PROC_FILES:
        with open(f"/tmp/{name}", "w"):
            pass
        _call("mount", f"/proc/{name}".encode(), f"/tmp/{name}".encode(), None, MS_BIND, None)
    os.mkdir(f"/tmp/{pid}")
    _call("mount", f"/proc/{pid}".encode(), f"/tmp/{pid}".encode(), None, MS_BIND | MS_REC, None)
    os.symlink(str(pid), "/tmp/self")
    os.symlink("self/mounts", "/tmp/mounts")
    _call("mount", b"/tmp", b"/proc", None, MS_BIND | MS_REC, None)


def step_back(core=None):
    """Let wardens and judges go first, whatever a learner starts, and let its own threads be.

    As a batch process a thread that wakes another one goes on first. TensorFlow counts on that:
    at the end of each `fit` a thread that is woken too early sleeps for up to 0.16 s more.

    Parameters
    ----------
    core : int, optional
        The only one to run on: threads that take turns need not wake each other across cores, and
        neighbours on other cores notice nothing of them.
    """
    os.nice(5)
    with contextlib.suppress(OSError):  # a container may forbid it; all works without
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        if core in os.sched_getaffinity(0):
            os.sched_setaffinity(0, {core})


def limit(limits):
    """Set the limits that the kernel of the operating system enforces for each process.

    Parameters
    ----------
    limits : dict
        `memory` (bytes beyond what the parent had), `cpu` (seconds), `threads`, `file` (bytes).
    """
    data = _data_bytes()
    for what, most in ((resource.RLIMIT_DATA, data + limits["memory"]),
                       (resource.RLIMIT_CPU, int(limits["cpu"]) + 1),
                       (resource.RLIMIT_NPROC, limits["threads"] + SPARE),
                       (resource.RLIMIT_FSIZE, limits["file"]),
                       (resource.RLIMIT_NOFILE, 512),
                       (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing then fails with an OSError


def _data_bytes():
    with open("/proc/self/status") as file:
        fields = dict(line.split(":", 1) for line in file if ":" in line)
    return int(fields["VmData"].split()[0]) * 1024


def leave_keyring():
    """Join a fresh session keyring: the caller's, with its tickets, would be inherited."""
    number = {"x86_64": 250, "aarch64": 219}.get(os.uname().machine)
    if number is None or _libc.syscall(number, KEYCTL_JOIN_SESSION_KEYRING, None) >= 0:
        return
    code = ctypes.get_errno()
    if code not in (errno.ENOSYS, errno.EPERM):  # there are no keyrings, or for nobody here
        raise OSError(code, f"keyctl: {os.strerror(code)}")


def drop_rights():
    """Lose every capability of the own user namespace, and the way to new ones."""
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for capability in range(64):
        if _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())


def refuse_calls():
    """Answer the calls in `REFUSED`, and all of other architectures, as a kernel without them."""
    architecture, numbers, mmap, sockets = REFUSED.get(os.uname().machine, (None, (), None, None))
    if architecture is None:
        return
    # of the machine that filters calls; a step says how many others to leave out if it is (not) so
    load, equal, greater, both, give = 0x20, 0x15, 0x35, 0x54, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.ENOSYS
    shared = MAP_SHARED | MAP_ANONYMOUS
    first, fourth = 16, 16 + 3 * 8  # where the arguments of a call lie
    families = [(equal, len(FAMILIES) + 3 - place, 0, family)
                for place, family in enumerate(FAMILIES)]
    families[-1] = (equal, 4, 5, FAMILIES[-1])
    ends = [(equal, 0, len(families) + 1, sockets), (load, 0, 0, first), *families,
            (equal, 0, 3, mmap), (load, 0, 0, fourth), (both, 0, 0, shared),
            (equal, 1, 0, shared), (give, 0, 0, allow), (give, 0, 0, refuse)]
    last = len(numbers) + len(ends) - 1  # steps from the first number to the refusal
    steps = [(load, 0, 0, 4), (equal, 0, last + 2, architecture), (load, 0, 0, 0),
             (greater, last, 0, 0x40000000)]
    steps += [(equal, last - place - 1, 0, number) for place, number in enumerate(numbers)]
    steps += ends
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    with contextlib.suppress(OSError):  # a kernel built without it
        _call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)


def adopt_orphans():
    """Make this process the parent of whatever its descendants leave behind."""
    _call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
