"""Where things are in a checkout of the course, and the one way to write a file there."""

import os
import re
import tempfile
from pathlib import Path

from course_utils.errors import CourseError

CONFIGURATIONS = ("nbgrader_config.py", "nbgrader_config.json")  # as nbgrader looks for them
# What file managers, editors and Jupyter leave behind; nobody means it as a file of the course
LITTER = re.compile(r"""
    \._.* | __MACOSX | \.DS_Store | \.AppleDouble | \.AppleDB | \.apdisk | \.fseventsd     # macOS
    | \.Spotlight-V100 | \.Trashes | \.TemporaryItems | \.localized | Icon\r
    | (eh)?thumbs(_vista)?\.db | desktop\.ini | \$RECYCLE\.BIN                            # Windows
    | System\ Volume\ Information | ~\$.*
    | \.directory | \.Trash-.* | \.nfs.* | \.fuse_hidden.* | \.goutputstream-.*           # Linux
    | .*~ | \.\#.* | \#.*\# | \..*\.sw[a-z] | \.idea | \.vscode | .*\.kate-swp            # editors
    | \.ipynb_checkpoints | \.~.*                                                        # Jupyter
    """, re.VERBOSE | re.IGNORECASE | re.DOTALL)


def is_litter(path):
    """Say whether a file or a folder was left behind by a program, or lies in such a folder.

    Parameters
    ----------
    path : path-like
        A name, or a path relative to the folder that is listed.

    Returns
    -------
    bool
    """
    return any(LITTER.fullmatch(part) for part in Path(path).parts)


def project_root(start=None):
    """Return the course folder that contains `start`, else the one this package was installed from.

    Parameters
    ----------
    start : path-like, optional
        Where to begin looking upwards; the working directory by default.

    Returns
    -------
    pathlib.Path
        The folder with `nbgrader_config.py` and `course_utils/`.

    Raises
    ------
    CourseError
        If neither lies inside a copy of the course.
    """
    for folder in (*_courses(start), *_courses(Path(__file__).parents[1])):
        if (folder / "course_utils").is_dir():
            return folder
    raise CourseError(f"{start or Path.cwd()} is not inside the course. Change into the course's "
                      "folder (the one with nbgrader_config.py) and try again.")


def grading_root(start=None):
    """Return the folder of the course that is graded, which may be another than this one.

    It is the nearest one above `start` with `nbgrader_config.py` or `nbgrader_config.json`, else
    `project_root(start)`.

    Parameters
    ----------
    start : path-like, optional
        Where to begin looking upwards; the working directory by default.
    """
    return next(_courses(start), None) or project_root(start)


def _courses(start):
    """Yield the folders with nbgrader's configuration from `start` upwards."""
    begin = Path(start) if start is not None else Path.cwd()
    for folder in (begin, *begin.parents):
        if any((folder / name).is_file() for name in CONFIGURATIONS):
            yield folder


def write_whole(path, data, mode=None, *, durable=False):
    """Write a file so that a reader finds the old or the new content, never half of it.

    Missing folders are made. On an error the old file stays, and no temporary one.

    Parameters
    ----------
    path : path-like
    data : bytes or str
        Text is written as UTF-8, its line ends as they are.
    mode : int, optional
        Permissions; by default those of the file that is replaced, else the user's usual ones.
    durable : bool
        Whether to return only when the content has reached the disk, which takes longer.

    Raises
    ------
    OSError
        If the file cannot be written; a `PermissionError` names the folder.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # a name with a leading dot: Jupyter's file browser must not show it
        handle, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except PermissionError as error:
        raise PermissionError(error.errno, error.strerror, str(path.parent)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(fresh, _usual_mode(path) if mode is None else mode)
        os.replace(fresh, path)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def _usual_mode(path):
    """Return the mode of the file to be replaced, else the usual one (mkstemp's is 0600)."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
