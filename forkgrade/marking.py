"""What a teacher decides about a mark: a test that is set to 0, an answer marked by a rubric."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import determine_grade

from course_utils.errors import CourseError
from forkgrade.comments import Comments, Parts, path_of
from forkgrade.forkserver.preload import STATE
from forkgrade.record import Record
from forkgrade.steps.gradebook import NOTE, autograded, patiently
from forkgrade.steps.gradebook_marks import key
from forkgrade.steps.released import read as read_released
from forkgrade.steps.shared_gradebook import share
from forkgrade.turn import one_at_a_time

MOST_LISTED = 40


@dataclass(frozen=True)
class Commented:
    """What writing the comments of a lab has done.

    Attributes
    ----------
    submissions : int
        How many there are.
    comments : int
        How many cells have a comment from the file now.
    by_hand : int
        In how many of these cells a comment that somebody wrote by hand stays, which is what the
        learner sees.
    marks : tuple of forkgrade.changes.Change
        Marks that changed because rows of the rubric have other points now.
    """

    submissions: int
    comments: int
    by_hand: int
    marks: tuple = ()


def released_of(course, lab):
    """Return what is released of a lab; see `forkgrade.steps.released.read`.

    Parameters
    ----------
    course : forkgrade.course.Course
    lab : str
    """
    coursedir = course.coursedir
    source = Path(coursedir.format_path(coursedir.source_directory, ".", lab))
    return patiently(lambda: read_released(coursedir.db_url, lab, source))


@contextlib.contextmanager
def marking(course, lab, command, because="", on_wait=lambda *_: None):
    """Give the right to change marks of a lab within a `with` block.

    Parameters
    ----------
    course : forkgrade.course.Course
    lab, command : str
    because : str, optional
    on_wait : callable, optional
        Called with a sentence while another program holds the gradebook.

    Yields
    ------
    Marking

    Raises
    ------
    CourseError
        If the lab is unknown, another command is at work, or the file of comments is wrong.
    """
    (course.root / STATE).mkdir(parents=True, exist_ok=True)
    with one_at_a_time(course.root / STATE / "lock"):
        parts = Parts.of(lab, released_of(course, lab))
        comments = Comments.read(path_of(course.root, lab), lab, parts)
        record = Record(course, lab, command, " ".join(because.split()), comments, on_wait)
        record.catch_up()
        yield Marking(course, record, parts, on_wait)


class Marking:
    """Changes marks and comments of a lab's submissions.

    Parameters
    ----------
    course : forkgrade.course.Course
    record : forkgrade.record.Record
    parts : forkgrade.comments.Parts
    on_wait : callable
    """

    def __init__(self, course, record, parts, on_wait):
        self._course, self._record, self._parts, self._on_wait = course, record, parts, on_wait
        self._lab = record.lab

    def zero(self, student, parts):
        """Set tests of a submission to 0, and keep them there.

        Parameters
        ----------
        student : str
        parts : iterable of str
            Names of test cells.

        Returns
        -------
        list of forkgrade.changes.Change

        Raises
        ------
        CourseError
            If one of them is not known, or has a mark by hand.
        """
        parts = self._tests(student, parts)

        def work(gradebook, draft):
            for part in parts:
                grade = self._grade(gradebook, student, part)
                if grade.manual_score is not None:
                    raise CourseError(
                        f"{part} of {student} has {grade.manual_score:g} points by hand, which "
                        "count before any test. Empty that field in the Formgrader, or change it "
                        "there.")
                grade.auto_score, grade.needs_manual_grade = 0.0, False
            self._penalties(gradebook, student)
            draft.announce("zero", self._record.because, parts)

        return self._transaction(student, work)

    def unzero(self, student, parts):
        """Give tests that were set to 0 back what they earned when they were last run.

        Parameters
        ----------
        student : str
        parts : iterable of str

        Returns
        -------
        list of forkgrade.changes.Change

        Raises
        ------
        CourseError
            If one of them is not kept at 0.
        """
        parts = self._tests(student, parts)
        kept = self._record.log.zeros.get(student, {})
        if others := [part for part in parts if part not in kept]:
            raise CourseError(f"{', '.join(others)} of {student} was not set to 0 by --zero. "
                              f"What was: {', '.join(kept) or 'nothing'}.")

        def work(gradebook, draft):
            for part in parts:
                grade = self._grade(gradebook, student, part)
                grade.auto_score = self._earned(student, part)
                grade.needs_manual_grade = grade.manual_score is not None
            self._penalties(gradebook, student)
            draft.announce("unzero", self._record.because, parts)

        return self._transaction(student, work)

    def mark(self, student, part, rows):
        """Mark a written answer by rows of its rubric: their points and their comments.

        Parameters
        ----------
        student, part : str
        rows : iterable of str
            Their names in the file of comments. Without any, the mark is taken back.

        Returns
        -------
        list of forkgrade.changes.Change

        Raises
        ------
        CourseError
            If something is not known, or the rows have more points than there are.
        """
        part = self._known(part, self._parts.written, "an answer that a person marks")
        self._student(student)
        points = self._rows(part, list(dict.fromkeys(rows)))
        total = sum(points.values())
        if not 0 <= total <= self._parts.written[part]:
            raise CourseError(f"These rows have {total:g} points together, and {part} has from 0 "
                              f"to {self._parts.written[part]:g}.")

        def work(gradebook, draft):
            grade = self._grade(gradebook, student, part)
            grade.manual_score = total if points else None
            grade.needs_manual_grade = grade.auto_score is None and not points
            self._penalties(gradebook, student)
            applied = {**self._record.log.rows.get(student, {}), part: points}
            for name, nb in self._notebooks(student).items():
                draft.comment(name, nb, applied)
            draft.announce("mark" if points else "unmark", self._record.because,
                           rows={part: points})

        return self._transaction(student, work)

    def comment(self):
        """Write the comments of all submissions, and bring marks by rubric up to date.

        Returns
        -------
        Commented

        Raises
        ------
        CourseError
            If there is no file of comments.
        """
        self._need_comments()
        log, marks = self._record.log, []
        for student, rows in sorted(log.rows.items()):
            for part, points in rows.items():
                if self._is_outdated(student, part, points):
                    marks += self.mark(student, part, [
                        row for row in points if row in self._record.comments.rubric[part]])
        students = self._record.students
        counts = patiently(lambda: self._comment_on(students), self._on_wait)
        return Commented(len(students), *map(sum, zip(*counts, strict=True)), tuple(marks)) \
            if counts else Commented(len(students), 0, 0, tuple(marks))

    def _comment_on(self, students):
        with self._gradebook() as (gradebook, commit):
            counts = []
            for student in students:
                draft = self._record.draft(gradebook, student)
                counts += [draft.comment(name, nb)
                           for name, nb in self._notebooks(student).items()]
            commit()
        return counts

    def _is_outdated(self, student, part, points):
        """Say whether rows have other points now, and nobody has changed the mark since."""
        now = {row: each.points for row, each in
               self._record.comments.rubric.get(part, {}).items() if row in points}
        mark = self._record.log.known.get(student, {}).get(part)
        return bool(now) and now != points and mark == sum(points.values())

    def _transaction(self, student, work):
        """Change one submission; return its changes."""
        def attempt():
            with self._gradebook() as (gradebook, commit):
                draft = self._record.draft(gradebook, student)
                try:
                    work(gradebook, draft)
                    commit()
                except Exception:
                    draft.drop()
                    raise
                draft.tell()
                return draft.settle()

        entry = patiently(attempt, self._on_wait)
        return list(entry.changes(self._lab)) if entry else []

    @contextlib.contextmanager
    def _gradebook(self):
        coursedir = self._course.coursedir
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            commit, gradebook.db.commit = gradebook.db.commit, gradebook.db.flush
            try:
                yield gradebook, commit
            except BaseException:
                gradebook.db.rollback()
                raise

    def _penalties(self, gradebook, student):
        """Let nbgrader work out the late penalty anew, which is a share of the points."""
        step = AssignLatePenalties(config=self._course.settings.config)
        gradebook.db.flush()
        with share(gradebook):
            for notebook in gradebook.find_submission(self._lab, student).notebooks:
                gradebook.db.expire(notebook)
                step(new_notebook(), {"nbgrader": {
                    "student": student, "assignment": self._lab, "notebook": notebook.name,
                    "db_url": self._course.coursedir.db_url}})
        gradebook.db.flush()

    def _grade(self, gradebook, student, part):
        try:
            submission = gradebook.find_submission(self._lab, student)
        except MissingEntry:
            submission = None
        for notebook in submission.notebooks if submission else ():
            for grade in notebook.grades:
                if key(self._lab, notebook.name, grade.name) == part:
                    return grade
        raise CourseError(f"{part} of {student} has not been graded yet. Do that first: course "
                          f"grade {self._lab}")

    def _notebooks(self, student):
        folder = autograded(self._course.coursedir, student, self._lab)
        notebooks = {path.stem: nbformat.read(path, 4) for path in sorted(folder.glob("*.ipynb"))}
        return {name: nb for name, nb in notebooks.items()
                if nb.metadata.get(NOTE, {}).get("read", True)}

    def _earned(self, student, part):
        """Return what a test earned when it was last run."""
        folder = autograded(self._course.coursedir, student, self._lab)
        for path in folder.glob("*.ipynb"):
            nb = nbformat.read(path, 4)
            for cell in nb.cells:
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                if name and key(self._lab, path.stem, name) == part:
                    is_read = nb.metadata.get(NOTE, {}).get("read", True)
                    return determine_grade(cell)[0] if is_read else 0.0
        raise CourseError(f"{folder} does not hold the result of {part}. Grade it again, then "
                          f"repeat this: course grade {self._lab} --regrade")

    def _tests(self, student, parts):
        self._student(student)
        return [self._known(part, self._parts.tests, "a test") for part in dict.fromkeys(parts)]

    def _student(self, student):
        known = self._record.students
        if student not in known:
            raise CourseError(f"{student!r} has no graded submission of {self._lab}. Known: "
                              f"{_listed(known) or 'nobody'}.")

    def _known(self, part, known, kind):
        """Return the full name of a part; refuse one that is not known."""
        same = [name for name in known if part in (name, name.rpartition("/")[2])]
        exact = [name for name in same if name == part]
        if len(exact or same) == 1:
            return (exact or same)[0]
        if same:
            raise CourseError(f"{part!r} stands in several notebooks. Which one? "
                              f"{_listed(same)}.")
        raise CourseError(f"{part!r} is not {kind} of {self._lab}. Known: "
                          f"{_listed(known) or 'none'}.")

    def _need_comments(self):
        if self._record.comments is None:
            path = path_of(self._course.root, self._lab)
            raise CourseError(f"There are no comments yet: {path} is missing. Make it with all "
                              f"names in it: course comments {self._lab} --template")

    def _rows(self, part, rows):
        self._need_comments()
        known = self._record.comments.rubric.get(part, {})
        if others := [row for row in rows if row not in known]:
            listed = _listed([f"{name} ({row.points:g})" for name, row in known.items()])
            raise CourseError(f"{', '.join(others)}: no row of {part} in "
                              f"{path_of(self._course.root, self._lab)}. Known: "
                              f"{listed or 'none'}.")
        return {row: known[row].points for row in rows}


def _listed(names):
    names = list(names)
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more
