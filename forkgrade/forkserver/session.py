"""Inside a forked kernel: do what the grader asks, cell by cell, and reply with plain data."""

import base64
import builtins
import contextlib
import importlib
import os
import random
import sys
import warnings
from pathlib import Path

from forkgrade.assertions import tampering
from forkgrade.assertions.comparisons import Comparisons
from forkgrade.forkserver import messages
from forkgrade.forkserver.outputs import Descriptors, Stream
from forkgrade.forkserver.shell import no_input


class Session:
    """Serves one notebook.

    A request is a dict whose `do` names a method: `execute` is answered by `do_execute`. The reply
    is a dict too, with `failed` alone if the request could not be met.

    Parameters
    ----------
    connection : socket.socket
        To the grader.
    shell : forkgrade.forkserver.shell.Shell
    recorder : forkgrade.forkserver.outputs.Recorder
        The shell's, both made in the fork server.
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
        self._process = os.getpid()
        self._instructor_files = set()  # of modules, and of cells as IPython names them

    def serve(self):
        """Answer until the grader is gone."""
        while True:
            try:
                request = messages.receive(self.connection)
                reply = self._answer(request)
                if os.getpid() != self._process:
                    os._exit(0)  # a cell forked and returned twice; only one process may answer
                messages.send(self.connection, reply)
            except KeyboardInterrupt:
                continue  # an interrupt that came too late for its cell
            except (messages.Closed, messages.NotPlain):
                return

    def _answer(self, request):
        try:
            return getattr(self, f"do_{request['do']}")(request)
        except (KeyboardInterrupt, SystemExit) as error:
            return {"failed": type(error).__name__}

    def do_nothing(self, request):
        """Reply, so that the grader knows it runs.

        Parameters
        ----------
        request : dict
        """
        return {}

    def do_file(self, request):
        """Write a file that belongs to the notebook, or a further part of one.

        Parameters
        ----------
        request : dict
            `name`, `content` (base64) and `begins`, whether it is the first part.

        Returns
        -------
        dict
            Empty, or why it `failed`.
        """
        path = self.folder / request["name"]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb" if request["begins"] else "ab") as file:
                file.write(base64.b64decode(request["content"]))
        except OSError as error:
            return {"failed": error.strerror or type(error).__name__}
        return {}

    def do_import(self, request):
        """Import the instructor's modules before a learner can change them, and watch them.

        Parameters
        ----------
        request : dict
            `files` and `modules`, the names of what the instructor put beside the notebook.
        """
        self._instructor_files |= {str(self.folder / name) for name in request["files"]}
        with _same_random_state():
            for name in request["modules"]:
                with contextlib.suppress(Exception, SystemExit), \
                        warnings.catch_warnings(action="ignore"):
                    importlib.import_module(name)
        self.descriptors.drain(self.recorder)  # what they say and draw belongs to no cell
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        self.watch.also(request["modules"])
        return {}

    def do_execute(self, request):
        """Run a cell; for a test also report what tests rely on and a learner's code changed.

        Parameters
        ----------
        request : dict
            `code`; `is_learners`, whether it is their own; for a test `watch`, `lab`, and `magic`,
            `executed` and `libraries` for `forkgrade.assertions.comparisons`.

        Returns
        -------
        dict
            `outputs`, `count`, `ok`, and `left` if the cell asked to exit; for a test `changed`,
            `met` and the last `result` too.
        """
        changes = self._changes(request)
        self.recorder.begin()
        if request.get("watch"):  # a test shows its last result, whatever the learner prefers
            self.shell.ast_node_interactivity = "last_expr"
        file = self._file_name(request["code"])
        if not request.get("is_learners"):
            self._instructor_files.add(file)
        comparisons = Comparisons(request.get("magic", ()), file, self._instructor_files,
                                  request.get("executed", False), request.get("libraries", ()))
        with comparisons if request.get("magic") else contextlib.nullcontext():
            execution = self.shell.run_cell(request["code"], store_history=True)
        self.descriptors.drain(self.recorder)
        reply = {"met": sorted(comparisons.met),
                 "changed": sorted({*changes, *self._changes(request)})}
        if request.get("watch"):
            with contextlib.suppress(Exception):  # a class that defends itself
                reply["result"] = _plain_result(execution.result)
        return {**reply, "outputs": self.recorder.outputs, "count": self.shell.execution_count - 1,
                "ok": bool(execution.success), "left": self.shell.exit_requested}

    def _file_name(self, code):
        """Return what IPython will call the file of a cell that is about to run."""
        with contextlib.suppress(SyntaxError):
            return self.shell.compile.get_code_name(code, self.shell.transform_cell(code),
                                                    self.shell.execution_count)

    def _changes(self, request):
        if not request.get("watch"):
            return []
        return [*self.watch.changes(request.get("libraries", ())),
                *tampering.shadowed_names(request["code"], self.shell.user_ns, request["lab"],
                                          self.watch.names)]

    def do_call(self, request):
        """Apply what the learner defined to the inputs of a check.

        Parameters
        ----------
        request : dict
            `inputs`, and `recipe`, see `forkgrade.suite.CheckSuite.recipe`.

        Returns
        -------
        dict
            `answer` and `count`.
        """
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
        """Return the names of all modules that are loaded by now.

        Parameters
        ----------
        request : dict
        """
        return {"modules": sorted(sys.modules)}


@contextlib.contextmanager
def _same_random_state():
    """Restore the random state afterwards: a learner's numbers must not depend on imports."""
    python = random.getstate()
    numpy = sys.modules["numpy"].random.get_state() if "numpy" in sys.modules else None
    yield
    random.setstate(python)
    if numpy is not None:
        sys.modules["numpy"].random.set_state(numpy)


def _plain_result(result):
    """Return a cell's last value if it is a number, else whether its class is the learner's."""
    kind = type(result)
    if kind in (int, float) or kind.__module__ == "numpy" \
            and kind in sys.modules["numpy"].ScalarType and kind.__name__ not in ("bool", "bool_"):
        with contextlib.suppress(TypeError, ValueError, OverflowError):
            return {"number": repr(float(result))}  # as text: JSON knows neither NaN nor infinity
    home = sys.modules.get(kind.__module__)
    return {"learner_class": getattr(home, kind.__qualname__.split(".")[0], None) is None
            or kind.__module__ == "__main__"}
