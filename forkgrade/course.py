"""A course's folder as nbgrader sees it, and what was handed in there."""

import contextlib
import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course_utils.errors import CourseError
from course_utils.notebooks.release import nbgrader_settings
from course_utils.paths import write_whole
from forkgrade.forkserver.preload import STATE
from forkgrade.steps.gradebook import autograded
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission import handed_in_at


@dataclass
class Course:
    """A course's folder as nbgrader sees it.

    Attributes
    ----------
    root : pathlib.Path
    config : traitlets.config.Config
        Its `nbgrader_config.py`.
    coursedir : nbgrader.coursedir.CourseDirectory
    """

    root: Path
    config: object
    coursedir: CourseDirectory

    def secret(self):
        """Return the course's own secret, from which seeds and anonymous ids are made."""
        path = self.root / STATE / "secret"
        if not path.exists():
            write_whole(path, secrets.token_hex(32), 0o600)
        return path.read_bytes()


def course(root):
    """Return the course in a folder with `nbgrader_config.py`.

    Parameters
    ----------
    root : path-like
    """
    if not shutil.which("alembic"):  # nbgrader calls it by name, and our own configuration helps
        os.environ["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    config = nbgrader_settings(root)
    coursedir = CourseDirectory(config=config)
    coursedir.root = str(root)
    return Course(Path(root), config, coursedir)


class Roster:
    """Who handed in a lab.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    lab : str
    on_skipped : callable, optional
        Called with the name of a folder that looks like a submission, and why it is not one.
    """

    def __init__(self, coursedir, lab, on_skipped=lambda *_: None):
        self._coursedir, self._lab, self._on_skipped = coursedir, lab, on_skipped

    def folder(self, student):
        """Return the folder of a student's submission.

        Parameters
        ----------
        student : str
        """
        return Path(self._coursedir.format_path(self._coursedir.submitted_directory, student,
                                                self._lab))

    def students(self):
        """Return everybody who handed in something.

        Raises
        ------
        CourseError
            If nobody did.
        """
        # the part before the star in submitted/STUDENT/LAB
        base = Path(str(self.folder("*")).split("*")[0])
        students = [path.name for path in (sorted(base.iterdir()) if base.is_dir() else ())
                    if path.name[:1] != "." and self._is_submission(path)]
        if not students:
            raise CourseError(f"Nothing was handed in for {self._lab}: expected folders "
                              f"{base}/STUDENT/{self._lab}/. `nbgrader collect {self._lab}` makes "
                              "them, or make them by hand.")
        return students

    def _is_submission(self, path):
        """Say whether a student's folder has one; report folders that look like one but are not."""
        folder, trouble = path / self._lab, None
        try:
            path.name.encode()
            if folder.is_dir():
                os.listdir(folder)
                return True
            if os.path.lexists(folder):
                trouble = f"{self._lab} is no folder"
            elif path.is_dir() and any(path.glob(f"{self._lab}*.ipynb")):
                trouble = f"a notebook lies here, and belongs into a folder {self._lab}"
        except UnicodeEncodeError:
            trouble = "the name of the folder is not text in UTF-8; rename it"
        except OSError as error:
            trouble = f"the folder cannot be read ({error.strerror})"
        if trouble:
            self._on_skipped(printable(path.name), trouble)
        return False

    def is_graded(self, student):
        """Say whether a student's submission is graded, and none was handed in later.

        Parameters
        ----------
        student : str
        """
        folder = autograded(self._coursedir, student, self._lab)
        if not folder.is_dir():
            return False
        with contextlib.suppress(Exception):  # a time that cannot be read is no reason to regrade
            new, old = handed_in_at(self.folder(student)), handed_in_at(folder)
            return not (new and old and new > old)
        return True
