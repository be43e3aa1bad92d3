"""The grader for programs: what `course grade`, `course report` and `course comments` do.

    from forkgrade import api

    for graded in api.grade("my-course", "lab01", jobs=2):
        print(graded.student, graded.points, graded.flags)

A course is the path of a folder with `nbgrader_config.py`, or a `forkgrade.course.Course`. A lab is
named as on the command line: `lab01_feature_scaling`, `lab01` or `1`. Nothing is printed; what a
user can fix is a `CourseError`.
"""

from dataclasses import dataclass
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import CONFIGURATIONS


@dataclass(frozen=True)
class Graded:
    """A submission that was graded.

    Attributes
    ----------
    student : str
    points : dict of str to float
        By part (test cell or written answer); what nobody has marked yet is left out.
    flags : tuple of str
        What a person should look at.
    reasons : tuple of str
        Why a notebook stopped early, or could not be read.
    seconds : float
        What running it took.
    """

    student: str
    points: dict
    flags: tuple = ()
    reasons: tuple = ()
    seconds: float = 0.0


def grade(course, lab, *, students=(), jobs=0, regrade=False, because="", on_event=None,
          preload=None, **options):
    """Grade what was handed in for a lab.

    Parameters
    ----------
    course : path-like
    lab : str
    students : iterable of str, optional
        Only these.
    jobs : int, optional
        Submissions at the same time; 0 means one for each core.
    regrade : bool, optional
        Also what is graded already.
    because : str, optional
        Why, for the record of changed marks and for learners whose marks change.
    on_event : callable, optional
        Called with ``(kind, data)`` while it goes on: ``total`` with a number, ``result`` with a
        `forkgrade.outcome.Outcome`, ``note`` with a sentence, ``skipped`` with `student` and
        `reason` of what is not a submission.
    preload : forkgrade.forkserver.preload.Preload, optional
        A fork server of this lab that was started before.
    **options
        Further fields of `forkgrade.grade.Options`: ``sandbox``, ``timeout``, ``limits``,
        ``scheduler`` and so on.

    Returns
    -------
    list of Graded
        Those that were graded now, in the order in which they were done. What is graded already
        is not among them; `report` has everybody.

    Raises
    ------
    CourseError
        If the course or the lab is unknown, nothing was handed in, or another command is at work.
    """
    from forkgrade.grade import Grading, Options
    from forkgrade.record import log_of

    course, lab = _named(course, lab)
    outcomes = []

    def listen(kind, data):
        if kind == "result":
            outcomes.append(data)
        if on_event:
            on_event(kind, data)

    options = {"command": "forkgrade.api.grade", **options}
    chosen = Options(students=tuple(students), jobs=jobs, regrade=regrade,
                     because=" ".join(because.split()), **options)
    Grading(course, lab, chosen, listen, preload).run()
    points = log_of(course.root, lab).known
    return [Graded(each.student, dict(points.get(each.student, {})), tuple(each.flags),
                   tuple(each.reasons), each.seconds) for each in outcomes]


def report(course, lab):
    """Return the report of a graded lab.

    Parameters
    ----------
    course : path-like
    lab : str

    Returns
    -------
    forkgrade.report.Report
        Rows with points, flags and misconceptions, difficulty and discrimination of the parts.

    Raises
    ------
    CourseError
        If nothing is graded yet.
    """
    from forkgrade import report as reports

    course, lab = _named(course, lab)
    return reports.read(course.coursedir, lab)


def zero(course, lab, student, *parts, because="", command="forkgrade.api.zero"):
    """Set tests of a submission to 0, and keep them there when it is graded again.

    The learner's feedback says so, with the reason.

    Parameters
    ----------
    course : path-like
    lab, student : str
    *parts : str
        Names of test cells.
    because, command : str, optional
        For the record.

    Returns
    -------
    list of forkgrade.changes.Change
        Empty where the test had no points anyway.

    Raises
    ------
    CourseError
        If the student or a part is not known, or a mark was given by hand.
    """
    with _marking(course, lab, command, because) as marking:
        return marking.zero(student, parts)


