"""Whether a test met a comparison that a learner's class answers itself."""

import sys


class Comparisons:
    """Notes which special methods a test meets while it runs.

    Those that the learner's own code calls, as a heap of the learner's does to order its nodes,
    are nobody's business. Those that the test calls, itself or through a library, decide it.

    Parameters
    ----------
    names : iterable of str
        Special methods, such as ``__eq__``.
    is_own : callable
        Says of a file's name whether the learner's code is in it.

    Attributes
    ----------
    met : set of str
        What was met.
    """

    def __init__(self, names, is_own):
        self._names, self._is_own, self.met = frozenset(names), is_own, set()
        self._hook = self._event  # one object, which can be told from another one

    def __enter__(self):
        sys.setprofile(self._hook)
        return self

    def __exit__(self, *_):
        if sys.getprofile() is not self._hook:
            self.met.add("sys.setprofile")
        sys.setprofile(None)

    def _event(self, frame, event, _):
        if event == "call" and frame.f_code.co_name in self._names \
                and self._is_own(frame.f_code.co_filename) and self._decides(frame.f_back):
            self.met.add(frame.f_code.co_name)

    def _decides(self, frame):
        while frame is not None:
            if self._is_own(frame.f_code.co_filename):
                return False
            frame = frame.f_back
        return True
