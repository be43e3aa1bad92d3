"""Compare all that was handed in for a lab, and look whether a pair recurs in other labs."""

from dataclasses import dataclass, field

from course_utils.errors import CourseError
from forkgrade.course import Roster
from forkgrade.similar.answers import Task, of_code, of_text
from forkgrade.similar.likeness import Class
from forkgrade.steps.released import read as read_released

LEAST = 3  # submissions
NOTHING = "It says no more than the template, the sample solution or most of the class."


@dataclass
class Comparison:
    """A lab's answers, compared.

    Attributes
    ----------
    lab : str
    task : forkgrade.similar.answers.Task
    roster : forkgrade.course.Roster
    code, text : forkgrade.similar.likeness.Class
        Code and written answers.
    handed_in : int
    left_out : dict of str to str
        Why a student's submission is not compared.
    """

    lab: str
    task: Task
    roster: Roster
    code: Class
    text: Class
    handed_in: int
    left_out: dict = field(default_factory=dict)

    def answers(self, student):
        """Return what a student answered.

        Parameters
        ----------
        student : str

        Returns
        -------
        list of forkgrade.similar.answers.Answer
        """
        return self.task.answers(self.roster.folder(student))[0]


def compare(course, lab, on_step=lambda: None):
    """Compare what was handed in for a lab.

    Parameters
    ----------
    course : forkgrade.course.Course
    lab : str
    on_step : callable, optional
        Called after each submission.

    Returns
    -------
    Comparison

    Raises
    ------
    CourseError
        If the lab is not in the gradebook, or fewer than three handed in something.
    """
    coursedir = course.coursedir
    roster = Roster(coursedir, lab)
    students = roster.students()
    if len(students) < LEAST:
        raise CourseError(f"{len(students)} handed in {lab}. Likeness is measured against a class: "
                          f"at least {LEAST} submissions are needed.")
    source = course.source(lab)
    task = Task.of(read_released(coursedir.db_url, lab, source), source)
    code, text, left_out = {}, {}, {}
    for student in students:
        answers, reason = task.answers(roster.folder(student))
        if reason:
            left_out[student] = reason
        code[student], text[student] = of_code(answers, task.meanings), of_text(answers)
        on_step()
    comparison = Comparison(lab, task, roster, Class(code, task.code), Class(text, task.text),
                            len(students), left_out)
    compared = {*comparison.code.students, *comparison.text.students}
    for student in set(students) - compared:
        left_out.setdefault(student, NOTHING)
    return comparison


def labs_beside(course, lab):
    """Return the other labs of a course for which somebody handed in something.

    Parameters
    ----------
    course : forkgrade.course.Course
    lab : str
    """
    found = []
    for name in sorted(course.labs()):
        try:
            if name != lab and len(Roster(course.coursedir, name).students()) >= LEAST:
                found.append(name)
        except CourseError:  # nobody handed in
            continue
    return found


def alike(comparison):
    """Return the pairs that are among the most alike of a lab, by their students.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    dict of frozenset of str to forkgrade.similar.likeness.Pair
        Of code or, if only their written answers are alike, of those.
    """
    found = {}
    for each in (comparison.text, comparison.code):
        # the first pair of a small class, the first thousandth of the pairs of a large one
        first = max(min(each.count() // 200, 3), each.count() // 1000, 1)
        found |= {frozenset((pair.first, pair.second)): pair for pair in each.pairs(first + 100)
                  if pair.rank <= first or pair.apart}
    return found


def recurring(course, comparison, on_step=lambda: None):
    """Return in which other labs of a course a pair is among the most alike.

    Parameters
    ----------
    course : forkgrade.course.Course
    comparison : Comparison
        Of one lab.
    on_step : callable, optional
        Called after each submission of another lab.

    Returns
    -------
    dict of frozenset of str to dict of str to forkgrade.similar.likeness.Pair
        For each pair of students the labs, with the pair as it is there.
    """
    labs = {}
    for lab in labs_beside(course, comparison.lab):
        try:
            other = compare(course, lab, on_step)
        except CourseError:  # not in the gradebook: a lab that was never released
            continue
        for students, pair in alike(other).items():
            labs.setdefault(students, {})[lab] = pair
    return labs
