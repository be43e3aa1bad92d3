"""The seam between the grader and a course: who draws, answers and judges a notebook's checks.

A course registers a class that does what `CheckSuite` says as an entry point in its pyproject.toml:

    [project.entry-points."forkgrade.suites"]
    my-course = "my_course.suite:Suite"
"""

import functools
import os
import re
import tomllib
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import ClassVar, Protocol

from course_utils.errors import CourseError

GROUP = "forkgrade.suites"
RECORD_TYPE = "application/vnd.plain-sight.check+json"  # under which a notebook keeps a record


class Result(Protocol):
    """What a check earned. `record` is plain data for the report: ``misconception``, if any."""

    points: float
    max_points: float
    record: dict

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return what the learner reads, by MIME type."""


class CheckSuite(Protocol):
    """The checks of one notebook.

    Attributes
    ----------
    packages : tuple of pathlib.Path
        What learners' code imports of the course, to be visible in the sandbox. What is installed
        in the environment is visible anyway.
    hidden : mapping of str to pathlib.Path
        Modules with answers, by name: no learner's code sees them, whatever its notebook imports.
    stand_in : str
        The source of the module that learners' code finds in place of each hidden one.
    preload : tuple of str
        Modules that kernels need, imported once by the fork server of a lab whose notebooks
        import something of the same package.
    environment : mapping of str to str
        Variables of each kernel in which learners' code is graded.
    call_pattern : str
        Finds in a test cell the line that calls a check, whatever the lab: all that nbgrader's own
        steps, which know no lab, ask for.
    summary : str
        The code of a cell that shows `table`.
    exercises : mapping of str to float
        The most points of each.
    """

    packages: ClassVar[tuple[Path, ...]]
    hidden: ClassVar[Mapping[str, Path]]
    stand_in: ClassVar[str]
    preload: ClassVar[tuple[str, ...]]
    environment: ClassVar[Mapping[str, str]]
    call_pattern: ClassVar[str]
    summary: ClassVar[str]
    exercises: Mapping[str, float]

    @classmethod
    def serving(cls, imports):
        """Return the suite of a notebook, or None if its checks are not of this course.

        Parameters
        ----------
        imports : dict
            What the instructor's notebook imports: for each name ``[module, attribute or None]``.
        """

    def prepare(self):
        """Import what judging needs, before the judging processes are forked."""

    def split_at_check(self, code):
        """Split the code of a test cell at the call that ends it.

        Parameters
        ----------
        code : str

        Returns
        -------
        before, exercise : str, str or None
            The lines above the call and what it checks; (code, None) for any other cell.
        """

    def draw(self, exercise, rng):
        """Return inputs as plain data; the same state of the generator gives the same.

        Parameters
        ----------
        exercise : str
        rng : numpy.random.Generator
        """

    def recipe(self, exercise):
        """Return as plain data what the learner's process may know.

        Its ``answer`` names a function as ``module:function``. It is called there as
        ``function(recipe, names, inputs)`` and returns plain data.

        Parameters
        ----------
        exercise : str
        """

    def grade(self, exercise, inputs, answer):
        """Return the `Result` for an answer. It has to end in bounded time.

        Parameters
        ----------
        exercise : str
        inputs : object
            What `draw` returned.
        answer : object
            Anything that JSON can hold.

        Raises
        ------
        Exception
            Of any kind, if it is not an answer to this exercise.
        """

    def misconceptions(self, exercise):
        """Return the misconceptions that a record can name, with what the learner hears of each.

        A suite may leave this out: the file of comments then accepts any name.

        Parameters
        ----------
        exercise : str

        Returns
        -------
        dict of str to str
        """

    def unjudged(self, exercise):
        """Return a `Result` without points for something that is not an answer.

        Parameters
        ----------
        exercise : str
        """

    def table(self, results):
        """Return what shows the results so far, with ``__repr__`` and ``_repr_html_``.

        Parameters
        ----------
        results : dict
            The `Result` of each exercise that was judged.
        """


@functools.cache
def registered():
    """Return the classes of all courses that are installed here.

    Raises
    ------
    CourseError
        If one cannot be imported: graded without it, its answers would lie open.
    """
    return tuple(map(_load, sorted(entry_points(group=GROUP), key=lambda entry: entry.name)))


def check_registered(root):
    """Raise unless the checks that a course's own pyproject.toml registers are known here.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.

    Raises
    ------
    CourseError
        If what is installed is older than the course's folder.
    """
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    except (OSError, KeyError, ValueError):
        return
    wanted = project.get("entry-points", {}).get(GROUP, {})
    missing = sorted(set(wanted) - {entry.name for entry in entry_points(group=GROUP)})
    if missing:
        raise CourseError(f"pyproject.toml registers the checks {', '.join(missing)}, which are "
                          "not installed: what is installed is older. Install the course again: "
                          f"python -m pip install --no-deps -e {root}")


def _load(entry):
    try:
        return entry.load()
    except Exception as error:
        raise CourseError(f"The checks {entry.name!r} ({entry.value}) cannot be imported "
                          f"({type(error).__name__}: {error}). Mend or uninstall the package that "
                          "registers them.") from error


def suite_for(imports):
    """Return the suite that serves a notebook, or None; see `CheckSuite.serving`.

    Parameters
    ----------
    imports : dict
        What the instructor's notebook imports.
    """
    served = (suite.serving(imports) for suite in registered())
    return next((suite for suite in served if suite is not None), None)


def is_hidden(module):
    """Say whether a module, or a package around it, is hidden from learners' code.

    Parameters
    ----------
    module : str
        Its name.
    """
    return any(module == name or module.startswith(f"{name}.")
               for suite in registered() for name in suite.hidden)


def calls_check(code):
    """Say whether a test cell calls a check of any course, and so has to show points.

    Parameters
    ----------
    code : str
    """
    return any(re.search(suite.call_pattern, code, re.MULTILINE) for suite in registered())


def environment():
    """Return the variables that all courses want in kernels."""
    return {name: value for suite in registered() for name, value in suite.environment.items()}


def libraries():
    """Return the folders of all courses' packages, both with links followed and not.

    The grader sends them to kernels, which cannot see this module.
    """
    packages = [package for suite in registered() for package in suite.packages]
    return sorted({os.path.join(path, "") for package in packages
                   for path in (os.path.abspath(package), os.path.realpath(package))})


def python_path():
    """Return the folders from which learners' code imports the packages of all courses."""
    return [os.fspath(package.parent) for suite in registered() for package in suite.packages]
