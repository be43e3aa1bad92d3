"""The files that the instructor puts beside the notebooks, and every notebook may rely on."""

import base64
import os
from pathlib import Path

from nbgrader.utils import find_all_files

from course_utils.errors import CourseError
from course_utils.paths import is_litter
from forkgrade.steps.sanitize import printable

MOST_BYTES = 200 * 2**20


def read(folder, ignore):
    """Return the instructor's files.

    Parameters
    ----------
    folder : pathlib.Path
        With the instructor's notebooks.
    ignore : list of str
        Patterns of names that nbgrader leaves out.

    Returns
    -------
    dict
        For each file its content in base64.

    Raises
    ------
    CourseError
        If they are too large to copy into every submission.
    """
    paths = find_all_files(str(folder), [*ignore, "*.ipynb"]) if folder.is_dir() else []
    paths = [path for path in paths if not is_litter(os.path.relpath(path, folder))]
    size = sum(os.path.getsize(path) for path in paths)
    if size > MOST_BYTES:
        raise CourseError(f"Beside the notebooks in {folder} lie {size / 1e6:.0f} MB, which every "
                          f"submission would get. At most {MOST_BYTES / 1e6:.0f} MB are possible: "
                          "give a part of the data, or install it as a package.")
    return {os.path.relpath(path, folder): base64.b64encode(Path(path).read_bytes()).decode()
            for path in sorted(paths)}


def overlay(files, instructor_files):
    """Put the instructor's files over those that were handed in.

    Parameters
    ----------
    files, instructor_files : dict
        For each file its content.

    Returns
    -------
    files : dict
    flags : list of str
        What was left out because it stood in the way, or would be imported instead.
    """
    merged, flags = {}, []
    folders = {str(folder) for name in instructor_files for folder in Path(name).parents}
    for name, content in files.items():
        rivals = [rival for rival in instructor_files if _displaces(name, rival)]
        if rivals or name in folders:
            flags.append(printable(f"not used: {name} stands in the way of what was given: "
                                   f"{[*rivals, name][0]}"))
        else:
            merged[name] = content
    return merged | instructor_files, flags


def modules(instructor_files, imports):
    """Return the modules among the instructor's files that the instructor's notebooks import.

    Parameters
    ----------
    instructor_files : iterable of str
        Names of files.
    imports : iterable of str
        Names of modules.

    Returns
    -------
    list of str
    """
    names = {name.split(".")[0] for name in imports}
    return sorted(name[:-3] for name in instructor_files
                  if name.endswith(".py") and name[:-3] in names)


def _displaces(name, instructor_file):
    """Say whether a file would take the place of an instructor's file that has another name."""
    path, other = Path(name), Path(instructor_file)
    return path != other and (other in path.parents
                              or other.suffix == ".py" and _shadows(path, other))


def _shadows(path, module):
    """Say whether a file would be imported instead of a module, as a package or compiled."""
    try:
        inner = path.relative_to(module.parent)
    except ValueError:
        return False
    if len(inner.parts) > 1 and inner.parts[0] == module.stem:
        return True
    place = inner.parts[0] if len(inner.parts) == 2 else "__pycache__"
    return place == "__pycache__" and len(inner.parts) <= 2 and \
        inner.suffix in (".pyc", ".so") and inner.name.split(".")[0] == module.stem
