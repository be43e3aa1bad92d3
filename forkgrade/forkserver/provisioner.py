"""Warm kernels for everything that starts kernels through jupyter_client.

The kernelspec that `write_kernelspec` makes names the provisioner `plain-sight-warm`. JupyterLab,
nbclient, nbgrader and papermill then fork their kernels from a fork server, one for each of their
own processes. There is no sandbox here: a notebook of one's own is not hostile.

It is also the default provisioner of the JupyterLab that `course lab` starts. The kernels of its
other kernelspecs are forked from `standby` where that is ready, and else started as ever.
"""

import asyncio
import atexit
import json
import logging
import os
import signal
import sys
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

from course_utils.errors import CourseError
from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.kernel import Kernel
from forkgrade.forkserver.messages import Closed
from forkgrade.forkserver.standby import NAME, held_ready

__all__ = ["NAME", "PRELOAD", "WarmProvisioner", "remove_kernelspec", "write_kernelspec"]
# what a person's own notebooks use most; `course kernel install --preload` chooses for any course
PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "sklearn", "tensorflow", "keras",
           "ipykernel.ipkernel", "ipykernel.kernelapp", "course_utils")
# until the kernel that was asked for, and the page that it is for, have started
SECONDS_UNTIL_START = 2

_servers = {}  # by process and preloaded modules


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from a fork server; starts a cold one where that is not possible."""

    _kernel = None

    async def launch_kernel(self, cmd, **kwargs):
        """Fork a kernel.

        Parameters
        ----------
        cmd : list of str
            The command that would start a cold one; names the connection file.
        **kwargs
            As for `subprocess.Popen`; `env` and `cwd` are used.

        Returns
        -------
        dict
            The connection file's contents.
        """
        if self._named():
            self._kernel = self._fork_named(cmd, kwargs)
        else:
            self._kernel = await self._fork_from_standby(cmd, kwargs)
        if self._kernel is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = _Process(self._kernel), None, None
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    def _named(self):
        """Whether the kernelspec asks for warm kernels, and does not only get them by default."""
        return "kernel_provisioner" in (getattr(self.kernel_spec, "metadata", None) or {})

    def _fork_named(self, cmd, options):
        """Return a kernel of the kernelspec that `write_kernelspec` made, or None."""
        arguments = _arguments(cmd)
        metadata = getattr(self.kernel_spec, "metadata", {})
        preload = tuple(metadata.get("plain_sight", {}).get("preload", PRELOAD))
        server = None if arguments is None else _server(preload, self.log)
        if server is None:
            return None
        environment = options.get("env") or dict(os.environ)
        for name in set(server.address["environment"]) - set(environment):
            environment = {**environment, name: None}  # a cold kernel would not have it either
        try:
            return _fork(server.address, arguments, environment, options)
        except Closed as error:
            self.log.warning("The warm parent is gone (%s); this kernel starts cold.", error)
            return None

    async def _fork_from_standby(self, cmd, options):
        """Return a kernel of the fork server that is held ready, or None; never wait for it."""
        standby, arguments = held_ready(), _arguments(cmd)
        if standby is None or arguments is None:
            return None
        environment = options.get("env") or dict(os.environ)
        folder = options.get("cwd") or os.getcwd()
        try:
            address = await asyncio.get_running_loop().run_in_executor(
                None, standby.address, _notebook(environment, folder), folder, environment)
            kernel = address and _fork(address, arguments, environment, options)
        except Exception as error:  # a kernel that starts cold is better than none
            self.log.info("This kernel starts cold (%s: %s).", type(error).__name__, error)
            kernel = None
        if kernel is None:
            _later(standby, self.log)
        return kernel

    @property
    def has_process(self):
        """Whether there is a kernel."""
        return self.process is not None

    async def send_signal(self, signum):
        """Interrupt the kernel, or end it.

        Parameters
        ----------
        signum : int
            SIGINT interrupts, 0 does nothing, any other signal ends it.
        """
        if self._kernel is None:
            await super().send_signal(signum)
        elif signum == signal.SIGINT:
            self._kernel.interrupt()
        elif signum != 0:
            await asyncio.get_running_loop().run_in_executor(None, self._kernel.close)

    async def kill(self, restart=False):
        """End the kernel and whatever it started.

        Parameters
        ----------
        restart : bool
            Not used for a forked kernel.
        """
        if self._kernel is None:
            await super().kill(restart)
        elif self.process:
            await self.send_signal(signal.SIGTERM)

    terminate = kill

    async def wait(self):
        """Wait for the end of the kernel, and return its exit code."""
        if self._kernel is None:
            return await super().wait()
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.02)
        code = self.process.poll() if self.process else 0
        self._kernel.close()
        self.process = self._kernel = None
        return code


class _Process:
    """What jupyter_client uses of `subprocess.Popen`; the process belongs to its monitor."""

    stdin = stdout = stderr = None
    pid = None

    def __init__(self, kernel):
        self._kernel, self._code = kernel, None

    def poll(self):
        """Return the exit code, or None while the kernel lives."""
        if self._code is None:
            reason = self._kernel.exit_reason(timeout=0.0)
            if reason is not None:
                self._code = -signal.SIGKILL if reason.code is None else reason.code
        return self._code

    wait = poll


def write_kernelspec(folder, preload=PRELOAD):
    """Write a kernelspec whose kernels start warm.

    Parameters
    ----------
    folder : path-like
        A folder for kernelspecs, such as ``share/jupyter/kernels`` of an environment.
    preload : iterable of str
        What the fork server imports.

    Returns
    -------
    pathlib.Path
    """
    path = Path(folder) / NAME
    path.mkdir(parents=True, exist_ok=True)
    spec = {"argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": "Python 3 (warm)", "language": "python",
            "metadata": {"kernel_provisioner": {"provisioner_name": NAME},
                         "plain_sight": {"preload": list(preload)}}}
    (path / "kernel.json").write_text(json.dumps(spec, indent=1) + "\n", encoding="utf-8")
    return path


def remove_kernelspec(folder):
    """Remove what `write_kernelspec` wrote into a folder.

    Parameters
    ----------
    folder : path-like
        As for `write_kernelspec`.

    Returns
    -------
    pathlib.Path
        Where it was.

    Raises
    ------
    CourseError
        If it is not there.
    """
    path = Path(folder) / NAME
    if not (path / "kernel.json").is_file():
        raise CourseError(f"There is no kernel {NAME} in {folder}. `jupyter kernelspec list` shows "
                          "where kernels are; name the part before share/ with --prefix.")
    (path / "kernel.json").unlink()
    path.rmdir()
    return path


def _arguments(cmd):
    """Return the arguments of an ipykernel of this Python, or None for another program."""
    if cmd[1:3] == ["-m", "ipykernel_launcher"] and _is_this_python(cmd[0]):
        return list(cmd[3:])
    return None


def _is_this_python(program):
    """Say whether a program is the Python of this environment: all of them may be one file."""
    try:
        return os.path.samefile(program, sys.executable) and \
            os.path.samefile(os.path.dirname(program), os.path.dirname(sys.executable))
    except OSError:
        return False


def _fork(address, arguments, environment, options):
    """Return a kernel of a fork server, with the variables that a cold one would have."""
    environment = {"HOME": None, "NBGRADER_EXECUTION": None, **environment,
                   "JPY_PARENT_PID": str(os.getpid())}
    return Kernel(address, ipykernel=arguments, environment=environment,
                  folder=options.get("cwd") or os.getcwd())


def _notebook(environment, folder):
    """Return the notebook for which JupyterLab starts a kernel, or None for anything else."""
    name = environment.get("JPY_SESSION_NAME")
    path = Path(folder) / Path(name).name if name else None
    return path if path and path.suffix == ".ipynb" else None


def _later(standby, log):
    """Have the kernels that are asked for later start warm."""
    loop = asyncio.get_running_loop()

    def read():
        loop.run_in_executor(None, standby.read).add_done_callback(start)

    def start(reading):
        try:
            reading.result()
            standby.start()
        except Exception as error:
            log.info("Kernels start cold (%s: %s).", type(error).__name__, error)

    loop.call_later(SECONDS_UNTIL_START, read)


def _server(preload, log=logging):
    """Return this process's fork server, or None after saying why there is none."""
    server = _servers.get((os.getpid(), preload))
    if server is not None and server.process.poll() is None:
        return server
    try:
        server = ForkServer(preload, sandbox=False, grading=False, threads=None).wait()
    except CourseError as error:
        log.warning("%s", error)
        return None
    _servers[os.getpid(), preload] = server
    atexit.register(server.stop)
    return server
