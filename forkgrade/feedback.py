"""nbgrader's feedback pages of a class: one that cannot be made stops nobody else's."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

from forkgrade.steps.gradebook import autograded

SECONDS = 120  # for the pages of one learner
MOST_TRIED = 20  # learners whose pages are tried once more
GRAIN = 2.0  # seconds; some disks keep no better time


def make(coursedir, lab, students):
    """Make the pages of a lab, and return the students for whom one is missing.

    Where nbgrader stops at one of them, the rest is made one by one.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
    lab : str
    students : list of str

    Returns
    -------
    list of str
    """
    begin = time.time() - GRAIN

    def without():
        return [student for student in students if not _has_page(coursedir, lab, student, begin)]

    _nbgrader(coursedir.root, lab, max(SECONDS, 30 * len(students)))
    for student in without()[:MOST_TRIED]:
        _nbgrader(coursedir.root, lab, SECONDS, f"--student={student}")
    return without()


def _has_page(coursedir, lab, student, begin):
    folder = Path(coursedir.format_path(coursedir.feedback_directory, student, lab))
    pages = [folder / f"{path.stem}.html"
             for path in autograded(coursedir, student, lab).glob("*.ipynb")]
    return all(page.is_file() and page.stat().st_mtime >= begin for page in pages)


def _nbgrader(root, lab, seconds, *words):
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", lab, "--force", *words]
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=seconds)
