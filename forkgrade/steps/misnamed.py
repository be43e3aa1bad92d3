"""Find the notebook of a lab among what was handed in: by its cells, whatever its name."""

import shutil
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from traitlets.log import get_logger

from course_utils.notebooks.notebook_file import MARKS, MOST_SECONDS, NotANotebook, read
from course_utils.paths import is_litter, write_whole
from forkgrade.steps import timestamp
from forkgrade.steps.submission_folder import walk
from forkgrade.steps.texts import bare

MOST_READ = 30  # files of one submission that are looked into
MOST_BYTES = 2**29  # of these together


class Candidates:
    """The files of one submission that may be notebooks, each of them read once.

    Parameters
    ----------
    paths : list of pathlib.Path
        Ordinary files.
    """

    def __init__(self, paths):
        self._paths, self._texts, self._faults = paths, {}, {}
        self._seconds, self._bytes = MOST_SECONDS, MOST_BYTES

    def read(self, path):
        """Return a notebook.

        Parameters
        ----------
        path : pathlib.Path

        Raises
        ------
        course_utils.notebooks.notebook_file.NotANotebook
        """
        try:
            notebook = read(path)
        except OSError as error:
            self._faults[path] = f"it cannot be opened ({error.strerror or type(error).__name__})"
            raise NotANotebook(self._faults[path]) from None
        except NotANotebook as error:
            self._faults[path] = str(error)
            raise
        self._texts[path] = texts_of(notebook)
        return notebook

    def texts(self, path):
        """Return the texts of the cells of a lab in a file, by name; empty if it is no notebook.

        Parameters
        ----------
        path : pathlib.Path
        """
        if path not in self._texts and path not in self._faults:
            self._bytes -= path.stat().st_size
            if self._bytes < 0 or len(self._texts) + len(self._faults) > MOST_READ:
                return {}
            try:
                self.read(path)
            except NotANotebook:
                return {}
        return self._texts.get(path, {})

    def best(self, name, cells, taken=()):
        """Return the file that holds most of a notebook's cells, or None if none holds any.

        Parameters
        ----------
        name : str
            Of the notebook, without ending.
        cells : set of str
            The names of its cells.
        taken : collection of pathlib.Path, optional
            Files that are something else.
        """
        likely = [path for path in self.likely(name) if path not in taken]
        best = max(likely, key=lambda path: len(set(self.texts(path)) & cells), default=None)
        return best if best and set(self.texts(best)) & cells else None

    def likely(self, name):
        """Return the files that may be a notebook, those first whose names are most alike.

        Parameters
        ----------
        name : str
            Of the notebook, without ending.
        """
        def rank(path):
            return (not is_notebook(path), ".ipynb" not in path.name.lower(),
                    -SequenceMatcher(None, path.name.lower(), f"{name}.ipynb".lower()).ratio())

        found = [path for path in self._paths if is_notebook(path) or _begins_like_one(path)]
        return sorted(found, key=rank)[:MOST_READ]

    def fault(self, path):
        """Return why a file is not the notebook that is looked for, as a clause.

        Parameters
        ----------
        path : pathlib.Path
        """
        self.texts(path)
        if path in self._faults:
            return f"is not a notebook: {self._faults[path]}"
        return "is a notebook without a cell of this lab" if path in self._texts \
            else "is one of too many files to look into"


def is_notebook(path):
    """Say whether a file has the name of a notebook.

    Parameters
    ----------
    path : pathlib.Path
    """
    return path.suffix.lower() == ".ipynb"


def texts_of(notebook):
    """Return the texts of the cells that have a name, by name, without what nobody sees of them.

    Parameters
    ----------
    notebook : course_utils.notebooks.notebook_file.Notebook

    Returns
    -------
    dict of str to int
        Hashes, as only their equality counts.
    """
    texts = {}
    for cell in notebook.cells:
        marks = cell["metadata"].get("nbgrader")
        name = marks.get("grade_id") if isinstance(marks, dict) else None
        if isinstance(name, str):
            texts[name] = hash(bare(cell["source"]))
    return texts


def _begins_like_one(path):
    try:
        with path.open("rb") as file:
            begin = file.read(64)
    except OSError:
        return False
    for mark, _ in MARKS:
        begin = begin.removeprefix(mark)
    return begin.replace(b"\0", b"").lstrip().startswith(b"{")


def adopt_misnamed(*, assignment, notebooks, **_):
    """Copy a misnamed notebook to the name that nbgrader looks for; called before autograding.

    Otherwise nbgrader ends with an error that blames the teacher, and records no points.

    Parameters
    ----------
    assignment : str
        The lab, for example ``lab01_feature_scaling``.
    notebooks : list of str
        The notebooks that one learner handed in; changed in place.
    """
    if notebooks:
        folder = Path(notebooks[0]).parent
        adopt(folder, assignment, folder.parents[2] / "solutions")
        expected = str(folder / f"{assignment}.ipynb")
        if expected not in notebooks and Path(expected).is_file():
            notebooks.append(expected)


@cache
def adopt_all(root, words):
    """Do for all submissions what `adopt_misnamed` does, also where nothing ends in ``.ipynb``.

    nbgrader calls no hook for these. It reads its configuration several times; once is enough.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    words : tuple of str
        Of the command line, among them the lab.
    """
    named = {word.rpartition("=")[2] for word in words}
    for folder in sorted((root / "submitted").glob("*/*")):
        if folder.name in named and folder.is_dir() and not folder.is_symlink() \
                and not is_litter(folder.relative_to(root)):
            try:
                adopt(folder, folder.name, root / "solutions")
            except OSError as error:
                get_logger().warning("%s cannot be looked into: %s", folder, error)


def adopt(folder, lab, solutions):
    """Give the notebook of a submission the right name, and its time stamp the usual coding.

    Parameters
    ----------
    folder : pathlib.Path
        ``submitted/STUDENT/LAB``.
    lab : str
    solutions : pathlib.Path
        The folder with the instructor's notebooks.
    """
    _recode(folder / timestamp.NAME)
    expected = folder / f"{lab}.ipynb"
    if expected.exists() or expected.is_symlink():
        return
    try:
        cells = set(texts_of(read(solutions / lab / f"{lab}.ipynb")))
    except (OSError, NotANotebook):
        return
    candidates, student = Candidates(walk(folder)[0]), folder.parent.name
    best = candidates.best(lab, cells)
    if best is None:
        get_logger().warning("%s handed in no notebook of %s%s. Nothing is graded.", student, lab,
                             described(candidates, candidates.likely(lab), folder))
        return
    shutil.copyfile(best, expected)
    get_logger().warning("%s handed in %s; it is graded as %s", student,
                         best.relative_to(folder), expected.name)


def described(candidates, paths, folder):
    """Return in words what was handed in instead of a notebook, beginning with a comma.

    Parameters
    ----------
    candidates : Candidates
    paths : list of pathlib.Path
    folder : pathlib.Path
        Of the submission.

    Returns
    -------
    str
        Empty if there is nothing.
    """
    clauses = [f"{str(path.relative_to(folder))[:80]}, which {candidates.fault(path)}"
               for path in paths[:2]]
    more = f", and {len(paths) - 2} more files" if len(paths) > 2 else ""
    return f", but {' and '.join(clauses)}{more}" if clauses else ""


def _recode(path):
    """Write a time stamp anew if nbgrader, which reads plain UTF-8, would stumble over it."""
    if path.is_file() and not path.is_symlink() and path.stat().st_size <= timestamp.MOST_BYTES:
        content = path.read_bytes()
        said = timestamp.text(content)
        if said and content.strip() != said.encode():
            write_whole(path, said + "\n")
