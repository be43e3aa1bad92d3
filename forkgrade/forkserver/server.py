"""The warm parent: imports what a lab needs once, and forks for each kernel.

`python -m forkgrade.forkserver.server FD` is started by `forkgrade.forkserver.client`. It reads its
settings from standard input and listens on the socket FD. No TensorFlow operation runs here, no
learner's code, and no thread is started: all three would make a fork unsafe.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import traceback

from forkgrade.forkserver import messages
from forkgrade.forkserver.session import Session, fresh_start
from forkgrade.sandbox import limits, mounts, namespaces, privileges, seccomp
from forkgrade.sandbox.monitor import KernelProcess, Monitor, adopt_orphans


def main(argv):
    """Import, say so, then fork for every connection until nobody listens any more."""
    listener = socket.socket(fileno=int(argv[0]))
    settings = json.load(sys.stdin)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nothing of the grader's stays open here
    if settings["sandbox"]:
        privileges.become_nobody()
        namespaces.lead_new_namespace()
    gc.disable()  # no collection may run between the imports and the freeze
    shell = None
    if settings["grading"]:  # before the imports: matplotlib looks for a shell to show figures in
        from forkgrade.forkserver.shell import make_shell

        shell = make_shell()
    failed = preload(settings["modules"], shell)
    sys.stdout.write(json.dumps({"ready": True, "failed": failed}) + "\n")
    sys.stdout.flush()
    monitor = Monitor(namespaces=True)
    if not settings["sandbox"]:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # monitors are nobody's to wait for
    while True:
        if monitor.poll(listener):
            connection, _ = listener.accept()
            with connection:
                _serve(connection, settings, shell, monitor)


def preload(modules, shell):
    """Import modules by name and return those that cannot be imported."""
    failed = []
    for name in modules:
        try:
            importlib.import_module(name)
        except BaseException:
            failed.append(name)
    if shell:
        from forkgrade.forkserver.shell import practise

        practise(*shell)
    gc.freeze()  # a collection in a kernel must not touch, and so copy, the shared pages
    return failed


def _serve(connection, settings, shell, monitor):
    try:
        connection.settimeout(10)
        word, leash, _, _ = socket.recv_fds(connection, 1, 1)
        header = messages.receive(connection, timeout=10)
        if word == b"m":  # only the grader can reach this socket
            messages.send(connection, {"failed": preload(header["modules"], shell)})
            return
        (leash,) = leash
    except (OSError, ValueError, messages.Closed, messages.NotPlain):
        return
    connection.settimeout(None)
    leash = socket.socket(fileno=leash)
    try:
        if settings["sandbox"]:
            monitor.add(_fork(connection, leash, header, shell, namespaces.fork))
        elif os.fork() == 0:
            _leave(lambda: _alone(connection, leash, header, shell))
    except OSError:  # no more processes: the grader sees the leash end, and tries again
        traceback.print_exc(file=sys.__stderr__)


def _alone(connection, leash, header, shell):
    """Be the monitor of one kernel."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    adopt_orphans()
    monitor = Monitor(namespaces=False)
    monitor.add(_fork(connection, leash, header, shell, os.fork))
    _close_all_but(leash.fileno())
    while monitor:
        monitor.poll()


def _fork(connection, leash, header, shell, fork):
    """Fork a kernel and return it as its monitor sees it."""
    ours, theirs = os.pipe()
    process = fork()
    if process == 0:
        _leave(lambda: _kernel(connection, header, shell, fork is namespaces.fork, theirs))
    os.close(theirs)
    number = int(os.read(ours, 20) or -1)
    os.close(ours)
    return KernelProcess(process, number, leash, header["limits"])


def _kernel(connection, header, shell, sandbox, tell):
    number = os.readlink("/proc/self")  # as those see it who watch
    os.write(tell, number.encode())
    os.setsid()  # a signal to its process group must not reach the parent and the neighbours
    _close_all_but(connection.fileno())
    if sandbox:
        mounts.mount_proc()
        namespaces.unshare()
        mounts.mount_scratch(header["folder"], header["limits"]["scratch"], number)
    fresh_start(header["environment"], header["folder"])
    if sandbox:
        limits.set_limits(header["limits"])
        privileges.leave_keyring()
        privileges.drop_capabilities()
        seccomp.install_filter()
    if header.get("ipykernel"):
        _ipykernel(header["ipykernel"])
    else:
        limits.lower_priority(header["limits"].get("core"))
        Session(connection, *shell, header["folder"]).serve()


def _close_all_but(kept):
    os.closerange(3, kept)
    os.closerange(kept + 1, 1024)


def _ipykernel(arguments):
    """Become the kernel that jupyter_client asked for."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher.py", *arguments]
    IPKernelApp.launch_instance(arguments)


def _leave(work):
    """Run the last thing that this process does; it never returns into the parent's loop."""
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        with contextlib.suppress(BaseException):
            traceback.print_exc(file=sys.__stderr__)
    finally:
        with contextlib.suppress(BaseException):
            sys.__stdout__.flush()
            sys.__stderr__.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
