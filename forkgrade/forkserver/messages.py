"""Messages between grader and kernel: a length, then JSON. Nothing that arrives is executed.

What reads and writes them is looked up when this module is imported: in a kernel, learners' code
may later put something else, or nothing, in place of `json.dumps`, `time.monotonic` or a method
of `socket.socket`.
"""

import json
import struct
from _socket import socket as _Socket
from time import monotonic as _now

MOST_BYTES = 64 * 2**20
# one byte before the message by which a connection to a fork server begins
FORK_KERNEL, IMPORT_MODULES, BRANCH = b"x", b"m", b"b"
_LENGTH = struct.Struct("!I")
_pack, _unpack = _LENGTH.pack, _LENGTH.unpack
_receive, _send_all, _set_timeout = _Socket.recv, _Socket.sendall, _Socket.settimeout


def _not_plain(value):
    raise TypeError(f"a value of type {type(value).__name__}")


if json.encoder.c_make_encoder and json.encoder.c_encode_basestring_ascii:
    # compiled, with all that it needs in it: JSONEncoder would look that up anew for each message
    _parts = json.encoder.c_make_encoder(None, _not_plain, json.encoder.c_encode_basestring_ascii,
                                         None, ":", ",", False, False, True)
else:
    _encoder = json.JSONEncoder(separators=(",", ":"), check_circular=False, default=_not_plain)

    def _parts(message, _):
        return _encoder.encode(message)

_scan = json.JSONDecoder().scan_once


class Closed(Exception):
    """The other side is gone."""


class NotPlain(Exception):
    """The other side sent too much, or something that is not JSON."""


def encode(message):
    """Return a message as it is sent, without its length.

    Parameters
    ----------
    message : dict
        Plain data.

    Raises
    ------
    TypeError, ValueError, RecursionError
        If it is not plain data.
    """
    return "".join(_parts(message, 0)).encode("ascii")


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
    TypeError, ValueError, RecursionError
        If the message is not plain data; nothing has been sent then.
    """
    body = encode(message)
    try:
        _send_all(connection, _pack(len(body)) + body)
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
    deadline = timeout and _now() + timeout
    (length,) = _unpack(_exactly(connection, _LENGTH.size, deadline))
    if length > most:
        raise NotPlain(f"a message of {length} bytes; at most {most} are accepted")
    try:
        body = _exactly(connection, length, deadline, mid_message=True)
        message = _decode(body.decode("utf-8", "replace"))
    except (ValueError, StopIteration, RecursionError) as error:
        raise NotPlain(f"a message that is not JSON ({type(error).__name__})") from None
    if not isinstance(message, dict):
        raise NotPlain("a message that is not a JSON object")
    return message


def _decode(text):
    """Return the value of a JSON text with nothing before or behind it."""
    value, end = _scan(text, 0)
    if end != len(text):
        raise ValueError("more than one value")
    return value


def _exactly(connection, count, deadline, mid_message=False):
    parts, missing = [], count
    while missing:
        try:
            _set_timeout(connection, deadline and max(deadline - _now(), 1e-3))
            part = _receive(connection, min(missing, 2**20))
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
