"""Grade a lab: choose what is to be done, run it in parallel, write it down, go on after a stop."""

import contextlib
import json
import os
import secrets
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course_utils.errors import CourseError
from course_utils.notebooks.release import load_config
from course_utils.paths import write_whole
from forkgrade.forkserver.client import LIMITS, can_fork
from forkgrade.forkserver.preload import STATE, Preload
from forkgrade.job import Job, Outcome, Submitted
from forkgrade.judge import seed_for
from forkgrade.steps.gradebook import Writer, autograded, patiently
from forkgrade.steps.released import read as read_released
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission import given, handed_in_at, modules, take, together
from forkgrade.suite import suite_for


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
    """

    jobs: int = 0
    students: tuple = ()
    regrade: bool = False
    sandbox: bool = True
    timeout: float | None = None
    limits: dict = field(default_factory=dict)
    scheduler: str | None = None


@dataclass
class Course:
    """A course's folder as nbgrader sees it."""

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
    """Return the course in a folder with `nbgrader_config.py`."""
    if not shutil.which("alembic"):  # nbgrader calls it by name, and our own configuration helps
        os.environ["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    path = Path(root) / "nbgrader_config.py"
    if not path.is_file():
        raise CourseError(f"There is no nbgrader_config.py in {root}; it says where things are.")
    config = load_config(path)
    coursedir = CourseDirectory(config=config)
    coursedir.root = str(root)
    return Course(Path(root), config, coursedir)


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
        Called with ``(kind, data)``: ``total`` with a number, ``result`` with an
        `forkgrade.job.Outcome`, ``note`` with a sentence, ``skipped`` with `student` and `reason`
        of what is no submission.
    preload : forkgrade.forkserver.preload.Preload, optional
        Of this lab, perhaps started already.
    """

    def __init__(self, root, lab, options, on_event=lambda *_: None, preload=None):
        self.root, self.lab, self.options, self._on_event = Path(root), lab, options, on_event
        self._course = course(self.root)
        self.config, self.coursedir = self._course.config, self._course.coursedir
        self._state = self.root / STATE  # secret, lock, and what is open
        self._open = self._state / f"{lab}.again.json"
        self._again = set()
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
        with _only_one(self._state / "lock"):
            released = patiently(
                lambda: read_released(self.coursedir.db_url, self.lab, self._source), self._say)
            instructor_files = given(self._source, self.coursedir.ignore)
            students = self._students()
            self._on_event("total", len(students))
            if not students:
                return 0
            workers = self._workers(len(students), released, instructor_files)
            return self._grade(workers, self._jobs(students, released, instructor_files))

    def _say(self, sentence):
        self._on_event("note", sentence)

    def _students(self):
        """Return who is to be graded: new and newer submissions, and those of an open regrade."""
        everyone = self._handed_in()
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
        return [name for name in chosen if name in self._again or not self._is_graded(name)]

    def _handed_in(self):
        pattern = Path(self.coursedir.format_path(self.coursedir.submitted_directory, "*",
                                                  self.lab))
        # of the structure submitted/STUDENT/LAB the part before the star
        base = Path(str(pattern).split("*")[0])
        found = [path.name for path in (sorted(base.iterdir()) if base.is_dir() else ())
                 if path.name[:1] != "." and self._is_submission(path)]
        if not found:
            raise CourseError(f"Nothing was handed in for {self.lab}: expected folders "
                              f"{base}/STUDENT/{self.lab}/. `nbgrader collect {self.lab}` makes "
                              "them, or make them by hand.")
        return found

    def _is_submission(self, path):
        """Say whether a student's folder has one; what looks like it and is none is told."""
        folder, trouble = path / self.lab, None
        try:
            path.name.encode()
            if folder.is_dir():
                os.listdir(folder)
                return True
            if os.path.lexists(folder):
                trouble = f"{self.lab} is no folder"
            elif path.is_dir() and any(path.glob(f"{self.lab}*.ipynb")):
                trouble = f"a notebook lies here, and belongs into a folder {self.lab}"
        except UnicodeEncodeError:
            trouble = "the name of the folder is not text in UTF-8; rename it"
        except OSError as error:
            trouble = f"the folder cannot be read ({error.strerror})"
        if trouble:
            self._on_event("skipped", {"student": printable(path.name), "reason": trouble})
        return False

    def _is_graded(self, student):
        done = autograded(self.coursedir, student, self.lab)
        if not done.is_dir():
            return False
        with contextlib.suppress(Exception):  # a time that cannot be read is no reason to regrade
            new, old = handed_in_at(self._submitted(student)), handed_in_at(done)
            return not (new and old and new > old)
        return True

    def _submitted(self, student):
        return Path(self.coursedir.format_path(self.coursedir.submitted_directory, student,
                                               self.lab))

    def _jobs(self, students, released, instructor_files):
        secret, timeout = self._course.secret(), self._timeout()
        limits = {**LIMITS, "cpu": max(LIMITS["cpu"], 4 * timeout),
                  "wall": max(LIMITS["wall"], 8 * timeout), **self.options.limits}
        imported = {module for notebook in released.values()
                    for module, _ in notebook.imports.values()}
        for student in students:
            taken = self._take(student, released)
            files, flags = together(taken["files"], instructor_files)
            yield Job(student, self.lab, released=released,
                      notebooks={name: Submitted(**notebook)
                                 for name, notebook in taken["notebooks"].items()},
                      seed=seed_for(secret, self.lab, student), timeout=timeout, limits=limits,
                      files=files, flags=(*taken["flags"], *flags),
                      instructor_files=tuple(sorted(instructor_files)),
                      instructor_modules=tuple(modules(instructor_files, imported)))

    def _timeout(self):
        return self.options.timeout or self.config.Execute.get("timeout", 30)

    def _take(self, student, released):
        """Read a submission; whatever it is, the class goes on."""
        try:
            return take(self._submitted(student), released)
        except Exception as error:  # whatever a hostile folder makes a reader raise
            reason = f"It cannot be read: {getattr(error, 'strerror', type(error).__name__)}."
            return {"flags": [], "files": {}, "notebooks": {
                name: {"text": None, "reason": reason} for name in released}}

    def _grade(self, workers, jobs):
        writer = patiently(lambda: Writer(self.coursedir, self.config, self.lab,
                                          self._state / "aside", self._say), self._say)
        done = 0
        try:
            for job, outcome in workers.run(jobs):
                outcome = self._write(writer, job, outcome)
                self._close_regrade(job.student)
                done += 1
                self._on_event("result", outcome)
        finally:
            workers.stop()
            writer.close()
        return done

    def _write(self, writer, job, outcome):
        """Write an outcome down and return it; another one, if this one cannot be written."""
        try:
            writer.save(outcome, job.files)
            return outcome
        except CourseError:
            raise
        except Exception as error:  # one that cannot be written must not stop the class
            outcome = Outcome.unreadable(job, "It cannot be written into the gradebook "
                                              f"({type(error).__name__}); look at it by hand.")
            writer.save(outcome, {})
            return outcome

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


@contextlib.contextmanager
def _only_one(path):
    import fcntl

    with open(path, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CourseError("Another `course grade` is at work in this course. Wait until it "
                              "has ended.") from None
        yield


def _json(path, otherwise):
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return otherwise
