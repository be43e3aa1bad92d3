"""What a notebook's code may do to the interpreter, and what of it is put right after each cell.

The runner shares its interpreter with learners' code. What it needs itself it looks up before any
of that runs. IPython, without which there are no further cells, looks things up when it needs them.
Where ipykernel would fail in every cell that follows, damage is to cost the cell that did it and no
other. So after each cell

- a builtin comes back that is gone, or can no longer be called; one that was replaced by something
  that can be called stays replaced, as in Jupyter;
- all modules that were there at the beginning come back to `sys.modules` if what every cell needs
  is gone from it; a module that was removed to be imported anew stays removed;
- the notebook's own streams take the place of a `sys.stdout` or `sys.stderr` that is closed, or has
  no `write`;
- a limit on recursion below what IPython needs to show a result is raised to that.
"""

import builtins
import sys
from operator import is_ as _is
from operator import itemgetter
from sys import getprofile as _getprofile
from sys import getrecursionlimit as _getrecursionlimit
from sys import gettrace as _gettrace
from sys import setprofile as _setprofile
from sys import setrecursionlimit as _setrecursionlimit
from sys import settrace as _settrace

LEAST_DEPTH = 200  # frames: a cell begins at some 25, and showing a result takes up to 100 more
FOUNDATIONS = ("sys", "builtins", "os", "io", "json", "time", "ast", "inspect", "traceback",
               "asyncio", "contextlib", "IPython", "IPython.core.interactiveshell")
# names that the code below must find even while there are no builtins
_all, _map, _zip, _callable, _getattr, _hasattr, _KeyError = (
    all, map, zip, callable, getattr, hasattr, KeyError)


class Interpreter:
    """Keeps what cells need, as it is now: in the fork server, before the first of them.

    Attributes
    ----------
    streams : dict of str to io.TextIOBase
        The notebook's own `stdout` and `stderr`, to be set in its kernel.
    """

    def __init__(self):
        self._sys, self.streams = sys, {}
        self._builtins, self._modules = vars(builtins), sys.modules
        self._names, self._things = tuple(self._builtins), tuple(self._builtins.values())
        self._look_up = itemgetter(*self._names)
        self._imported = dict(sys.modules)
        self._trace = self._profile = None

    def note_imports(self):
        """Keep the modules too that were imported since."""
        self._imported = dict(sys.modules)

    def repair(self):
        """Put right what a cell damaged; works without builtins."""
        try:
            are_whole = _all(_map(_is, self._look_up(self._builtins), self._things))
        except _KeyError:
            are_whole = False
        if not are_whole:
            self._repair_builtins()
        self._repair_modules()
        for name, own in self.streams.items():
            if _getattr(self._sys, name, None) is not own:
                self._repair_stream(name, own)
        if _getrecursionlimit() < LEAST_DEPTH:
            _setrecursionlimit(LEAST_DEPTH)

    def _repair_builtins(self):
        place, absent = self._builtins, self
        for name, thing in _zip(self._names, self._things):
            now = place.get(name, absent)
            if now is absent or _callable(thing) and not _callable(now):
                place[name] = thing

    def _repair_modules(self):
        if _getattr(self._sys, "modules", None) is not self._modules:
            self._sys.modules = self._modules
        for name in FOUNDATIONS:
            if name not in self._modules:
                for each, module in self._imported.items():
                    self._modules.setdefault(each, module)
                return

    def _repair_stream(self, name, own):
        stream = _getattr(self._sys, name, None)
        try:
            is_usable = _hasattr(stream, "write") and not _getattr(stream, "closed", False)
        except BaseException:  # whatever an object of a learner's class raises
            is_usable = False
        if not is_usable:
            vars(self._sys)[name] = own

    def suspend_hooks(self):
        """Let no trace or profile function that a cell left on see the runner's own work."""
        self._trace, self._profile = _gettrace(), _getprofile()
        if self._trace is not None:
            _settrace(None)
        if self._profile is not None:
            _setprofile(None)

    def resume_hooks(self):
        """Put them on again, for the next cell."""
        if self._trace is not None:
            _settrace(self._trace)
        if callable(self._profile):
            _setprofile(self._profile)
        elif hasattr(self._profile, "enable"):  # cProfile's, which is no function
            self._profile.enable()
