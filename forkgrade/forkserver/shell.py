"""IPython as ipykernel sets it up, with a recorder in place of sockets.

The fork server makes the shell once; a kernel that is forked later has it at once.
"""

import contextlib
import io
import sys

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError

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
        Whether a cell called `exit` or `quit`.
    """

    exit_requested = False

    def ask_exit(self):
        """Note that a cell called `exit` or `quit`."""
        self.exit_requested = True

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


def make_shell():
    """Make a shell that is ready to run cells.

    Returns
    -------
    Shell
    Recorder
        What the shell publishes goes there.
    """
    recorder = Recorder()
    shell = Shell.instance()
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = recorder, None
        part.topic = b""
    return shell, recorder


def practise(shell, recorder):
    """Do in the fork server what is slow only the first time, and forget it.

    Showing an error looks through all loaded modules, which takes 0.3 s when TensorFlow is among
    them; kernels that are forked afterwards need not do it again.

    Parameters
    ----------
    shell : Shell
    recorder : Recorder
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


def no_input(*_):
    """Refuse to ask a question, because nobody is there to answer; arguments as for `input`.

    Raises
    ------
    IPython.core.error.StdinNotImplementedError
    """
    raise StdinNotImplementedError("Nobody is here to answer: input() is not supported while "
                                   "a notebook is graded.")
