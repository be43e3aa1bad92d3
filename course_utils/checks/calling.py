"""Calling the learner's code: what it returns, prints, raises and changes, without a mess."""

import contextlib
import copy
import io
import os
import signal
import threading
import traceback
import warnings

from course_utils.checks.plain import encode

SECONDS = 20


class TooSlow(Exception):
    """The learner's code did not come back in time."""


def call_on_cases(function, cases, build):
    """Call `function` on every case and return plain answers.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : list of dict
        Plain data, as the check drew it.
    build : callable
        Turns one case into the tuple of arguments that the exercise promises.

    Returns
    -------
    list of dict
        One for each case: the encoded return value with `changed_input`, or an `error`.
    """
    return [_call(function, build(case)) for case in cases]


def _call(function, arguments):
    before = copy.deepcopy(arguments)
    try:
        with quietly(), time_limit(SECONDS):
            answer = encode(function(*arguments))
    except BaseException as error:  # SystemExit and KeyboardInterrupt are the learner's too
        return {"kind": "error", "error": describe_error(error)}
    return {**answer, "changed_input": not all(map(_same, before, arguments))}


def _same(before, after):
    try:
        return encode(before) == encode(after) or str(encode(before)) == str(encode(after))
    except Exception:
        return False


def describe_error(error):
    """Return an exception as plain data, its traceback cut down to the learner's own lines."""
    parts = traceback.TracebackException.from_exception(error)
    parts.stack = traceback.StackSummary.from_list(
        [frame for frame in parts.stack if not _is_ours(frame.filename)])
    text = "".join(parts.format(chain=False))
    return {"type": type(error).__name__, "message": str(error)[:500], "traceback": text[-4000:]}


def _is_ours(filename):
    return os.path.dirname(os.path.dirname(__file__)) in filename


@contextlib.contextmanager
def quietly():
    """Keep output and warnings of the learner's code out of the graded cell.

    nbgrader gives 0 points to a test cell that wrote one line to stderr.
    """
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), \
            contextlib.redirect_stderr(io.StringIO()), _descriptor_to_null(2):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _descriptor_to_null(number):
    # compiled libraries write to the descriptor itself, past sys.stderr
    try:
        saved = os.dup(number)
    except OSError:
        yield
        return
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, number)
        yield
    finally:
        os.dup2(saved, number)
        os.close(saved)
        os.close(null)


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `TooSlow` inside the block after `seconds`, where the platform has alarms."""
    main = threading.current_thread() is threading.main_thread()
    if not (hasattr(signal, "setitimer") and main):
        yield
        return

    def ring(*_):
        raise TooSlow(f"it did not finish within {seconds} seconds")

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
