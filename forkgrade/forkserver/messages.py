"""Messages between grader and kernel: a length, then JSON. Nothing that arrives is executed."""

import json
import struct
import time

MOST_BYTES = 64 * 2**20
# one byte before the message by which a connection to a fork server begins
FORK_KERNEL, IMPORT_MODULES, BRANCH = b"x", b"m", b"b"
_LENGTH = struct.Struct("!I")


class Closed(Exception):
    """The other side is gone."""


class NotPlain(Exception):
    """The other side sent too much, or something that is not JSON."""


def send(connection, message):
    """Send one message.

    Parameters
    ----------
    connection : socket.socket
    message : dict
        Plain data.

    Raises
    ------
    Closed
        If the other side is gone.
    """
    body = json.dumps(message, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        connection.sendall(_LENGTH.pack(len(body)) + body)
    except OSError as error:
        raise Closed(str(error)) from None


def receive(connection, most=MOST_BYTES, timeout=None):
    """Return the next message.

    Parameters
    ----------
    connection : socket.socket
    most : int
        The largest message in bytes that is accepted.
    timeout : float, optional
        Seconds for the whole message, however slowly it comes; by default there is no limit.

    Raises
    ------
    Closed
        If the other side is gone.
    NotPlain
        If the message is larger than `most`, is not a JSON object, or began in time and did not
        end in time.
    TimeoutError
        If nothing came in time.
    """
    deadline = timeout and time.monotonic() + timeout
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, deadline))
    if length > most:
        raise NotPlain(f"a message of {length} bytes; at most {most} are accepted")
    try:
        body = _exactly(connection, length, deadline, mid_message=True)
        message = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotPlain(f"a message that is not JSON ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise NotPlain("a message that is not a JSON object")
    return message


def _exactly(connection, count, deadline, mid_message=False):
    parts, missing = [], count
    while missing:
        try:
            connection.settimeout(deadline and max(deadline - time.monotonic(), 1e-3))
            part = connection.recv(min(missing, 2**20))
        except TimeoutError:
            if mid_message or parts:  # what comes later could not be told from the next message
                raise NotPlain("only a part of a message in the time it had") from None
            raise
        except OSError as error:
            raise Closed(str(error)) from None
        if not part:
            raise Closed("the connection ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
