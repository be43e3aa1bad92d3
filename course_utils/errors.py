"""The one exception that the command line shows as a sentence instead of a traceback."""


class CourseError(Exception):
    """A mistake that the user can fix.

    The message says what was wrong, what is accepted and what to do next.
    """

    def _render_traceback_(self):
        # in a notebook too the sentence is what helps; IPython asks for this method
        return [str(self)]
