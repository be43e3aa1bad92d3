"""What requirements.lock pins: read it, compare it with a Python, give conda the same.

`python -m course_utils.environment` writes `environment.yml`; `make lock` runs it.
"""

import hashlib
from importlib import metadata
from pathlib import Path

from course_utils.errors import CourseError

LOCK = "requirements.lock"
CONDA_FILE = "environment.yml"
CONDA_PYTHON = "3.12"
# The lock's name of a package on the left, conda-forge's on the right. dlib-bin is dlib's module
# as a wheel; conda-forge has dlib itself, which also answers face_recognition's wish for `dlib`.
CONDA_NAMES = {"dlib-bin": "dlib"}

_HEADER = """\
# Written by `make lock` from requirements.lock: change pyproject.toml, not this file.
# requirements.lock sha256: {digest}
#
# conda env create -f environment.yml
# conda activate plain-sight
# python -m pip install --no-deps --no-build-isolation -e .
#
# Every package keeps its name and version from requirements.lock and comes through pip, except
{names}
name: plain-sight
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python={python}
  - pip
"""


def read_lock(path):
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
    """Return the one version that a pin of the lock names."""
    return str(next(iter(pin.specifier)).version)


def disagreements(pins):
    """Compare this Python's packages with the pins that apply to it.

    Parameters
    ----------
    pins : iterable of packaging.requirements.Requirement
        What `read_lock` returns.

    Returns
    -------
    list of str
        One phrase for each package that is absent or has another version; empty if all agree.
    """
    faults = []
    for pin in pins:
        if pin.marker and not pin.marker.evaluate():
            continue
        wanted, found = version_of(pin), _installed(pin.name)
        if found is None:
            faults.append(f"{pin.name} {wanted} is missing")
        elif found != wanted:
            faults.append(f"{pin.name} is {found}, not {wanted}")
    return faults


def conda_environment(lock):
    """Return the text of an `environment.yml` with the versions of a lock file.

    Parameters
    ----------
    lock : path-like
        The lock file.

    Returns
    -------
    str
        YAML: conda's own names first, all other pins with their markers under `pip:`.
    """
    pins = read_lock(lock)
    digest = hashlib.sha256(Path(lock).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    names = "\n".join(f"#   {ours}, which conda-forge calls {theirs}."
                      for ours, theirs in CONDA_NAMES.items())
    lines = [_HEADER.format(digest=digest, names=names, python=CONDA_PYTHON)]
    lines += [f"  - {CONDA_NAMES[pin.name]}={version_of(pin)}\n"
              for pin in pins if pin.name in CONDA_NAMES]
    lines += ["  - pip:\n"]
    lines += [f"    - {_quoted(pin)}\n" for pin in pins if pin.name not in CONDA_NAMES]
    return "".join(lines)


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


def _quoted(pin):
    text = f"{pin.name}=={version_of(pin)}"
    if not pin.marker:
        return text
    marker = str(pin.marker).replace('"', "'")
    return f'"{text} ; {marker}"'


def main():
    """Write `environment.yml` beside the lock file."""
    root = Path(__file__).parents[1]
    text = conda_environment(root / LOCK)
    (root / CONDA_FILE).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
