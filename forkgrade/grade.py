"""Grade a lab: choose what is to be done, run it in parallel, write it down, go on after a stop."""

import contextlib
import functools
import json
import os
import secrets
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from course_utils.errors import CourseError
from forkgrade.forkserver.client import LIMITS, can_fork
from forkgrade.forkserver.warming import warm_parent
from forkgrade.judge import prepare, seed_for
from forkgrade.steps.gradebook import Writer, autograded, patiently
from forkgrade.steps.released import read as read_released
from forkgrade.steps.restore import restore
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission import given, handed_in_at, modules, take, together

STATE = Path(".plain-sight") / "grading"  # below the course's folder: secret, lock, what is open


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
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, secrets.token_hex(32), 0o600)
        return path.read_bytes()


def course(root):
    """Return the course in a folder with `nbgrader_config.py`."""
    if not shutil.which("alembic"):  # nbgrader calls it by name, and our own configuration helps
        os.environ["PATH"] = os.pathsep.join(
            [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    config = _config(Path(root))
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
        Called with ``(kind, data)``: ``total`` with a number, ``result`` with a result,
        ``note`` with a sentence, ``skipped`` with `student` and `reason` of what is no submission.
    parent : forkgrade.forkserver.client.ForkServer, optional
        One for this lab that was started already, see `forkgrade.forkserver.warming`.
    """

    def __init__(self, root, lab, options, on_event=lambda *_: None, parent=None):
        self._parent = parent
        self.root, self.lab, self.options, self._on_event = Path(root), lab, options, on_event
        self._course = course(self.root)
        self.config, self.coursedir = self._course.config, self._course.coursedir
        self._state = self.root / STATE
        self._open = self._state / f"{lab}.again.json"

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
            source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".",
                                                     self.lab))
            say = functools.partial(self._on_event, "note")
            self._released = patiently(
                lambda: read_released(self.coursedir.db_url, self.lab, source), say)
            self._given = given(source, self.coursedir.ignore)
            students = self._students()
            self._on_event("total", len(students))
            if not students:
                return 0
            self._source = source
            return self._grade(students)

    def _students(self):
        """Return who is to be graded: new and newer submissions, and those of an open regrade."""
        everyone = self._handed_in()
        unknown = set(self.options.students) - set(everyone)
        if unknown:
            raise CourseError(f"{', '.join(sorted(unknown))}: nothing handed in for {self.lab}. "
                              f"Known: {', '.join(everyone) or 'nobody'}.")
        chosen = [name for name in everyone
                  if not self.options.students or name in self.options.students]
        again = set(_json(self._open, []))
        if self.options.regrade:
            again |= set(chosen)
            _write(self._open, json.dumps(sorted(again)))
        self._again = again
        return [name for name in chosen if name in again or not self._is_graded(name)]

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

    def _jobs(self, students):
        secret = self._course.secret()
        execute = self.config.Execute
        timeout = self.options.timeout or execute.get("timeout", 30)
        limits = {**LIMITS, "cpu": max(LIMITS["cpu"], 4 * timeout),
                  "wall": max(LIMITS["wall"], 8 * timeout), **self.options.limits}
        imported = {module for released in self._released.values()
                    for module, _ in released["imports"].values()}
        for student in students:
            try:
                taken = take(self._submitted(student), self._released)
            except Exception as error:  # whatever a hostile folder makes a reader raise
                reason = f"It cannot be read: {getattr(error, 'strerror', type(error).__name__)}."
                taken = {"flags": [], "files": {}, "notebooks": {
                    name: {"text": None, "reason": reason} for name in self._released}}
            taken["files"], ways = together(taken["files"], self._given)
            taken["flags"] = [*taken["flags"], *ways]
            yield {"student": student, "lab": self.lab, **taken, "released": self._released,
                   "seed": seed_for(secret, self.lab, student), "timeout": timeout,
                   "limits": limits, "modules": modules(self._given, imported),
                   "given": sorted(self._given)}

    def _grade(self, students):
        workers = self._workers(len(students))
        say = functools.partial(self._on_event, "note")
        writer = patiently(lambda: Writer(self.coursedir, self.config, self.lab,
                                          self._state / "aside", say), say)
        done = 0
        try:
            for job, result in workers.run(self._jobs(students)):
                result = result or _lost(job)
                try:
                    writer.save(result, job["files"])
                except CourseError:
                    raise
                except Exception as error:  # one that cannot be written must not stop the class
                    result = _lost(job, "It cannot be written into the gradebook "
                                        f"({type(error).__name__}); look at it by hand.")
                    writer.save(result, {})
                self._close_regrade(job["student"])
                done += 1
                self._on_event("result", result)
        finally:
            workers.stop()
            writer.close()
        return done

    def _workers(self, most):
        options = self.options
        if options.scheduler:
            from forkgrade.cluster import Cluster

            return Cluster(options.scheduler, self._source, options.sandbox)
        from forkgrade.workers import Workers

        for released in self._released.values():
            prepare(released["checks"])
        jobs = min(options.jobs or len(os.sched_getaffinity(0)), most)
        start = functools.partial(warm_parent, self._source, options.sandbox, self._state,
                                  files=self._given)
        return Workers(jobs, start, self._parent)

    def _close_regrade(self, student):
        if student in self._again:
            self._again.discard(student)
            _write(self._open, json.dumps(sorted(self._again)))


def _config(root):
    path = root / "nbgrader_config.py"
    if not path.is_file():
        raise CourseError(f"There is no nbgrader_config.py in {root}; it says where things are.")
    return PyFileConfigLoader(path.name, path=str(root)).load_config()


def _lost(job, reason="Its kernel was lost each time it was run; look at it by hand."):
    """Return the result of a submission of which nothing can be told."""
    import nbformat

    result = {"student": job["student"], "lab": job["lab"], "notebooks": {}, "reasons": {},
              "unread": list(job["released"]), "flags": [*job["flags"], "stopped: " + reason],
              "seconds": 0.0}
    for name, released in job["released"].items():
        result["notebooks"][name] = nbformat.writes(restore(None, released, reason)[0])
        result["reasons"][name] = reason
    return result


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


def _write(path, text, mode=0o644):
    fresh = path.with_suffix(".tmp")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    os.replace(fresh, path)

