"""IPython and its kernel as ipykernel sets them up, with a recorder in place of sockets.

The fork server makes them once; a kernel that is forked later has them at once.
"""

import builtins
import contextlib
import io
import sys

from ipykernel.ipkernel import IPythonKernel, comm
from ipykernel.kernelbase import Kernel, ioloop
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import _asyncio_runner
from traitlets import observe

from forkgrade.forkserver.interpreter import Interpreter
from forkgrade.forkserver.outputs import Recorder

PRACTICE = ("""\
def wrong():
    raise NotImplementedError()
wrong()
""", """\
import io, sys
if "matplotlib.figure" in sys.modules:
    figure = sys.modules["matplotlib.figure"].Figure()
    figure.subplots().plot([1, 2])
    figure.savefig(io.BytesIO())
""")


class Shell(ZMQInteractiveShell):
    """The shell of one notebook.

    Attributes
    ----------
    exit_requested : bool
        Whether a cell called `exit` or `quit`, or asked the kernel to shut down.
    """

    exit_requested = False

    def ask_exit(self):
        """Note that a cell called `exit` or `quit`."""
        self.exit_requested = True

    @observe("exit_now")
    def _update_exit_now(self, change):
        """Note that the kernel was asked to shut down."""
        self.exit_requested = self.exit_requested or change["new"]

    def awaiting(self, code):
        """Return a cell as plain Python if an event loop must run it, otherwise None.

        Parameters
        ----------
        code : str

        Returns
        -------
        str or None
        """
        # what neither word is in need not be compiled to know that
        if "await" not in code and "async" not in code or self.loop_runner is not _asyncio_runner:
            return None
        try:
            python = self.transform_cell(code)
            return python if self.should_run_async(code, transformed_cell=python) else None
        except Exception:  # running it will show what is wrong with it
            return None

    async def run_awaiting(self, code, python):
        """Run a cell in the event loop that runs already; see `run_cell`.

        Parameters
        ----------
        code : str
        python : str
            What `awaiting` returned.

        Returns
        -------
        IPython.core.interactiveshell.ExecutionResult
        """
        self._last_traceback, self._last_traceback_during_displayhook = None, False
        result = None
        try:
            result = await self.run_cell_async(code, store_history=True, transformed_cell=python)
        finally:
            self.events.trigger("post_execute")
            self.events.trigger("post_run_cell", result)
        return result

    def settle(self, count):
        """Be ready for the next cell although IPython itself could not bring this one to its end.

        Parameters
        ----------
        count : int
            This cell's execution count.
        """
        for trap in (self.builtin_trap, self.display_trap):
            trap._nested_level = 0  # left too early, it would not be set again
        self.displayhook.exec_result = None
        self.execution_count = max(self.execution_count, count + 1)

    def enable_gui(self, gui=None):
        """Do nothing: there are no windows here, and pictures are shown inline.

        Parameters
        ----------
        gui : str, optional
            Not used.
        """

    def init_history(self):
        """Keep history in memory: a file would tie the kernels to one another."""
        self.config.HistoryManager.hist_file = ":memory:"
        self.config.HistoryManager.enabled = False
        super().init_history()


class NotebookKernel(IPythonKernel):
    """What notebooks find as `get_ipython().kernel`: ipykernel's, without sockets and threads.

    Parameters
    ----------
    **traits
        `shell` and `session`.
    """

    def __init__(self, **traits):
        # without IPythonKernel's own, which makes a shell of its own, and a debugger
        Kernel.__init__(self, **traits)
        self.comm_manager = comm.get_comm_manager()
        self.shell.configurables.append(self.comm_manager)
        for kind in ("comm_open", "comm_msg", "comm_close"):
            self.shell_handlers[kind] = getattr(self.comm_manager, kind)

    @property
    def io_loop(self):
        """The event loop, as tornado wraps it."""
        return ioloop.IOLoop.current()


def make_shell():
    """Make a shell that is ready to run cells.

    Returns
    -------
    Shell
    Recorder
        What the shell publishes goes there.
    Interpreter
        What cells need of it, as it is now.
    """
    builtins.input = no_input
    recorder = Recorder()
    shell = Shell.instance()
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = recorder, None
        part.topic = b""
    shell.kernel = NotebookKernel.instance(shell=shell, session=recorder)
    return shell, recorder, Interpreter()


def practise(shell, recorder, interpreter):
    """Do in the fork server what is slow only the first time, and forget it.

    Showing an error looks through all loaded modules, which takes 0.3 s when TensorFlow is among
    them; kernels that are forked afterwards need not do it again.

    Parameters
    ----------
    shell : Shell
    recorder : Recorder
    interpreter : Interpreter
        Keeps what was imported, too.
    """
    names, sink = dict(shell.user_ns), io.StringIO()
    with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
        for code in PRACTICE:
            shell.run_cell(code, store_history=False)
        shell.display_formatter.format(1.0)
    shell.user_ns.clear()
    shell.user_ns.update(names)
    shell.last_execution_result, shell.last_execution_succeeded = None, True
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)
    recorder.begin()
    interpreter.note_imports()


def no_input(*_):
    """Refuse to ask a question, because nobody is there to answer; arguments as for `input`.

    Raises
    ------
    IPython.core.error.StdinNotImplementedError
    """
    raise StdinNotImplementedError("Nobody is here to answer: input() is not supported while "
                                   "a notebook is graded.")
