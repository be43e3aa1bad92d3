"""Watch kernels from outside: limits on the sum over their processes, and an end to all of them.

In the sandbox the fork server itself monitors its kernels; each is the first process of a PID
namespace, with which everything in it ends. Without a sandbox every kernel has a monitor of its
own, a process forked from the server like the kernel, which adopts whatever the kernel leaves
behind. A monitor runs no student's code and holds one end of a leash; the grader holds the other. A
byte on the leash interrupts the kernel, the end of the leash ends it.

The limits are not cgroups, because root or a systemd session of the user must delegate those, and
a container has neither.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time
import traceback

from forkgrade.sandbox import libc, procfs

POLL_INTERVAL = 0.05  # seconds; in this time a process can touch some 200 MB
EXIT_POLL_INTERVAL = 0.002  # seconds, while a kernel that was killed is ending
ORPHANS_TIMEOUT = 5.0  # seconds to end what a kernel left behind
PR_SET_CHILD_SUBREAPER = 36


class Monitor:
    """Watches kernels until they end, or ends them.

    Parameters
    ----------
    namespaces : bool
        Whether each kernel is the first process of a PID namespace.
    """

    def __init__(self, namespaces):
        self._namespaces, self._kernels, self._next_check = namespaces, [], 0.0
        self._ends = {}  # of kernels without limits, by process: what a select sees of their end

    def __bool__(self):
        return bool(self._kernels)

    def add(self, kernel):
        """Watch one more.

        Parameters
        ----------
        kernel : forkgrade.sandbox.kernel_process.KernelProcess
        """
        self._kernels.append(kernel)
        if kernel.limits is None:  # nothing to measure: waiting for it must not cost anything
            with contextlib.suppress(AttributeError, OSError):  # Linux before 5.3
                self._ends[kernel.process] = os.pidfd_open(kernel.process)

    def poll(self, *listeners):
        """Wait for one interval or for a listener, and give every kernel a tick.

        Parameters
        ----------
        *listeners : socket.socket

        Returns
        -------
        list of socket.socket
            The listeners to which somebody connects.
        """
        leashes = [kernel.leash for kernel in self._kernels if not kernel.exit_reason]
        ready, _, _ = select.select([*listeners, *leashes, *self._ends.values()], [], [],
                                    self._interval())
        children = None
        if time.monotonic() >= self._next_check and any(each.limits for each in self._kernels):
            children, self._next_check = procfs.children(), time.monotonic() + POLL_INTERVAL
        for kernel in self._kernels:
            self._tick_safely(kernel, kernel.leash in ready, children)
        self._kernels = [kernel for kernel in self._kernels if not kernel.is_over]
        return [listener for listener in listeners if listener in ready]

    def _interval(self):
        if any(kernel.exit_reason for kernel in self._kernels):
            return EXIT_POLL_INTERVAL
        return POLL_INTERVAL if len(self._kernels) > len(self._ends) else None

    def _tick_safely(self, kernel, leash_is_ready, children):
        try:
            self._tick(kernel, leash_is_ready, children)
        except Exception:  # whatever one kernel does, the others must be watched
            traceback.print_exc(file=sys.__stderr__)
            kernel.exit_reason = kernel.exit_reason or {"end": "finished"}
            _kill(kernel.process)

    def _tick(self, kernel, leash_is_ready, children):
        """Notice that a kernel has ended, or do what its leash asks and check its limits."""
        try:
            process, status = os.waitpid(kernel.process, os.WNOHANG)
        except ChildProcessError:
            process, status = kernel.process, 0
        if process:
            kernel.exit_reason = kernel.exit_reason or kernel.own_exit_reason(status)
            self._finish(kernel)
            return
        if kernel.exit_reason:  # killed, and not gone yet
            return
        if leash_is_ready:
            _obey_leash(kernel)
        if not kernel.exit_reason and kernel.limits and children is not None:
            self._check_limits(kernel, procfs.tree(kernel.proc_number, children))
        if kernel.exit_reason:
            self._kill_all(kernel)

    def _check_limits(self, kernel, processes):
        kernel.exit_reason = kernel.count_exceeded(processes, self._namespaces)
        if not kernel.exit_reason:
            kernel.update_memory(processes)
            kernel.exit_reason = kernel.amount_exceeded(processes)

    def _kill_all(self, kernel):
        if self._namespaces:
            _kill(kernel.process)
        else:
            for process in reversed(procfs.tree(kernel.proc_number)):
                _kill(process)

    def _finish(self, kernel):
        """Tell the grader why a kernel ended, after whatever it left behind has ended too."""
        kernel.stop_measurement()
        kernel.close_report()
        if kernel.process in self._ends:
            os.close(self._ends.pop(kernel.process))
        if not self._namespaces:
            _end_orphans()
        with contextlib.suppress(OSError):
            kernel.leash.send(json.dumps(kernel.exit_reason).encode())
        kernel.leash.close()
        kernel.is_over = True


def adopt_orphans():
    """Make this process the parent of whatever its descendants leave behind."""
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def _obey_leash(kernel):
    """Interrupt a kernel for a byte on its leash; give it an exit reason at the leash's end."""
    try:
        byte = kernel.leash.recv(1)
    except OSError:
        byte = b""
    if byte and kernel.limits is None:
        _interrupt_group(kernel.process)
    elif byte:
        _kill(kernel.process, signal.SIGINT)
    else:
        kernel.exit_reason = {"end": "finished"}


def _kill(process, number=signal.SIGKILL):
    with contextlib.suppress(OSError):
        os.kill(process, number)


def _interrupt_group(process):
    """Do what Ctrl-C does, and jupyter_client: interrupt what a person's cell started too."""
    try:
        os.killpg(process, signal.SIGINT)
    except OSError:  # not yet the leader of its group
        _kill(process, signal.SIGINT)


def _end_orphans():
    """End and wait for all descendants of this process."""
    deadline = time.monotonic() + ORPHANS_TIMEOUT
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                for process in procfs.tree(os.getpid())[1:]:
                    _kill(process)
                time.sleep(EXIT_POLL_INTERVAL)
        except ChildProcessError:
            return
