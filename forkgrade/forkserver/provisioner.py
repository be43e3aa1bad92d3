"""Warm kernels for everything that starts kernels through jupyter_client.

The kernelspec that `write_kernelspec` makes names the provisioner `plain-sight-warm`. JupyterLab,
nbclient, nbgrader and papermill then fork their kernels from one parent for each of their own
processes. There is no sandbox here: a notebook of one's own is not hostile.
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
from forkgrade.forkserver.client import LIMITS, ForkServer, Kernel
from forkgrade.forkserver.messages import Closed

NAME = "plain-sight-warm"
PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "sklearn", "tensorflow", "keras",
           "ipykernel.ipkernel", "ipykernel.kernelapp", "course_utils")
UNLIMITED = {**LIMITS, "memory": 2**60, "cpu": 2**31, "processes": 100_000,
             "threads": 1_000_000, "sockets": 1_000_000}

_parents = {}


class WarmProvisioner(LocalProvisioner):
    """Forks a kernel from a warm parent; starts a cold one where that is not possible."""

    _kernel = None

    async def launch_kernel(self, cmd, **kwargs):
        """Fork a kernel for the connection file that `cmd` names."""
        arguments = _arguments(cmd)
        metadata = getattr(self.kernel_spec, "metadata", {})
        preload = tuple(metadata.get("plain_sight", {}).get("preload", PRELOAD))
        parent = None if arguments is None else _parent(preload, self.log)
        if parent is None:
            return await super().launch_kernel(cmd, **kwargs)
        environment = kwargs.get("env") or dict(os.environ)
        for name in set(parent.address["environment"]) - set(environment):
            environment = {**environment, name: None}  # a cold kernel would not have it either
        try:
            self._kernel = Kernel(parent.address, ipykernel=arguments, limits=UNLIMITED,
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
        """Interrupt the kernel, or end it."""
        if self._kernel is None:
            await super().send_signal(signum)
        elif signum == signal.SIGINT:
            self._kernel.interrupt()
        elif signum != 0:
            await asyncio.get_running_loop().run_in_executor(None, self._kernel.close)

    async def kill(self, restart=False):
        """End the kernel and whatever it started."""
        if self._kernel is None:
            await super().kill(restart)
        elif self.process:
            await self.send_signal(signal.SIGTERM)

    terminate = kill

    async def wait(self):
        """Wait for the end of the kernel."""
        if self._kernel is None:
            return await super().wait()
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.02)
        code = self.process.poll() if self.process else 0
        self._kernel.close()
        self.process = self._kernel = None
        return code


class _Process:
    """The part of `subprocess.Popen` that is asked for; the process belongs to its warden."""

    stdin = stdout = stderr = None
    pid = None

    def __init__(self, kernel):
        self._kernel, self._code = kernel, None

    def poll(self):
        """Return the exit code, or None while the kernel lives."""
        if self._code is None:
            ended = self._kernel.ended(timeout=0.0)
            if ended is not None:
                self._code = ended.get("code", -9)
        return self._code

    wait = poll


def write_kernelspec(folder, preload=PRELOAD):
    """Write a kernelspec whose kernels start warm.

    Parameters
    ----------
    folder : path-like
        A folder for kernelspecs, such as ``share/jupyter/kernels`` of an environment.
    preload : iterable of str
        What the parent imports.

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
    """Remove what `write_kernelspec` wrote into a folder, and return its path.

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


def _parent(preload, log=logging):
    """Return this process's warm parent, or None after saying why there is none."""
    found = _parents.get((os.getpid(), preload))
    if found is not None and found.process.poll() is None:
        return found
    try:
        found = ForkServer(preload, sandbox=False, grading=False, threads=None).wait()
    except CourseError as error:
        log.warning("%s", error)
        return None
    _parents[os.getpid(), preload] = found
    atexit.register(found.stop)
    return found
