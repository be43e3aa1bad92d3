"""In a learner's kernel: do with the learner's things what the examiner asks for."""

import collections.abc
import contextlib
import importlib
import numbers
import operator
import sys
import traceback

from forkgrade.examiner.randomness import SharedRandomness
from forkgrade.examiner.values import Codec, classes_of, is_mutable, library_reference
from forkgrade.forkserver import messages

MOST_SENT = 24 * 2**20  # characters of a value that travels; a larger one is referred to
MOST_FRAMES, MOST_TRACE = 8, 4000
LOOK_UP = ("name", "call_name")  # what is about a name of the learner's


def as_plain(thing):
    """Return what a thing amounts to as one of Python's or NumPy's own types; itself if nothing.

    Parameters
    ----------
    thing : object
    """
    numpy = sys.modules.get("numpy")
    if isinstance(thing, str):
        return str.__str__(thing)[:]
    if isinstance(thing, numbers.Integral):
        return int(thing)
    if isinstance(thing, numbers.Real):
        return float(thing)
    if isinstance(thing, numbers.Complex):
        return complex(thing)
    pandas = sys.modules.get("pandas")
    if pandas and isinstance(thing, (pandas.DataFrame, pandas.Series)):
        base = pandas.DataFrame if isinstance(thing, pandas.DataFrame) else pandas.Series
        return base(thing)
    if numpy and (isinstance(thing, numpy.ndarray) or hasattr(type(thing), "__array__")):
        return numpy.array(thing)
    if isinstance(thing, (bytes, bytearray, memoryview)):
        return bytes(thing)
    if isinstance(thing, collections.abc.Mapping):
        return dict(thing.items())
    if isinstance(thing, collections.abc.Set):
        return set(thing)
    if isinstance(thing, tuple):
        return tuple(thing)
    if isinstance(thing, collections.abc.Sequence):
        return list(thing)
    return thing


def _is_own(data):
    return isinstance(data, dict) and data["t"] == "own"


def _array(thing):
    array = sys.modules["numpy"].asarray(thing)
    return array if array.dtype.kind != "O" else thing


def _reflected(function):
    return lambda thing, other: function(other, thing)


ARITHMETIC = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and_", "or_",
              "xor", "lshift", "rshift")
VERDICTS = ("eq", "ne", "lt", "le", "gt", "ge", "contains", "bool", "isinstance")
OPERATIONS = {
    "call": lambda function, *arguments, **named: function(*arguments, **named),
    "getattr": getattr, "setattr": setattr, "delattr": delattr, "getitem": operator.getitem,
    "setitem": operator.setitem, "delitem": operator.delitem, "len": len, "iter": iter,
    "next": next, "str": str, "repr": repr, "format": format, "int": int, "float": float,
    "complex": complex, "index": operator.index, "round": round, "neg": operator.neg,
    "pos": operator.pos, "abs": abs, "invert": operator.invert, "bool": bool,
    "isinstance": lambda kind, thing: isinstance(thing, kind),
    "enter": lambda thing: type(thing).__enter__(thing),
    "exit": lambda thing, *error: type(thing).__exit__(thing, *error),
    "contains": operator.contains, "plain": as_plain, "array": _array,
    **{name: getattr(operator, name) for name in (*VERDICTS[:6], *ARITHMETIC)},
    **{f"r{name}": _reflected(getattr(operator, name)) for name in ARITHMETIC},
}


class Callback:
    """A function of the examiner's, as the learner's code sees it.

    Parameters
    ----------
    host : Host
    number : int
    """

    def __init__(self, host, number):
        self._host, self._number = host, number

    def __call__(self, *arguments, **named):
        """Have the examiner call it."""
        return self._host.call_back(self._number, arguments, named)


