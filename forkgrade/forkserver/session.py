"""Inside a forked kernel: do what the grader asks, cell by cell, and answer with plain data."""

import base64
import builtins
import contextlib
import gc
import importlib
import os
import random
import signal
import sys
import warnings
from pathlib import Path

from forkgrade.assertions import tampering
from forkgrade.assertions.comparisons import Comparisons
from forkgrade.forkserver import messages
from forkgrade.forkserver.shell import Descriptors, Stream, no_input


class Session:
    """Serves one notebook.

    Parameters
    ----------
    connection : socket.socket
        To the grader.
    shell, recorder
        What `forkgrade.forkserver.shell.make_shell` returned in the parent.
    folder : path-like
        The notebook's working folder.
    """

    def __init__(self, connection, shell, recorder, folder):
        self.connection, self.shell, self.recorder = connection, shell, recorder
        self.folder = Path(folder)
        self.descriptors = Descriptors(self.folder / ".output")
        sys.stdout, sys.stderr = Stream(recorder, "stdout", 1), Stream(recorder, "stderr", 2)
        builtins.input = no_input
        self.watch = tampering.Watch(shell)
        self._process, self._given = os.getpid(), set()  # files of cells that are not the learner's

    def serve(self):
        """Answer until the grader is gone."""
        while True:
            try:
                request = messages.receive(self.connection)
                reply = self._answer(request)
                if os.getpid() != self._process:
                    os._exit(0)  # a cell forked and came back twice; only one may answer
                messages.send(self.connection, reply)
            except KeyboardInterrupt:
                continue  # an interruption that came too late for its cell
            except (messages.Closed, messages.NotPlain):
                return

    def _answer(self, request):
        try:
            return getattr(self, f"do_{request['do']}")(request)
        except (KeyboardInterrupt, SystemExit) as error:
            return {"failed": type(error).__name__}

    def do_nothing(self, request):
        """Say that it is there."""
        return {}

    def do_file(self, request):
        """Write a file that belongs to the notebook, or a further part of it."""
        path = self.folder / request["name"]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb" if request["begins"] else "ab") as file:
                file.write(base64.b64decode(request["content"]))
        except OSError as error:
            return {"failed": error.strerror}
        return {}

    def do_import(self, request):
        """Import what the instructor gave, before a learner can change it, and watch it."""
        self._given |= {str(self.folder / name) for name in request["files"]}
        states = random.getstate(), sys.modules["numpy"].random.get_state() \
            if "numpy" in sys.modules else None
        for name in request["modules"]:
            with contextlib.suppress(Exception, SystemExit), \
                    warnings.catch_warnings(action="ignore"):
                importlib.import_module(name)
        self.descriptors.drain(self.recorder)  # what they say and draw belongs to no cell
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        random.setstate(states[0])  # as if nothing had happened
        if states[1] is not None:
            sys.modules["numpy"].random.set_state(states[1])
        self.watch.also(request["modules"])
        return {}

    def do_execute(self, request):
        """Run a cell; for a test also say what it finds changed that tests rely on."""
        changed = self._changed(request)
        self.recorder.begin()
        if request.get("watch"):  # a test shows its last result, whatever the learner prefers
            self.shell.ast_node_interactivity = "last_expr"
        file = self._name(request["code"])
        if not request.get("own"):
            self._given.add(file)
        meets = Comparisons(request.get("magic", ()), file, self._given,
                            request.get("executed", False))
        with meets if request.get("magic") else contextlib.nullcontext():
            done = self.shell.run_cell(request["code"], store_history=True)
        self.descriptors.drain(self.recorder)
        changed = sorted({*changed, *self._changed(request)})
        reply = {"met": sorted(meets.met)}
        if request.get("watch"):
            with contextlib.suppress(Exception):  # a class that defends itself
                reply["result"] = _plain(done.result)
        return {**reply, "outputs": self.recorder.outputs, "count": self.shell.execution_count - 1,
                "ok": bool(done.success), "changed": changed, "left": self.shell.left}

    def _name(self, code):
        """Return the name that IPython gives to the file of a cell that is to be run now."""
        with contextlib.suppress(SyntaxError):
            return self.shell.compile.get_code_name(code, self.shell.transform_cell(code),
                                                    self.shell.execution_count)

    def _changed(self, request):
        if not request.get("watch"):
            return []
        return [*self.watch.changes(),
                *tampering.shadowed_names(request["code"], self.shell.user_ns, request["lab"],
                                          self.watch.names)]

    def do_call(self, request):
        """Apply what the learner defined to the inputs of a check."""
        module, _, name = request["recipe"]["answer"].partition(":")
        answer = getattr(importlib.import_module(module), name)
        reply = {"answer": None}
        self.recorder.begin()
        with contextlib.suppress(Exception):  # of a learner's code that it does not catch
            reply["answer"] = answer(request["recipe"], self.shell.user_ns, request["inputs"])
        self.recorder.begin()
        self.shell.execution_count += 1
        return {**reply, "count": self.shell.execution_count - 1}

    def do_modules(self, request):
        """Return the names of all modules that are loaded by now."""
        return {"modules": sorted(sys.modules)}


def _plain(result):
    """Return what the last expression of a cell gave: a number, and whose class it is of."""
    kind = type(result)
    if kind in (int, float) or kind.__module__ == "numpy" \
            and kind in sys.modules["numpy"].ScalarType and kind.__name__ not in ("bool", "bool_"):
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            return {"number": repr(float(result))}  # as text: JSON knows neither NaN nor infinity
    home = sys.modules.get(kind.__module__)
    return {"own": getattr(home, kind.__qualname__.split(".")[0], None) is None
            or kind.__module__ == "__main__"}


def fresh_start(environment, folder):
    """Make a fork of the parent look like a process that has just begun."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher.py"]
    sys.path[0] = ""  # files that were handed in can be imported
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.enable()
