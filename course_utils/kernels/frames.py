"""Messages between grader and kernel: a length, then JSON. Nothing that arrives is executed."""

import json
import struct

MOST_BYTES = 64 * 2**20
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
        If nobody is there to receive it.
    """
    body = json.dumps(message, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        connection.sendall(_LENGTH.pack(len(body)) + body)
    except OSError as error:
        raise Closed(str(error)) from None


def receive(connection, most=MOST_BYTES):
    """Return the next message.

    Parameters
    ----------
    connection : socket.socket
        With a timeout, if the caller does not want to wait for ever.
    most : int
        The largest message in bytes that is accepted.

    Raises
    ------
    Closed
        If the other side is gone.
    NotPlain
        If the message is larger than `most` or is not a JSON object.
    TimeoutError
        If the connection has a timeout and it passed.
    """
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > most:
        raise NotPlain(f"a message of {length} bytes; at most {most} are accepted")
    try:
        message = json.loads(_exactly(connection, length).decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotPlain(f"a message that is not JSON ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise NotPlain("a message that is not a JSON object")
    return message


def _exactly(connection, count):
    parts, missing = [], count
    while missing:
        try:
            part = connection.recv(min(missing, 2**20))
        except TimeoutError:
            raise
        except OSError as error:
            raise Closed(str(error)) from None
        if not part:
            raise Closed("the connection ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
