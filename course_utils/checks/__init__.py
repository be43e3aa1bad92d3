"""One check engine: hints for the learner, points for nbgrader, misconceptions for the report.

`from course_utils.checks import lab01 as check` gives the checks of one lab. The executable claims
of the lessons are in `course_utils.claims`; `course_utils.progress_file` keeps what the learner
has done so far.
"""

from importlib import import_module

from course_utils.errors import CourseError


def load(lab):
    """Return the module with the checks of a lab.

    Parameters
    ----------
    lab : str
        For example ``"lab01"`` or ``"lab01_feature_scaling"``.

    Raises
    ------
    CourseError
        If there are no checks for it.
    """
    name = f"course_utils.checks.{lab.split('_')[0]}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CourseError(f"There are no checks for {lab!r}: expected the module {name}.") from None
