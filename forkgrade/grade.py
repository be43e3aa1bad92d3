"""Grade a lab: choose submissions, run them in parallel, record them, resume after a stop."""

import errno
import fnmatch
import json
import os
from dataclasses import dataclass, field, replace

from nbgrader.api import Gradebook

from course_utils.errors import CourseError, reason_of
from course_utils.paths import write_whole
from forkgrade.comments import Comments, Parts, path_of
from forkgrade.course import Course, Roster, course, read_json
from forkgrade.forkserver.client import LIMITS, can_fork
from forkgrade.forkserver.preload import STATE, Preload
from forkgrade.job import Job, Submitted
from forkgrade.judge import seed_for
from forkgrade.outcome import Outcome
from forkgrade.record import Record
from forkgrade.rehearsal import Memory, check_language, rehearse
from forkgrade.steps import instructor_files as instructor
from forkgrade.steps.gradebook import Writer, patiently
from forkgrade.steps.released import read as read_released
from forkgrade.steps.submission import Submission, take
from forkgrade.suite import suite_for
from forkgrade.turn import one_at_a_time

FULL = (errno.ENOSPC, errno.EDQUOT)


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
    even_so : bool
        Whether to grade although the instructor's own solution does not earn its points.
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
    even_so: bool = False
    because: str = ""
    command: str = "course grade"


