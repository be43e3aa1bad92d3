"""When something was handed in: what `timestamp.txt` says, and whether nbgrader reads it right."""

import contextlib
import re
import stat

from nbgrader.utils import parse_utc

from course_utils.notebooks.notebook_file import text_of

NAME = "timestamp.txt"
MOST_BYTES = 1000
UNIVERSAL = ("UTC", "GMT", "Z")
CLEAR = re.compile(r"(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?)"
                   r"([+-]\d\d:?\d\d| [+-]0{1,4}| ?(?P<zone>[A-Za-z][\w/]*))?")
UNKNOWN = f"{NAME} holds no time; lateness is unknown"


def text(data):
    """Return what a time stamp says, without a byte-order mark and blanks around it.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str
        Empty if it is not text.
    """
    with contextlib.suppress(UnicodeDecodeError):
        return text_of(data).strip("\ufeff\0 \t\n") if len(data) <= MOST_BYTES else ""
    return ""


def handed_in_at(folder):
    """Return when a submission was handed in, as nbgrader reads it.

    Parameters
    ----------
    folder : pathlib.Path
        Of the submission.

    Returns
    -------
    datetime.datetime or None
        None if there is no time that can be read.
    """
    path = folder / NAME
    with contextlib.suppress(OSError, ValueError, OverflowError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES:
            return parse_utc(text(path.read_bytes()))
    return None


def flag(said):
    """Return what is doubtful about a time, or None.

    nbgrader takes ``+0100`` at the end for 100 seconds, passes over PM and zones that it does not
    know, and reads 10.01.2026 as a day in October.

    Parameters
    ----------
    said : str
        See `text`.

    Returns
    -------
    str or None
    """
    try:
        reading = parse_utc(said)
    except (ValueError, OverflowError, AttributeError, TypeError):
        return UNKNOWN
    if _is_clear(said, reading):
        return None
    return (f"{NAME} says {said[:60]!r}, which nbgrader takes for {reading:%Y-%m-%d %H:%M:%S} UTC; "
            "lateness counts by that. A time that nobody mistakes looks like this: 2026-01-31 "
            "23:59:00 UTC")


def _is_clear(said, reading):
    match = CLEAR.fullmatch(said)
    if not match or not match["zone"] or match["zone"].upper() in UNIVERSAL:
        return bool(match)
    return reading != parse_utc(match["time"])  # else it is a zone that nbgrader does not know
