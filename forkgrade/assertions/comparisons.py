"""Whether a test met a comparison that a learner's class answers itself."""

import sys
import sysconfig
from pathlib import Path

GRADER = str(Path(__file__).resolve().parents[1])
LIBRARIES = (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), GRADER, "<frozen ",
             "<__array_function__")
TEXT = "<string>"  # of code that a library makes, as for a dataclass, or a learner with `exec`


class Comparisons:
    """Notes which special methods a test meets while it runs.

    Those that the learner's own code calls do not count, as when their heap orders its nodes.
    Those that the test calls, itself or through a library, decide its outcome.

    Parameters
    ----------
    names : iterable of str
        Special methods, such as ``__eq__``.
    test : str
        The name of the test's file.
    instructor_files : set of str
        The names of other files that are not the learner's: of cells, and of modules.
    executed : bool
        Whether code that was made of text counts as the learner's.
    libraries : iterable of str
        How the names of further files begin that are not the learner's: a course's own packages.

    Attributes
    ----------
    met : set of str
        Those that the test met.
    """

    def __init__(self, names, test, instructor_files, executed=False, libraries=()):
        self._names, self._test = frozenset(names), test
        self._instructor_files = instructor_files
        self._libraries = (*LIBRARIES, *libraries, *(() if executed else (TEXT,)))
        self._hook = self._event  # each access would make a new object
        self.met = set()

    def __enter__(self):
        sys.setprofile(self._hook)
        return self

    def __exit__(self, *_):
        if sys.getprofile() is not self._hook:
            self.met.add("sys.setprofile")
        sys.setprofile(None)

    def _event(self, frame, event, _):
        if event == "call" and frame.f_code.co_name in self._names \
                and self._is_learners(frame.f_code.co_filename) and self._decides(frame.f_back):
            self.met.add(frame.f_code.co_name)

    def _is_learners(self, file):
        return file != self._test and file not in self._instructor_files \
            and not file.startswith(self._libraries)

    def _decides(self, frame):
        while frame is not None and frame.f_code.co_filename != self._test:
            if self._is_learners(frame.f_code.co_filename):
                return False
            frame = frame.f_back
        return True
