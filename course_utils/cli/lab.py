"""`course lab`: JupyterLab, opened at the first lesson."""

import logging
import os
import socket
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import project_root

HELP = "open JupyterLab at the first lesson"
FIRST_LESSON = "lessons/01_feature_scaling.ipynb"
# Settings that keep JupyterLab from fetching news: after set-up nothing needs the network
QUIET_CONFIG = Path(__file__).parents[1] / "jupyter_config"


def add_arguments(parser):
    """Declare the options of `course lab`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("--port", type=int, default=8888, metavar="N",
                        help="where JupyterLab listens (default: 8888)")
    parser.add_argument("--no-browser", action="store_true",
                        help="print the address instead of opening a browser")
    parser.add_argument("--cold", action="store_true",
                        help="start each kernel from nothing, also where a warm start is possible")


def run(args):
    """Start JupyterLab in the course's folder and stay until it stops.

    Parameters
    ----------
    args : argparse.Namespace
    """
    root = project_root()
    require_lesson(root)
    _require_free_port(args.port)
    # nbgrader's panels read nbgrader_config.py from the working directory
    os.chdir(root)
    paths = [str(QUIET_CONFIG), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ.pop("MPLBACKEND", None)  # a backend chosen for scripts would leave lessons blank
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, paths))

    from jupyterlab.labapp import LabApp

    print(f"Starting JupyterLab on port {args.port}. To stop it, press Ctrl-C twice here.",
          flush=True)
    options = server_options(root, args.port, not args.no_browser)
    LabApp.launch_instance(argv=options if args.cold else options + warm_options(root))


def server_options(root, port, browser):
    """Return the command-line options that JupyterLab is started with.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder, which becomes JupyterLab's.
    port : int
        Where it listens.
    browser : bool
        Whether it opens a browser.
    """
    options = [
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--LabApp.default_url=/lab/tree/{FIRST_LESSON}",
        "--LabApp.extension_manager=readonly",
        # The address still appears, and is not lost among forty other lines
        "--Application.log_level=WARN",
    ]
    if not browser:
        options.append("--no-browser")
    # In a container one is often root, which JupyterLab refuses unless told
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return options


def warm_options(root):
    """Return the options with which JupyterLab's kernels start warm; none where they cannot.

    The package that does it is the grader's, which students' bundles do not have.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    """
    if sys.platform != "linux" or not find_spec("forkgrade"):
        return []
    from course_utils.notebooks.opening import opening

    notebooks = sorted([*root.glob("lessons/*.ipynb"), *root.glob("labs/*/*.ipynb")])
    try:
        return import_module("forkgrade.forkserver.standby").hold_ready(opening, notebooks)
    except Exception:  # whatever it is, JupyterLab has to start
        logging.getLogger(__name__).info("Kernels start cold.", exc_info=True)
        return []


def require_lesson(root):
    """Raise a `CourseError` unless the notebook to open is there.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    """
    if not (root / FIRST_LESSON).is_file():
        raise CourseError(f"{FIRST_LESSON} is missing. Lessons are made from source/: "
                          "type `make build`, then `make lab`.")


def _require_free_port(port):
    """Raise CourseError, naming a free port, if something listens on this one."""
    if not 1 <= port <= 65535:
        raise CourseError(f"{port} is not a port. Ports go from 1 to 65535; "
                          "try `make lab PORT=8890`.")
    if is_free(port):
        return
    other = next((p for p in range(port + 2, min(port + 100, 65536)) if is_free(p)), 8890)
    raise CourseError(f"Port {port} is taken, perhaps by a JupyterLab that is still running. "
                      f"Stop that one, or type `make lab PORT={other}`.")


def is_free(port):
    """Tell whether a server may listen on a port of this machine.

    Parameters
    ----------
    port : int
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            # Windows would let two servers share the port; elsewhere this only skips the wait
            # after a server has just stopped
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
