"""Where things are in a checkout of the course."""

from pathlib import Path

from course_utils.errors import CourseError


def project_root(start=None):
    """Return the course folder that holds `start`, else the one this package was installed from.

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
    """Return the folder of the course that is graded here, which may be another than this one.

    It is the nearest one above `start` with `nbgrader_config.py`, else `project_root(start)`.
    """
    return next(_courses(start), None) or project_root(start)


def _courses(start):
    """Yield the folders with `nbgrader_config.py` from `start` upwards."""
    begin = Path(start) if start is not None else Path.cwd()
    for folder in (begin, *begin.parents):
        if (folder / "nbgrader_config.py").is_file():
            yield folder
