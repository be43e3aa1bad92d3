"""The instructor's own solution, graded before the class: what it does not earn, nobody can earn.

A missing module, another language or a short time limit would otherwise give everybody 0, and
nothing would look odd.
"""

import hashlib
import json
import os
import re
import sys
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import distributions
from pathlib import Path

import nbformat
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import determine_grade, is_grade, is_solution

from course_utils.errors import CourseError
from course_utils.paths import write_whole
from forkgrade.steps.sanitize import printable
from forkgrade.suite import registered

MISSING_MODULE = re.compile(r"No module named '([^']+)'")
NO_NETWORK = re.compile(r"name resolution|Name or service not known|Network is unreachable|"
                        r"Max retries exceeded|getaddrinfo")
PYTHON = re.compile(r"i?python[\d.]*", re.IGNORECASE)
MOST_SAID = 300  # characters of an error's message
# Names of kernels that are not Python's; most say their language besides.
FOREIGN = re.compile(r"""ir\d*|irkernel|r|xr|julia.*|iruby|ruby|bash|zsh|fish|calysto_\w+|octave|
    xeus-octave|matlab.*|imatlab.*|scilab|sas.*|stata.*|nbstata|scala.*|almond.*|apache_toree.*|
    java|ijava|jjava|rapaio.*|kotlin|groovy|javascript|jslab|tslab|deno|node.*|typescript|xcpp\d*|
    cling.*|c|c\+\+\d*|gophernotes|gonb|go|rust|evcxr.*|i?haskell|ihsharp|iqsharp|\.net-.*|lua|xlua|
    iperl|perl.*|php|ixphp.*|ielixir|erlang|ocaml.*|prolog.*|sql.*|xsql|xsqlite.*|postgres.*|maxima|
    sagemath.*|gap.*|singular|wolfram.*|mathematica|fortran.*|lfortran|racket|mit-scheme|clojure.*|
    common-lisp|maple.*|spss|sos|dyalog.*|j|ansible|powershell""", re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True)
class Shortfall:
    """A test in which the instructor's own solution does not earn all points.

    Attributes
    ----------
    notebook, cell : str
    points, max_points : float
    reason : str
        A sentence.
    happens_always : bool
        Whether it earned too little both times that it was run.
    """

    notebook: str
    cell: str
    points: float
    max_points: float
    reason: str
    happens_always: bool = True

    @property
    def stops(self):
        """Whether nobody should be graded: what this solution cannot earn here, nobody can."""
        return self.happens_always

    def __str__(self):
        chance = "" if self.happens_always else \
            " It did so in one of two runs: what it tests depends on chance or on time."
        return (f"{self.notebook}, {self.cell}: {self.points:g} of {self.max_points:g} points. "
                f"{self.reason}{chance}")


@dataclass(frozen=True)
class Rehearsal:
    """What grading the instructor's own solution has shown.

    Attributes
    ----------
    shortfalls : tuple of Shortfall
    missing : tuple of str
        Notebooks of the lab that the gradebook knows and the instructor's folder does not have.
    modules : tuple of str
        What the notebooks load.
    examined : dict
        For each notebook the tests that can be judged outside the learner's process, see
        `forkgrade.outcome.Outcome`.
    flags : tuple of str
        What was odd about the notebooks, such as cells that differ from what was released.
    usual_methods : tuple of str
        Special methods that the instructor's own classes have.
    """

    shortfalls: tuple = ()
    missing: tuple = ()
    modules: tuple = ()
    examined: dict = field(default_factory=dict)
    flags: tuple = ()
    usual_methods: tuple = ()

    @property
    def faults(self):
        """The shortfalls for which nobody should be graded."""
        return [each for each in self.shortfalls if each.stops]

    @property
    def warnings(self):
        """A sentence for everything that a person should know."""
        return [*(f"{name}: there is no solution of your own, so nobody has tried whether its "
                  "points can be earned here." for name in self.missing),
                *(f"Your own solution does not earn all points: {each}"
                  for each in self.shortfalls)]

    def check(self, lab):
        """Raise if nobody should be graded.

        Parameters
        ----------
        lab : str

        Raises
        ------
        CourseError
            Names each test and says why.
        """
        if self.faults:
            raise CourseError(f"Your own solution of {lab} does not earn its points here, and so "
                              "nobody was graded:\n"
                              + "".join(f"  {each}\n" for each in self.faults)
                              + "".join(f"  Besides: {flag}\n" for flag in self.flags)
                              + "Fix that, or grade all the same with --even-so.")

    def applied_to(self, released):
        """Return a lab with what the rehearsal has shown about its tests.

        Parameters
        ----------
        released : dict of str to forkgrade.job.Released

        Returns
        -------
        dict of str to forkgrade.job.Released
        """
        return {name: replace(notebook, examined=self.examined.get(name, {}),
                              usual_methods=self.usual_methods)
                for name, notebook in released.items()}

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
        return cls(tuple(Shortfall(**each) for each in data["shortfalls"]), tuple(data["missing"]),
                   tuple(data["modules"]), data["examined"], tuple(data["flags"]),
                   tuple(data["usual_methods"]))


