"""Fork a kernel into namespaces of its own: its processes, its user, its network.

The fork server already lives in bubblewrap, without a network. This is the second wall, between
two kernels of one server; what each of them sees of the disk is in `mounts`.
"""

import contextlib
import os

from forkgrade.sandbox import libc

# CLONE_NEW… of linux/sched.h
NAMESPACES = {"mount": 0x00020000, "uts": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
              "pid": 0x20000000, "network": 0x40000000}


def lead_new_namespace():
    """Become the first process of a new PID namespace, with the right to make more of them.

    The caller continues in a child; the original process waits for it and exits with its status.
    """
    global _pid_namespace
    _enter_as_same_user("user", "pid")
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 255)
    _pid_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def fork():
    """Fork a child that is the first process of a PID namespace of its own.

    `lead_new_namespace` must have been called before.

    Returns
    -------
    int
        As from `os.fork`.
    """
    libc.call("unshare", NAMESPACES["pid"])
    child = None
    try:
        child = os.fork()
    finally:
        if child != 0:  # a process that stayed in the new namespace could fork only once
            libc.call("setns", _pid_namespace, NAMESPACES["pid"])
    return child


def unshare():
    """Enter new user, mount, IPC, UTS and network namespaces, and forbid further user namespaces.

    In a user namespace of its own a learner's code would have all capabilities again, there.
    """
    _enter_as_same_user("user", "mount", "ipc", "uts", "network")
    with contextlib.suppress(OSError), open("/proc/sys/user/max_user_namespaces", "w") as file:
        file.write("0")


def _enter_as_same_user(*names):
    user, group = os.geteuid(), os.getegid()
    libc.call("unshare", sum(NAMESPACES[name] for name in names))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                       ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
