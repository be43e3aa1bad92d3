"""IPython as ipykernel sets it up, with a list of outputs in place of sockets.

The warm parent makes the shell once, before it forks; a forked kernel has it at once.
"""

import contextlib
import io
import os
import sys

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session

MOST_TEXT = 200_000  # characters that a cell may print; more is cut, and says so
MOST_OUTPUT = 8_000_000  # characters of pictures and other data that a cell may show

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


class Recorder(Session):
    """Keeps as notebook outputs what ipykernel would publish."""

    def __init__(self, **traits):
        super().__init__(key=b"", **traits)
        self.outputs, self.text, self.size = [], 0, 0

    def begin(self):
        """Forget the outputs of the cell before."""
        self.outputs, self.text, self.size = [], 0, 0

    def send(self, stream, msg_or_type, content=None, *args, **kwargs):
        """Keep a message that has a place in a notebook."""
        if isinstance(msg_or_type, dict):
            kind, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        else:
            kind = msg_or_type
        if kind in ("execute_result", "display_data"):
            self._show(kind, content)
        elif kind == "update_display_data":
            self._update(content)
        elif kind == "error":
            self.outputs.append({"output_type": "error", **content})
        elif kind == "clear_output":
            self.outputs = [each for each in self.outputs if each["output_type"] == "error"]

    def _show(self, kind, content):
        self.size += sum(len(str(part)) for part in content["data"].values())
        if self.size > MOST_OUTPUT:
            self.write("stderr", "[more output than a cell may show; the rest is left out]\n")
            return
        output = {"output_type": kind, "data": content["data"],
                  "metadata": content.get("metadata") or {}}
        if kind == "execute_result":
            output["execution_count"] = content.get("execution_count")
        name = (content.get("transient") or {}).get("display_id")
        self.outputs.append({**output, "display_id": name} if name else output)

    def _update(self, content):
        name = (content.get("transient") or {}).get("display_id")
        for output in self.outputs:
            if name and output.get("display_id") == name:
                output.update(data=content["data"], metadata=content.get("metadata") or {})

    def write(self, name, text):
        """Keep what a stream said, joined to what it said just before."""
        left = MOST_TEXT - self.text
        self.text += len(text)
        if left <= 0:
            return
        if len(text) > left:
            text = text[:left] + "\n[more text than a cell may print; the rest is left out]\n"
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})


class Stream(io.TextIOBase):
    """Standard output or standard error of the cells."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, recorder, name, number):
        self.recorder, self.name, self._number = recorder, name, number

    def fileno(self):
        """Return the descriptor, for code that writes past Python."""
        return self._number

    def writable(self):
        """Say yes."""
        return True

    def write(self, text):
        """Keep a text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.recorder.write(self.name, text)
        return len(text)


class Shell(ZMQInteractiveShell):
    """The shell of one notebook."""

    left = False

    def ask_exit(self):
        """Note that a cell asked to leave (`exit`, `quit`)."""
        self.left = True

    def enable_gui(self, gui=None):
        """Do nothing: there are no windows here, and pictures are shown inline."""

    def init_history(self):
        """Keep history in memory: a file would tie the kernels to one another."""
        self.config.HistoryManager.hist_file = ":memory:"
        self.config.HistoryManager.enabled = False
        super().init_history()


def make_shell():
    """Return a shell ready to run cells, with its recorder."""
    recorder = Recorder()
    shell = Shell.instance()
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = recorder, None
        part.topic = b""
    return shell, recorder


def practise(shell, recorder):
    """Do in the parent what is slow the first time only, and forget it.

    Showing an error looks through all loaded modules, which takes 0.3 s when TensorFlow is among
    them; every kernel that is forked afterwards has that behind it.
    """
    names, said = dict(shell.user_ns), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
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
    """Refuse to ask a question: nobody is there."""
    raise StdinNotImplementedError("Nobody is here to answer: input() is not supported while "
                                   "a notebook is graded.")


class Descriptors:
    """What compiled code writes to descriptors 1 and 2, past Python."""

    def __init__(self, path):
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
        self._file = os.open(path, flags, 0o600)
        os.unlink(path)
        for number in (1, 2):
            os.dup2(self._file, number)

    def drain(self, recorder):
        """Hand over what has come since the last time."""
        sys.__stdout__.flush()
        if os.fstat(self._file).st_size:
            text = os.pread(self._file, MOST_TEXT + 1, 0).decode("utf-8", "replace")
            os.ftruncate(self._file, 0)
            recorder.write("stderr", text)