def rehearse(job, run, steps):
    """Grade the instructor's own solution as any submission is graded.

    What does not earn its points is run once more before anything is said: a solution may depend
    on chance.

    Parameters
    ----------
    job : forkgrade.job.Job
        Of the instructor's notebooks. Those that are not there are left out.
    run : callable
        Takes a list of jobs and yields (job, outcome) as `forkgrade.workers.Workers.run` does.
    steps : list of nbgrader.preprocessors.NbGraderPreprocessor
        See `forkgrade.settings.Settings.steps`.

    Returns
    -------
    Rehearsal
    """
    missing = tuple(name for name in job.released if job.notebooks[name].text is None)
    job = replace(job, is_rehearsal=True,
                  released={name: released for name, released in job.released.items()
                            if name not in missing})
    if not job.released:
        return Rehearsal(missing=missing)
    outcome = _outcome(job, run)
    found = shortfalls(job, outcome, steps)
    if any(each.stops for each in found):
        found = _both_times(found, shortfalls(job, _outcome(job, run), steps))
    flags = tuple(flag for flag in outcome.flags if not flag.startswith("look: "))
    return Rehearsal(tuple(found), missing, outcome.modules, outcome.examined, flags,
                     outcome.usual_methods)


def _outcome(job, run):
    [(_, outcome)] = run([job])
    return outcome


def _both_times(first, second):
    """Return what fell short in one of two runs, and of each whether it did so in both."""
    one, two = ({(each.notebook, each.cell): each for each in found} for found in (first, second))
    return [replace(each, happens_always=name in one and name in two)
            for name, each in {**two, **one}.items()]


def shortfalls(job, outcome, steps):
    """Return the tests that did not earn all points; what a person marks is none.

    Parameters
    ----------
    job : forkgrade.job.Job
    outcome : forkgrade.outcome.Outcome
    steps : list of nbgrader.preprocessors.NbGraderPreprocessor

    Returns
    -------
    list of Shortfall
    """
    found = []
    for name, released in job.released.items():
        notebook = outcome.notebooks[name]
        nb = _with_points(nbformat.reads(notebook.text, as_version=4), steps)
        wanted = {cell: graded.max_points for cell, graded in released.graded.items()
                  if graded.kind == "grade" and graded.cell_type == "code"
                  and cell not in released.solutions}
        for number, cell in enumerate(nb.cells):
            most = wanted.pop(cell.metadata.get("nbgrader", {}).get("grade_id"), None)
            if most is not None and is_grade(cell) and not is_solution(cell):
                points = float(determine_grade(cell)[0])
                if points < most:
                    found.append(Shortfall(name, cell.metadata.nbgrader.grade_id, points, most,
                                           _reason(nb, number, released, notebook.reason)))
        found += [Shortfall(name, cell, 0.0, most, "This test is not in the notebook.")
                  for cell, most in wanted.items() if most > 0]
    return found


def _with_points(nb, steps):
    """Return a notebook as it is when nbgrader reads the points."""
    resources = {"nbgrader": {}}
    for step in steps:
        if isinstance(step, SaveAutoGrades):
            break
        nb, resources = step(nb, resources)
    return nb


def _reason(nb, number, released, stopped):
    """Return a sentence on why the cell with this number did not earn all points."""
    own = _error(nb.cells[number])
    earlier = next((each for each in range(number) if _error(nb.cells[each])
                    and not is_grade(nb.cells[each])), None)
    cause = _error(nb.cells[earlier]) if earlier is not None else None
    reasons = [_sentence(own)] if own else []
    if own and own.evalue == "This test did not run." and stopped:
        reasons = [f"It did not run: {stopped.rstrip('.')}."]
    if own and cause:
        reasons.append(f"Before it, in {_place(nb.cells[earlier], earlier)}: {_sentence(cause)}")
    if not own:
        reasons.append("It shows that number.")
    return " ".join(reasons)


