"""Comments that a teacher writes once: for each misconception, and for each row of a rubric.

They stand in a file of the course, `comments/LAB.toml`:

    [misconceptions]
    returns-nothing = "Every function needs a `return`: see section 3 of the lesson."

    [misconceptions.test_standardize]
    rows-instead = "You standardised people instead of features."
    failed = "Draw the three columns before and after: what should be 0?"

    [rubric.advice.cause]
    points = 0.5
    text = "You say why min-max fails here."

Under `[misconceptions]` itself stands what is said in every part; `failed` is for a test that did
not earn all its points and for which the file has no better comment. Names are those of the cells,
with the notebook before them (`"problem1/test_a"`) where it has another name than the lab.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)

from course_utils.errors import CourseError
from forkgrade.run import records
from forkgrade.steps.gradebook_marks import key
from forkgrade.suite import suite_for

FOLDER = "comments"
FAILED = "failed"
NO_RESPONSE = "No response."  # nbgrader's own comment on an answer that nobody touched


@dataclass(frozen=True)
class Row:
    """A row of a rubric.

    Attributes
    ----------
    points : float
    text : str
        What the learner reads.
    """

    points: float
    text: str = ""


@dataclass(frozen=True)
class Parts:
    """What can be commented on in a lab.

    Attributes
    ----------
    tests : dict of str to (dict of str to str, or None)
        For each test cell the misconceptions that its check can name, with what the learner reads
        of each anyway; None where they are not known.
    written : dict of str to float
        For each answer that a person marks the most points.
    """

    tests: dict
    written: dict

    @classmethod
    def of(cls, lab, released):
        """Return the parts of a lab.

        Parameters
        ----------
        lab : str
        released : dict
            What `forkgrade.steps.released.read` returns.
        """
        tests, written = {}, {}
        for name, notebook in released.items():
            suite = suite_for(notebook.imports)
            sources = {cell.name: cell.source for cell in notebook.cells}
            for cell, graded in notebook.graded.items():
                part = key(lab, name, cell)
                if graded.kind == "task" or cell in notebook.solutions:
                    written[part] = graded.max_points
                else:
                    tests[part] = _misconceptions(suite, sources.get(cell) or "")
        return cls(tests, written)


def _misconceptions(suite, source):
    exercise = suite.split_at_check(source)[1] if suite else None
    if exercise is None or not hasattr(suite, "misconceptions"):
        return None
    return suite.misconceptions(exercise)


def path_of(root, lab):
    """Return where the comments of a lab stand.

    Parameters
    ----------
    root : path-like
        The course's folder.
    lab : str
    """
    return Path(root, FOLDER, f"{lab}.toml")


@dataclass(frozen=True)
class Comments:
    """The comments of a lab.

    Attributes
    ----------
    lab : str
    anywhere : dict of str to str
        By misconception.
    tests : dict of str to dict of str to str
        By test cell and misconception.
    rubric : dict of str to dict of str to Row
        By written answer and row.
    """

    lab: str
    anywhere: dict
    tests: dict
    rubric: dict

    @classmethod
    def read(cls, path, lab, parts):
        """Return the comments in a file.

        Parameters
        ----------
        path : pathlib.Path
        lab : str
        parts : Parts

        Returns
        -------
        Comments or None
            None if there is no such file.

        Raises
        ------
        CourseError
            If it cannot be read, or names what is not in the lab; with the line.
        """
        try:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            data = tomllib.loads(text)
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise CourseError(f"{path} is not text in UTF-8. Save it as UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise CourseError(f"{path} is not TOML: {error}. A comment is written as "
                              'name = "text", in a table such as [misconceptions.test_a].'
                              ) from None
        reader = _Reader(path, text, parts)
        reader.only((), data, ("misconceptions", "rubric"))
        anywhere, tests = reader.misconceptions(data.get("misconceptions", {}))
        return cls(lab, anywhere, tests, reader.rubric(data.get("rubric", {})))

    def texts(self, nb, notebook, rows):
        """Return the comment for each cell of a graded notebook that can have one.

        Parameters
        ----------
        nb : nbformat.NotebookNode
        notebook : str
            Its name.
        rows : dict of str to iterable of str
            By part, the rows of its rubric that apply.

        Returns
        -------
        dict of str to str or None
            By name of the cell: what nbgrader's field for automatic comments should hold.
        """
        found = records(nb)
        own = {_name(cell): own_comment(cell) for cell in nb.cells if _has_comment(cell)}
        said = {name: [] for name in own}
        place = next(iter(own), None)
        for cell in nb.cells:
            if _has_comment(cell):
                place = _name(cell)
                said[place] += self._of_rows(key(self.lab, notebook, place), rows)
            elif is_grade(cell) and place is not None:
                record = found.get(_name(cell)) or {}
                said[place].append(self._of_test(cell, notebook, record, own[place]))
        return {name: "\n\n".join(dict.fromkeys(filter(None, each))) or own[name]
                for name, each in said.items()}

    def _of_rows(self, part, rows):
        known = self.rubric.get(part, {})
        return [known[row].text for row in rows.get(part, ()) if row in known]

    def _of_test(self, cell, notebook, record, own):
        here = self.tests.get(key(self.lab, notebook, _name(cell)), {})
        slip = record.get("misconception")
        said = here.get(slip) or self.anywhere.get(slip)
        is_tried = (own is None and record.get("state") != "not attempted"
                    and cell.get("execution_count") is not None)
        if not said and is_tried:
            points, most = determine_grade(cell)
            said = points is not None and points < most and (
                here.get(FAILED) or self.anywhere.get(FAILED))
        return said


def _name(cell):
    return cell.metadata["nbgrader"]["grade_id"]


def _has_comment(cell):
    return is_solution(cell) or is_task(cell)


def own_comment(cell):
    """Return the comment that nbgrader itself writes on a cell.

    Parameters
    ----------
    cell : nbformat.NotebookNode
    """
    checksum = cell.metadata["nbgrader"].get("checksum")
    is_untouched = checksum is not None and checksum == compute_checksum(cell)
    return NO_RESPONSE if is_untouched and not is_task(cell) else None


class _Reader:
    """Reads the tables of a file, and names the line of what it cannot accept."""

    def __init__(self, path, text, parts):
        self._path, self._text, self._parts = path, text, parts

    def only(self, keys, table, accepted):
        """Refuse entries of a table other than the accepted ones."""
        for name in table:
            if name not in accepted:
                self.refuse((*keys, name), f"{name!r} is not known here. Accepted: "
                                           f"{', '.join(accepted) or 'nothing'}")

    def refuse(self, keys, what):
        """Raise a CourseError with the line of an entry."""
        raise CourseError(f"{self._path}, line {_line(self._text, keys)}: {what}.")

    def misconceptions(self, table):
        """Return (comments for any part, comments by test cell)."""
        self._table(("misconceptions",), table)
        anywhere, tests = {}, {}
        everything = [names for names in self._parts.tests.values()]
        for name, value in table.items():
            keys = ("misconceptions", name)
            if not isinstance(value, dict):
                self._name(keys, everything)
                anywhere[name] = self._string(keys, value)
            elif name not in self._parts.tests:
                self.refuse(keys, f"{name!r} is not a test cell of this lab. Accepted: "
                                  f"{', '.join(self._parts.tests) or 'none'}")
            else:
                for slip in value:
                    self._name((*keys, slip), [self._parts.tests[name]])
                tests[name] = {slip: self._string((*keys, slip), text)
                               for slip, text in value.items()}
        return anywhere, tests

    def _name(self, keys, known):
        """Refuse a misconception that none of some checks can name, where all are known."""
        if None in known or keys[-1] == FAILED:
            return
        names = sorted({name for names in known for name in names})
        if keys[-1] not in names:
            self.refuse(keys, f"no check here names the misconception {keys[-1]!r}. Accepted: "
                              f"{', '.join([*names, FAILED])}")

    def rubric(self, table):
        """Return the rows by written answer."""
        self._table(("rubric",), table)
        self.only(("rubric",), table, self._parts.written)
        rubric = {}
        for cell, rows in table.items():
            self._table(("rubric", cell), rows)
            rubric[cell] = {row: self._row(("rubric", cell, row), value)
                            for row, value in rows.items()}
        return rubric

    def _row(self, keys, value):
        self._table(keys, value)
        self.only(keys, value, ("points", "text"))
        points, most = value.get("points"), self._parts.written[keys[1]]
        is_number = isinstance(points, (int, float)) and not isinstance(points, bool)
        if not is_number or not -most <= points <= most:
            self.refuse((*keys, "points") if "points" in value else keys,
                        f"{keys[2]!r} needs points = a number from {-most:g} to {most:g}")
        return Row(float(points), self._string((*keys, "text"), value.get("text", "")))

    def _table(self, keys, value):
        if not isinstance(value, dict):
            self.refuse(keys, f"{'.'.join(keys)!r} has to be a table: [{'.'.join(keys)}]")

    def _string(self, keys, value):
        if not isinstance(value, str):
            self.refuse(keys, f"the comment {keys[-1]!r} has to be a text in quotation marks")
        return value.strip()


def _line(text, keys):
    """Return the number of the line with which an entry of a TOML file is complete."""
    lines = text.split("\n")
    for number in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:number]))
            for each in keys:
                data = data[each]
        except (tomllib.TOMLDecodeError, KeyError, TypeError):
            continue
        return number
    return len(lines)
