"""The outer wall: a bubblewrap without network that shows only what a notebook needs."""

import os
import shutil
import site
import socket
import sys
from pathlib import Path

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/passwd",
          "/etc/group", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf", "/sys/devices")
GRADER = Path(__file__).resolve().parents[1]
# the rest of the grader is no secret, but no kernel needs it either
NEEDED = ("__init__.py", "examiner", "forkserver", "sandbox")
PROC = "/proc-outside"  # see `forkgrade.sandbox.mounts.mount_proc`
# the names that a notebook may look up: its own, and nobody else's
NAMES = {"hosts": f"127.0.0.1 localhost {socket.gethostname()}\n::1 localhost\n",
         "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n"}
FOLDER = "/job"  # where every kernel finds its own scratch folder


def available():
    """Return whether bubblewrap is installed on this machine."""
    return sys.platform == "linux" and shutil.which("bwrap") is not None


def command(words, private, suites=()):
    """Return the command that runs a program in bubblewrap.

    Parameters
    ----------
    words : list of str
        The program and its arguments.
    private : pathlib.Path
        A folder of the caller's; what stands in for the checks and for files of the machine is
        written there.
    suites : iterable of forkgrade.suite.CheckSuite
        What they show and hide.

    Returns
    -------
    list of str
    """
    packages = [*(GRADER / name for name in NEEDED),
                *(package for suite in suites for package in suite.packages)]
    arguments = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
                 "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev",
                 # a shared mapping of /dev/zero is memory that belongs to no process
                 "--dev-bind", "/dev/null", "/dev/zero", "--remount-ro", "/dev",
                 "--perms", "1777", "--tmpfs", "/tmp", "--perms", "0755", "--dir", FOLDER]
    places = [place for place in (*SYSTEM, *_python(), *packages) if Path(place).exists()]
    for folder in sorted({str(parent) for place in places for parent in Path(place).parents}):
        # otherwise bubblewrap makes them for its own user alone
        arguments += ["--perms", "0755", "--dir", folder] if folder != "/" else []
    for place in places:
        arguments += ["--ro-bind", str(place), str(place)]
    for name, text in NAMES.items():
        (private / name).write_text(text, encoding="utf-8")
        arguments += ["--ro-bind", str(private / name), f"/etc/{name}"]
    for number, suite in enumerate(suites):
        stand_in = _stand_in(private / f"stand_in_{number}", suite.stand_in)
        for path in suite.hidden.values():
            arguments += ["--ro-bind", str(stand_in if path.is_dir() else stand_in / "__init__.py"),
                      str(path)]
    # Linux lets a kernel mount a /proc of its own only where it sees a whole one; this is it, and
    # the kernel covers it afterwards
    arguments += ["--ro-bind", "/proc", PROC]
    arguments += ["--chdir", "/", "--remount-ro", "/"]
    return [*arguments, "--", *words]


def _python():
    """Return the folders of this Python and of the environment around it, outer ones first."""
    places = {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix),
              str(Path(sys.executable).parent), *site.getsitepackages()}
    places |= {str(path) for path in _link_folders(Path(sys.executable))}
    return sorted(place for place in places if not place.startswith("/usr/"))


def _link_folders(path):
    """Return the folder that each step of a chain of links points into."""
    folders = []
    while path.is_symlink():
        path = path.parent / path.readlink()
        folders.append(path.parent.parent if path.parent.name == "bin" else path.parent)
    return folders


def _stand_in(folder, source):
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").write_text(source, encoding="utf-8")
    return folder