class Grading:
    """One start of `course grade`.

    Parameters
    ----------
    root : path-like or forkgrade.course.Course
        The course's folder, with `nbgrader_config.py`.
    lab : str
        The full name.
    options : Options
    on_event : callable, optional
        Called with ``(kind, data)``: ``total`` with a number, ``result`` with a
        `forkgrade.outcome.Outcome`, ``note`` with a sentence, ``warning`` with one that is worth
        repeating at the end, ``skipped`` with `student` and `reason` of what is not a submission.
    preload : forkgrade.forkserver.preload.Preload, optional
        Of this lab, perhaps started already.

    Raises
    ------
    CourseError
        If something is set for nbgrader that is not obeyed here.
    """

    def __init__(self, root, lab, options, on_event=lambda *_: None, preload=None):
        self.lab, self.options, self._on_event = lab, options, on_event
        self._course = root if isinstance(root, Course) else course(root)
        self._settings, self.coursedir = self._course.settings, self._course.coursedir
        self._settings.check(lab)
        if unknown := sorted(set(options.limits) - set(LIMITS)):
            raise CourseError(f"There is no limit {', '.join(map(repr, unknown))}. Known: "
                              f"{', '.join(LIMITS)}.")
        self._state = self._course.root / STATE  # secret, lock, and what is open
        self._open = self._state / f"{lab}.again.json"
        self._again, self._record = set(), None
        self._roster = Roster(self.coursedir, lab, self._skip, self._state)
        self._source = self._course.source(lab)
        self._preload = preload or Preload(self._source, self._state, sandbox=options.sandbox)

    def run(self):
        """Grade and return how many submissions were written.

        Raises
        ------
        CourseError
            If another grading is running, the lab is unknown or not in Python, nothing was handed
            in, or the instructor's own solution does not earn its points.
        """
        if not can_fork():
            raise CourseError("`course grade` needs Linux, where kernels can be forked and shut "
                              f"in. Here: nbgrader autograde {self.lab}")
        try:
            return self._run()
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise CourseError(f"The state of grading in {self._state} cannot be written "
                              f"({reason_of(error)}). Make room, then start again: what is graded "
                              "stays.") from None

    def _run(self):
        self._state.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(self._state / "lock"):
            released = patiently(
                lambda: read_released(self.coursedir.db_url, self.lab, self._source), self._say)
            solution = self._solution(released)
            check_language(released, solution)
            instructor_files = self._instructor_files()
            self._record = Record(self._course, self.lab, self.options.command,
                                  self.options.because, self._comments(released), self._say)
            self._record.catch_up()
            students = self._students()
            self._on_event("total", len(students))
            if not students:
                return 0
            workers = self._workers(len(students), released)
            try:
                released = self._rehearse(workers, solution, released, instructor_files)
                return self._grade(workers, self._jobs(students, released, instructor_files))
            finally:
                workers.stop()

    def _solution(self, released):
        """Return the instructor's notebooks as if they had been handed in."""
        notebooks = take(self._source.resolve(), released).notebooks
        for name in notebooks:
            path = self._source / f"{name}.ipynb"
            if path.is_symlink() and path.is_file():  # the instructor's own link can be trusted
                notebooks[name] = Submitted(path.read_text("utf-8-sig"))
        return notebooks

    def _instructor_files(self):
        """Return what every submission gets, except what learners may replace."""
        own = {os.path.normpath(name)
               for name in self._settings.autograde.exclude_overwriting.get(self.lab, ())}
        files = instructor.read(self._source, self.coursedir.ignore)
        return {name: content for name, content in files.items() if name not in own}

    def _rehearse(self, workers, solution, released, instructor_files):
        """Grade the instructor's own solution; return the lab with what that has shown."""
        job = self._job("", solution, released, instructor_files, instructor_files)
        steps, is_local = self._settings.steps(), not self.options.scheduler
        memory = Memory(self._state / f"{self.lab}.rehearsal.json", job, steps,
                        self.options.sandbox)
        rehearsal = memory.recall() if is_local else None
        if rehearsal is None:
            self._say("trying your own solution")
            rehearsal = rehearse(job, workers.run, steps)
            if is_local:  # what another machine has installed is not known
                memory.keep(rehearsal)
        if not self.options.even_so:
            rehearsal.check(self.lab)
        for sentence in rehearsal.warnings:
            self._on_event("warning", sentence)
        if is_local and rehearsal.modules:  # none if its kernel ended early
            self._preload.learn(rehearsal.modules, instructor_files)
        return rehearsal.applied_to(released)

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
        chosen = self._chosen(everyone)
        self._again = set(read_json(self._open, []))
        if self.options.regrade or self._settings.autograde.force:
            self._again |= set(chosen)
            write_whole(self._open, json.dumps(sorted(self._again)))
            self._record.open_regrade()
        new = set(self._roster.ungraded(chosen))
        return [name for name in chosen if name in self._again or name in new]

    def _chosen(self, everyone):
        """Return those of whom the command and nbgrader's configuration say that they are graded.
        """
        wanted, pattern = self.options.students, self.coursedir.student_id
        chosen = [name for name in everyone
                  if (name in wanted if wanted else fnmatch.fnmatchcase(name, pattern))]
        reasons = dict.fromkeys(self.coursedir.student_id_exclude.split(","),
                                "left out by CourseDirectory.student_id_exclude")
        if not self._settings.autograde.create_student:
            reasons |= dict.fromkeys(
                set(chosen) - patiently(self._known_students, self._say),
                "not in the gradebook, and Autograde.create_student is False")
        for name in filter(reasons.get, chosen):
            self._skip(name, reasons[name])
        return [name for name in chosen if name not in reasons]

    def _known_students(self):
        with Gradebook(self.coursedir.db_url) as gradebook:
            return {student.id for student in gradebook.students}

    def _jobs(self, students, released, instructor_files):
        for student in students:
            digest = self._roster.digest(student)  # first: what changes from now on is newer
            submission = self._take(student, released)
            files, flags = instructor.overlay(submission.files, instructor_files)
            yield replace(self._job(student, submission.notebooks, released, files,
                                    instructor_files, flags=(*submission.flags, *flags)),
                          digest=digest)

    def _job(self, student, notebooks, released, files, instructor_files, flags=()):
        timeout = self.options.timeout or self._settings.timeout
        limits = {**LIMITS, "cpu": max(LIMITS["cpu"], 4 * (timeout or 0)),
                  "wall": max(LIMITS["wall"], 8 * (timeout or 0)), **self.options.limits}
        imported = {module for notebook in released.values()
                    for module, _ in notebook.imports.values()}
        return Job(student, self.lab, released=released, notebooks=notebooks, flags=flags,
                   seed=seed_for(self._course.secret(), self.lab, student), timeout=timeout,
                   limits=limits, files=files, instructor_files=tuple(sorted(instructor_files)),
                   instructor_modules=tuple(instructor.modules(instructor_files, imported)),
                   skip_tag=self._settings.execute.skip_cells_with_tag)

    def _take(self, student, released):
        """Read a submission; whatever it is, it must not stop the class."""
        try:
            return take(self._roster.folder(student), released, self.coursedir.ignore)
        except Exception as error:  # whatever a hostile folder makes a reader raise
            why = getattr(error, "strerror", None) or type(error).__name__
            return Submission.unreadable(released, f"It cannot be read: {why}.")

    def _grade(self, workers, jobs):
        writer = patiently(lambda: Writer(
            self.coursedir, self._settings.steps(), self.lab, self._state / "aside", self._record,
            self._say, self._settings.permissions), self._say)
        count = 0
        try:
            for job, outcome in workers.run(jobs):
                outcome = self._write(writer, job, outcome)
                self._close_regrade(job.student)
                count += 1
                self._on_event("result", outcome)
        finally:
            writer.close()
        return count

    def _write(self, writer, job, outcome):
        """Record an outcome, or why that fails; return what was recorded, with all flags."""
        try:
            return writer.save(outcome, job.files, job.digest, job.student in self._again)
        except CourseError:
            raise
        except Exception as error:  # one that cannot be written must not stop the class
            outcome = Outcome.unreadable(job, "It cannot be written into the gradebook "
                                              f"({type(error).__name__}); look at it by hand.")
            return writer.save(outcome, {}, job.digest, job.student in self._again)

    def _comments(self, released):
        path = path_of(self._course.root, self.lab)
        if not path.exists():
            return None
        return Comments.read(path, self.lab, Parts.of(self.lab, released))

    def _workers(self, most, released):
        if self.options.scheduler:
            from forkgrade.cluster import Cluster

            return Cluster(self.options.scheduler, self._preload)
        from forkgrade.workers import Workers

        for suite in filter(None, (suite_for(each.imports) for each in released.values())):
            suite.prepare()
        return Workers(min(self.options.jobs or len(os.sched_getaffinity(0)), most), self._preload)

    def _close_regrade(self, student):
        if student in self._again:
            self._again.discard(student)
            write_whole(self._open, json.dumps(sorted(self._again)))