def _error(cell):
    """Return the error of a cell, or None; of several the one that says what was done to it."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    late = [error for error in errors if error.ename == "CellTimeoutError"]
    return next(iter([*late, *errors]), None)


def _place(cell, number):
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"the cell {name}" if name else f"cell {number + 1}"


def _sentence(error):
    said = printable(" ".join(str(error.evalue).split()))[:MOST_SAID].rstrip(".")
    sentence = f"{error.ename}: {said}." if said else f"{error.ename}."
    missing = MISSING_MODULE.search(str(error.evalue))
    if missing:
        return f"{sentence} Install {missing[1]} into the environment of this command."
    if error.ename == "SyntaxError":
        return f"{sentence} If that is a language other than Python, it cannot be graded here."
    if NO_NETWORK.search(str(error.evalue)):
        return f"{sentence} Kernels have no network: put what they load beside the notebook."
    if error.ename == "CellTimeoutError":
        return f"{sentence} Execute.timeout or --timeout gives it more."
    return sentence


def check_language(released, notebooks):
    """Raise if a notebook is not in Python.

    Parameters
    ----------
    released : dict of str to forkgrade.job.Released
        Their kernelspec is what learners' notebooks are run with.
    notebooks : dict of str to forkgrade.job.Submitted
        The instructor's.

    Raises
    ------
    CourseError
        Names the notebook and its language.
    """
    for name, notebook in released.items():
        own = _plain(notebooks[name].text) if name in notebooks else {}
        metadata = own.get("metadata")
        for where, each in (("your notebook", metadata),
                            ("the gradebook", {"kernelspec": _plain(notebook.kernelspec)})):
            language = foreign_language(each)
            if language:
                raise CourseError(f"{name} is not in Python: {where} says {printable(language)}. "
                                  "`course grade` runs Python alone. Use: nbgrader autograde")


def foreign_language(metadata):
    """Return the language of a notebook, or its kernel, if that is not Python; else None.

    Parameters
    ----------
    metadata : object
        Of the whole notebook; anything.

    Returns
    -------
    str or None
    """
    metadata = metadata if isinstance(metadata, dict) else {}
    spec, info = (each if isinstance(each := metadata.get(name), dict) else {}
                  for name in ("kernelspec", "language_info"))
    kernel, language = str(spec.get("name") or ""), spec.get("language")
    if not language and FOREIGN.fullmatch(kernel):
        return f"the kernel {kernel}"
    language = str(language or info.get("name") or "python").strip()
    return None if PYTHON.fullmatch(language) else language


def _plain(text):
    try:
        content = json.loads(text or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


class Memory:
    """A rehearsal without a fault, kept for the next start.

    Parameters
    ----------
    path : pathlib.Path
    job : forkgrade.job.Job
        The instructor's own solution.
    steps : list of nbgrader.preprocessors.NbGraderPreprocessor
    sandbox : bool
        Whether it is shut in.
    """

    def __init__(self, path, job, steps, sandbox):
        self._path, self._digest = path, _digest(job, steps, sandbox)

    def recall(self):
        """Return what was kept if nothing has changed since that matters, else None."""
        try:
            memory = json.loads(self._path.read_text("utf-8"))
            return Rehearsal.from_plain(memory["rehearsal"]) if memory["of"] == self._digest \
                else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def keep(self, rehearsal):
        """Keep a rehearsal, unless it has a fault: its cause may lie where no digest looks.

        Parameters
        ----------
        rehearsal : Rehearsal
        """
        if rehearsal.faults:
            self._path.unlink(missing_ok=True)
        else:
            write_whole(self._path, json.dumps({"of": self._digest,
                                                "rehearsal": rehearsal.to_plain()}))


def _digest(job, steps, sandbox):
    """Return a text that changes with everything that can change the outcome of a rehearsal."""
    digest = hashlib.sha256()
    settings = [[type(step).__name__, repr(sorted(step.trait_values(config=True).items()))]
                for step in steps]
    parts = [replace(job, files={}).to_plain(), settings, sandbox, sys.version, _installed(),
             _packages()]
    digest.update(json.dumps(parts, sort_keys=True).encode())
    for name, content in sorted(job.files.items()):
        digest.update(json.dumps([name, len(content)]).encode() + content.encode())
    return digest.hexdigest()


def _installed():
    """Return the names of the folders that describe distributions, which have the versions."""
    return sorted({str(path.name) for each in distributions()
                   if (path := getattr(each, "_path", None)) is not None})


def _packages():
    """Return what changes with the grader itself and with the packages of registered courses."""
    places = [Path(__file__).parent, *(path for suite in registered() for path in suite.packages)]
    return [[path, status.st_size, status.st_mtime_ns] for place in places
            for folder, _, names in sorted(os.walk(place)) for path in
            (os.path.join(folder, name) for name in sorted(names) if name.endswith(".py"))
            if (status := os.stat(path))]
