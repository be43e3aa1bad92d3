"""`course doctor`: what is there, what is not, and what to do."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from course_utils import lock
from course_utils.errors import CourseError
from course_utils.paths import is_litter, project_root

HELP = "show what is installed and what is missing, and what to do about it"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
GB, GIB = 1e9, 2**30


@dataclass
class Finding:
    """What `course doctor` finds out about one part.

    Attributes
    ----------
    ok : bool
        Whether all is well.
    text : str
        A sentence or a name.
    remedy : str
        What to do if it is not well.
    """

    ok: bool
    text: str
    remedy: str = ""


@dataclass
class Part:
    """One line of the table.

    Attributes
    ----------
    name : str
    look : callable
        Looks at the part and returns a `Finding`.
    required : bool
        Whether the course needs this part.
    """

    name: str
    look: Callable[[], Finding]
    required: bool = True


def add_arguments(parser):
    """Declare no options: the doctor looks at everything.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """


def run(args):
    """Print the table; return 1 if a required part is missing.

    Parameters
    ----------
    args : argparse.Namespace
    """
    from rich.console import Console

    findings = [(part, _look(part)) for part in PARTS]
    # A wide table in a file or a pipe, where nobody can widen the window
    has_width = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(width=None if has_width else 140)
    console.print(table(findings))
    bad = [part.name for part, finding in findings if part.required and not finding.ok]
    if bad:
        console.print(f"Missing: {', '.join(bad)}. The table says what to do.")
    else:
        console.print("Everything that the course needs is here.")
    return 1 if bad else 0


def table(findings):
    """Return the findings as a table.

    Parameters
    ----------
    findings : list of (Part, Finding)
    """
    from rich.table import Table
    from rich.text import Text

    result = Table("", "part", "what there is", "what to do")
    for part, finding in findings:
        mark = Text("ok", "green") if finding.ok else (
            Text("missing", "bold red") if part.required else Text("note", "yellow"))
        remedy = "" if finding.ok else finding.remedy
        result.add_row(mark, part.name, Text(finding.text), Text(remedy))
    return result


def _look(part):
    """Look at one part; an exception becomes a finding, not a crash."""
    try:
        return part.look()
    except CourseError as error:
        return Finding(False, str(error), "Do as it says, then type: course doctor")
    except Exception as error:
        return Finding(False, f"{type(error).__name__}: {error}", "Type: make setup FRESH=1")


def look_at_python():
    """Is this a Python version that the lock file supports?"""
    version = sys.version_info[:2]
    return Finding((3, 11) <= version <= (3, 13), f"{sys.version.split()[0]} at {sys.executable}",
                   "The course needs 3.11, 3.12 or 3.13. Install one and type: "
                   "make setup FRESH=1 PYTHON=python3.12")


def look_at_packages():
    """Does every package have the version that requirements.lock pins?"""
    pins = lock.read_pins(project_root() / lock.FILE_NAME)
    faults = lock.disagreements(pins)
    if not faults:
        return Finding(True, "all as requirements.lock pins them")
    more = f" and {len(faults) - 5} more" if len(faults) > 5 else ""
    return Finding(False, "; ".join(faults[:5]) + more,
                   "Type: make setup (if it says nothing and this stays: make setup FRESH=1)")


def look_at_server_extensions():
    """Are nbgrader's server extensions enabled, so that Validate and formgrader answer?"""
    from jupyter_core.paths import jupyter_config_path
    from jupyter_server.extension.config import ExtensionConfigManager

    manager = ExtensionConfigManager(read_config_path=jupyter_config_path())
    enabled = manager.get_jpserver_extensions()
    extensions = [f"nbgrader.server_extensions.{name}" for name in
                  ("formgrader", "validate_assignment", "assignment_list", "course_list")]
    off = [name for name in extensions if not enabled.get(name)]
    return Finding(not off, "not enabled: " + ", ".join(off) if off else "enabled",
                   "Type: " + "; ".join(f"jupyter server extension enable --sys-prefix {name}"
                                        for name in off))


def look_at_lab_extension():
    """Is nbgrader's part of JupyterLab installed, and not disabled?"""
    from jupyter_core.paths import jupyter_path
    from jupyter_server.services.config import ConfigManager

    if not any(Path(folder, "@jupyter/nbgrader/package.json").is_file()
               for folder in jupyter_path("labextensions")):
        return Finding(False, "not installed", "Type: make setup FRESH=1")
    page = ConfigManager(config_dir_name="labconfig").get("page_config")
    off = [name for name, is_off in page.get("disabledExtensions", {}).items()
           if is_off and name.partition(":")[0] == "@jupyter/nbgrader"]
    return Finding(not off, "disabled: " + ", ".join(off) if off else "enabled",
                   "Type: " + "; ".join(f"jupyter labextension enable {name}" for name in off))


def look_at_data():
    """Does the real data of the first lesson load without a network?"""
    from sklearn.datasets import load_wine

    rows, columns = load_wine().data.shape
    return Finding(True, f"scikit-learn's wine data: {rows} wines, {columns} features")


def look_at_lessons():
    """Are the notebooks there, and readable?"""
    names = sorted(path for path in (project_root() / "lessons").glob("*.ipynb")
                   if not is_litter(path.name))
    damaged = [path.name for path in names if not _is_notebook(path)]
    if damaged:
        return Finding(False, "damaged: " + ", ".join(damaged), "Type: course build")
    return Finding(bool(names), f"{len(names)} in lessons/", "Type: course build")


def look_at_disk():
    """Is there room for notebooks, downloads and a gradebook?"""
    free = shutil.disk_usage(project_root()).free
    return Finding(free >= GB, f"{free / GB:.1f} GB free", "Make room: 1 GB should be free")


def look_at_memory():
    """Is there memory for JupyterLab and a kernel with TensorFlow?"""
    import psutil

    memory = psutil.virtual_memory()
    return Finding(memory.available >= 1.5 * GIB,
                   f"{memory.available / GIB:.1f} of {memory.total / GIB:.1f} GiB free",
                   "Close other programs: a lesson may need 1.2 GiB, JupyterLab 0.3")


def look_at_browser():
    """Is there a Chromium for the browser tests?"""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Finding(program is not None, program or "no Chromium",
                   "Only the browser tests need it. Type: sudo apt install chromium")


def look_at_sandbox():
    """Is there bubblewrap, in which submissions are graded without network?"""
    program = shutil.which("bwrap")
    return Finding(program is not None, program or "no bubblewrap",
                   "Only grading in a sandbox needs it, on Linux. "
                   "Type: sudo apt install bubblewrap")


def _is_notebook(path):
    from course_utils.notebooks.notebook_file import read

    try:
        read(path)
    except (OSError, ValueError):
        return False
    return True


PARTS = (
    Part("Python", look_at_python),
    Part("packages", look_at_packages),
    Part("nbgrader in the server", look_at_server_extensions),
    Part("nbgrader in JupyterLab", look_at_lab_extension),
    Part("lessons", look_at_lessons),
    Part("data, offline", look_at_data),
    Part("disk", look_at_disk, required=False),
    Part("memory", look_at_memory, required=False),
    Part("Chromium (optional)", look_at_browser, required=False),
    Part("bubblewrap (optional)", look_at_sandbox, required=False),
)
