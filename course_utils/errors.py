"""The one exception that the command line shows as a sentence instead of a traceback."""


class CourseError(Exception):
    """Something the user can mend.

    The message says what was wrong, what is accepted and what to do next.
    """
