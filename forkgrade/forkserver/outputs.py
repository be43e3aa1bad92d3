"""What the cells of a notebook show and print, recorded as notebook outputs."""

import contextlib
import io
import os
import sys
from os import fstat as _status
from os import ftruncate as _truncate
from os import pread as _read

from jupyter_client.session import Session

MOST_TEXT = 200_000  # characters that a cell may print; more is cut, and says so
MOST_OUTPUT = 8_000_000  # characters of pictures and other data that a cell may show


class Recorder(Session):
    """Records as notebook outputs what ipykernel would publish.

    Parameters
    ----------
    **traits
        As for `jupyter_client.session.Session`.

    Attributes
    ----------
    outputs : list of dict
        Of the cell that runs or ran last.
    """

    def __init__(self, **traits):
        super().__init__(key=b"", **traits)
        self.outputs, self.text_size, self.data_size = [], 0, 0

    def begin(self):
        """Forget the outputs of the previous cell."""
        self.outputs, self.text_size, self.data_size = [], 0, 0

    def msg(self, msg_type, content=None, parent=None, header=None, metadata=None):
        """Return a message with what is read of it here; arguments as for `Session.msg`.

        Parameters
        ----------
        msg_type : str
        content, parent, header, metadata : dict, optional
        """
        # a Session numbers its messages by time and process, for which it needs `os` and `datetime`
        header = header or {"msg_type": msg_type, "msg_id": "", "session": self.session,
                            "username": self.username}
        return {"header": header, "msg_id": header["msg_id"], "msg_type": header["msg_type"],
                "parent_header": (parent or {}).get("header", {}), "content": content or {},
                "metadata": metadata or {}}

    def send(self, stream, msg_or_type, content=None, *args, **kwargs):
        """Record a message that has a place in a notebook; arguments as for `Session.send`.

        Parameters
        ----------
        stream : object
            Not used: there are no sockets.
        msg_or_type : dict or str
        content : dict, optional
        *args, **kwargs
            Not used.
        """
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
        self.data_size += sum(len(str(part)) for part in content["data"].values())
        if self.data_size > MOST_OUTPUT:
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
        """Record text that a stream printed, joined to what it printed just before.

        Parameters
        ----------
        name : {"stdout", "stderr"}
        text : str
        """
        room = MOST_TEXT - self.text_size
        self.text_size += len(text)
        if room <= 0:
            return
        if len(text) > room:
            text = text[:room] + "\n[more text than a cell may print; the rest is left out]\n"
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.outputs.append({"output_type": "stream", "name": name, "text": text})


class Stream(io.TextIOBase):
    """Standard output or standard error of the cells.

    Parameters
    ----------
    recorder : Recorder
    name : {"stdout", "stderr"}
    number : int
        The descriptor for code that writes past Python.
    """

    encoding, errors = "utf-8", "replace"

    def __init__(self, recorder, name, number):
        self.recorder, self.name, self._number = recorder, name, number

    def fileno(self):
        """Return the descriptor."""
        return self._number

    def writable(self):
        """Return True."""
        return True

    def flush(self):
        """Do nothing: what is written is recorded at once."""

    def close(self):
        """Do nothing: the cells that follow print here too."""

    def write(self, text):
        """Record a text, and return its length.

        Parameters
        ----------
        text : str
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.recorder.write(self.name, text)
        return len(text)


class Descriptors:
    """What compiled code writes to descriptors 1 and 2, past Python.

    Parameters
    ----------
    path : path-like
        Where a file may be made; it is removed at once and stays open.
    """

    def __init__(self, path):
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
        self._file = os.open(path, flags, 0o600)
        os.unlink(path)
        for number in (1, 2):
            os.dup2(self._file, number)
        # what Python buffers for them; learners' code may close or replace `sys.__stdout__`
        self._buffered = [stream for stream in (sys.__stdout__, sys.__stderr__) if stream]

    def drain(self, recorder):
        """Pass on what was written since the last time.

        Parameters
        ----------
        recorder : Recorder
        """
        for stream in self._buffered:
            with contextlib.suppress(OSError, ValueError):  # it is closed
                stream.flush()
        if _status(self._file).st_size:
            text = _read(self._file, MOST_TEXT + 1, 0).decode("utf-8", "replace")
            _truncate(self._file, 0)
            recorder.write("stderr", text)
