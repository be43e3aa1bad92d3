"""Run nbgrader's own GenerateAssignment, so that `labs/` holds exactly what it writes."""

import logging
import tempfile
from pathlib import Path

from course_utils.errors import CourseError


def generate_labs(solutions, root):
    """Return the student versions of labs as nbgrader makes them.

    Parameters
    ----------
    solutions : dict of str to bytes
        Notebook with answers for each lab name.
    root : path-like
        The course's folder, with `nbgrader_config.py`.

    Returns
    -------
    dict of str to bytes
        Notebook without answers for each lab name.

    Raises
    ------
    CourseError
        If nbgrader refuses one of them, or there is no `nbgrader_config.py`.
    """
    if not solutions:
        return {}
    with tempfile.TemporaryDirectory(prefix="plain-sight-") as folder:
        config = _config(root, Path(folder))
        return {lab: _generate(lab, content, config, Path(folder))
                for lab, content in solutions.items()}


def nbgrader_settings(root):
    """Return what a course has set in its `nbgrader_config.py`.

    Parameters
    ----------
    root : path-like
        The course's folder.

    Returns
    -------
    traitlets.config.Config

    Raises
    ------
    CourseError
        If there is no such file.
    """
    from traitlets.config import PyFileConfigLoader

    path = Path(root) / "nbgrader_config.py"
    if not path.is_file():
        raise CourseError(f"There is no nbgrader_config.py in {root}; it says where things are.")
    return PyFileConfigLoader(path.name, path=str(root)).load_config()


def _config(root, folder):
    config = nbgrader_settings(root)
    config.CourseDirectory.root = str(folder)
    # no gradebook: the author's own must not change because a notebook is built
    config.CourseDirectory.db_url = f"sqlite:///{folder / 'unused.db'}"
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.create_assignment = False
    config.SaveCells.enabled = False
    return config


def _generate(lab, content, config, folder):
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    course = CourseDirectory(config=config)
    course.assignment_id = lab
    where = Path(course.format_path(course.source_directory, ".", lab)) / f"{lab}.ipynb"
    where.parent.mkdir(parents=True)
    where.write_bytes(content)
    converter = GenerateAssignment(coursedir=course, config=config)
    errors = _Errors()
    logger = logging.getLogger(f"plain-sight.build.{lab}")
    logger.propagate = False
    logger.addHandler(errors)
    converter.log = logger
    try:
        converter.start()
    except Exception as error:
        raise CourseError(f"nbgrader cannot make the student version of {lab}: "
                          f"{errors.first() or error}. Fix its source and build again.") from error
    result = Path(course.format_path(course.release_directory, ".", lab)) / f"{lab}.ipynb"
    return result.read_bytes().replace(b"\r\n", b"\n")  # nbgrader writes text: CRLF on Windows


class _Errors(logging.Handler):
    """Collect what nbgrader logs about a failure: its exception only says "see the log"."""

    def __init__(self):
        super().__init__(level=logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())

    def first(self):
        lines = [line for message in self.messages for line in message.strip().splitlines()]
        raised = [line for line in lines if "Error: " in line and not line.startswith(" ")]
        return raised[-1] if raised else (lines[0] if lines else "")
