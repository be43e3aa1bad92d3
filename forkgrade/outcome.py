"""The outcome of a job: the text of each notebook, and why it stopped early."""

from dataclasses import asdict, dataclass, field, replace

import nbformat

from forkgrade.steps.restore import restore
from forkgrade.steps.sanitize import clean_cells, printable

ATTEMPTS = 3
MOST_FLAGS = 50
LOST_REASON = "Its kernel was lost each time it was run; look at it by hand."


@dataclass(frozen=True)
class NotebookOutcome:
    """The outcome of one notebook.

    Attributes
    ----------
    text : str
        The notebook as it is now, JSON.
    reason : str or None
        Why it stopped early, or could not be read.
    read : bool
        Whether it could be read.
    """

    text: str
    reason: str | None = None
    read: bool = True

    @classmethod
    def of(cls, nb, released, reason=None, read=True):
        """Return the outcome of a notebook, cleaned and written.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        released : forkgrade.job.Released
        reason : str, optional
        read : bool
        """
        clean_cells(nb, released.locked)
        # half a surrogate pair, as in broken text, cannot be written to a file
        text = nbformat.writes(nb).encode("utf-8", "replace").decode()
        return cls(text, reason and printable(reason), read)

    @classmethod
    def unreadable(cls, released, reason):
        """Return the outcome of a notebook that could not be graded.

        Parameters
        ----------
        released : forkgrade.job.Released
        reason : str
        """
        return cls.of(restore(None, released, reason)[0], released, reason, read=False)


@dataclass(frozen=True)
class Outcome:
    """The outcome of a job; plain data on the wire.

    Attributes
    ----------
    student, lab : str
    notebooks : dict of str to NotebookOutcome
    flags : tuple of str
        What a person should look at.
    seconds : float
    modules : tuple of str
        Of a rehearsal: what its notebooks load.
    examined : dict
        Of a rehearsal: for each notebook the tests that can be judged outside the learner's
        process, see `forkgrade.job.Released`.
    usual_methods : tuple of str
        Of a rehearsal: special methods that the instructor's own classes have.
    """

    student: str
    lab: str
    notebooks: dict
    flags: tuple = ()
    seconds: float = 0.0
    modules: tuple = ()
    examined: dict = field(default_factory=dict)
    usual_methods: tuple = ()

    @property
    def reasons(self):
        """Why notebooks stopped early, or could not be read."""
        return [notebook.reason for notebook in self.notebooks.values() if notebook.reason]

    @classmethod
    def of(cls, job, notebooks, flags=(), seconds=0.0):
        """Return the outcome of a job, with flags that can be printed.

        Parameters
        ----------
        job : forkgrade.job.Job
        notebooks : dict of str to NotebookOutcome
        flags : iterable of str
            In addition to those of the job.
        seconds : float
        """
        flags = tuple(dict.fromkeys(map(printable, (*job.flags, *flags))))[:MOST_FLAGS]
        return cls(job.student, job.lab, notebooks, flags, round(seconds, 3))

    @classmethod
    def unreadable(cls, job, reason):
        """Return the outcome of a submission that could not be graded.

        Parameters
        ----------
        job : forkgrade.job.Job
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
        return cls(**{**data, "notebooks": notebooks, "flags": tuple(data["flags"]),
                      "modules": tuple(data["modules"]),
                      "usual_methods": tuple(data["usual_methods"])})


class Queue:
    """Jobs to run, each at most `ATTEMPTS` times.

    Parameters
    ----------
    jobs : iterable of forkgrade.job.Job
        Taken one by one, as somebody asks for work.
    """

    def __init__(self, jobs):
        self._jobs, self._again = iter(jobs), []

    def next(self):
        """Return the next job, or None if there is none at the moment."""
        return self._again.pop() if self._again else next(self._jobs, None)

    def settle(self, job, outcome):
        """Return the outcome of a job, or None if it is to be run again.

        Parameters
        ----------
        job : forkgrade.job.Job
        outcome : Outcome or None
            None if the process that ran it was lost.
        """
        if outcome is not None:
            return outcome
        if job.attempt < ATTEMPTS:
            self._again.append(replace(job, attempt=job.attempt + 1))
            return None
        return Outcome.unreadable(job, LOST_REASON)
