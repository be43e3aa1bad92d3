"""Gradebook, log and graded notebooks of a lab agree, whenever a command is stopped.

An entry of the log is written ahead of the gradebook's transaction. Before a command changes
anything it looks whether the transaction of an interrupted entry has ended, and whether somebody
has changed marks without this grader: in the Formgrader, or with `nbgrader autograde`.
"""

import contextlib
from pathlib import Path

from nbgrader.api import Assignment, Comment, Gradebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import bindparam, select
from sqlalchemy.engine import make_url

from forkgrade import notices
from forkgrade.changes import Log
from forkgrade.comments import NO_RESPONSE
from forkgrade.forkserver.preload import STATE
from forkgrade.steps.gradebook import autograded, patiently
from forkgrade.steps.gradebook_marks import key, read_marks

AUTOMATIC = (
    select(Comment.id, Comment.auto_comment)
    .join(SubmittedNotebook, Comment.notebook_id == SubmittedNotebook.id)
    .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
    .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    .where(Assignment.name == bindparam("lab"),
           SubmittedAssignment.student_id == bindparam("student")))


def log_of(root, lab):
    """Return the log of a lab.

    Parameters
    ----------
    root : path-like
        The course's folder.
    lab : str
    """
    return Log(Path(root, STATE, f"{lab}.changes.jsonl"))


class Record:
    """The record of a lab, for one command that may change marks.

    Parameters
    ----------
    course : forkgrade.course.Course
    lab : str
    command : str
        As the teacher would type it.
    because : str, optional
        The reason that the teacher gives.
    comments : forkgrade.comments.Comments, optional
    on_wait : callable, optional
        Called with a sentence while another program holds the gradebook.

    Attributes
    ----------
    log : forkgrade.changes.Log
    students : list of str
        Who has a graded submission; known after `catch_up`.
    """

    def __init__(self, course, lab, command="", because="", comments=None,
                 on_wait=lambda *_: None):
        self.course, self.lab, self.command, self.because = course, lab, command, because
        self.comments, self._on_wait = comments, on_wait
        self.log, self.students = log_of(course.root, lab), []

    def catch_up(self):
        """Settle what was interrupted, and note what was changed elsewhere.

        Returns
        -------
        list of forkgrade.changes.Entry
            Those on marks that were changed elsewhere.
        """
        coursedir = self.course.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            marks = patiently(lambda: read_marks(gradebook.db, self.lab), self._on_wait)
        self.students = sorted(marks)
        for entry in self.log.pending:
            self._resolve(entry, marks.get(entry.student, {}))
        noted = []
        for student in sorted({*marks, *self.log.known}):
            was_shown_last = self._was_shown_last(student)
            if not was_shown_last:
                self._note_feedback(student)
            noted += self._note_elsewhere(student, marks.get(student, {}))
            if was_shown_last:
                self._note_feedback(student)
        return noted

    def _resolve(self, entry, marks):
        """Settle an interrupted entry if the gradebook has what it announced, else drop it."""
        have = [marks.get(part) for part, (old, new) in entry.marks.items() if old != new]
        want = [new for old, new in entry.marks.values() if old != new]
        if not have or any(one == other for one, other in zip(have, want, strict=True)):
            self.tell(entry.student, entry)
            self.log.settle(entry)
        else:
            self.log.drop(entry)

    def _note_elsewhere(self, student, marks):
        changed = _difference(self.log.known.get(student, {}), marks)
        if not changed:
            return []
        entry = self.log.announce("elsewhere", student, changed)
        if any(old is not None for old, _ in changed.values()):  # learners hear of no first mark
            self.tell(student, entry)
        self.log.settle(entry)
        return [entry]

    def _pages(self, student):
        coursedir = self.course.coursedir
        folder = coursedir.format_path(coursedir.feedback_directory, student, self.lab)
        return list(Path(folder).glob("*.html"))

    def _was_shown_last(self, student):
        """Say whether a learner's first feedback is newer than any change of the gradebook."""
        if student in self.log.shown:
            return False
        with contextlib.suppress(OSError, TypeError):
            written = Path(make_url(self.course.coursedir.db_url).database).stat().st_mtime
            return any(page.stat().st_mtime >= written for page in self._pages(student))
        return False

    def _note_feedback(self, student):
        if student not in self.log.shown and self._pages(student):
            self.log.note("feedback", student)

    def tell(self, student, pending=None):
        """Bring what a learner's graded notebooks say of changed marks up to date.

        Parameters
        ----------
        student : str
        pending : forkgrade.changes.Entry, optional
            One that is about to be settled.
        """
        notices.rewrite(autograded(self.course.coursedir, student, self.lab), self.lab,
                        self.log.told(student, pending))

    def open_regrade(self):
        """Note the reason of a regrade, so that it is known when the regrade is resumed."""
        self.log.note("open", because=self.because, command=self.command)

    def regrade_reason(self):
        """Return the reason of the regrade that was begun last."""
        opened = self.log.of("")  # only regrades are about nobody in particular
        return opened[-1].because if opened else self.because

    def draft(self, gradebook, student):
        """Return a `Draft` of what a transaction is about to change for one student.

        Parameters
        ----------
        gradebook : nbgrader.api.Gradebook
        student : str
        """
        return Draft(self, gradebook, student)


