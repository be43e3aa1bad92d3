"""Settings of the machine that are meant for another Python and reach into this one.

The standard library alone: this runs before anything is known to be installed.
"""

import os
import site
import sys
import sysconfig
import warnings
from dataclasses import dataclass
from pathlib import Path

# What a variable does to the programs of this environment
UNWANTED = {
    "PYTHONHOME": "has another Python's library used",
    "PYTHONPLATLIBDIR": "has packages looked for in another folder",
    "PYTHONSTARTUP": "runs its file in every kernel first",
    "PYTHONOPTIMIZE": "skips assertions, and tests are assertions",
    "PYTHONWARNINGS": "may turn a warning into an error",
    "TF_USE_LEGACY_KERAS": "wants a Keras that is not installed",
    "KERAS_BACKEND": "has Keras compute with something that is not installed",
}
BACKEND = "tensorflow"  # of Keras
# Folders that many packages install by mistake; nothing of the course imports them
GENERIC = {"benchmarks", "conftest", "docs", "examples", "setup", "test", "tests", "tools"}
_left_out = []


@dataclass(frozen=True)
class Setting:
    """Something that reaches into this environment.

    Attributes
    ----------
    name : str
        A variable, or what else it is.
    effect : str
        What it does, a sentence without its subject.
    """

    name: str
    effect: str


def settings():
    """Return what reaches into this environment, what `shield` left out included.

    Returns
    -------
    list of Setting
    """
    return list(dict.fromkeys([*_left_out, *_find()]))


def shield():
    """Take what is meant for another Python out of this process and of those that it starts.

    Folders of PYTHONPATH stay as long as they hide no package of this environment. Where the locale
    has another encoding than UTF-8 for names of files, the process begins again with UTF-8.
    """
    _name_files_in_utf8()
    _left_out.extend(_find())
    folders = _foreign_folders()
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) not in folders]
    if site.getusersitepackages() in folders:
        os.environ["PYTHONNOUSERSITE"] = "1"
    kept = [entry for entry in _entries("PYTHONPATH") if os.path.abspath(entry) not in folders]
    _set("PYTHONPATH", kept)
    if os.environ.get("PYTHONWARNINGS"):
        _usual_warnings()
    for name in UNWANTED:
        os.environ.pop(name, None)
    os.environ["KERAS_BACKEND"] = BACKEND  # keras.json in the home folder may name another
    ours = os.path.join(sys.prefix, "share", "jupyter")
    if os.path.isdir(os.path.join(ours, "kernels", "python3")):
        _set("JUPYTER_PATH", [ours, *(each for each in _entries("JUPYTER_PATH") if each != ours)])


def _name_files_in_utf8():
    """Begin again, unless that is so: people's names and labs would be read as other words."""
    if os.name != "posix" or sys.flags.utf8_mode or sys.getfilesystemencoding() == "utf-8":
        return
    os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding if sys.stdout else "utf-8")
    os.environ["PYTHONUTF8"] = "1"  # for the processes that this one starts
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _find():
    found = [Setting(name, f"{effect} ({os.environ[name]})") for name, effect in UNWANTED.items()
             if os.environ.get(name, BACKEND) not in ("", BACKEND)]
    for folder, names in _foreign_folders().items():
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        found.append(Setting(_origin(folder), f"brings {', '.join(names[:3])}{more} from {folder}"))
    found += [Setting("JUPYTER_PATH", f"puts the kernel python3 of {folder} first")
              for folder in _entries("JUPYTER_PATH")
              if os.path.isdir(os.path.join(folder, "kernels", "python3"))
              and not os.path.abspath(folder).startswith(os.path.join(sys.prefix, ""))]
    return found


def _origin(folder):
    if folder in map(os.path.abspath, _entries("PYTHONPATH")):
        return "PYTHONPATH"
    return "the user's site-packages"


def _foreign_folders():
    """Return the folders before this environment's own, and what they hide of it."""
    folders = [os.path.abspath(entry) for entry in _entries("PYTHONPATH")]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    if not folders:
        return {}
    paths = sysconfig.get_paths()
    ours = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    ours += [os.path.join(paths["stdlib"], "lib-dynload")]
    ours = set(map(os.path.realpath, ours))
    wanted = {*sys.stdlib_module_names, *(name.partition(".")[0] for kind in ("purelib", "platlib")
                                          for name in _listed(paths[kind]))}
    found = {folder: sorted((wanted - GENERIC) & _modules(folder)) for folder in folders
             if os.path.realpath(folder) not in ours and not _holds_the_course(folder)}
    return {folder: names for folder, names in found.items() if names}


def _holds_the_course(folder):
    return os.path.isdir(os.path.join(folder, "course_utils")) or any(
        name.startswith("plain_sight-") for name in _listed(folder))


def _modules(folder):
    """Return the names under which a folder's modules and packages are imported."""
    names = set()
    for name in _listed(folder):
        stem, _, kind = name.partition(".")
        is_package = not kind and os.path.isfile(os.path.join(folder, name, "__init__.py"))
        if stem.isidentifier() and (is_package or name.endswith((".py", ".so", ".pyd"))):
            names.add(stem)
    return names


def _listed(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _entries(variable):
    return [entry for entry in os.environ.get(variable, "").split(os.pathsep) if entry]


def _set(variable, entries):
    if entries:
        os.environ[variable] = os.pathsep.join(entries)
    else:
        os.environ.pop(variable, None)


def _usual_warnings():
    """Show and hide warnings as Python does without PYTHONWARNINGS."""
    warnings.resetwarnings()
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    sys.warnoptions.clear()


def is_ours(program):
    """Tell whether a kernel's program is the Python of this environment.

    Parameters
    ----------
    program : str
        The first word of a kernelspec's command.
    """
    major, minor = sys.version_info[:2]
    if program in ("python", f"python{major}", f"python{major}.{minor}"):
        return True  # which Jupyter takes for the Python that it runs in itself
    # not the file itself, which in every venv leads to the same Python
    return Path(program).parent.resolve() == Path(sys.executable).parent.resolve()
