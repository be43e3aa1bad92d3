"""Write outcomes into nbgrader's gradebook and folders, each of them whole or not at all."""

import base64
import contextlib
import os
import time
from dataclasses import replace
from pathlib import Path

import nbformat
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

from course_utils.errors import CourseError, reason_of
from course_utils.notebooks.json_walk import JsonWalk
from forkgrade.steps.points import ReadPoints
from forkgrade.steps.shared_gradebook import share

STEPS = (IgnorePattern, ClearMetadataPreprocessor, ReadPoints, LimitOutput, SaveAutoGrades,
         AssignLatePenalties, CheckCellMetadata)
PATIENCE = 600  # seconds that another program may hold the gradebook
NOTE = "plain_sight"  # in the graded notebook's metadata


def patiently(work, on_wait=print):
    """Call a function until no other program holds the gradebook, and return what it returns.

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
    reason = str(error.orig)
    if "no such column" in reason or "no such table" in reason:
        raise CourseError(f"The gradebook was made by an older nbgrader ({reason}). Make a copy of "
                          "it, then type: nbgrader db upgrade") from None
    if "locked" not in reason and "busy" not in reason or time.monotonic() > deadline:
        raise CourseError(f"The gradebook cannot be used: {reason}. Mend that, then start again: "
                          "what is graded stays.") from None
    on_wait("another program holds the gradebook; waiting")
    time.sleep(0.5)


class Writer:
    """Writes the outcomes of one lab; there is one writer at a time.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    steps : list of nbgrader.preprocessors.NbGraderPreprocessor
        What gives points to an executed notebook, see `forkgrade.settings.Settings.steps`.
    lab : str
    scratch : pathlib.Path
        A folder on the disk of `autograded/`, for drafts.
    record : forkgrade.record.Record
        What is kept of changed marks.
    on_wait : callable, optional
        Called with a sentence while another program holds the gradebook.
    permissions : int
        The mode of the files of a graded submission.
    """

    def __init__(self, coursedir, steps, lab, scratch, record, on_wait=print, permissions=0o444):
        self._coursedir, self._lab, self._scratch, self._on_wait = coursedir, lab, scratch, on_wait
        self._steps, self._permissions, self._record = steps, permissions, record
        self._gradebook = Gradebook(coursedir.db_url, coursedir.course_id)
        self._commit = self._gradebook.db.commit
        # nbgrader commits after each cell; a submission is one transaction here
        self._gradebook.db.commit = self._gradebook.db.flush

    def close(self):
        """Close the gradebook."""
        self._gradebook.close()

    def save(self, outcome, files, digest=None, is_regrade=False):
        """Record an outcome: write a draft folder, then the gradebook, then rename the folder.

        If the grader is stopped in between, the submission counts as not graded, and grading it
        again writes the same.

        Parameters
        ----------
        outcome : forkgrade.outcome.Outcome
        files : dict
            What lies beside the notebooks, in base64.
        digest : str, optional
            Of what was handed in, see `forkgrade.steps.submission_folder.digest`.
        is_regrade : bool
            Whether a regrade was asked for, rather than something new handed in.

        Returns
        -------
        forkgrade.outcome.Outcome
            With the flags of what was odd about the files.
        """
        draft = self._scratch / "fresh"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                _clear(draft)
                draft.mkdir(parents=True)
                outcome, change = self._write(outcome, draft, files, digest, is_regrade)
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
                                  f"({reason_of(error)}). Make room or mend the permissions, then "
                                  "start again: what is graded stays.") from None
            except BaseException:
                self._gradebook.db.rollback()
                raise
        self._put_in_place(outcome.student, draft)
        change.settle()
        return outcome

    def _write(self, outcome, draft, files, digest, is_regrade):
        """Fill a draft folder and end the transaction; return the outcome and the change."""
        change = self._record.draft(self._gradebook, outcome.student)
        try:
            with share(self._gradebook):
                flags = (*outcome.flags, *self._submission(outcome.student, files))
                outcome = replace(outcome, flags=flags)
                notebooks = {name: self._graded(notebook, outcome, name, change)
                             for name, notebook in outcome.notebooks.items()}
                change.announce_grade(is_regrade)
                for name, nb in notebooks.items():
                    nb.metadata[NOTE]["digest"] = digest
                    change.put_notice(name, nb)
                    nbformat.write(nb, draft / f"{name}.ipynb")
                self._copy_files(draft, files)
                self._commit()
        except Exception:  # whether a transaction that is interrupted has ended, nobody knows here
            change.drop()
            raise
        return outcome, change

    def _submission(self, student, files):
        self._gradebook.update_or_create_student(student)
        flags, fields = [], {}
        text = base64.b64decode(files.get("timestamp.txt", "")).decode("utf-8", "replace").strip()
        if text:
            try:
                fields["timestamp"] = utils.parse_utc(text)
            except (ValueError, OverflowError):
                flags.append("timestamp.txt holds no time; lateness is unknown")
        with self._gradebook.db.no_autoflush:
            self._gradebook.update_or_create_submission(self._lab, student, **fields)
        return flags

    def _graded(self, notebook, outcome, name, change):
        nb = nbformat.reads(notebook.text, as_version=4)
        student = outcome.student
        resources = {"unique_key": name, "nbgrader": {
            "student": student, "assignment": self._lab, "notebook": name,
            "db_url": self._coursedir.db_url}}
        for step in self._steps:
            if isinstance(step, AssignLatePenalties):  # which is a share of what counts
                change.zero(name)
            nb, resources = step(nb, resources)
        if notebook.read:
            change.comment(name, nb)
        else:
            entry = self._gradebook.find_submission_notebook(name, self._lab, student)
            for grade in entry.grades:
                grade.auto_score, grade.needs_manual_grade = 0, False
        nb.metadata[NOTE] = {"flags": list(outcome.flags), "reason": notebook.reason,
                             "read": notebook.read, "seconds": outcome.seconds}
        return nb

    def _copy_files(self, draft, files):
        for name, content in files.items():
            path = _make_way(draft / name, draft)
            path.write_bytes(base64.b64decode(content))
        for place, _, names in os.walk(draft):
            for each in names:
                os.chmod(os.path.join(place, each), self._permissions)  # as nbgrader does
            if self._coursedir.groupshared:
                _share_with_group(place)

    def _put_in_place(self, student, draft):
        final = autograded(self._coursedir, student, self._lab)
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists():
            _clear(self._scratch / "old")
            os.replace(final, self._scratch / "old")
        os.replace(draft, final)
        _clear(self._scratch / "old")
        if self._coursedir.groupshared:
            _share_with_group(autograded(self._coursedir, ".", "."))


def autograded(coursedir, student, lab):
    """Return the folder of a graded submission.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    student, lab : str

    Returns
    -------
    pathlib.Path
    """
    return Path(coursedir.format_path(coursedir.autograded_directory, student, lab))


def _share_with_group(folder):
    """Let the group write into a folder, as nbgrader does; another owner's folder stays as it is.
    """
    mode = os.stat(folder).st_mode
    with contextlib.suppress(PermissionError):
        os.chmod(folder, (mode | 0o2770) & 0o2777)


def graded_digest(coursedir, student, lab):
    """Return the digest of what was handed in when a submission was graded, None if none is known.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    student, lab : str
    """
    for path in sorted(autograded(coursedir, student, lab).glob("*.ipynb")):
        with contextlib.suppress(OSError, ValueError):
            walk = JsonWalk(path.read_bytes())
            for key in walk.members():
                note = walk.load().get(NOTE) if key == "metadata" else None
                if isinstance(note, dict) and isinstance(note.get("digest"), str):
                    return note["digest"]
    return None


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
