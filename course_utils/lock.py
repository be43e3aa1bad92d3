"""What requirements.lock pins: read it, and compare it with the packages of a Python."""

from importlib import metadata
from pathlib import Path

from course_utils.errors import CourseError

FILE_NAME = "requirements.lock"
# The lock's name of a package on the left, conda-forge's on the right. dlib-bin is dlib's module
# as a wheel; conda-forge has dlib itself, which also answers face_recognition's wish for `dlib`.
CONDA_NAMES = {"dlib-bin": "dlib"}


def read_pins(path):
    """Return what a lock file pins.

    Parameters
    ----------
    path : path-like
        A requirements file in which each package stands as `name==version ; marker`.

    Returns
    -------
    list of packaging.requirements.Requirement
        One for each pin, in the file's order; a package may be pinned once for each marker.

    Raises
    ------
    CourseError
        If the file is missing, or holds a line that is not a pin.
    """
    from packaging.requirements import InvalidRequirement, Requirement

    path = Path(path)
    if not path.is_file():
        raise CourseError(f"{path} is missing. It belongs to the course: "
                          f"bring it back with `git checkout -- {path.name}`.")
    pins = []
    for line in _logical_lines(path.read_text(encoding="utf-8")):
        try:
            pins.append(Requirement(line.split(" --hash")[0]))
        except InvalidRequirement:
            raise CourseError(f"{path} holds a line that is not `name==version`: {line!r}. Bring "
                              f"the file back with `git checkout -- {path.name}`.") from None
    return pins


def version_of(pin):
    """Return the one version that a pin of the lock names.

    Parameters
    ----------
    pin : packaging.requirements.Requirement
        One that `read_pins` returns.
    """
    return str(next(iter(pin.specifier)).version)


def disagreements(pins):
    """Compare this Python's packages with the pins that apply to it.

    Parameters
    ----------
    pins : iterable of packaging.requirements.Requirement
        What `read_pins` returns.

    Returns
    -------
    list of str
        One phrase for each package that is absent or has another version; empty if all agree.
    """
    faults = []
    for pin in pins:
        if pin.marker and not pin.marker.evaluate():
            continue
        pinned, version = version_of(pin), _installed(pin.name)
        if version is None:
            faults.append(f"{pin.name} {pinned} is missing")
        elif version != pinned:
            faults.append(f"{pin.name} is {version}, not {pinned}")
    return faults


def _logical_lines(text):
    """Yield the requirements of a file, with continued lines joined and comments left out."""
    for line in text.replace("\\\n", " ").splitlines():
        line = " ".join(line.split(" #")[0].split())
        if line and not line.startswith("#"):
            yield line


def _installed(name):
    """Return the version of a distribution, under conda's name if need be, or None."""
    for candidate in (name, CONDA_NAMES.get(name, name)):
        try:
            return metadata.version(candidate)
        except metadata.PackageNotFoundError:
            continue
    return None
