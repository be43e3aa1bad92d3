"""In the examiner's kernel: the learner's things, as a test meets them."""

import contextlib
import sys
import unittest
import weakref

from forkgrade.examiner.host import ARITHMETIC, OPERATIONS, VERDICTS
from forkgrade.examiner.randomness import SharedRandomness
from forkgrade.examiner.values import (
    NOTE,
    PLAIN,
    Codec,
    OddAnswer,
    exception_class,
    is_mutable,
    library_reference,
    library_thing,
    replace_content,
)

MOST_FETCHED = 20
ASKED = "asked "
# what gives data and learns nothing of the test's
HARMLESS = ("getattr", "iter", "next", "len", "str", "repr", "format", "int", "float", "complex",
            "index", "neg", "pos", "abs", "invert", "enter", "exit")
PLAIN_AT_ONCE = ("name", "call_name", "call", "next")
OUTPUTS = ("display_data", "execute_result")
PROTOCOLS = ("__array_", "__dataframe", "__arrow")  # that libraries ask everything for


class Link:
    """Asks the learner's kernel, by way of the grader.

    Parameters
    ----------
    exchange : callable
        Sends a message to the grader and returns the answer to it.
    recorder : forkgrade.forkserver.outputs.Recorder
        Of the test's outputs, to which those of the learner's code are added.

    Attributes
    ----------
    answers : int
        How many answers came that a test can judge.
    questions : int
        How many were asked.
    verdicts : set of str
        What the learner's things were asked for that are no data.
    odd : str or None
        Why an answer could not be compared.
    """

    def __init__(self, exchange, recorder):
        self._exchange, self._recorder = exchange, recorder
        self._codec = Codec(self._refer, self._resolve)
        self._random = SharedRandomness()
        self._handles, self._free = weakref.WeakValueDictionary(), []
        self._callbacks, self._fetched, self._is_deaf = [], {}, False
        self.begin_test(None)

    def begin_test(self, allowed):
        """Forget what the last test met.

        Parameters
        ----------
        allowed : set of str or None
            What the learner's things may be asked for though they are no data: what the
            instructor's own are asked for. None allows everything, as while these are examined.
        """
        self._allowed = allowed
        self.answers, self.questions, self.verdicts, self.odd = 0, 0, set(), None

    def begin_random(self, shares):
        """Begin a test with the learner's random numbers, or with fresh ones.

        Parameters
        ----------
        shares : bool
        """
        self._random = SharedRandomness()
        self._is_deaf = not shares
        self.ask("begin")
        self._is_deaf = False

    def ask(self, operation, *arguments, **named):
        """Return the value of an operation in the learner's kernel, or raise what it raised.

        Parameters
        ----------
        operation : str
            See `forkgrade.examiner.host.Host.answer`.
        *arguments, **named
            For it.

        Raises
        ------
        NameError
            If the learner's notebook has no such name.
        forkgrade.examiner.values.OddAnswer
            If what comes back is no value.
        Exception
            Of any kind, which the learner's code raised.
        """
        self.questions += 1
        free, self._free = self._free, []
        request = {"do": "remote", "op": operation, "free": free,
                   "random": None if self._is_deaf else self._random.news(),
                   "args": [self._argument(each) for each in arguments],
                   "kwargs": {name: self._argument(each) for name, each in named.items()}}
        reply = self._exchange(request)
        while "callback" in reply:
            reply = self._exchange(self._call_back(reply))
        if not self._is_deaf:
            self._random.receive(reply.get("random"))
        self._show(reply.get("outputs"))
        if "missing" in reply:
            raise NameError(f"name {str(reply['missing'])!r} is not defined")
        if "raised" in reply:
            self.answers += 1
            raise self._error(reply["raised"], operation, arguments)
        places = {str(place): each for place, each in enumerate(arguments)} | named
        return self._value(reply, places, operation)

    def _argument(self, value):
        """Return a value as plain data; a name, if it is what the learner's name holds."""
        data = self._codec.encode(value)
        known, name, before = self._fetched.get(id(value), (self, None, None))
        return {"t": "own", "name": name} if known is value and before == data else data

    def fetch(self, name):
        """Return what a name of the learner's holds; errors as of `ask`.

        Parameters
        ----------
        name : str
        """
        value = self.ask("name", name)
        if is_mutable(value):
            if len(self._fetched) > MOST_FETCHED:
                self._fetched.clear()
            self._fetched[id(value)] = (value, name, self._codec.encode(value))
        return value

    def _value(self, reply, places, operation):
        with self._noting_odd():
            changed = reply.get("changed") or {}
            for place, content in changed.items():
                if place in places and is_mutable(places[place]):
                    replace_content(places[place], self._codec.decode(content))
                    self.answers += 1
            if "arg" in reply:
                return places[reply["arg"]]
            value = self._codec.decode(reply["value"])
        if isinstance(value, Handle) and self._allowed is not None and operation in PLAIN_AT_ONCE \
                and not any(each.startswith(ASKED) for each in self._allowed):
            value = self.ask("plain", value)  # where the instructor's solution gives plain data
        self.answers += value is not None and not isinstance(value, Handle)
        return value

    @contextlib.contextmanager
    def _noting_odd(self):
        try:
            yield
        except OddAnswer as error:
            self.odd = self.odd or str(error)
            raise
        except Exception as error:
            self.odd = self.odd or f"it is no answer ({type(error).__name__})"
            raise OddAnswer(self.odd) from None

    def do(self, operation, handle, *others, label="", compute=None):
        """Return what something that is no data gives.

        What the instructor's solution was not asked for is done here, with what the thing amounts
        to as plain data; otherwise a class of the learner's could decide a test.

        Parameters
        ----------
        operation : str
            See `forkgrade.examiner.host.OPERATIONS`.
        handle : Handle
        *others : object
        label : str
            More exactly what is asked for: the name of an attribute or of a method.
        compute : callable, optional
            Does the same with plain values.

        Raises
        ------
        forkgrade.examiner.values.OddAnswer
            If a class of the learner's would decide where the sample solution has data.
        """
        key = f"{ASKED}{operation} {label}"
        if self._allowed is not None and key not in self._allowed or operation in VERDICTS[:8]:
            plain = self.ask("plain", handle) if compute else handle
            if not isinstance(plain, Handle):
                return compute(plain, *others)
        if self._allowed is not None and key not in self._allowed and operation not in HARMLESS:
            kind = object.__getattribute__(handle, "_classes")[0][1]
            self.odd = self.odd or (f"an object of class {kind}, where the sample solution gives "
                                    "plain data")
            raise OddAnswer("This test compares plain data (numbers, texts, lists, arrays), and "
                            f"what it got is an object of class {kind}.")
        self.verdicts.add(key)
        value = self.ask(operation, handle, *others)
        if operation == "getattr" and isinstance(value, Handle):
            object.__setattr__(value, "_label", label)
        return value

    def call(self, handle, arguments, named):
        """Call something of the learner's; errors as of `do`.

        Parameters
        ----------
        handle : CallableHandle
        arguments : tuple
        named : dict
        """
        label = object.__getattribute__(handle, "_label")
        key = f"{ASKED}call {label}"
        if self._allowed is not None and label and key not in self._allowed \
                and (arguments or named):
            self.odd = self.odd or (f"its method {label} would be asked, where the sample solution "
                                    "gives plain data")
            raise OddAnswer("This test compares plain data (numbers, texts, lists, arrays), and "
                            f"what it got is an object whose method {label} would decide it.")
        self.verdicts.add(key)
        return self.ask("call", handle, *arguments, **named)

    def _call_back(self, message):
        self._random.receive(message.get("random"))
        try:
            with self._noting_odd():
                function = self._callbacks[message["callback"]]
                arguments = [self._codec.decode(each) for each in message["args"]]
                named = {str(name): self._codec.decode(each)
                         for name, each in message["kwargs"].items()}
            value = function(*arguments, **named)
            return {"do": "remote", "value": self._codec.encode(value),
                    "random": self._random.news()}
        except Exception as error:
            return {"do": "remote", "raised": self._codec.encode(error),
                    "random": self._random.news()}

    def _show(self, outputs):
        """Add to the test's outputs what the learner's code printed and drew."""
        for output in outputs if isinstance(outputs, list) else ():
            if not isinstance(output, dict):
                continue
            if output.get("output_type") == "stream":
                stream = sys.stderr if output.get("name") == "stderr" else sys.stdout
                stream.write(str(output.get("text")))
                self.answers += 1  # a test can catch it and compare it
            elif output.get("output_type") in OUTPUTS:
                self._recorder.outputs.append({**output, "output_type": "display_data"})

    def _error(self, raised, operation, arguments):
        with self._noting_odd():
            kind = exception_class(raised["classes"])
            ends = operation == "next" or bool(arguments) and type(arguments[0]) is CallableHandle \
                and object.__getattribute__(arguments[0], "_label") == "__next__"
            if issubclass(kind, StopIteration) and not ends:
                kind = RuntimeError  # it would end the test's own loop in silence
            if issubclass(kind, unittest.SkipTest) or kind.__name__ == "Skipped":
                kind = AssertionError  # it would pass for success
            error = kind.__new__(kind)
            error.args = tuple(self._codec.decode(each) for each in raised["args"])
            if raised.get("trace"):
                error.add_note(f"{NOTE}{raised['trace']}")
            return error

    def _refer(self, thing):
        if isinstance(thing, Handle):
            return {"t": "handle", "id": object.__getattribute__(thing, "_number")}
        if isinstance(thing, Named):
            return self._refer(thing.value())
        reference = library_reference(thing)
        if reference is None and callable(thing):
            self._callbacks.append(thing)
            reference = {"t": "callback", "id": len(self._callbacks) - 1}
        if reference is None:
            raise OddAnswer(f"a {type(thing).__name__} cannot be given to a function of the "
                            "notebook")
        return reference

    def _resolve(self, data):
        if data["t"] == "callback":
            return self._callbacks[data["id"]]
        if data["t"] != "handle":
            raise OddAnswer("it is no value")
        if data.get("exception"):
            return exception_class(data["exception"])
        library = data.get("library")
        thing = library_thing(library["module"], library["name"]) if library else None
        if thing is not None and self._may_be(thing, f"{library['module']}:{library['name']}"):
            return thing
        number = int(data["id"])
        handle = self._handles.get(number)
        if handle is None:
            kind = CallableHandle if data["callable"] is True else Handle
            classes = [[str(module), str(name)] for module, name in data["classes"]]
            handle = self._handles[number] = kind(self, number, classes)
            if number in self._free:
                self._free.remove(number)
        return handle

    def _may_be(self, thing, name):
        """Say whether something of a library may stand here for what the learner has.

        What a test calls or looks into here must be what the instructor's solution has there.
        """
        if type(thing) is type and (thing in PLAIN or thing.__module__ == "numpy") \
                or thing in (bool, float, str, list, type(None)):
            return True
        if self._allowed is None:
            self.verdicts.add(f"library {name}")
            return True
        return f"library {name}" in self._allowed

    def forget(self, number):
        """Let the learner's kernel forget a thing with the next request.

        Parameters
        ----------
        number : int
        """
        self._free.append(number)


