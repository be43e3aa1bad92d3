"""In the examiner's kernel: the learner's things, as a test meets them."""

import contextlib
import operator
import sys
import weakref

from forkgrade.examiner.host import ARITHMETIC, VERDICTS
from forkgrade.examiner.randomness import SharedRandomness
from forkgrade.examiner.values import (
    Codec,
    OddAnswer,
    exception_class,
    is_mutable,
    library_reference,
    library_thing,
    replace_content,
)

MOST_FETCHED = 20
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
    verdicts : set of str
        Which comparisons the learner's own classes answered, because they are no data.
    odd : str or None
        Why an answer could not be compared.
    """

    def __init__(self, exchange, recorder):
        self._exchange, self._recorder = exchange, recorder
        self._codec = Codec(self._refer, self._resolve)
        self._random = SharedRandomness()
        self._handles, self._free = weakref.WeakValueDictionary(), []
        self._callbacks, self._fetched = [], {}
        self.begin_test(None)

    def begin_test(self, allowed):
        """Forget what the last test met.

        Parameters
        ----------
        allowed : set of str or None
            The comparisons that the learner's classes may answer; None allows all of them, as
            while the instructor's own solution is examined.
        """
        self._allowed = allowed
        self.answers, self.verdicts, self.odd = 0, set(), None

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
        free, self._free = self._free, []
        request = {"do": "remote", "op": operation, "free": free, "random": self._random.news(),
                   "args": [self._argument(each) for each in arguments],
                   "kwargs": {name: self._argument(each) for name, each in named.items()}}
        reply = self._exchange(request)
        while "callback" in reply:
            reply = self._exchange(self._call_back(reply))
        self._random.receive(reply.get("random"))
        self._show(reply.get("outputs"))
        if "missing" in reply:
            raise NameError(f"name {str(reply['missing'])!r} is not defined")
        if "raised" in reply:
            self.answers += 1
            raise self._error(reply["raised"])
        places = {str(place): each for place, each in enumerate(arguments)} | named
        return self._value(reply, places)

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

    def _value(self, reply, places):
        with self._noting_odd():
            changed = reply.get("changed") or {}
            for place, content in changed.items():
                if place in places and is_mutable(places[place]):
                    replace_content(places[place], self._codec.decode(content))
                    self.answers += 1
            if "arg" in reply:
                return places[reply["arg"]]
            value = self._codec.decode(reply["value"])
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

    def verdict(self, operation, handle, others, compare):
        """Return what a comparison of something that is no data gives.

        Parameters
        ----------
        operation : str
            One of `forkgrade.examiner.host.VERDICTS`.
        handle : Handle
        others : tuple
        compare : callable
            Compares plain values.

        Raises
        ------
        forkgrade.examiner.values.OddAnswer
            If a class of the learner's would decide where the sample solution has data.
        """
        if operation != "isinstance":
            plain = self.ask("plain", handle)
            if not isinstance(plain, Handle):
                return compare(plain, *others)
        if self._allowed is not None and operation not in self._allowed:
            self.odd = self.odd or (f"it is a {handle._classes[0][1]}, where the sample solution "
                                    "gives plain data")
            raise OddAnswer(f"This test compares plain data (numbers, texts, lists, arrays), and "
                            f"what it got is a {handle._classes[0][1]}.")
        self.verdicts.add(operation)
        return self.ask(operation, handle, *others)

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

    def _error(self, raised):
        with self._noting_odd():
            kind = exception_class(raised["classes"])
            error = kind.__new__(kind)
            error.args = tuple(self._codec.decode(each) for each in raised["args"])
            if raised.get("trace"):
                error.add_note(f"In the notebook:\n{raised['trace']}")
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
        if thing is not None:
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


def _remote(operation):
    def method(self, *others, **named):
        return _link(self).ask(operation, self, *others, **named)
    return method


def _verdict(operation, compare):
    def method(self, *others):
        return _link(self).verdict(operation, self, others, compare)
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

    __slots__ = ("__weakref__", "_classes", "_link", "_number")

    def __init__(self, link, number, classes):
        for name, value in (("_link", link), ("_number", number), ("_classes", classes)):
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
        return _link(self).ask("getattr", self, "__doc__")

    def __getattr__(self, name):
        if name.startswith(PROTOCOLS):
            raise AttributeError(name)
        return _link(self).ask("getattr", self, name)

    def __setattr__(self, name, value):
        _link(self).ask("setattr", self, name, value)

    def __delattr__(self, name):
        _link(self).ask("delattr", self, name)

    def __hash__(self):
        return hash(object.__getattribute__(self, "_number"))

    def __instancecheck__(self, thing):
        return bool(_link(self).verdict("isinstance", self, (thing,), None))

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
    __call__ = _remote("call")


def _complete(kind):
    """Give the class the special methods that operators and builtins look for."""
    for name in ("getitem", "setitem", "delitem", "len", "iter", "next", "str", "repr", "format",
                 "int", "float", "complex", "index", "round", "neg", "pos", "abs", "invert"):
        setattr(kind, f"__{name}__", _remote(name))
    for name in ARITHMETIC:
        for prefix in ("", "r"):
            setattr(kind, f"__{prefix}{name.rstrip('_')}__", _remote(prefix + name))
    for name in VERDICTS[:7]:
        setattr(kind, f"__{name}__", _verdict(name, getattr(operator, name)))
    kind.__bool__ = _verdict("bool", bool)


_complete(Handle)
