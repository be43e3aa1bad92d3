"""Inside a forked kernel: do what the grader asks, cell by cell, and reply with plain data."""

import base64
import contextlib
import importlib
import random
import sys
import warnings
from errno import EAGAIN
from pathlib import Path

from IPython.core.interactiveshell import ExecutionResult

from forkgrade.examiner.examiner import Examiner
from forkgrade.examiner.host import Host
from forkgrade.examiner.watch import Watch
from forkgrade.forkserver import messages
from forkgrade.forkserver.outputs import Descriptors, Stream
from forkgrade.forkserver.requests import Requests

MOST_CAUSES = 10  # of an exception that are looked at
CELLS = ("execute", "examine")  # requests that run one


class Session:
    """Serves one notebook.

    A request is a dict whose `do` names a method: `execute` is answered by `do_execute`. The reply
    is a dict too, with `failed` if the request could not be met.

    Parameters
    ----------
    connection : socket.socket
        To the grader.
    shell : forkgrade.forkserver.shell.Shell
    recorder : forkgrade.forkserver.outputs.Recorder
    interpreter : forkgrade.forkserver.interpreter.Interpreter
        The shell's, all of them made in the fork server.
    folder : path-like
        The notebook's working folder.
    most_processes : int, optional
        How many processes and threads it may have, if a limit on them is enforced.
    """

    def __init__(self, connection, shell, recorder, interpreter, folder, most_processes=None):
        self.connection, self.shell, self.recorder = connection, shell, recorder
        self.folder = Path(folder)
        self.descriptors = Descriptors(self.folder / ".output")
        streams = {"stdout": Stream(recorder, "stdout", 1), "stderr": Stream(recorder, "stderr", 2)}
        vars(sys).update(streams)
        self._most_processes = most_processes
        self.watch = None
        self.host = Host(shell.user_ns, self._exchange)
        self.examiner = Examiner(shell, recorder, lambda message: self._exchange(
            {"remote": message}))
        self._instructor_files = set()  # of modules, and of cells as IPython names them
        self._interpreter, interpreter.streams = interpreter, streams
        self._python = None  # the cell that runs, if it awaits something
        self._requests = Requests(connection, self._answer, self._awaits, self._failure)

    def serve(self):
        """Answer until the grader is gone."""
        self._requests.serve()

    async def _answer(self, request):
        method = getattr(self, f"do_{request['do']}")
        self._interpreter.resume_hooks()
        try:
            if request["do"] in CELLS:
                return await method(request)
            try:
                return method(request)
            finally:
                self._interpreter.repair()
        finally:
            self._interpreter.suspend_hooks()

    def _failure(self, error):
        """Return the reply to a request that could not be met, for a cell with its error."""
        return {"failed": type(error).__name__, "ok": False, "outputs": [_error_output(error)],
                "count": self.shell.execution_count - 1, "left": self.shell.exit_requested}

    def _awaits(self, request):
        self._python = self.shell.awaiting(request["code"]) if request["do"] in CELLS else None
        return self._python is not None

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
        return {}

    def do_watch(self, request):
        """Watch from now on what tests rely on that run in this process.

        Parameters
        ----------
        request : dict
            `modules` and `libraries`, see `forkgrade.examiner.watch.Watch`.
        """
        self.watch = Watch(self.shell, request["modules"], self._instructor_files,
                           request["libraries"])
        return {}

    async def do_execute(self, request):
        """Run a cell; for a test also report what it relies on and a learner's code changed.

        Parameters
        ----------
        request : dict
            `code`; `is_learners`, whether it is their own; for a test `is_test`, and, if it is
            watched, `lab`, see `forkgrade.examiner.watch.shadowed_names`, and `usual_methods`;
            `mark`, a name that the code sets if it is run at all.

        Returns
        -------
        dict
            `outputs`, `count`, `ok`, and `left` if the cell asked to exit; for a test the last
            `result`, and `changed` and `classes` if it is watched; `ran`, what the mark holds.
        """
        changes = self._changes(request)
        self.recorder.begin()
        if request.get("is_test"):  # it shows its last result, whatever the learner prefers
            self.shell.ast_node_interactivity = "last_expr"
        if not request.get("is_learners"):
            self._instructor_files.add(self._file_name(request["code"]))
        execution = await self._run_cell(request["code"])
        self.descriptors.drain(self.recorder)
        reply = {"ran": self.shell.user_ns.pop(request["mark"], None)} if "mark" in request else {}
        if changes is not None:
            reply["changed"] = sorted({*changes, *self._changes(request)})
            reply["classes"] = self.watch.classes(request["usual_methods"])
        if request.get("is_test"):
            with contextlib.suppress(Exception):  # a class that defends itself
                reply["result"] = _plain_result(execution.result)
        return {**reply, "outputs": self.recorder.outputs, "count": self.shell.execution_count - 1,
                "ok": bool(execution.success), "left": self.shell.exit_requested}

    async def _run_cell(self, code):
        """Run a cell, and show in its outputs whatever IPython lets escape.

        IPython does not expect everything: that an expression is too deep to be compiled, that
        there is no `sys.stdout`, that a builtin which it needs is gone.
        """
        count = self.shell.execution_count
        try:
            try:
                if self._python is not None:
                    execution = await self.shell.run_awaiting(code, self._python)
                else:
                    execution = self.shell.run_cell(code, store_history=True)
            finally:
                self._interpreter.repair()
        except BaseException as error:
            self.shell.settle(count)
            self.recorder.outputs.append(_error_output(error))
            execution = ExecutionResult(None)
            execution.error_in_exec = error
        self._explain(execution.error_in_exec)
        return execution

    def _explain(self, error):
        """Say which limit it was if a cell could not start a process or a thread."""
        with contextlib.suppress(Exception):  # whatever a class of a learner's does when asked
            if self._most_processes and any(map(_was_refused, _with_causes(error))):
                self.recorder.write("stderr", f"A notebook may have {self._most_processes} "
                                    "processes and threads at the same time while it is graded "
                                    "(`course grade --processes` sets the number).\n")

    def _file_name(self, code):
        """Return what IPython will call the file of a cell that is about to run."""
        with contextlib.suppress(Exception):  # running it will show what is wrong with it
            return self.shell.compile.get_code_name(code, self.shell.transform_cell(code),
                                                    self.shell.execution_count)

    def _changes(self, request):
        if self.watch is None or "lab" not in request:
            return None
        return self.watch.changes(request["code"], request["lab"])

    def do_remote(self, request):
        """Do with the learner's things what the examiner asks for.

        Parameters
        ----------
        request : dict
            See `forkgrade.examiner.host.Host.answer`.

        Returns
        -------
        dict
            Also `outputs`, `count`, and `left` if the learner's code asked to exit.
        """
        self.recorder.begin()
        reply = self.host.answer(request)
        if request.get("op") == "done":  # figures are shown at the end of a cell
            self.shell.events.trigger("post_execute")
            self.shell.execution_count += 1
        self.descriptors.drain(self.recorder)
        return {**reply, "outputs": self.recorder.outputs, "left": self.shell.exit_requested,
                "count": self.shell.execution_count - 1}

    def do_prepare(self, request):
        """Become the examiner's kernel.

        Parameters
        ----------
        request : dict
            `definitions` and `assigned`, see `forkgrade.examiner.examiner.Examiner.prepare`.
        """
        self.examiner.prepare(request["definitions"], request["assigned"])
        self.descriptors.drain(self.recorder)
        return {}

    async def do_examine(self, request):
        """Run a test here, and in the learner's kernel what it needs of the learner's.

        Parameters
        ----------
        request : dict
            `code`, `allowed`, `kept` and `shares_random`, see
            `forkgrade.examiner.examiner.Examiner.test`.

        Returns
        -------
        dict
            As of `do_execute`, and what `forkgrade.examiner.examiner.Examiner.test` found.
        """
        with self.examiner.test(request["code"], request["allowed"], request["kept"],
                                request["shares_random"]) as found:
            reply = await self.do_execute({"code": request["code"], "is_test": True})
        return {**reply, **found}

    def _exchange(self, message):
        messages.send(self.connection, message)
        return messages.receive(self.connection)

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


def _with_causes(error):
    """Return an exception and those because of which it was raised."""
    found = []
    while error is not None and len(found) < MOST_CAUSES:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _was_refused(error):
    """Say whether Linux refused a process or a thread."""
    return type(error) is BlockingIOError and error.errno == EAGAIN \
        or type(error) is RuntimeError and error.args == ("can't start new thread",)


def _error_output(error):
    """Return an exception as a cell shows one, whatever its class does when it is asked."""
    try:
        text = str(error)
    except BaseException:
        text = ""
    name = type(error).__name__
    return {"output_type": "error", "ename": name, "evalue": text,
            "traceback": [f"{name}: {text}"]}


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
