"""A course's folder as nbgrader sees it, and what was handed in there."""

import contextlib
import fnmatch
import json
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
from course_utils.paths import is_litter, write_whole
from forkgrade import settings as nbgrader_settings
from forkgrade.forkserver.preload import STATE
from forkgrade.steps.gradebook import autograded, graded_digest
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission_folder import digest
from forkgrade.steps.timestamp import handed_in_at

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

    def labs(self):
        """Return the names of all labs with a folder of the instructor's, a set."""
        return {lab for lab, _ in named(self.coursedir, self.coursedir.source_directory, ".")
                if self.source(lab).is_dir() and lab[:1] != "." and not is_litter(lab)}

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
        labs = self.labs()
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
    state : pathlib.Path, optional
        The folder in which digests are noted of what was graded before digests were kept.
    """

    def __init__(self, coursedir, lab, on_skipped=lambda *_: None, state=None):
        self._coursedir, self._lab, self._on_skipped = coursedir, lab, on_skipped
        self._noted = state and state / f"{lab}.handed-in.json"

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
                    if not is_litter(path.name) and self._is_submission(student, path)]
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
                trouble = _trouble(student)
                os.listdir(folder)
            elif os.path.lexists(folder):
                trouble = f"{folder.name} is no folder"
            elif path != folder and path.is_dir() and self._lies_here(path):
                trouble = f"a notebook lies here, and belongs in a folder {folder.name}"
            else:
                return False
        except UnicodeEncodeError:
            trouble = "the name of the folder is not text in UTF-8; rename it"
        except OSError as error:
            trouble = f"the folder cannot be read ({error.strerror or type(error).__name__})"
        if trouble:
            self._on_skipped(printable(student), trouble)
        return not trouble

    def _lies_here(self, path):
        return any(each.name.lower().startswith(self._lab.lower()) and ".ipynb" in each.name.lower()
                   for each in path.iterdir())

    def digest(self, student):
        """Return a digest of what a student handed in; None if it cannot be read.

        Parameters
        ----------
        student : str
        """
        with contextlib.suppress(OSError):
            return digest(self.folder(student))
        return None

    def ungraded(self, students):
        """Return those whose submission is not graded, or is another one than was graded.

        Of what was graded before digests were kept nobody knows; it counts as graded, and what is
        handed in now is noted.

        Parameters
        ----------
        students : iterable of str
        """
        noted = read_json(self._noted, {}) if self._noted else {}
        before = dict(noted)
        students = [student for student in students if not self._is_graded(student, noted)]
        if self._noted and noted != before:
            write_whole(self._noted, json.dumps(noted, sort_keys=True))
        return students

    def _is_graded(self, student, noted):
        folder = autograded(self._coursedir, student, self._lab)
        if not folder.is_dir():
            return False
        with contextlib.suppress(Exception):  # a time that cannot be read is no reason to regrade
            new, old = handed_in_at(self.folder(student)), handed_in_at(folder)
            if new and old and new > old:
                return False
        now = self.digest(student)
        then = graded_digest(self._coursedir, student, self._lab)
        return now is None or now == (then or noted.setdefault(student, now))


def _trouble(name):
    """Return why nbgrader cannot make a feedback page for a student of some name, or None."""
    if "\n" in name:
        return "there is a line break in the name of the folder, at which nbgrader stops; rename it"
    if name.startswith("."):
        return "the name of the folder begins with a dot, so nbgrader does not see it; rename it"
    if not fnmatch.fnmatchcase(name, name):
        return "nbgrader takes the brackets in the name of the folder for a pattern; rename it"
    return None


def read_json(path, otherwise):
    """Return what a JSON file of the grader's holds.

    Parameters
    ----------
    path : pathlib.Path
    otherwise : list or dict
        Returned if the file is not there, cannot be read, or holds something of another kind.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return otherwise
    return content if isinstance(content, type(otherwise)) else otherwise
