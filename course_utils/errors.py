"""The one exception that the command line shows as a sentence instead of a traceback."""


class CourseError(Exception):
    """A mistake that the user can fix.

    The message says what was wrong, what is accepted and what to do next.
    """

    def _render_traceback_(self):
        # in a notebook too the sentence is what helps; IPython asks for this method
        return [str(self)]


def reason_of(error):
    """Return in words why something failed that was asked of the operating system.

    Parameters
    ----------
    error : OSError
        Some lack the words, and most the name of a file.

    Returns
    -------
    str
        For example ``No space left on device: /x/y``.
    """
    words = error.strerror or str(error) or type(error).__name__
    return f"{words}: {error.filename}" if error.filename else str(words)
