"""Run nbgrader's own GenerateAssignment, so that `labs/` holds exactly what it writes."""

import logging
import tempfile
from pathlib import Path

from course_utils.errors import CourseError


def generate_labs(solutions, config_file):
    """Return the student versions of labs as nbgrader makes them.

    Parameters
    ----------
    solutions : dict of str to bytes
        Notebook with answers for each lab name.
    config_file : path-like
        The `nbgrader_config.py` whose settings count.

    Returns
    -------
    dict of str to bytes
        Notebook without answers for each lab name.

    Raises
    ------
    CourseError
        If nbgrader refuses one of them.
    """
    if not solutions:
        return {}
    with tempfile.TemporaryDirectory(prefix="plain-sight-") as folder:
        config = _config(config_file, Path(folder))
        return {lab: _generate(lab, content, config, Path(folder))
                for lab, content in solutions.items()}


def load_config(path):
    """Return the settings in an `nbgrader_config.py`.

    Parameters
    ----------
    path : path-like
    """
    from traitlets.config import PyFileConfigLoader

    return PyFileConfigLoader(Path(path).name, path=str(Path(path).parent)).load_config()


def _config(config_file, folder):
    config = load_config(config_file)
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
                          f"{errors.first() or error}. Mend its source and build again.") from error
    made = Path(course.format_path(course.release_directory, ".", lab)) / f"{lab}.ipynb"
    return made.read_bytes().replace(b"\r\n", b"\n")  # nbgrader writes text: CRLF on Windows


class _Errors(logging.Handler):
    """Keep what nbgrader says about a failure: its exception is only "see the log"."""

    def __init__(self):
        super().__init__(level=logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())

    def first(self):
        lines = [line for message in self.messages for line in message.strip().splitlines()]
        raised = [line for line in lines if "Error: " in line and not line.startswith(" ")]
        return raised[-1] if raised else (lines[0] if lines else "")
