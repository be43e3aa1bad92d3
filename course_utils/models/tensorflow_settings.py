"""What TensorFlow reads from the environment when it is loaded; importing this loads nothing."""

from course_utils.errors import CourseError

# Read by TensorFlow when it is loaded
_QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}


def quiet_settings(threads=None, *, onednn=False):
    """Return the variables that `course_utils.models.quiet` sets, for the same arguments.

    Parameters
    ----------
    threads : int, optional
        How many threads an operation may use, at least 1.
    onednn : bool
        Whether TensorFlow uses oneDNN.

    Returns
    -------
    dict of str to str

    Raises
    ------
    CourseError
        If `threads` is not a whole number from 1.
    """
    if threads is not None and (not isinstance(threads, int) or threads < 1):
        raise CourseError(f"threads is {threads}, but it must be a whole number from 1.")
    settings = _QUIET | {"TF_ENABLE_ONEDNN_OPTS": str(int(onednn))}
    if threads:
        settings |= dict.fromkeys(("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"),
                                  str(threads))
    return settings
