"""Write environment.yml: for conda, the versions that requirements.lock pins.

`make lock` runs this file.
"""

import hashlib
from pathlib import Path

from course_utils.lock import CONDA_NAMES, FILE_NAME, read_pins, version_of

ROOT = Path(__file__).parents[1]
CONDA_FILE = "environment.yml"
CONDA_PYTHON = "3.12"

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
    pins = read_pins(lock)
    digest = hashlib.sha256(Path(lock).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    names = "\n".join(f"#   {ours}, which conda-forge calls {theirs}."
                      for ours, theirs in CONDA_NAMES.items())
    lines = [_HEADER.format(digest=digest, names=names, python=CONDA_PYTHON)]
    lines += [f"  - {CONDA_NAMES[pin.name]}={version_of(pin)}\n"
              for pin in pins if pin.name in CONDA_NAMES]
    lines += ["  - pip:\n"]
    lines += [f"    - {_quoted(pin)}\n" for pin in pins if pin.name not in CONDA_NAMES]
    return "".join(lines)


def _quoted(pin):
    text = f"{pin.name}=={version_of(pin)}"
    if not pin.marker:
        return text
    marker = str(pin.marker).replace('"', "'")
    return f'"{text} ; {marker}"'


def main():
    """Write `environment.yml` beside the lock file."""
    text = conda_environment(ROOT / FILE_NAME)
    (ROOT / CONDA_FILE).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
