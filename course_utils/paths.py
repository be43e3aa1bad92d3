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
    begin = Path(start) if start is not None else Path.cwd()
    for folder in (begin, *begin.parents, Path(__file__).parents[1]):
        if (folder / "nbgrader_config.py").is_file() and (folder / "course_utils").is_dir():
            return folder
    raise CourseError(f"{begin} is not inside the course. Change into the course's folder "
                      "(the one with nbgrader_config.py) and try again.")


def grading_root(start=None):
    """Return the folder of the course that is graded here, which may be another than this one.

    Parameters
    ----------
    start : path-like, optional
        Where to begin looking upwards; the working directory by default.

    Returns
    -------
    pathlib.Path
        The nearest folder with `nbgrader_config.py`, else `project_root(start)`.
    """
    begin = Path(start) if start is not None else Path.cwd()
    for folder in (begin, *begin.parents):
        if (folder / "nbgrader_config.py").is_file():
            return folder
    return project_root(start)
