"""A course's folder as nbgrader sees it, and what was handed in there."""

import contextlib
import os
import re
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook

from course_utils.errors import CourseError
from course_utils.notebooks.names import find
from course_utils.paths import write_whole
from forkgrade import settings as nbgrader_settings
from forkgrade.forkserver.preload import STATE
from forkgrade.steps.gradebook import autograded
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission import handed_in_at

NAME = "\N{WHITE SQUARE}"  # stands for the part of a path that is looked for


@dataclass
class Course:
    """A course's folder as nbgrader sees it.

    Attributes
    ----------
    root : pathlib.Path
        What `CourseDirectory.root` says; the folder with `nbgrader_config.py` by default.
    settings : forkgrade.settings.Settings
    """

    root: Path
    settings: nbgrader_settings.Settings

    @property
    def coursedir(self):
        """nbgrader's description of the folders, a `nbgrader.coursedir.CourseDirectory`."""
        return self.settings.coursedir

    def source(self, lab):
        """Return the folder with the instructor's notebooks of a lab.

        Parameters
        ----------
        lab : str
        """
        return Path(self.coursedir.format_path(self.coursedir.source_directory, ".", lab))

    def find(self, word):
        """Return the name of the lab that somebody means.

        Parameters
        ----------
        word : str
            The name or the beginning of one.

        Raises
        ------
        CourseError
            If it means none or several of those with a folder of the instructor's, and of those
            that only the gradebook knows.
        """
        labs = {lab for lab, _ in named(self.coursedir, self.coursedir.source_directory, ".")
                if self.source(lab).is_dir() and lab[:1] != "."}
        try:
            return find(word, sorted(labs), "lab")
        except CourseError:
            if more := self._released() - labs:
                return find(word, sorted(labs | more), "lab")
            raise

    def _released(self):
        """Return the names of the labs in the gradebook, if it can be read."""
        path = self.coursedir.db_url.removeprefix("sqlite:///")
        if "://" in path or os.path.isfile(path):
            with contextlib.suppress(Exception), Gradebook(self.coursedir.db_url) as gradebook:
                return {assignment.name for assignment in gradebook.assignments}
        return set()

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

    Raises
    ------
    CourseError
        If nbgrader's configuration cannot be read.
    """
    if not shutil.which("alembic"):  # nbgrader calls it by name, and our own configuration helps
        os.environ["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    settings = nbgrader_settings.load(root)
    return Course(Path(settings.coursedir.root), settings)


def named(coursedir, step, student=None, lab=None):
    """Yield what has a place in the folder of one of nbgrader's steps.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    step : str
        For example ``submitted``.
    student, lab : str, optional
        The one of them that is left out is looked for.

    Yields
    ------
    name : str
    path : pathlib.Path
        Which has the name in its own; the folder of a submission may lie deeper.

    Raises
    ------
    CourseError
        If nbgrader's structure of the folders has no place for it.
    """
    whole = Path(coursedir.format_path(step, NAME if student is None else student,
                                       NAME if lab is None else lab))
    at = next((number for number, part in enumerate(whole.parts) if NAME in part), None)
    if at is None:
        raise CourseError(f"CourseDirectory.directory_structure is "
                          f"{coursedir.directory_structure!r}, which has no place for both "
                          "{student_id} and {assignment_id}.")
    first, *more = re.escape(whole.parts[at]).split(re.escape(NAME))
    pattern = re.compile(f"{first}(?P<name>.+)" + "(?P=name)".join(more), re.DOTALL)
    folder = Path(*whole.parts[:at])
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if match := pattern.fullmatch(path.name):
            yield match["name"], path


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
        places = named(self._coursedir, self._coursedir.submitted_directory, lab=self._lab)
        students = [student for student, path in places
                    if path.name[:1] != "." and self._is_submission(student, path)]
        if not students:
            raise CourseError(f"Nothing was handed in for {self._lab}: expected folders "
                              f"{self.folder('STUDENT')}/. `nbgrader collect {self._lab}` makes "
                              "them, or make them by hand.")
        return students

    def _is_submission(self, student, path):
        """Say whether a student's folder has one; report folders that look like one but are not."""
        folder, trouble = self.folder(student), None
        try:
            path.name.encode()
            if folder.is_dir():
                os.listdir(folder)
                return True
            if os.path.lexists(folder):
                trouble = f"{folder.name} is no folder"
            elif path != folder and path.is_dir() and any(path.glob(f"{self._lab}*.ipynb")):
                trouble = f"a notebook lies here, and belongs into a folder {folder.name}"
        except UnicodeEncodeError:
            trouble = "the name of the folder is not text in UTF-8; rename it"
        except OSError as error:
            trouble = f"the folder cannot be read ({error.strerror})"
        if trouble:
            self._on_skipped(printable(student), trouble)
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