class Names:
    """The names in a test that are neither Python's nor the instructor's.

    Parameters
    ----------
    link : Link
    own : dict
        What the tests themselves have assigned.
    """

    def __init__(self, link, own):
        self._link, self._own = link, own
        self._assigned, self._before = set(), {}

    def begin_test(self, assigned):
        """Begin a test that assigns some names.

        Parameters
        ----------
        assigned : set of str
        """
        self._assigned = set(assigned)
        self._before = {name: self._own.pop(name) for name in self._assigned & set(self._own)}

    def end_test(self):
        """Keep what the test did not assign after all."""
        for name, value in self._before.items():
            self._own.setdefault(name, value)
        self._before = {}

    def has_own(self, name):
        """Say whether the test that runs has assigned a name.

        Parameters
        ----------
        name : str
        """
        return name in self._assigned and name in self._own

    def __getitem__(self, name):
        if self.has_own(name):
            return self._own[name]
        try:
            return self._link.fetch(name)
        except NameError:
            for names in (self._before, self._own):
                if name in names:
                    return names[name]
            raise

    def callee(self, name):
        """Return what a test calls by a name.

        Parameters
        ----------
        name : str
        """
        return self._own[name] if self.has_own(name) else Named(self, self._link, name)


class Named:
    """A name that a test calls: the call travels together with the name.

    Parameters
    ----------
    names : Names
    link : Link
    name : str
    """

    def __init__(self, names, link, name):
        self._names, self._link, self._name = names, link, name

    def value(self):
        """Return what the name holds."""
        return self._names[self._name]

    def __call__(self, *arguments, **named):
        """Call it in the learner's kernel."""
        try:
            return self._link.ask("call_name", self._name, *arguments, **named)
        except NameError as error:
            if getattr(error, "__notes__", None):  # raised inside of the function
                raise
            return self.value()(*arguments, **named)


