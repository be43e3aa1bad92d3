"""Reading results that a benchmark measured and the course ships."""

import json
from importlib.resources import files

from course_utils.errors import CourseError

_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError)


def read_results(name, path, parse):
    """Return what `parse` makes of a report in JSON.

    Parameters
    ----------
    name : str
        The benchmark that writes it, and the file without its ending.
    path : path-like or None
        Another file of that format; the shipped one by default.
    parse : callable
        Takes the report, a dict, and raises one of the usual errors where it is damaged.

    Returns
    -------
    pandas.DataFrame
        `attrs` holds the report's `command`, `date` and `versions`.

    Raises
    ------
    CourseError
        If the report is missing or damaged.
    """
    file = path or files(__package__) / "results" / f"{name}.json"
    try:
        with open(file, encoding="utf-8") as stream:
            report = json.load(stream)
        table = parse(report)
        table.attrs = {key: report[key] for key in ("command", "date", "versions")}
    except _FAULTS as error:
        raise CourseError(f"The results in {file} are missing or damaged ({error}). Restore the "
                          "file with git checkout, or measure again: python "
                          f"benchmarks/{name}.py --json FILE") from error
    return table
