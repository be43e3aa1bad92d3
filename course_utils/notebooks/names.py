"""Find the notebook that someone means: `lab01`, `01`, `lab01_feature_scaling` or a path."""

from difflib import get_close_matches
from pathlib import PurePath

from course_utils.errors import CourseError


def find(name, names, kind="lesson or lab"):
    """Return the known name that `name` stands for.

    Parameters
    ----------
    name : str
        A full name, its first part, its number (``1`` or ``01``), or a path that ends in it.
    names : iterable of str
        Names without ending, such as ``lab01_feature_scaling``. A number means the first of
        them that carries it.
    kind : str
        How the message calls them.

    Raises
    ------
    CourseError
        If none fits; lists those that exist.
    """
    names = list(names)
    stem = _stem(name)
    for matches in (_same, _number, _first_part):
        for candidate in names:
            if matches(stem, candidate):
                return candidate
    raise CourseError(_unknown(name, stem, names, kind))


def _stem(name):
    last = PurePath(str(name).replace("\\", "/")).name.lower()
    return last.removesuffix(".ipynb").removesuffix(".py")


def _same(stem, candidate):
    return stem == candidate.lower()


def _first_part(stem, candidate):
    return bool(stem) and stem == candidate.lower().split("_")[0]


def _number(stem, candidate):
    digits = candidate.split("_")[0].removeprefix("lab")
    return stem.isdecimal() and digits.isdecimal() and int(stem) == int(digits)


def _unknown(name, stem, names, kind):
    if not names:
        return f"There is no {kind} here, so {name!r} cannot be found."
    near = get_close_matches(stem, names, n=1, cutoff=0.5)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no {kind} {name!r}.{hint} Known: {', '.join(names)}."