class Draft:
    """One transaction on one submission, as the log sees it.

    Parameters
    ----------
    record : Record
    gradebook : nbgrader.api.Gradebook
        Nothing of the submission is changed in it yet.
    student : str
    """

    def __init__(self, record, gradebook, student):
        self._record, self._gradebook, self._student = record, gradebook, student
        self._old = self._marks()
        self._old_comments = self._comments() if record.comments else {}
        self._entry = None
        record._note_feedback(student)
        record._note_elsewhere(student, self._old)

    def _marks(self):
        return read_marks(self._gradebook.db, self._record.lab, self._student).get(
            self._student, {})

    def _notebook(self, name):
        return self._gradebook.find_submission_notebook(name, self._record.lab, self._student)

    def _comments(self):
        """Return what the fields for automatic comments hold, by the comment's own id."""
        rows = self._gradebook.db.execute(AUTOMATIC, {"lab": self._record.lab,
                                                      "student": self._student})
        return {row.id: row.auto_comment for row in rows}

    def zero(self, name):
        """Give 0 for each test of a notebook that is set to 0.

        Parameters
        ----------
        name : str
            The notebook's.
        """
        if zeros := self._record.log.zeros.get(self._student):
            notebook = self._notebook(name)
            for grade in notebook.grades:
                if key(self._record.lab, name, grade.name) in zeros:
                    grade.auto_score = 0.0
            self._gradebook.db.flush()
            self._gradebook.db.expire(notebook)  # its sum is one that the database computes

    def comment(self, name, nb, rows=None):
        """Write the comments of a notebook.

        Parameters
        ----------
        name : str
            The notebook's.
        nb : nbformat.NotebookNode
            As it was graded.
        rows : dict, optional
            By part, the rows that apply; those that the log knows by default.

        Returns
        -------
        written, by_hand : int
            In how many cells there is a comment now, and how many of them keep one that somebody
            wrote by hand, which learners see instead.
        """
        if self._record.comments is None:
            return 0, 0
        rows = self._record.log.rows.get(self._student, {}) if rows is None else rows
        texts = self._record.comments.texts(nb, name, rows)
        written = by_hand = 0
        for comment in self._notebook(name).comments:
            if comment.name in texts:
                _write(comment, texts[comment.name], self._old_comments.get(comment.id))
                has_text = texts[comment.name] not in (None, NO_RESPONSE)
                written += has_text
                by_hand += has_text and comment.manual_comment is not None
        return written, by_hand

    def announce(self, kind, because="", parts=(), rows=None):
        """Write ahead into the log what the transaction changes, if it does.

        Parameters
        ----------
        kind, because : str
        parts : iterable of str
            For a zero, what it is about.
        rows : dict, optional
            For marks by rubric, see `forkgrade.changes.Entry`.
        """
        marks = _difference(self._old, self._marks())
        if marks or parts or rows:
            self._entry = self._record.log.announce(
                kind, self._student, marks, because=because, command=self._record.command,
                parts=list(parts), rows=rows or {})

    def announce_grade(self, is_regrade):
        """Write ahead into the log what grading has changed, if anything.

        Parameters
        ----------
        is_regrade : bool
            Whether a regrade was asked for, rather than something new handed in.
        """
        if is_regrade and self._old:
            self.announce("regrade", self._record.regrade_reason())
        else:
            self.announce("grade", self._record.because)

    def put_notice(self, name, nb):
        """Let a graded notebook tell which marks have changed; in place.

        Parameters
        ----------
        name : str
            The notebook's.
        nb : nbformat.NotebookNode
        """
        told = self._record.log.told(self._student, self._entry)
        notices.put(nb, self._record.lab, name, told)

    def tell(self):
        """Let the graded notebooks in `autograded/` tell which marks have changed."""
        self._record.tell(self._student, self._entry)

    def settle(self):
        """Say that the transaction has ended well, and return its `Entry`, if any."""
        entry, self._entry = self._entry, None
        if entry:
            self._record.log.settle(entry)
        return entry

    def drop(self):
        """Say that the transaction has failed."""
        if self._entry:
            # where the log cannot be written either, the next command finds out
            with contextlib.suppress(OSError):
                self._record.log.drop(self._entry)
            self._entry = None


def _write(comment, text, earlier):
    """Write an automatic comment; of what a person wrote, replace only what was copied from it."""
    comment.auto_comment = text
    by_hand = comment.manual_comment
    if by_hand is not None and not by_hand.strip():
        comment.manual_comment = None  # emptied in the Formgrader; nbgrader would show nothing
    elif by_hand and earlier not in (None, "", NO_RESPONSE) and earlier in by_hand:
        comment.manual_comment = by_hand.replace(earlier, text or "").strip() or None


def _difference(old, new):
    """Return for each part whose points differ [old, new]."""
    return {part: [old.get(part), new.get(part)] for part in sorted({*old, *new})
            if old.get(part) != new.get(part)}
