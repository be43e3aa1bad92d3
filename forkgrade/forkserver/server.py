"""The fork server: imports what a lab needs once, and forks for each kernel.

Like `multiprocessing.forkserver`, plus a sandbox around the server (bubblewrap), a PID namespace
for each child, and a leash with which the client interrupts or ends one and learns why it ended.

`python -m forkgrade.forkserver.server FD` is started by `forkgrade.forkserver.client`. It reads its
settings from standard input and listens on the socket FD. No TensorFlow operation runs here, no
learner's code, and no thread is started: all three would make a fork unsafe.
"""

import atexit
import contextlib
import gc
import importlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import sys
import time
import traceback
from pathlib import Path

from forkgrade.forkserver import messages
from forkgrade.forkserver.late_settings import LateSettings
from forkgrade.forkserver.origins import ORIGINS, Origins
from forkgrade.forkserver.process import (
    close_all_but,
    report_crashes,
    reset_process,
    run_and_exit,
)
from forkgrade.forkserver.session import Session
from forkgrade.sandbox import libc, limits, mounts, namespaces, privileges, seccomp
from forkgrade.sandbox.kernel_process import KernelProcess
from forkgrade.sandbox.monitor import Monitor, adopt_orphans

HEADER_TIMEOUT = 10  # seconds; only the client's own user can connect
CONNECTION, REPORT = 3, 4  # descriptors of every kernel: to the grader, and to its monitor
NUMBER_SIZE = 20  # bytes of its process number, with which a kernel begins its report
BACKLOG = 64
PR_SET_PDEATHSIG = 1

_began = time.time()
# of a server for a person's own notebooks: its variables before it imported, and what it loaded
_loaded_with, _origins = None, None


def main(arguments):
    """Import, report it, then fork for every connection until this process is killed.

    Parameters
    ----------
    arguments : list of str
        The number of the descriptor of a listening socket.
    """
    listener = socket.socket(fileno=int(arguments[0]))
    settings = json.load(sys.stdin)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nothing of the client's stays open here
    if settings["sandbox"]:
        privileges.become_nobody()
        namespaces.lead_new_namespace()
    gc.disable()  # no collection may run between the imports and the freeze
    shell = None
    if settings["grading"]:  # before the imports: matplotlib looks for a shell to show figures in
        from forkgrade.forkserver.shell import make_shell

        shell = make_shell()
    if settings.get("folder"):
        failures = _import_for_own(settings, listener)
    else:
        failures = import_modules(settings["modules"], shell)
    sys.stdout.write(json.dumps({"ready": True, "failed": failures}) + "\n")
    sys.stdout.flush()
    _serve(listener, settings["sandbox"], shell)


def _import_for_own(settings, listener):
    """Import for a person's own notebooks; when their program ends, so does what it left here."""
    def end(*_):
        shutil.rmtree(settings["folder"], ignore_errors=True)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    if os.getppid() != settings["parent"]:  # it ended before this process could be told
        end()
    return _import_behind(settings["modules"], listener.getsockname())


def _import_behind(modules, path):
    """Import while other processes go first, and note beside a socket where all came from."""
    global _loaded_with, _origins  # noqa: PLW0603 - like sys.modules they belong to the process
    _loaded_with = _loaded_with or dict(os.environ)
    with _giving_way():
        failures = import_modules(modules, None)
    _origins = Origins.of_this_process(_began)
    Path(path + ORIGINS).write_text(json.dumps(_origins.to_plain()), encoding="utf-8")
    return failures


@contextlib.contextmanager
def _giving_way():
    """Let other processes go first.

    Not by `os.nice`: only root can take that back, and the kernels would inherit it.
    """
    before = os.sched_getscheduler(0)
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    yield
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, before, os.sched_param(0))


def import_modules(modules, shell):
    """Import modules once, for every kernel that is forked from now on.

    Parameters
    ----------
    modules : list of str
    shell : tuple or None
        What `shell.make_shell` returned.

    Returns
    -------
    list of str
        Those that cannot be imported.
    """
    failures = []
    for name in modules:
        try:
            importlib.import_module(name)
        except BaseException:
            failures.append(name)
    if shell:
        from forkgrade.forkserver.shell import practise

        practise(*shell)
    gc.freeze()  # a collection in a kernel must not touch, and so copy, the shared pages
    return failures


def _serve(listener, sandbox, shell):
    limits.counts_processes_apart()  # which takes longer in each kernel than once here
    monitor = Monitor(namespaces=True)
    if not sandbox:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels' monitors
    while True:
        if monitor.poll(listener):
            connection, _ = listener.accept()
            with connection:
                _answer(connection, sandbox, shell, monitor)


