"""Calling the learner's code: what it returns, prints, raises and changes, without a mess."""

import contextlib
import copy
import io
import os
import signal
import sys
import sysconfig
import threading
import traceback
import warnings

from course_utils.checks.plain_data import encode
from course_utils.descriptors import descriptor_to_null

LIBRARIES = (*(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")),
             os.path.dirname(os.path.dirname(__file__)))
SECONDS = 20
STOPS = ("TooSlow", "KeyboardInterrupt")  # nobody wants to wait for the next case too


class TooSlow(BaseException):
    """The learner's code did not come back in time; no `except Exception` there catches it."""

    __module__ = "builtins"  # so that the learner reads the plain name


class Fields:
    """Turns a case into arguments by taking some of its values, copied.

    Parameters
    ----------
    keys : tuple of str
    """

    def __init__(self, keys):
        self.keys = tuple(keys)

    def __call__(self, case):
        """Return the arguments for one case."""
        return tuple(copy.deepcopy(case[key]) for key in self.keys)


def answer_of(needs, build, defined, inputs):
    """Return the plain answer of the learner's objects to the inputs of a check.

    Parameters
    ----------
    needs : sequence of str
        The names that the learner has to define.
    build : callable or None
        Turns one case into the arguments of the function that `needs` names first. None: the
        objects are values, and the answer is what they hold.
    defined : dict
        The names that the learner defined, with what they hold.
    inputs : list
        The drawn cases, plain data.
    """
    missing = [name for name in needs if name not in defined]
    if missing:
        return {"kind": "missing", "names": missing}
    if build is None:
        with quietly():
            return {"kind": "values", "value": {name: encode(defined[name]) for name in needs}}
    function = defined[needs[0]]
    if not callable(function):
        return {**encode(function), "kind": "uncallable"}
    return {"kind": "cases", "value": call_on_cases(function, inputs, build)}


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
    answers = []
    for case in cases:
        stopped = answers and answers[-1].get("error", {}).get("type") in STOPS
        answers.append(answers[-1] if stopped else _call(function, build(case)))
    return answers


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
    """Return an exception as plain data, its traceback cut down to the learner's own lines.

    Parameters
    ----------
    error : BaseException
    """
    try:
        parts = traceback.TracebackException.from_exception(error)
        frames = parts.stack
        parts.stack = traceback.StackSummary.from_list(
            [frame for frame in frames if not _is_library(frame.filename)] or frames[-1:])
        text, message = "".join(parts.format(chain=False)), str(error)
    except Exception:  # an exception whose own text fails
        text, message = type(error).__name__, ""
    if len(text) > 4000:
        text = f"{text[:2000]}\n...\n{text[-2000:]}"
    return {"type": type(error).__name__, "message": message[:500], "traceback": text}


def _is_library(filename):
    return filename.startswith("<frozen") or any(map(filename.startswith, LIBRARIES))


@contextlib.contextmanager
def quietly():
    """Keep output, warnings and figures of the learner's code out of the graded cell.

    nbgrader gives 0 points to a test cell that wrote one line to stderr.
    """
    with warnings.catch_warnings(), _captured(), contextlib.redirect_stdout(io.StringIO()), \
            contextlib.redirect_stderr(io.StringIO()), descriptor_to_null(1), \
            descriptor_to_null(2), _figures_closed():
        warnings.simplefilter("ignore")
        yield


def _captured():
    """Return a context that swallows what IPython displays, where there is IPython."""
    if "IPython" not in sys.modules:
        return contextlib.nullcontext()
    from IPython.utils.capture import capture_output

    return capture_output()


@contextlib.contextmanager
def _figures_closed():
    before = _figures()
    try:
        yield
    finally:
        for number in _figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `TooSlow` inside the block after `seconds`, where the platform has alarms.

    Parameters
    ----------
    seconds : float
    """
    main = threading.current_thread() is threading.main_thread()
    if not (hasattr(signal, "setitimer") and main):
        yield
        return

    def ring(*_):
        raise TooSlow(f"it did not finish within {seconds} seconds")

    previous = signal.signal(signal.SIGALRM, ring)
    # it rings again for code that catches everything and goes on
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
