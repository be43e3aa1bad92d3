"""The filter's verdicts are those of the program that was counted out by hand before it."""

import os
import struct

import pytest

from forkgrade.sandbox import seccomp

ALLOWED, REFUSED = 0x7FFF0000, 0x00050026  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with ENOSYS
# eight bytes for each instruction: struct sock_filter
BEFORE = {
    "x86_64":
        "20000000040000001500001d3e0000c0200000000000000035001b000000004015001a001d000000"
        "15001900440000001500180040000000150017003f01000015001600bf0100001500150016010000"
        "15001400f800000015001300f900000015001200fa00000015001100a90100001500100043010000"
        "15000f004101000015000e002a01000015000d00bc01000015000c00bd01000015000b00be010000"
        "1500000529000000200000001000000015000700010000001500060002000000150005000a000000"
        "15000405100000001500000309000000200000002800000054000000210000001500010021000000"
        "060000000000ff7f0600000026000500",
    "aarch64":
        "20000000040000001500001db70000c0200000000000000035001b000000004015001a00c2000000"
        "15001900ba00000015001800be000000150017001701000015001600bf010000150015004b000000"
        "15001400d900000015001300da00000015001200db00000015001100a9010000150010001a010000"
        "15000f001801000015000e00f100000015000d00bc01000015000c00bd01000015000b00be010000"
        "15000005c6000000200000001000000015000700010000001500060002000000150005000a000000"
        "150004051000000015000003de000000200000002800000054000000210000001500010021000000"
        "060000000000ff7f0600000026000500",
}
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "i386": 0x40000003,
                 "riscv64": 0xC00000F3, "none": 0}
NUMBERS = (*range(700), 0x3FFFFFFF, *range(0x40000000, 0x40000000 + 700), 0x7FFFFFFF, 0x80000000,
           0xFFFFFFFE, 0xFFFFFFFF)
FLAGS = (0, 0x01, 0x02, 0x20, 0x21, 0x22, 0x23, 0x03, 0x31, 0x8021, 0x40021, 0xFFFFFFFF,
         0x1_0000_0000, 0x1_0000_0021)
FAMILIES = (*range(50), 0xFFFFFFFF, 0x1_0000_0001, 2**63 + 17)


def verdict(program, architecture, number, arguments=(0,) * 6):
    """Return what a filter says of a call: the operating system's machine in small."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments)
    steps = [struct.unpack("<HBBI", program[at:at + 8]) for at in range(0, len(program), 8)]
    accumulator, place = None, 0
    while True:
        code, if_true, if_false, operand = steps[place]
        place += 1
        if code == 0x06:  # return
            return operand
        if code == 0x20:  # load a word
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == 0x54:  # and
            accumulator &= operand
        elif code == 0x15:  # jump if equal
            place += if_true if accumulator == operand else if_false
        elif code == 0x35:  # jump if at least
            place += if_true if accumulator >= operand else if_false
        else:
            raise AssertionError(f"an instruction {code:#x}")


def calls(machine):
    """Yield calls: every number, and those whose arguments matter with many arguments."""
    for architecture in ARCHITECTURES.values():
        for number in NUMBERS:
            yield architecture, number, (0,) * 6
        for number in (seccomp.SYSTEM_CALLS[machine][name] for name in ("mmap", "socket")):
            for first in FAMILIES:
                for fourth in FLAGS:
                    yield architecture, number, (first, 0, 0, fourth, 0, 0)


@pytest.mark.parametrize("machine", BEFORE)
def test_no_verdict_differs_from_before(machine):
    before, now = bytes.fromhex(BEFORE[machine]), seccomp.filter_program(machine)
    verdicts = [(verdict(before, *call), verdict(now, *call)) for call in calls(machine)]
    assert {verdict for pair in verdicts for verdict in pair} == {ALLOWED, REFUSED}
    assert not [pair for pair in verdicts if pair[0] != pair[1]]


@pytest.mark.parametrize("machine", BEFORE)
def test_calls_are_refused_by_their_names(machine):
    program, own = seccomp.filter_program(machine), ARCHITECTURES[machine]
    names = {*seccomp.MEMORY_OF_NO_PROCESS, *seccomp.NEVER_NEEDED}
    numbers = {seccomp.SYSTEM_CALLS[machine][name] for name in names}
    assert len(numbers) == len(names) == 16
    socket = seccomp.SYSTEM_CALLS[machine]["socket"]  # of no family here
    refused = {number for number in range(700) if verdict(program, own, number) == REFUSED}
    assert refused == numbers | {socket}


@pytest.mark.parametrize("machine", BEFORE)
def test_no_jump_leaves_the_program(machine):
    program = seccomp.filter_program(machine)
    steps = list(struct.iter_unpack("<HBBI", program))
    assert steps[-1][0] == 0x06
    for place, (code, if_true, if_false, _) in enumerate(steps):
        assert code == 0x06 or place + 1 + max(if_true, if_false) < len(steps)


@pytest.mark.skipif(os.uname().machine not in BEFORE, reason="no filter here")
def test_names_have_this_machines_numbers():
    header = next((path for path in ("/usr/include/asm/unistd_64.h",
                                     "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
                                     "/usr/include/asm-generic/unistd.h")
                   if os.path.exists(path)), None)
    if header is None or header.endswith("generic/unistd.h") != (os.uname().machine == "aarch64"):
        pytest.skip("no headers of this machine's Linux")
    with open(header, encoding="utf-8") as file:
        words = [line.split() for line in file if line.startswith("#define __NR")]
    numbers = {word[1].removeprefix("__NR3264_").removeprefix("__NR_"): word[2]
               for word in words if len(word) > 2}
    ours = seccomp.SYSTEM_CALLS[os.uname().machine]
    assert {name: numbers.get(name, str(ours[name])) for name in ours} == \
        {name: str(number) for name, number in ours.items()}
