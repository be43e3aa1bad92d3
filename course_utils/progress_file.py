"""What the learner has done so far, in one small local file.

The file lies in the course's folder, under `.plain-sight/`. On Binder, where folders vanish,
`export_text` gives a short text to keep and `import_text` brings it back.
"""

import base64
import contextlib
import json
import os
import re
import time
import zlib
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import project_root, write_whole

PREFIX = "PS1-"


def location():
    """Return the path of the progress file; `PLAIN_SIGHT_PROGRESS` overrides it."""
    path = os.environ.get("PLAIN_SIGHT_PROGRESS")
    return Path(path) if path else project_root() / ".plain-sight" / "progress.json"


def _is_off():
    return os.environ.get("PLAIN_SIGHT_PROGRESS") == "off"


def load():
    """Return the progress as ``{"lessons": {name: date}, "labs": {exercise: [points, of]}}``.

    A damaged file is never thrown away: it is renamed and stays beside the new one.
    """
    if _is_off():
        return _empty()
    path = location()
    try:
        return _check(json.loads(path.read_text("utf-8")))
    except OSError:
        return _empty()
    except (ValueError, RecursionError, CourseError):
        _set_aside(path)
        return _empty()


def _set_aside(path):
    with contextlib.suppress(OSError):
        path.replace(path.with_name(f"progress.damaged-{time.strftime('%Y%m%d-%H%M%S')}.json"))


def _empty():
    return {"lessons": {}, "labs": {}}


def _check(progress):
    try:
        labs = {str(name): _sensible(float(points), float(most))
                for name, (points, most) in progress["labs"].items()}
        return {"lessons": {str(k): str(v) for k, v in progress["lessons"].items()}, "labs": labs}
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise CourseError("This is not a record of progress.") from None


def _sensible(points, most):
    if not 0 <= points <= most < float("inf"):
        raise ValueError(f"{points} of {most} points")
    return [points, most]


def save(progress):
    """Write the progress file in one step.

    Parameters
    ----------
    progress : dict
        As `load` returns it.

    Returns
    -------
    bool
        False where there is no permission.
    """
    if _is_off():
        return True
    path = location()
    try:
        write_whole(path, json.dumps(progress, indent=1, sort_keys=True))
    except OSError:
        return False
    return True


def record(result):
    """Record the best result of an exercise; where nothing can be written, do nothing.

    Parameters
    ----------
    result : course_utils.checks.result.Result
    """
    progress = load()
    best = progress["labs"].get(result.exercise, [0.0])[0]
    progress["labs"][result.exercise] = [min(max(best, result.points), result.max_points),
                                      result.max_points]
    save(progress)


def finish_lesson(name):
    """Record that a lesson was read to its end today.

    Parameters
    ----------
    name : str
        The lesson's number, for example ``01``.
    """
    progress = load()
    progress["lessons"].setdefault(name, time.strftime("%Y-%m-%d"))
    save(progress)


def export_text():
    """Return the progress as a short text for a learner to keep."""
    packed = zlib.compress(json.dumps(load(), separators=(",", ":")).encode(), 9)
    return PREFIX + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def import_text(text):
    """Merge a text made by `export_text` into the progress here; the better result of each wins.

    Parameters
    ----------
    text : str

    Returns
    -------
    dict
        The progress, as `load` returns it.

    Raises
    ------
    CourseError
        If the text is cut off, was not made by `export_text`, or cannot be kept here.
    """
    # several texts may stand in the box, with quotes or a full stop from where they were kept
    parts = [re.match(r"[\w-]*", part)[0] for part in re.sub(r"\s", "", text).split(PREFIX)[1:]]
    if not parts:
        raise _no_progress_text()
    here = load()
    for progress in map(_unpack, parts):
        _merge(progress, here)
    if not save(here):
        raise CourseError(f"The progress cannot be kept here: {location()} is not writable.")
    return here


def _merge(progress, here):
    for name, date in progress["lessons"].items():
        here["lessons"].setdefault(name, date)
    for name, (points, most) in progress["labs"].items():
        best, limit = here["labs"].get(name, [0.0, most])
        here["labs"][name] = [min(max(best, points), limit), limit]


def _unpack(body):
    unpack = zlib.decompressobj()
    try:
        data = unpack.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)), 1_000_000)
        if not unpack.eof or unpack.unused_data:
            raise ValueError("cut off")
        return _check(json.loads(data))
    except (ValueError, RecursionError, zlib.error, CourseError):
        raise _no_progress_text() from None


def _no_progress_text():
    return CourseError(f"This is not a progress text: expected one that starts with {PREFIX} and "
                       "is complete. Copy it again, from the first to the last character.")
