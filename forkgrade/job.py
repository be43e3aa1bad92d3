"""What travels: a job to whoever runs it, a kernel's replies, and the outcome back.

On every wire (to a worker, to a cluster, from a kernel) it is plain data: `to_plain`, `from_plain`.
"""

from dataclasses import asdict, dataclass, field, replace

import nbformat

from forkgrade.steps.sanitize import clean_cells, execution_count, printable

ATTEMPTS = 3
MOST_FLAGS = 50
LOST = "Its kernel was lost each time it was run; look at it by hand."


@dataclass(frozen=True)
class Cell:
    """A cell that the gradebook knows, as it was released; `checksum` is nbgrader's."""

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str


@dataclass(frozen=True)
class Released:
    """One notebook of a lab, as the instructor released it.

    Attributes
    ----------
    cells : tuple of Cell
        In the order of the lab.
    points : dict
        For each cell that counts its maximum, its kind (``grade`` or ``task``) and its type.
    solutions : tuple of str
        Names of the cells that learners fill in.
    kernelspec : str or None
        As JSON.
    instructor_cells, imports, assigned, own_magic
        What the instructor's notebook says, see `forkgrade.steps.instructor_notebook`: code that is
        no answer, what imported names mean, names with a meaning of their own, and special methods
        of the instructor's classes.
    """

    cells: tuple = ()
    points: dict = field(default_factory=dict)
    solutions: tuple = ()
    kernelspec: str | None = None
    instructor_cells: tuple = ()
    imports: dict = field(default_factory=dict)
    assigned: tuple = ()
    own_magic: tuple = ()

    @property
    def locked(self):
        """The names of the cells that are put back as released."""
        return frozenset(cell.name for cell in self.cells if cell.locked)

    @classmethod
    def from_plain(cls, data):
        """Return it from plain data.

        Parameters
        ----------
        data : dict
        """
        return cls(**{**data, "cells": tuple(Cell(**cell) for cell in data["cells"])})


@dataclass(frozen=True)
class Submitted:
    """One notebook as it was handed in: its `text`, or a `reason` why there is none."""

    text: str | None
    reason: str | None = None


