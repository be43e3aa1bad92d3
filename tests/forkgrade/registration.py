"""Entry points without an installation: a folder of sys.path with the metadata of a package."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def register(folder, name="plain-sight", groups=None):
    """Register entry points as an installation does; return the folder.

    Parameters
    ----------
    folder : pathlib.Path
        On sys.path, or to be put there: before an installation of the same name it counts.
    name : str
        Of the package.
    groups : dict, optional
        Entry points by name, by group; those of our pyproject.toml by default.
    """
    if groups is None:
        groups = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["entry-points"]
    metadata = folder / f"{name.replace('-', '_')}-1.dist-info"
    metadata.mkdir(parents=True, exist_ok=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in points.items())
        for group, points in groups.items()))
    return folder
