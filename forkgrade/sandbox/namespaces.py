"""Fork a kernel into namespaces of its own: its processes, its user, its network.

The fork server already lives in bubblewrap, without a network. This is the second wall, between
two kernels of one server; what each of them sees of the disk is in `mounts`.
"""

import contextlib
import fcntl
import os
import socket
import struct

from forkgrade.sandbox import libc

# CLONE_NEW… of linux/sched.h
NAMESPACES = {"mount": 0x00020000, "uts": 0x04000000, "ipc": 0x08000000, "user": 0x10000000,
              "pid": 0x20000000, "network": 0x40000000}
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # linux/sockios.h, linux/if.h
LOOPBACK = b"lo"
# least, usual and most bytes of a TCP socket's buffers, which belong to no process; Linux's own
# most are some megabytes for each socket
BUFFERS = {"tcp_rmem": "4096 131072 212992", "tcp_wmem": "4096 16384 212992"}


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

    In a user namespace of its own a learner's code would have all capabilities again, there. The
    new network has the loopback interface alone, on which a notebook may talk to itself.
    """
    _enter_as_same_user("user", "mount", "ipc", "uts", "network")
    with contextlib.suppress(OSError):  # where buffers cannot be bounded there is no loopback
        for name, sizes in BUFFERS.items():
            _set(f"net/ipv4/{name}", sizes)
        _start_loopback()
    with contextlib.suppress(OSError):
        _set("user/max_user_namespaces", "0")


def _set(name, value):
    with open(f"/proc/sys/{name}", "w") as file:
        file.write(value)


def _start_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", LOOPBACK, IFF_UP))


def _enter_as_same_user(*names):
    user, group = os.geteuid(), os.getegid()
    libc.call("unshare", sum(NAMESPACES[name] for name in names))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"),
                       ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