@dataclass(frozen=True)
class Job:
    """One submission to run.

    Attributes
    ----------
    student, lab : str
    notebooks, released : dict
        For each notebook of the lab a `Submitted` and a `Released`.
    files : dict
        What lies beside the notebooks, by name, in base64; the instructor's files included.
    instructor_files, instructor_modules : tuple of str
        Which of the files are the instructor's, and which of them are modules to import.
    flags : tuple of str
        What was odd about what was handed in.
    seed : str
        Secret; decides the inputs of the checks.
    timeout : float
        Seconds for a cell.
    limits : dict
        See `forkgrade.forkserver.client.LIMITS`.
    attempt : int
        How often it is run by now, at most `ATTEMPTS` times.
    """

    student: str
    lab: str
    notebooks: dict
    released: dict
    seed: str
    timeout: float
    limits: dict
    files: dict = field(default_factory=dict)
    instructor_files: tuple = ()
    instructor_modules: tuple = ()
    flags: tuple = ()
    attempt: int = 1

    def to_plain(self):
        """Return it as plain data."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data):
        """Return it from plain data.

        Parameters
        ----------
        data : dict
        """
        notebooks = {name: Submitted(**each) for name, each in data["notebooks"].items()}
        released = {name: Released.from_plain(each) for name, each in data["released"].items()}
        return cls(**{**data, "notebooks": notebooks, "released": released})


@dataclass(frozen=True)
class Reply:
    """What a kernel says of a request. Learners' code may have written any of it.

    Attributes
    ----------
    ok, left, late : bool
        Whether the code ran to its end, left its kernel, and had to be interrupted.
    count : int or None
        The execution count.
    outputs, answer : object
        Anything: see `forkgrade.steps.sanitize.clean_outputs`, `forkgrade.suite.CheckSuite.grade`.
    result : dict or None
        What the last expression gave.
    changed, met : tuple of str
        What tests rely on and was changed; which comparisons of the learner's a test met.
    failed : str or None
        Why the request failed as a whole.
    """

    ok: bool = False
    left: bool = False
    late: bool = False
    count: int | None = None
    outputs: object = None
    answer: object = None
    result: dict | None = None
    changed: tuple = ()
    met: tuple = ()
    failed: str | None = None

    @classmethod
    def from_plain(cls, message, late=False):
        """Return it from a message, of which only what has the right type is taken.

        Parameters
        ----------
        message : dict
        late : bool
        """
        result, failed = message.get("result"), message.get("failed")
        return cls(ok=message.get("ok") is True, left=bool(message.get("left")), late=late,
                   count=execution_count(message.get("count")), outputs=message.get("outputs"),
                   answer=message.get("answer"),
                   result=result if isinstance(result, dict) else None,
                   changed=_names(message.get("changed")), met=_names(message.get("met")),
                   failed=str(failed)[:80] if failed else None)


def _names(value):
    return tuple(str(name)[:80] for name in value[:5]) if isinstance(value, list) else ()


@dataclass(frozen=True)
class NotebookOutcome:
    """A notebook that was run: its JSON text, why it stopped early, and whether it was read."""

    text: str
    reason: str | None = None
    read: bool = True

    @classmethod
    def of(cls, nb, released, reason=None, read=True):
        """Return the outcome of a notebook, cleaned and written.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        released : Released
        reason : str, optional
        read : bool
        """
        clean_cells(nb, released.locked)
        # half a sign, as broken text has it, cannot be written to a file
        text = nbformat.writes(nb).encode("utf-8", "replace").decode()
        return cls(text, reason and printable(reason), read)

    @classmethod
    def unreadable(cls, released, reason):
        """Return the outcome of a notebook of which nothing can be told.

        Parameters
        ----------
        released : Released
        reason : str
        """
        from forkgrade.steps.restore import restore  # reads what is defined here

        return cls.of(restore(None, released, reason)[0], released, reason, read=False)


@dataclass(frozen=True)
class Outcome:
    """What became of a job: a `NotebookOutcome` for each notebook, flags, and seconds."""

    student: str
    lab: str
    notebooks: dict
    flags: tuple = ()
    seconds: float = 0.0

    @property
    def reasons(self):
        """Why notebooks stopped early, or could not be read."""
        return [notebook.reason for notebook in self.notebooks.values() if notebook.reason]

    @classmethod
    def of(cls, job, notebooks, flags=(), seconds=0.0):
        """Return the outcome of a job, with flags that can be printed.

        Parameters
        ----------
        job : Job
        notebooks : dict of str to NotebookOutcome
        flags : iterable of str
            In addition to those of the job.
        seconds : float
        """
        flags = tuple(dict.fromkeys(map(printable, (*job.flags, *flags))))[:MOST_FLAGS]
        return cls(job.student, job.lab, notebooks, flags, round(seconds, 3))

    @classmethod
    def unreadable(cls, job, reason):
        """Return the outcome of a submission of which nothing can be told.

        Parameters
        ----------
        job : Job
        reason : str
        """
        notebooks = {name: NotebookOutcome.unreadable(released, reason)
                     for name, released in job.released.items()}
        return cls.of(job, notebooks, [f"stopped: {reason}"])

    def to_plain(self):
        """Return it as plain data."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data):
        """Return it from plain data.

        Parameters
        ----------
        data : dict
        """
        notebooks = {name: NotebookOutcome(**each) for name, each in data["notebooks"].items()}
        return cls(**{**data, "notebooks": notebooks, "flags": tuple(data["flags"])})


class Queue:
    """Jobs to run, each at most `ATTEMPTS` times.

    Parameters
    ----------
    jobs : iterable of Job
        Taken one by one, as somebody asks for work.
    """

    def __init__(self, jobs):
        self._jobs, self._again = iter(jobs), []

    def next(self):
        """Return a job, or None if there is none now."""
        return self._again.pop() if self._again else next(self._jobs, None)

    def settle(self, job, outcome):
        """Return the outcome of a job; None while it is to be run once more.

        Parameters
        ----------
        job : Job
        outcome : Outcome or None
            None if whoever ran it was lost.
        """
        if outcome is not None:
            return outcome
        if job.attempt < ATTEMPTS:
            self._again.append(replace(job, attempt=job.attempt + 1))
            return None
        return Outcome.unreadable(job, LOST)