def unzero(course, lab, student, *parts, because="", command="forkgrade.api.unzero"):
    """Give tests that `zero` set to 0 back what they earned.

    Parameters
    ----------
    course : path-like
    lab, student : str
    *parts : str
    because, command : str, optional
        For the record.

    Returns
    -------
    list of forkgrade.changes.Change

    Raises
    ------
    CourseError
        If a part is not kept at 0.
    """
    with _marking(course, lab, command, because) as marking:
        return marking.unzero(student, parts)


def mark(course, lab, student, part, *rows, because="", command="forkgrade.api.mark"):
    """Mark a written answer by rows of its rubric: their points and their comments.

    Parameters
    ----------
    course : path-like
    lab, student, part : str
    *rows : str
        Their names in the file of comments. Without any, the mark is taken back.
    because, command : str, optional
        For the record.

    Returns
    -------
    list of forkgrade.changes.Change

    Raises
    ------
    CourseError
        If something is not known, or the rows have more points than there are.
    """
    with _marking(course, lab, command, because) as marking:
        return marking.mark(student, part, rows)


def comments(course, lab, *, command="forkgrade.api.comments"):
    """Write the comments of the lab's file into nbgrader's gradebook.

    Parameters
    ----------
    course : path-like
    lab : str
    command : str, optional
        For the record.

    Returns
    -------
    forkgrade.marking.Commented

    Raises
    ------
    CourseError
        If there is no such file, or it has errors.
    """
    with _marking(course, lab, command) as marking:
        return marking.comment()


def comments_template(course, lab):
    """Return the text of a file of comments with all names of a lab, and what yours lacks.

    Parameters
    ----------
    course : path-like
    lab : str

    Returns
    -------
    path : pathlib.Path
        Where the file belongs.
    text : str
        TOML.
    missing : list of str or None
        The names in the template that the file lacks; None if there is no file yet.
    """
    from course_utils.notebooks.notebook_file import read
    from forkgrade import marking, rubric
    from forkgrade.comments import Comments, Parts, path_of

    course, lab = _named(course, lab)
    released = marking.released_of(course, lab)
    parts = Parts.of(lab, released)
    notebooks = {name: read(course.source(lab) / f"{name}.ipynb").to_node() for name in released
                 if (course.source(lab) / f"{name}.ipynb").is_file()}
    path, text = path_of(course.root, lab), rubric.template(lab, parts, notebooks)
    there = Comments.read(path, lab, parts)
    missing = None if there is None else rubric.missing(path.read_text("utf-8-sig"), text)
    return path, text, missing


def changes(course, lab, student=None):
    """Return every mark of a lab that changed, the first marks among them, in order.

    Changes that were made in the Formgrader since the last command are noted first, unless
    another command is at work.

    Parameters
    ----------
    course : path-like
    lab : str
    student : str, optional
        Only of this one.

    Returns
    -------
    list of forkgrade.changes.Change
    """
    from forkgrade.record import log_of

    course, lab = _named(course, lab)
    note_changes(course, lab)
    return [change for entry in log_of(course.root, lab).entries
            if student in (None, entry.student) for change in entry.changes(lab)]


def note_changes(course, lab):
    """Note marks that were changed elsewhere, and who has feedback, so that pages tell of changes.

    Parameters
    ----------
    course : path-like
    lab : str

    Returns
    -------
    bool
        Whether it could be done: not while another command is at work.
    """
    from forkgrade.forkserver.preload import STATE
    from forkgrade.record import Record
    from forkgrade.turn import Busy, one_at_a_time

    course, lab = _named(course, lab)
    (course.root / STATE).mkdir(parents=True, exist_ok=True)
    try:
        with one_at_a_time(course.root / STATE / "lock"):
            Record(course, lab).catch_up()
    except Busy:
        return False
    return True


def _marking(course, lab, command, because=""):
    from forkgrade.marking import marking

    return marking(*_named(course, lab), command, because)


def _named(course, lab):
    """Return the course in a folder, and the full name of a lab."""
    from forkgrade.course import Course
    from forkgrade.course import course as read

    if not isinstance(course, Course):
        root = Path(course).absolute()
        if not any((root / name).is_file() for name in CONFIGURATIONS):
            raise CourseError(f"{root} has no {CONFIGURATIONS[0]}. Name the folder of a course.")
        course = read(root)
    return course, course.find(lab)
