"""The one writer: puts results into nbgrader's gradebook and folders, each whole or not at all."""

import base64
import contextlib
import logging
import os
import time
from pathlib import Path

import nbformat
import nbgrader.preprocessors.latesubmissions
import nbgrader.preprocessors.saveautogrades
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader import utils
from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)
from sqlalchemy.exc import OperationalError

from course_utils.errors import CourseError
from forkgrade.steps.points import ReadPoints

STEPS = (IgnorePattern, ClearMetadataPreprocessor, ReadPoints, LimitOutput, SaveAutoGrades,
         AssignLatePenalties, CheckCellMetadata)
PATIENCE = 600  # seconds that another program may hold the gradebook
NOTE = "plain_sight"  # in the graded notebook's metadata


def patiently(work, on_wait=print):
    """Return what `work` returns, called again while another program holds the gradebook.

    Parameters
    ----------
    work : callable
    on_wait : callable, optional
        Called with a sentence while it waits.

    Raises
    ------
    CourseError
        If the gradebook cannot be used for another reason, or after ten minutes.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except OperationalError as error:
            _wait(error, deadline, on_wait)


def _wait(error, deadline, on_wait):
    said = str(error.orig)
    if "locked" not in said and "busy" not in said or time.monotonic() > deadline:
        raise CourseError(f"The gradebook cannot be used: {said}. Mend that, then start again: "
                          "what is graded stays.") from None
    on_wait("another program holds the gradebook; waiting")
    time.sleep(0.5)


class Writer:
    """Writes results of one lab.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    config : traitlets.config.Config
        The course's `nbgrader_config.py`.
    lab : str
    scratch : pathlib.Path
        A folder on the disk of `autograded/`, for what is not whole yet.
    on_wait : callable, optional
        Called with a sentence while another program holds the gradebook.
    """

    def __init__(self, coursedir, config, lab, scratch, on_wait=print):
        self._coursedir, self._lab, self._scratch, self._on_wait = coursedir, lab, scratch, on_wait
        self._steps = [step(config=config) for step in STEPS]
        self._gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
        self._commit = self._gradebook.db.commit
        # nbgrader commits after each cell; a submission is one transaction here
        self._gradebook.db.commit = self._gradebook.db.flush

    def close(self):
        """Let go of the gradebook."""
        self._gradebook.close()

    def save(self, outcome, files):
        """Record an outcome: first a folder aside, then the gradebook, then the folder's name.

        Whoever is stopped in between leaves a submission that counts as not graded, and grading
        it again writes the same.

        Parameters
        ----------
        outcome : forkgrade.outcome.Outcome
        files : dict
            What lies beside the notebooks, in base64.
        """
        aside = self._scratch / "fresh"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                _clear(aside)
                aside.mkdir(parents=True)
                self._record(outcome, aside, files)
                break
            except (OperationalError, InvalidEntry) as error:
                self._gradebook.db.rollback()
                # nbgrader gives the faults of a database the name of faults in what is entered
                fault = error if isinstance(error, OperationalError) else error.__context__
                if not isinstance(fault, OperationalError):
                    raise
                _wait(fault, deadline, self._on_wait)
            except OSError as error:
                self._gradebook.db.rollback()
                raise CourseError(f"The result of {outcome.student} cannot be written "
                                  f"({error.strerror}: {error.filename}). Make room or mend the "
                                  "permissions, then start again: what is graded stays.") from None
            except BaseException:
                self._gradebook.db.rollback()
                raise
        self._put_in_place(outcome.student, aside)

    def _record(self, outcome, aside, files):
        student = outcome.student
        with _shared(self._gradebook):
            flags = [*outcome.flags, *self._submission(student, files)]
            for name, notebook in outcome.notebooks.items():
                nb = self._graded(nbformat.reads(notebook.text, as_version=4), student, name,
                                  not notebook.read)
                nb.metadata[NOTE] = {"flags": flags, "reason": notebook.reason,
                                     "read": notebook.read, "seconds": outcome.seconds}
                nbformat.write(nb, aside / f"{name}.ipynb")
            self._copy_files(aside, files)
            self._commit()

    def _submission(self, student, files):
        self._gradebook.update_or_create_student(student)
        flags, more = [], {}
        text = base64.b64decode(files.get("timestamp.txt", "")).decode("utf-8", "replace").strip()
        if text:
            try:
                more["timestamp"] = utils.parse_utc(text)
            except (ValueError, OverflowError):
                flags.append("timestamp.txt holds no time; lateness is unknown")
        with self._gradebook.db.no_autoflush:
            self._gradebook.update_or_create_submission(self._lab, student, **more)
        return flags

    def _graded(self, nb, student, name, unread):
        resources = {"unique_key": name, "nbgrader": {
            "student": student, "assignment": self._lab, "notebook": name,
            "db_url": self._coursedir.db_url}}
        for step in self._steps:
            nb, resources = step(nb, resources)
        if unread:
            notebook = self._gradebook.find_submission_notebook(name, self._lab, student)
            for grade in notebook.grades:
                grade.auto_score, grade.needs_manual_grade = 0, False
        return nb

    def _copy_files(self, aside, files):
        for name, content in files.items():
            path = _make_way(aside / name, aside)
            path.write_bytes(base64.b64decode(content))
        for place, _, names in os.walk(aside):
            for each in names:
                os.chmod(os.path.join(place, each), 0o444)  # as nbgrader does

    def _put_in_place(self, student, aside):
        final = autograded(self._coursedir, student, self._lab)
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists():
            _clear(self._scratch / "old")
            os.replace(final, self._scratch / "old")
        os.replace(aside, final)
        _clear(self._scratch / "old")


def autograded(coursedir, student, lab):
    """Return the folder of a graded submission."""
    return Path(coursedir.format_path(coursedir.autograded_directory, student, lab))


def _make_way(path, root):
    """Remove what stands where a file is to be written below `root`, and return the file's path."""
    for each in [*reversed(path.parents), path]:
        if root in each.parents and (each.is_file() or each.is_symlink()):
            each.unlink()
    if path.is_dir():
        _clear(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _clear(folder):
    with contextlib.suppress(FileNotFoundError):
        utils.rmtree(str(folder))


class _Shared:
    """A gradebook that stays open when nbgrader's steps close it."""

    def __init__(self, gradebook):
        self._gradebook = gradebook

    def __enter__(self):
        return self._gradebook

    def __exit__(self, *_):
        pass

    def __getattr__(self, name):
        return getattr(self._gradebook, name)


@contextlib.contextmanager
def _shared(gradebook):
    """Let nbgrader's steps use one open gradebook; each would open its own, at 20 ms a time."""
    modules = (nbgrader.preprocessors.saveautogrades, nbgrader.preprocessors.latesubmissions)
    for module in modules:
        module.Gradebook = lambda *_: _Shared(gradebook)
    log = logging.getLogger("tornado.application")  # there nbgrader writes faults with tracebacks
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before
        for module in modules:
            module.Gradebook = Gradebook