def _answer(connection, sandbox, shell, monitor):
    """Import modules or fork a kernel, whichever a new connection asks for."""
    try:
        connection.settimeout(HEADER_TIMEOUT)
        purpose, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
        header = messages.receive(connection, timeout=HEADER_TIMEOUT)
        if purpose == messages.IMPORT_MODULES:
            failures = import_modules(header["modules"], shell)
            messages.send(connection, {"failed": failures})
            return
        if purpose == messages.BRANCH:
            if os.fork() == 0:
                run_and_exit(lambda: _be_branch(connection, header))
            return
        (descriptor,) = descriptors
    except (OSError, ValueError, messages.Closed, messages.NotPlain):
        return
    connection.settimeout(None)
    leash = socket.socket(fileno=descriptor)
    try:
        if sandbox:
            monitor.add(_fork_kernel(connection, leash, header, shell, namespaces.fork))
        elif os.fork() == 0:
            run_and_exit(lambda: _monitor_one(connection, leash, header, shell))
    except OSError:  # no more processes: the client sees the leash end, and tries again
        traceback.print_exc(file=sys.__stderr__)


def _be_branch(connection, header):
    """Import more, with other variables, and serve kernels that have all of it."""
    server = os.getppid()
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if os.getppid() != server:
        return
    close_all_but(connection.detach())
    connection = socket.socket(fileno=CONNECTION)
    os.environ.update(header["settings"])
    _loaded_with.update(header["settings"])
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(header["path"])
    listener.listen(BACKLOG)
    failures = _import_behind(header["modules"], header["path"])
    messages.send(connection, {"failed": failures})
    connection.close()
    _serve(listener, False, None)


def _monitor_one(connection, leash, header, shell):
    """Fork one kernel, and monitor it to its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    adopt_orphans()
    monitor = Monitor(namespaces=False)
    kernel = _fork_kernel(connection, leash, header, shell, os.fork)
    close_all_but(leash.detach(), kernel.report)
    kernel.leash, kernel.report = socket.socket(fileno=3), 4
    monitor.add(kernel)
    while monitor:
        monitor.poll()


def _fork_kernel(connection, leash, header, shell, fork):
    """Fork a kernel and return it as a `KernelProcess`."""
    read_end, write_end = os.pipe()
    process = fork()
    if process == 0:
        sandbox = fork is namespaces.fork
        run_and_exit(lambda: _be_kernel(connection, header, shell, sandbox, write_end), REPORT)
    os.close(write_end)
    proc_number = int(os.read(read_end, NUMBER_SIZE) or -1)
    os.set_blocking(read_end, False)
    return KernelProcess(process, proc_number, leash, header["limits"], read_end)


def _be_kernel(connection, header, shell, sandbox, pipe):
    close_all_but(connection.detach(), pipe)
    connection = socket.socket(fileno=CONNECTION)
    proc_number = os.readlink("/proc/self")  # in the monitor's /proc, which is still its own
    os.write(REPORT, proc_number.rjust(NUMBER_SIZE).encode())
    os.setsid()  # a signal to its process group must not reach the server and other kernels
    if sandbox:
        report_crashes(REPORT)
        mounts.mount_proc()
        namespaces.unshare()
        mounts.mount_scratch(header["folder"], header["limits"]["scratch"], proc_number)
    reset_process({**_set_by_imports(), **header["environment"]}, header["folder"])
    if sandbox:
        limits.set_limits(header["limits"])
        privileges.leave_keyring()
        privileges.drop_capabilities()
        seccomp.install_filter()
    if header.get("ipykernel") is not None:
        _be_ipykernel(header["ipykernel"])
    else:
        limits.lower_priority(header["limits"].get("core"))
        enforced = sandbox and limits.counts_processes_apart()
        most = header["limits"]["processes"] if enforced else None
        Session(connection, *shell, header["folder"], most).serve()


def _set_by_imports():
    """Return the variables that libraries set when they are loaded, as scikit-learn does."""
    return {} if _loaded_with is None else {name: value for name, value in os.environ.items()
                                            if name not in _loaded_with}


def _be_ipykernel(arguments):
    """Become the kernel that jupyter_client asked for."""
    from ipykernel.kernelapp import IPKernelApp

    os.dup2(2, 1)  # nobody reads what else the server would print
    if sys.path[0] == "":
        del sys.path[0]  # ipykernel puts it where it has it: before what is installed
    sys.argv = [importlib.util.find_spec("ipykernel_launcher").origin, *arguments]
    application = IPKernelApp.instance()
    application.initialize(arguments)
    if _origins is not None:
        LateSettings(_loaded_with, _origins).watch(application.shell)
    try:
        application.start()
    finally:
        atexit._run_exitfuncs()  # as at the end of any program: history, and a person's own


if __name__ == "__main__":
    main(sys.argv[1:])
