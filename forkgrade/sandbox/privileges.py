"""Give up privileges for good: root, capabilities, the caller's keyring."""

import ctypes
import errno
import os

from forkgrade.sandbox import libc
from forkgrade.sandbox.seccomp import SYSTEM_CALLS

NOBODY = 65534
CAPABILITY_COUNT, CAPABILITY_VERSION = 64, 0x20080522
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 24, 38
KEYCTL_JOIN_SESSION_KEYRING = 1


def become_nobody():
    """Give up root for good: limits on processes do not bind root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    libc.prctl(PR_SET_DUMPABLE, 1)  # otherwise /proc/self stays root's


def leave_keyring():
    """Join a new session keyring; otherwise the kernel would inherit the caller's, with its keys.

    Raises
    ------
    OSError
        If that fails on a machine that has keyrings.
    """
    calls = SYSTEM_CALLS.get(os.uname().machine)
    if calls is None:
        return
    try:
        libc.system_call(calls["keyctl"], KEYCTL_JOIN_SESSION_KEYRING, None)
    except OSError as error:
        if error.errno not in (errno.ENOSYS, errno.EPERM):  # no keyrings, or not for us
            raise


def drop_capabilities():
    """Drop every capability in the current user namespace, and rule out regaining one."""
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(CAPABILITY_COUNT):
        try:
            libc.prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # this Linux knows no capability of that number
            break
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    libc.call("capset", header, (ctypes.c_uint32 * 6)())
