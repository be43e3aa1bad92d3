"""Grade a lab: choose submissions, run them in parallel, record them, resume after a stop."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import write_whole
from forkgrade.comments import Comments, Parts, path_of
from forkgrade.course import Roster, course
from forkgrade.forkserver.client import LIMITS, can_fork
from forkgrade.forkserver.preload import STATE, Preload
from forkgrade.job import Job
from forkgrade.judge import seed_for
from forkgrade.outcome import Outcome
from forkgrade.record import Record
from forkgrade.steps import instructor_files as instructor
from forkgrade.steps.gradebook import Writer, patiently
from forkgrade.steps.released import read as read_released
from forkgrade.steps.submission import Submission, take
from forkgrade.suite import suite_for
from forkgrade.turn import one_at_a_time


@dataclass
class Options:
    """How to grade.

    Attributes
    ----------
    jobs : int
        Submissions at the same time; 0 means one for each core.
    students : tuple of str
        Only these; all by default.
    regrade : bool
        Also those that are graded already.
    sandbox : bool
        Whether students' code is shut in.
    timeout : float or None
        Seconds for a cell; by default those of `nbgrader_config.py`.
    limits : dict
        Replaces entries of `forkgrade.forkserver.client.LIMITS`.
    scheduler : str or None
        The address of a Dask cluster to run on.
    because : str
        The reason of a regrade, for the record and for learners.
    command : str
        As the teacher typed it, for the record.
    """

    jobs: int = 0
    students: tuple = ()
    regrade: bool = False
    sandbox: bool = True
    timeout: float | None = None
    limits: dict = field(default_factory=dict)
    scheduler: str | None = None
    because: str = ""
    command: str = "course grade"


class Grading:
    """One start of `course grade`.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder, with `nbgrader_config.py`.
    lab : str
        The full name.
    options : Options
    on_event : callable, optional
        Called with ``(kind, data)``: ``total`` with a number, ``result`` with a
        `forkgrade.outcome.Outcome`, ``note`` with a sentence, ``skipped`` with `student` and
        `reason` of what is not a submission.
    preload : forkgrade.forkserver.preload.Preload, optional
        Of this lab, perhaps started already.
    """

    def __init__(self, root, lab, options, on_event=lambda *_: None, preload=None):
        self.root, self.lab, self.options, self._on_event = Path(root), lab, options, on_event
        self._course = course(self.root)
        self.config, self.coursedir = self._course.config, self._course.coursedir
        self._state = self.root / STATE  # secret, lock, and what is open
        self._open = self._state / f"{lab}.again.json"
        self._again, self._record = set(), None
        self._roster = Roster(self.coursedir, lab, self._skip)
        self._source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", lab))
        self._preload = preload or Preload(self._source, self._state, sandbox=options.sandbox)

    def run(self):
        """Grade and return how many submissions were written.

        Raises
        ------
        CourseError
            If another grading is running, the lab is unknown, or nothing was handed in.
        """
        if not can_fork():
            raise CourseError("`course grade` needs Linux, where kernels can be forked and shut "
                              f"in. Here: nbgrader autograde {self.lab}")
        self._state.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(self._state / "lock"):
            released = patiently(
                lambda: read_released(self.coursedir.db_url, self.lab, self._source), self._say)
            instructor_files = instructor.read(self._source, self.coursedir.ignore)
            self._record = Record(self._course, self.lab, self.options.command,
                                  self.options.because, self._comments(released), self._say)
            self._record.catch_up()
            students = self._students()
            self._on_event("total", len(students))
            if not students:
                return 0
            workers = self._workers(len(students), released, instructor_files)
            return self._grade(workers, self._jobs(students, released, instructor_files))

    def _skip(self, student, reason):
        self._on_event("skipped", {"student": student, "reason": reason})

    def _say(self, sentence):
        self._on_event("note", sentence)

    def _students(self):
        """Return who is to be graded: new and newer submissions, and those of an open regrade."""
        everyone = self._roster.students()
        unknown = set(self.options.students) - set(everyone)
        if unknown:
            raise CourseError(f"{', '.join(sorted(unknown))}: nothing handed in for {self.lab}. "
                              f"Known: {', '.join(everyone) or 'nobody'}.")
        chosen = [name for name in everyone
                  if not self.options.students or name in self.options.students]
        self._again = set(_json(self._open, []))
        if self.options.regrade:
            self._again |= set(chosen)
            write_whole(self._open, json.dumps(sorted(self._again)))
            self._record.open_regrade()
        return [name for name in chosen if name in self._again or not self._roster.is_graded(name)]

    def _jobs(self, students, released, instructor_files):
        secret, timeout = self._course.secret(), self._timeout()
        limits = {**LIMITS, "cpu": max(LIMITS["cpu"], 4 * timeout),
                  "wall": max(LIMITS["wall"], 8 * timeout), **self.options.limits}
        imported = {module for notebook in released.values()
                    for module, _ in notebook.imports.values()}
        for student in students:
            submission = self._take(student, released)
            files, flags = instructor.overlay(submission.files, instructor_files)
            yield Job(student, self.lab, released=released, notebooks=submission.notebooks,
                      seed=seed_for(secret, self.lab, student), timeout=timeout, limits=limits,
                      files=files, flags=(*submission.flags, *flags),
                      instructor_files=tuple(sorted(instructor_files)),
                      instructor_modules=tuple(instructor.modules(instructor_files, imported)))

    def _timeout(self):
        return self.options.timeout or self.config.Execute.get("timeout", 30)

    def _take(self, student, released):
        """Read a submission; whatever it is, it must not stop the class."""
        try:
            return take(self._roster.folder(student), released)
        except Exception as error:  # whatever a hostile folder makes a reader raise
            return Submission.unreadable(released, "It cannot be read: "
                                         f"{getattr(error, 'strerror', type(error).__name__)}.")

    def _grade(self, workers, jobs):
        writer = patiently(lambda: Writer(self.coursedir, self.config, self.lab,
                                          self._state / "aside", self._record, self._say),
                           self._say)
        count = 0
        try:
            for job, outcome in workers.run(jobs):
                outcome = self._write(writer, job, outcome)
                self._close_regrade(job.student)
                count += 1
                self._on_event("result", outcome)
        finally:
            workers.stop()
            writer.close()
        return count

    def _write(self, writer, job, outcome):
        """Record an outcome, or why that fails; return what was recorded, with all flags."""
        try:
            return writer.save(outcome, job.files, job.student in self._again)
        except CourseError:
            raise
        except Exception as error:  # one that cannot be written must not stop the class
            outcome = Outcome.unreadable(job, "It cannot be written into the gradebook "
                                              f"({type(error).__name__}); look at it by hand.")
            return writer.save(outcome, {}, job.student in self._again)

    def _comments(self, released):
        path = path_of(self.root, self.lab)
        if not path.exists():
            return None
        return Comments.read(path, self.lab, Parts.of(self.lab, released))

    def _workers(self, most, released, instructor_files):
        if self.options.scheduler:
            from forkgrade.cluster import Cluster

            return Cluster(self.options.scheduler, self._preload)
        from forkgrade.workers import Workers

        for suite in filter(None, (suite_for(each.imports) for each in released.values())):
            suite.prepare()
        self._preload.rehearse(instructor_files)
        return Workers(min(self.options.jobs or len(os.sched_getaffinity(0)), most), self._preload)

    def _close_regrade(self, student):
        if student in self._again:
            self._again.discard(student)
            write_whole(self._open, json.dumps(sorted(self._again)))


def _json(path, otherwise):
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return otherwise
