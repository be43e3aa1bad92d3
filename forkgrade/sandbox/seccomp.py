"""A seccomp filter: the system calls that a kernel is refused.

It is a program for the classic BPF machine of the operating system, which runs it before each call
of the process and of its children. Every rule either returns a verdict or hands over to the next
rule, so rules can be added, moved and deleted without counting jumps.
"""

import contextlib
import ctypes
import errno
import os
import struct

from forkgrade.sandbox import libc

MEMORY_OF_NO_PROCESS = ("shmget", "msgget", "semget", "memfd_create", "memfd_secret", "vmsplice",
                        "add_key", "request_key")
# doors into the operating system that no notebook needs
NEVER_NEEDED = ("keyctl", "io_uring_setup", "userfaultfd", "bpf", "perf_event_open",
                "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
SYSTEM_CALLS = {
    "x86_64": {
        "shmget": 29, "msgget": 68, "semget": 64, "memfd_create": 319, "memfd_secret": 447,
        "vmsplice": 278, "add_key": 248, "request_key": 249, "keyctl": 250, "io_uring_setup": 425,
        "userfaultfd": 323, "bpf": 321, "perf_event_open": 298, "landlock_create_ruleset": 444,
        "landlock_add_rule": 445, "landlock_restrict_self": 446, "mmap": 9, "socket": 41},
    "aarch64": {
        "shmget": 194, "msgget": 186, "semget": 190, "memfd_create": 279, "memfd_secret": 447,
        "vmsplice": 75, "add_key": 217, "request_key": 218, "keyctl": 219, "io_uring_setup": 425,
        "userfaultfd": 282, "bpf": 280, "perf_event_open": 241, "landlock_create_ruleset": 444,
        "landlock_add_rule": 445, "landlock_restrict_self": 446, "mmap": 222, "socket": 198},
}
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # AUDIT_ARCH_ of linux/audit.h
X32_CALLS = 0x40000000  # from here on, calls of x86_64's second numbering
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
FAMILIES = {"unix": 1, "ipv4": 2, "ipv6": 10, "netlink": 16}  # those that namespaces separate

PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.ENOSYS
# what a filter can look at: struct seccomp_data of linux/seccomp.h, arguments by their low half
CALL, ARCHITECTURE, ARGUMENTS = 0, 4, (16, 24, 32, 40)
# instructions: linux/bpf_common.h
LOAD, AND, RETURN, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST = 0x20, 0x54, 0x06, 0x15, 0x35


def install_filter():
    """Refuse the calls above to this process, which cannot undo it; see `filter_program`.

    On machines that are neither x86_64 nor aarch64, and on a Linux without filters, all calls stay
    allowed.
    """
    machine = os.uname().machine
    if machine not in SYSTEM_CALLS:
        return
    program = filter_program(machine)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    with contextlib.suppress(OSError):
        libc.call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0)


def filter_program(machine):
    """Return the filter for a machine; to a call that it refuses, Linux answers ENOSYS.

    Parameters
    ----------
    machine : {"x86_64", "aarch64"}

    Returns
    -------
    bytes
        Eight for each instruction.
    """
    calls = SYSTEM_CALLS[machine]
    rules = [_load(ARCHITECTURE), *_unless_equal(ARCHITECTURES[machine], REFUSE),
             _load(CALL), *_if_at_least(X32_CALLS, REFUSE)]
    for name in (*MEMORY_OF_NO_PROCESS, *NEVER_NEEDED):
        rules += _if_equal(calls[name], REFUSE)
    rules += _for_call(calls["socket"], _socket_rules())
    rules += _for_call(calls["mmap"], _mmap_rules())
    rules += [_return(ALLOW)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in rules)


def _socket_rules():
    """Allow the families of sockets that namespaces separate, and no others."""
    rules = [_load(ARGUMENTS[0])]
    for family in FAMILIES.values():
        rules += _if_equal(family, ALLOW)
    return [*rules, _return(REFUSE)]


def _mmap_rules():
    """Refuse memory shared without a file, which stays even when no process maps it any more."""
    both = MAP_SHARED | MAP_ANONYMOUS
    return [_load(ARGUMENTS[3]), (AND, 0, 0, both), *_if_equal(both, REFUSE), _return(ALLOW)]


# An instruction is (what, steps to skip if true, steps to skip if false, operand).

def _load(offset):
    return (LOAD, 0, 0, offset)


def _return(verdict):
    return (RETURN, 0, 0, verdict)


def _if_equal(value, verdict):
    return [(JUMP_IF_EQUAL, 0, 1, value), _return(verdict)]


def _unless_equal(value, verdict):
    return [(JUMP_IF_EQUAL, 1, 0, value), _return(verdict)]


def _if_at_least(value, verdict):
    return [(JUMP_IF_AT_LEAST, 0, 1, value), _return(verdict)]


def _for_call(number, rules):
    """Return the rules for one call, of which the last returns a verdict in any case."""
    return [(JUMP_IF_EQUAL, 0, len(rules), number), *rules]