class Host:
    """Answers the examiner's requests about what the learner's notebook defined.

    Parameters
    ----------
    names : dict
        The learner's.
    exchange : callable
        Sends a message in the middle of a request, and returns the next request.
    """

    def __init__(self, names, exchange):
        self._names, self._exchange = names, exchange
        self._codec = Codec(self._refer, self._resolve)
        self._things, self._numbers, self._next = {}, {}, 0
        self._random, self._is_asked = SharedRandomness(), False

    def answer(self, request):
        """Return the reply to a request.

        Parameters
        ----------
        request : dict
            `op`, one of `OPERATIONS`, ``name``, ``call_name`` or ``set``, or the ``begin`` of a
            test, or that it is ``done``; for it `args` and `kwargs`; `free`, the references that
            the examiner needs no more.

        Returns
        -------
        dict
            `value` or ``arg``, if the value is one of the arguments, and `changed`, arguments that
            are different now; or `raised`; or `missing`, a name that there is not.
        """
        for number in request.get("free", ()):
            self._numbers.pop(id(self._things.pop(number, None)), None)
        self._random.receive(request.get("random"))
        try:
            self._is_asked = True
            reply = self._answer(request)
            if len(messages.encode(reply)) > MOST_SENT:
                raise MemoryError("The answer is too large to compare.")
        except BaseException as error:  # whatever a learner's code raises is the answer
            reply = {"raised": self._raised(error)}
        self._is_asked = False
        return {**reply, "random": self._random.news()}

    def _answer(self, request):
        operation = request["op"]
        if operation == "begin":
            return {"value": None}
        arguments = [self._codec.decode(each) for each in request.get("args", ())]
        named = {name: self._codec.decode(each)
                 for name, each in request.get("kwargs", {}).items()}
        if operation == "done":
            for name in arguments:
                self._names.pop(name, None)
            return {"value": None}
        if operation == "set":
            self._names.update(named)
            return {"value": None}
        sent = self._sent(request["args"], arguments) | self._sent(
            request.get("kwargs", {}), named)
        if operation in LOOK_UP:
            name, *arguments = arguments
            if name not in self._names:
                return {"missing": name}
            if operation == "name":
                return {"value": self._encoded(self._names[name])}
            value = self._names[name](*arguments, **named)
            begin = 1
        else:
            value = OPERATIONS[operation](*arguments, **named)
            begin = 0
        places = {str(place + begin): each for place, each in enumerate(arguments)} | named
        return {**self._value(value, places), "changed": self._changed(places, sent)}

    def _value(self, value, places):
        for place, each in places.items():
            if value is each and is_mutable(each):
                return {"arg": place}
        return {"value": self._encoded(value)}

    def _encoded(self, value):
        numpy = sys.modules.get("numpy")
        if numpy and type(value) is numpy.ndarray and value.nbytes > MOST_SENT // 2:
            return self._refer(value)
        return self._codec.encode(value)

    def _sent(self, data, values):
        """Return what the arguments of a request were, by their places."""
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        return {str(place): self._codec.encode(values[place]) if _is_own(each) else each
                for place, each in pairs}

    def _changed(self, places, sent):
        changed = {}
        for place, value in places.items():
            if is_mutable(value):
                now = self._codec.encode(value)
                if now != sent[place]:
                    changed[place] = now
        return changed

    def call_back(self, number, arguments, named):
        """Have the examiner call a function of its own, and return or raise what it gives.

        Parameters
        ----------
        number : int
        arguments : tuple
        named : dict

        Raises
        ------
        RuntimeError
            If no test is running.
        """
        if not self._is_asked:
            raise RuntimeError("This function belongs to a test, which has ended.")
        request = self._exchange({
            "callback": number, "args": [self._codec.encode(each) for each in arguments],
            "kwargs": {name: self._codec.encode(each) for name, each in named.items()},
            "random": self._random.news()})
        self._random.receive(request.get("random"))
        if "raised" in request:
            raise self._codec.decode(request["raised"])
        return self._codec.decode(request.get("value"))

    def _refer(self, thing):
        if isinstance(thing, Callback):
            return {"t": "callback", "id": thing._number}
        number = self._numbers.get(id(thing))
        if number is None:
            number = self._numbers[id(thing)] = self._next = self._next + 1
            self._things[number] = thing
        reference = {"t": "handle", "id": number, "classes": classes_of(type(thing)),
                     "callable": callable(thing)}
        if isinstance(thing, type) and issubclass(thing, BaseException):
            reference["exception"] = classes_of(thing)
        return {**reference, "library": library_reference(thing)}

    def _resolve(self, data):
        if data["t"] == "library":
            with contextlib.suppress(ImportError):
                importlib.import_module(data["module"])
            thing = sys.modules.get(data["module"])
            for part in filter(None, data["name"].split(".")):
                thing = getattr(thing, part)
            return thing
        if data["t"] == "callback":
            return Callback(self, data["id"])
        if data["t"] == "own":
            return self._names[data["name"]]
        return self._things[data["id"]]

    def _raised(self, error):
        try:
            arguments = [self._codec.encode(each) for each in error.args]
            frames = error.__traceback__
            while frames and frames.tb_frame.f_code.co_filename == __file__:
                frames = frames.tb_next  # the learner's part begins below this module
            trace = traceback.format_exception(type(error), error, frames, limit=-MOST_FRAMES) \
                if frames else []
            return {"classes": classes_of(type(error)), "args": arguments,
                    "trace": "".join(trace)[-MOST_TRACE:]}
        except BaseException as another:  # an error that cannot even be shown
            return {"classes": classes_of(RuntimeError), "args": [
                f"{type(error).__name__}, which cannot be shown ({type(another).__name__})"],
                "trace": ""}
