"""Warm kernels for everything that starts kernels through jupyter_client.

The kernelspec that `write_kernelspec` makes names the provisioner `plain-sight-warm`. JupyterLab,
nbclient, nbgrader and papermill then fork their kernels from a fork server, one for each of their
own processes. There is no sandbox here: a notebook of one's own is not hostile.
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
from forkgrade.forkserver.kernel import LIMITS, Kernel
from forkgrade.forkserver.messages import Closed

NAME = "plain-sight-warm"
# what a person's own notebooks use most; `course kernel install --preload` chooses for any course
PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "sklearn", "tensorflow", "keras",
           "ipykernel.ipkernel", "ipykernel.kernelapp", "course_utils")
UNLIMITED = {**LIMITS, "memory": 2**60, "cpu": 2**31, "processes": 100_000,
             "threads": 1_000_000, "sockets": 1_000_000}

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
        arguments = _arguments(cmd)
        metadata = getattr(self.kernel_spec, "metadata", {})
        preload = tuple(metadata.get("plain_sight", {}).get("preload", PRELOAD))
        server = None if arguments is None else _server(preload, self.log)
        if server is None:
            return await super().launch_kernel(cmd, **kwargs)
        environment = kwargs.get("env") or dict(os.environ)
        for name in set(server.address["environment"]) - set(environment):
            environment = {**environment, name: None}  # a cold kernel would not have it either
        try:
            self._kernel = Kernel(server.address, ipykernel=arguments, limits=UNLIMITED,
                                  environment={"NBGRADER_EXECUTION": None, **environment},
                                  folder=kwargs.get("cwd") or os.getcwd())
        except Closed as error:
            self.log.warning("The warm parent is gone (%s); this kernel starts cold.", error)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = _Process(self._kernel)
        return self.connection_info

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
    if "-m" in cmd and cmd[cmd.index("-m") + 1:][:1] == ["ipykernel_launcher"] \
            and os.path.realpath(cmd[0]) == os.path.realpath(sys.executable):
        return list(cmd[cmd.index("ipykernel_launcher") + 1:])
    return None


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
