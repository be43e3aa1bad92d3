"""A walk through JSON text that builds only what is asked for, and passes over the rest.

What `json.loads` makes of a text may take thirty times its size, and a notebook is handed in by
anybody. Here a part that nobody asks for costs no memory, however large it is.
"""

import json
import re
import time

STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
PLAIN = rb'[^"\[\]{}]++'
FLAT = rb'[\[{](?:%s|%s)*+[\]}]' % (PLAIN, STRING)  # a list or an object that holds no other
TO_BRACKET = re.compile(rb"(?:%s|%s|%s)*+" % (PLAIN, STRING, FLAT), re.DOTALL)
TEXT = re.compile(STRING, re.DOTALL)
ATOM = re.compile(rb'[^\s,:"\[\]{}]++')
SPACE = re.compile(rb"[ \t\n\r]*+")
OPENING, CLOSING = b"[{", b"]}"
MOST_DEPTH = 1000
SOME = 10_000  # brackets between two looks at the clock


class WalkError(ValueError):
    """The text is not JSON, or it takes too long to walk through; the message says which."""


class TooLarge(ValueError):
    """A value is larger, or nested deeper, than the caller takes."""


class JsonWalk:
    """A place in a JSON text, which moves on as values are read or passed over.

    Parameters
    ----------
    data : bytes
        In UTF-8.
    at : int, optional
        Where the text begins.
    seconds : float, optional
        Computing time for the whole walk.

    Attributes
    ----------
    at : int
        The place, in bytes.
    depth : int
        How deep the last value that was passed over is nested.
    """

    def __init__(self, data, at=0, seconds=20.0):
        self._data, self.at, self.depth = data, at, 0
        self._until, self._brackets = time.thread_time() + seconds, 0
        self._space()

    def sign(self):
        """Return the byte at the place, empty at the end."""
        return self._data[self.at:self.at + 1]

    def members(self):
        """Yield the keys of the object at the place.

        At each key the place is at its value, which the caller may read. What is not read is
        passed over.

        Raises
        ------
        WalkError
            If there is no object.
        """
        self._step(b"{")
        while self.sign() != b"}":
            key = self.load()
            if not isinstance(key, str):
                raise self._fault("a name is expected")
            self._step(b":")
            yield from self._value(key)
            if self.sign() != b"}":
                self._step(b",")
        self._step(b"}")

    def elements(self):
        """Yield the number of each element of the list at the place, as `members` does.

        Raises
        ------
        WalkError
            If there is no list.
        """
        self._step(b"[")
        number = 0
        while self.sign() != b"]":
            yield from self._value(number)
            number += 1
            if self.sign() != b"]":
                self._step(b",")
        self._step(b"]")

    def load(self, most=1_000_000, depth=50):
        """Return the value at the place.

        Parameters
        ----------
        most : int
            Bytes of the text.
        depth : int
            Of lists and objects in one another.

        Raises
        ------
        TooLarge
            If it is larger or deeper; it is then passed over.
        WalkError
            If it is not JSON.
        """
        begin = self.at
        end = self.skip()
        if end - begin > most or self.depth > depth:
            raise TooLarge(f"{end - begin} bytes, {self.depth} levels deep")
        try:
            return json.loads(self._data[begin:end].decode("utf-8"), strict=False,
                              parse_constant=lambda _: None)
        except UnicodeDecodeError:
            raise
        except ValueError:
            raise self._fault("it has no meaning here", begin) from None

    def skip(self):
        """Pass over the value at the place; return where it ended, without what follows it.

        Raises
        ------
        WalkError
            If there is none.
        """
        self.depth = 0
        if self.sign() and self.sign() in OPENING:
            self._skip_nested()
        else:
            match = (TEXT if self.sign() == b'"' else ATOM).match(self._data, self.at)
            if not match:
                raise self._fault("a value is expected")
            self.at = match.end()
        end = self.at
        self._space()
        return end

    def _skip_nested(self):
        level = 0
        while True:
            sign = self.sign()
            if not sign or sign == b'"':
                raise self._fault("it ends too early" if not sign else "a text has no end")
            level += 1 if sign in OPENING else -1
            self.depth = max(self.depth, level)
            if level > MOST_DEPTH:
                raise WalkError("it is nested without end")
            self.at += 1
            if not level:
                return
            self.at = TO_BRACKET.match(self._data, self.at).end()
            self._look_at_clock()

    def _value(self, name):
        before = self.at
        yield name
        if self.at == before:
            self.skip()
        self._look_at_clock()

    def _look_at_clock(self):
        self._brackets += 1
        if self._brackets % SOME == 0 and time.thread_time() > self._until:
            raise WalkError("it takes too long to read, as no notebook does")

    def _step(self, sign):
        if self.sign() != sign:
            raise self._fault(f"{sign.decode()} is expected")
        self.at += 1
        self._space()

    def _space(self):
        self.at = SPACE.match(self._data, self.at).end()

    def _fault(self, message, place=None):
        place = self.at if place is None else place
        line = self._data.count(b"\n", 0, place) + 1
        return WalkError(f"it is not JSON ({message} in line {line}, at byte {place})")
