"""`course doctor`: what is there, what is not, and what to do."""

import os
import re
import shutil
import site
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from course_utils import lock
from course_utils.cli import surroundings
from course_utils.errors import CourseError
from course_utils.paths import is_litter, project_root

HELP = "show what is installed and what is missing, and what to do about it"
# What another environment's copy of breaks most
ORIGINS = ("numpy", "pandas", "matplotlib", "sklearn", "tensorflow", "IPython", "nbgrader")
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
    findings = [(part, _look(part)) for part in PARTS]
    bad = [part.name for part, finding in findings if part.required and not finding.ok]
    _print(findings, f"Missing: {', '.join(bad)}. The table says what to do." if bad else
           "Everything that the course needs is here.")
    return 1 if bad else 0


def _print(findings, summary):
    try:
        from rich.console import Console
    except ImportError:  # half a set-up, which is when a doctor is needed
        for part, finding in findings:
            print(f"{_mark(part, finding):8} {part.name}: {finding.text}")
            print(*([] if finding.ok else [f"{'':8} {finding.remedy}\n"]), sep="", end="")
        print(summary)
        return
    # A wide table in a file or a pipe, where nobody can widen the window
    has_width = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(width=None if has_width else 140)
    console.print(table(findings))
    console.print(summary)


def _mark(part, finding):
    return "ok" if finding.ok else "missing" if part.required else "note"


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
        word = _mark(part, finding)
        mark = Text(word, {"ok": "green", "missing": "bold red", "note": "yellow"}[word])
        remedy = "" if finding.ok else finding.remedy
        result.add_row(mark, part.name, Text(finding.text), Text(remedy))
    return result


def _look(part):
    """Look at one part; an exception becomes a finding, not a crash."""
    try:
        return part.look()
    except CourseError as error:
        return Finding(False, str(error), "Do as it says, then type: course doctor")
    except ModuleNotFoundError as error:
        return Finding(False, f"{error.name} is not installed", "Type: make setup")
    except Exception as error:
        return Finding(False, f"{type(error).__name__}: {error}",
                       _remove_settings() or "Type: make setup FRESH=1")


def _remove_settings():
    """Say how to take out what reaches into this environment; nothing if there is nothing."""
    names = dict.fromkeys(setting.name for setting in surroundings.settings())
    variables = [name for name in names if name.isupper()]
    advice = []
    if variables:
        advice.append(f"Type: unset {' '.join(variables)} (for good: take out the line that sets "
                      "it, often in ~/.bashrc)")
    if len(variables) < len(names):
        advice.append("Type: export PYTHONNOUSERSITE=1")
    return "; ".join(advice)


def look_at_python():
    """Is this a Python version that the lock file supports?"""
    version = sys.version_info[:2]
    return Finding((3, 11) <= version <= (3, 13), f"{sys.version.split()[0]} at {sys.executable}",
                   "The course needs 3.11, 3.12 or 3.13. Install one and type: "
                   "make setup FRESH=1 PYTHON=python3.12")


def look_at_packages():
    """Does every package have the version that requirements.lock pins?"""
    path = project_root() / lock.FILE_NAME
    try:
        pins = lock.read_pins(path)
    except ModuleNotFoundError as error:
        faults = [f"{error.name} is missing", *_missing(path)]
    else:
        faults = lock.disagreements(pins)
    if not faults:
        return Finding(True, "all as requirements.lock pins them")
    more = f" and {len(faults) - 5} more" if len(faults) > 5 else ""
    return Finding(False, "; ".join(faults[:5]) + more,
                   "Type: make setup (if it says nothing and this stays: make setup FRESH=1)")


def _missing(path):
    """Name what is pinned for every machine and missing, where nothing can read the lock well."""
    pins = re.findall(r"(?m)^([\w.-]+)==[^\s;]+ \\$", path.read_text(encoding="utf-8"))
    return [f"{name} is missing" for name in pins if name != "packaging" and _is_missing(name)]


def _is_missing(name):
    try:
        lock.metadata.version(name)
    except lock.metadata.PackageNotFoundError:
        return True
    return False


def look_at_origins():
    """Do packages come from this environment, and not from another that is searched first?"""
    specs = {name: find_spec(name) for name in ORIGINS}
    absent = [name for name, spec in specs.items() if spec is None]
    if absent:
        return Finding(False, f"not installed: {', '.join(absent)}", "Type: make setup")
    own = [Path(place).resolve() for place in (sys.prefix, *_linked_folders())]
    foreign = [f"{name} from {spec.origin}" for name, spec in specs.items()
               if not any(Path(spec.origin or ".").resolve().is_relative_to(each) for each in own)]
    return Finding(not foreign, f"from {sys.prefix}" if not foreign else "; ".join(foreign),
                   _remove_settings() or "Type: make setup FRESH=1")


def _linked_folders():
    """Yield the folders that files of this environment add to its own, as Python reads them."""
    for folder in site.getsitepackages():
        for path in sorted(Path(folder).glob("*.pth")):
            for line in path.read_text("utf-8", "replace").splitlines():
                if line.strip() and not line.startswith(("#", "import ", "import\t")):
                    yield Path(folder, line.strip())


def look_at_settings():
    """Does the machine hold settings for another Python that reach into this one?"""
    found = surroundings.settings()
    text = "; ".join(f"{setting.name} {setting.effect}" for setting in found)
    return Finding(not found, text or "none that reaches in here",
                   f"`course` goes without, but `jupyter` and `nbgrader` do not. "
                   f"{_remove_settings()}")


def look_at_kernel():
    """Is the kernel python3, which every notebook names, the Python of this environment?"""
    from jupyter_client.kernelspec import KernelSpecManager

    spec = KernelSpecManager().get_kernel_spec("python3")
    ours = surroundings.is_ours(spec.argv[0])
    return Finding(ours, f"python3 is {sys.executable if ours else spec.argv[0]}",
                   f"The kernel in {spec.resource_dir} belongs to another Python. "
                   + (_remove_settings() or "Type: jupyter kernelspec remove python3"))


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
                                        for name in off) + _or_without_configuration())


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
                   "Type: " + "; ".join(f"jupyter labextension enable {name}" for name in off)
                   + _or_without_configuration())


def _or_without_configuration():
    """Name the variables through which another Jupyter's configuration may be read."""
    names = [name for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_CONFIG_PATH") if os.environ.get(name)]
    return f"; or leave out another Jupyter's settings: unset {' '.join(names)}" if names else ""


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
    Part("origin of packages", look_at_origins),
    Part("settings of the machine", look_at_settings, required=False),
    Part("kernel of notebooks", look_at_kernel),
    Part("nbgrader in the server", look_at_server_extensions),
    Part("nbgrader in JupyterLab", look_at_lab_extension),
    Part("lessons", look_at_lessons),
    Part("data, offline", look_at_data),
    Part("disk", look_at_disk, required=False),
    Part("memory", look_at_memory, required=False),
    Part("Chromium (optional)", look_at_browser, required=False),
    Part("bubblewrap (optional)", look_at_sandbox, required=False),
)
