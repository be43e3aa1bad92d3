"""`course kernel`: the warm kernel, for every program that starts Jupyter kernels."""

import importlib.util
import sys
from pathlib import Path

from course_utils.errors import CourseError

HELP = "install a kernel that starts warm, for JupyterLab, nbclient, nbgrader and papermill"


def add_arguments(parser):
    """Declare the words after `course kernel`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("what", choices=("install", "remove"))
    parser.add_argument("--prefix", type=Path, default=Path(sys.prefix), metavar="FOLDER",
                        help="below which share/jupyter/kernels lies; this environment by default")
    parser.add_argument("--preload", action="append", metavar="MODULE",
                        help="what is imported once; may be given several times, and then replaces "
                             "NumPy, pandas, matplotlib, scikit-learn and TensorFlow")


def run(args):
    """Install or remove the kernel.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.
    """
    from forkgrade.forkserver.client import can_fork
    from forkgrade.forkserver.provisioner import NAME, PRELOAD, remove_kernelspec, write_kernelspec

    folder = args.prefix / "share/jupyter/kernels"
    if args.what == "remove":
        print(f"removed {remove_kernelspec(folder)}")
        return
    _check(args.preload or ())
    print(f"wrote {write_kernelspec(folder, args.preload or PRELOAD)}")
    print(f"Its name is {NAME}. In JupyterLab: Kernel, Change Kernel, Python 3 (warm)."
          if can_fork() else
          f"Its name is {NAME}. Kernels are forked on Linux only; here it starts cold.")


def _check(modules):
    """Refuse what cannot be imported: the kernel itself would start without it and say nothing."""
    for name in modules:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError):  # a part of something that is not a package
            spec = None
        if spec is None:
            raise CourseError(f"There is no module {name!r} in this environment. Install it with "
                              "pip, or leave it out of --preload.")
