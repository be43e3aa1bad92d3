"""What is to be run: a submission, with everything about the lab that running it needs.

On the wire to a worker or a cluster it is plain data, see `Job.to_plain` and `Job.from_plain`; so
is what comes back, see `forkgrade.outcome`.
"""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Cell:
    """A cell that the gradebook knows, as it was released.

    Attributes
    ----------
    name, cell_type, source : str
    locked : bool
        Whether it is put back when a learner changed it.
    checksum : str
        nbgrader's.
    """

    name: str
    cell_type: str
    locked: bool
    source: str
    checksum: str


@dataclass(frozen=True)
class GradedCell:
    """A cell that counts.

    Attributes
    ----------
    max_points : float
    kind : {"grade", "task"}
    cell_type : str
    """

    max_points: float
    kind: str
    cell_type: str


@dataclass(frozen=True)
class Released:
    """One notebook of a lab, as the instructor released it.

    Attributes
    ----------
    cells : tuple of Cell
        In the order of the lab.
    graded : dict of str to GradedCell
        The cells that count, by name.
    solutions : tuple of str
        Names of the cells that learners fill in.
    kernelspec : str or None
        As JSON.
    definitions, imports, assigned
        What the instructor's notebook says, see `forkgrade.steps.instructor_notebook`: imports
        and functions that are given, what imported names mean, and names that it assigns.
    seeds : bool
        Whether the instructor's cells, answers and tests apart, set a seed.
    examined : dict of str to list of str
        The tests that are judged outside the learner's process, and for each what the learner's
        things may be asked for there; see `forkgrade.examiner.links.Link.do`.
    usual_methods : tuple of str
        Special methods that the instructor's own classes have.
    """

    cells: tuple = ()
    graded: dict = field(default_factory=dict)
    solutions: tuple = ()
    kernelspec: str | None = None
    definitions: tuple = ()
    imports: dict = field(default_factory=dict)
    assigned: tuple = ()
    seeds: bool = False
    examined: dict = field(default_factory=dict)
    usual_methods: tuple = ()

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
        cells = tuple(Cell(**cell) for cell in data["cells"])
        graded = {name: GradedCell(**cell) for name, cell in data["graded"].items()}
        return cls(**{**data, "cells": cells, "graded": graded})


@dataclass(frozen=True)
class Submitted:
    """One notebook as it was handed in.

    Attributes
    ----------
    text : str or None
    reason : str or None
        Why there is no text.
    """

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
    timeout : float or None
        Seconds for a cell; None if only the notebook as a whole has a limit.
    limits : dict
        See `forkgrade.forkserver.client.LIMITS`.
    skip_tag : str
        The tag of cells that are not run; empty if all are.
    is_rehearsal : bool
        Whether it is the instructor's own solution, whose outcome says more, see
        `forkgrade.outcome.Outcome`.
    digest : str or None
        Of what was handed in, see `forkgrade.steps.submission_folder.digest`.
    attempt : int
        1 when it is run for the first time, see `forkgrade.outcome.Queue`.
    """

    student: str
    lab: str
    notebooks: dict
    released: dict
    seed: str
    timeout: float | None
    limits: dict
    files: dict = field(default_factory=dict)
    instructor_files: tuple = ()
    instructor_modules: tuple = ()
    flags: tuple = ()
    digest: str | None = None
    attempt: int = 1
    skip_tag: str = "skip-execution"
    is_rehearsal: bool = False

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