def _method(operation, compute=None):
    compute = compute or OPERATIONS[operation]

    def method(self, *others):
        return _link(self).do(operation, self, *others, compute=compute)
    return method


def _link(handle):
    return object.__getattribute__(handle, "_link")


class Handle:
    """Something of the learner's that is no data: what is done with it is done in its kernel.

    Parameters
    ----------
    link : Link
    number : int
        The learner's kernel knows it by that.
    classes : list
        Names of its class and its bases, see `forkgrade.examiner.values.classes_of`.
    """

    __slots__ = ("__weakref__", "_classes", "_label", "_link", "_number")

    def __init__(self, link, number, classes):
        for name, value in (("_link", link), ("_number", number), ("_classes", classes),
                            ("_label", "")):
            object.__setattr__(self, name, value)

    def __del__(self):
        _link(self).forget(object.__getattribute__(self, "_number"))

    @property
    def __class__(self):
        """The first of its classes that a library made, for `isinstance`."""
        for module, name in object.__getattribute__(self, "_classes"):
            kind = library_thing(module, name)
            if isinstance(kind, type) and kind is not object:
                return kind
        return Handle

    @property
    def __doc__(self):
        """Its own description."""
        return _link(self).do("getattr", self, "__doc__", label="__doc__", compute=getattr)

    def __getattr__(self, name):
        if name.startswith(PROTOCOLS):
            raise AttributeError(name)
        return _link(self).do("getattr", self, name, label=name, compute=getattr)

    def __setattr__(self, name, value):
        _link(self).ask("setattr", self, name, value)

    def __delattr__(self, name):
        _link(self).ask("delattr", self, name)

    def __hash__(self):
        return hash(object.__getattribute__(self, "_number"))

    def __instancecheck__(self, thing):
        return bool(_link(self).do("isinstance", self, thing))

    def __array__(self, dtype=None, copy=None):
        """Return it as an array; arguments as NumPy has them."""
        numpy, array = sys.modules["numpy"], _link(self).ask("array", self)
        if not isinstance(array, numpy.ndarray):
            array = numpy.array(None, object)
            array[()] = self
        return array if dtype is None else array.astype(dtype)

    def __enter__(self):
        return _link(self).ask("enter", self)

    def __exit__(self, kind, error, trace):
        return _link(self).ask("exit", self, None, None, None)


class CallableHandle(Handle):
    """One that can be called."""

    __slots__ = ()
    __doc__ = vars(Handle)["__doc__"]

    def __call__(self, *arguments, **named):
        """Call it in the learner's kernel."""
        return _link(self).call(self, arguments, named)


def _complete(kind):
    """Give the class the special methods that operators and builtins look for."""
    for name in ("getitem", "setitem", "delitem", "len", "iter", "next", "str", "repr", "format",
                 "int", "float", "complex", "index", "round", "neg", "pos", "abs", "invert"):
        setattr(kind, f"__{name}__", _method(name))
    for name in ARITHMETIC:
        for prefix in ("", "r"):
            setattr(kind, f"__{prefix}{name.rstrip('_')}__", _method(prefix + name))
    for name in VERDICTS[:7]:
        setattr(kind, f"__{name}__", _method(name))
    kind.__bool__ = _method("bool")


_complete(Handle)
