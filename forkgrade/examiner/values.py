"""Values as plain data, as they travel between a learner's process and the examiner's.

Only values of exactly these types travel: Python's own, NumPy's and pandas'. Whatever else there
is stays where it is, and a reference to it travels. Nothing that arrives is executed.
"""

import base64
import collections
import datetime
import decimal
import fractions
import importlib
import math
import pathlib
import re
import sys
import types

PRIVATE = ("__", "forkgrade", "IPython", "ipykernel")  # beginnings of modules that are no library's
NOTE = "In the notebook:\n"  # before what a learner's error shows of where it was raised
SMALL = 2**53  # whole numbers beyond it travel as text
MOST_ITEMS = 10**8  # of an array whose items take no room
KINDS = "biufcmMSU"  # of NumPy's data types
EXTENSION = re.compile(r"str|string|boolean|U?Int\d+|Float\d+")  # of pandas' data types
VIEWS = {"dict_keys": dict.keys, "dict_values": dict.values, "dict_items": dict.items}
MUTABLE = (list, dict, set, bytearray, collections.deque, collections.defaultdict,
           collections.Counter, collections.OrderedDict)


class OddAnswer(Exception):
    """What arrived is no value, or not one that this test can compare."""


class Codec:
    """Turns values into plain data and back.

    Parameters
    ----------
    refer : callable
        Returns a reference to a thing that is no data: a dict whose `t` is not used here.
    resolve : callable
        Returns the thing that a reference means.
    """

    def __init__(self, refer, resolve):
        self._refer, self._resolve = refer, resolve
        self._foreign = {}

    def encode(self, value):
        """Return a value as plain data.

        Parameters
        ----------
        value : object
        """
        try:
            return self._encode(value)
        except RecursionError:  # a list that holds itself
            return self._refer(value)

    def _encode(self, value):
        kind = type(value)
        if value is None or kind in (bool, str, float) or kind is int and -SMALL < value < SMALL:
            return value
        if kind is list:
            return [self._encode(each) for each in value]
        writer = PLAIN.get(kind) or self._foreign_writers().get(kind)
        if writer is None:
            writer = _writer_of_family(kind)
        written = writer(self, value) if writer else None
        return self._refer(value) if written is None else written

    def decode(self, data):
        """Return the value that plain data stands for.

        Parameters
        ----------
        data : object

        Raises
        ------
        OddAnswer
            If it stands for none.
        """
        try:
            return self._decode(data)
        except OddAnswer:
            raise
        except Exception as error:  # of whatever a hostile process makes up
            raise OddAnswer(f"it is no value ({type(error).__name__})") from None

    def _decode(self, data):
        if isinstance(data, list):
            return [self._decode(each) for each in data]
        if not isinstance(data, dict):
            return data
        reader = READERS.get(data["t"])
        return reader(self, data) if reader else self._resolve(data)

    def _foreign_writers(self):
        """Return the writers for the types of libraries that are loaded by now."""
        if "numpy" not in self._foreign and "numpy" in sys.modules:
            numpy = sys.modules["numpy"]
            self._foreign |= {"numpy": None, numpy.ndarray: _write_array,
                              numpy.matrix: _write_matrix, numpy.ma.MaskedArray: _write_masked}
        if "pandas" not in self._foreign and hasattr(sys.modules.get("pandas"), "DataFrame"):
            pandas = sys.modules["pandas"]
            self._foreign |= {"pandas": None, pandas.DataFrame: _write_frame,
                              pandas.Series: _write_series, pandas.Timestamp: _write_timestamp,
                              pandas.Timedelta: _write_timedelta,
                              type(pandas.NaT): lambda *_: {"t": "NaT"},
                              type(pandas.NA): lambda *_: {"t": "NA"}}
            self._foreign |= dict.fromkeys((pandas.Index, pandas.RangeIndex, pandas.MultiIndex,
                                            pandas.DatetimeIndex, pandas.CategoricalIndex,
                                            pandas.TimedeltaIndex), _write_index)
        return self._foreign


def is_mutable(value):
    """Say whether a function could change a value that travels.

    Parameters
    ----------
    value : object
    """
    kind = type(value)
    return kind in MUTABLE or kind.__module__.startswith(("numpy", "pandas")) \
        and kind.__name__ in ("ndarray", "DataFrame", "Series", "matrix")


def replace_content(value, fresh):
    """Make a mutable value hold what a function left in it.

    Parameters
    ----------
    value, fresh : object
        Of the same type.

    Raises
    ------
    OddAnswer
        If it cannot become that.
    """
    if type(fresh) is not type(value):
        raise OddAnswer("an argument became something else")
    if isinstance(value, (list, bytearray)):
        value[:] = fresh
    elif isinstance(value, (dict, set)):
        value.clear()
        value.update(fresh)
    elif isinstance(value, collections.deque):
        value.clear()
        value.extend(fresh)
    elif hasattr(value, "_update_inplace"):  # pandas has no public way to become another frame
        value._update_inplace(fresh)
    elif value.shape == fresh.shape and value.dtype == fresh.dtype:
        value[...] = fresh
    else:
        raise OddAnswer("an array changed its shape in place")


def _items(codec, values):
    return [codec._encode(value) for value in values]


def _tagged(tag):
    return lambda codec, value: {"t": tag, "v": _items(codec, value)}


def _text(tag, write=str):
    return lambda codec, value: {"t": tag, "v": write(value)}


def _write_dict(codec, value):
    return {"t": "dict", "v": [[codec._encode(key), codec._encode(each)]
                               for key, each in value.items()]}


def _write_default(codec, value):
    factory = value.default_factory
    if factory is not None and not (isinstance(factory, type)
                                    and factory.__module__ == "builtins"):
        return None
    return {**_write_dict(codec, value), "t": "defaultdict",
            "factory": factory and factory.__name__}


def _write_view(codec, value):
    name = type(value).__name__
    items = value if name == "dict_items" else [(each, each) for each in value]
    return {"t": name, "v": [_items(codec, pair) for pair in items]}


def _write_namedtuple(codec, value):
    return {"t": "namedtuple", "name": type(value).__name__, "fields": list(value._fields),
            "v": _items(codec, value)}


def _write_exception(codec, value):
    return {"t": "exception", "classes": classes_of(type(value)),
            "v": _items(codec, value.args)}


def _writer_of_family(kind):
    """Return the writer for a type that is one of many, or None."""
    if kind.__name__ in VIEWS and kind.__module__ == "builtins":
        return _write_view
    if kind.__module__ == "numpy" and issubclass(kind, sys.modules["numpy"].generic):
        return _write_scalar
    if kind.__module__.startswith("numpy") and issubclass(kind, sys.modules["numpy"].dtype):
        return lambda codec, value: {"t": "dtype", "v": value.str} if value.kind in KINDS + "O" \
            else None
    if kind.__bases__ == (tuple,) and isinstance(getattr(kind, "_fields", None), tuple) \
            and kind.__eq__ is tuple.__eq__:
        return _write_namedtuple
    if issubclass(kind, BaseException) and kind.__module__ != "__main__":
        return _write_exception
    return None


def _write_array(codec, value):
    if value.dtype.kind == "O":
        return {"t": "objects", "shape": list(value.shape),
                "v": _items(codec, value.ravel().tolist())}
    if value.dtype.kind not in KINDS or value.dtype.fields:
        return None
    return {"t": "array", "dtype": value.dtype.str, "shape": list(value.shape),
            "v": base64.b64encode(value.tobytes()).decode()}


def _write_scalar(codec, value):
    array = sys.modules["numpy"].asarray(value)
    written = _write_array(codec, array) if array.dtype.kind in KINDS else None
    return written and {**written, "t": "scalar"}


def _write_matrix(codec, value):
    written = _write_array(codec, sys.modules["numpy"].asarray(value))
    return written and {"t": "matrix", "v": written}


def _write_masked(codec, value):
    """Write a masked array with NaN where it is masked: a mask makes every comparison hold."""
    numpy = sys.modules["numpy"]
    if value.dtype.kind not in "biuf":
        return None
    plain = numpy.array(value.data)
    if numpy.ma.getmaskarray(value).any():
        plain = numpy.where(numpy.ma.getmaskarray(value), numpy.nan, plain)
    return _write_array(codec, plain)


def _write_timestamp(codec, value):
    return {"t": "Timestamp", "v": value.isoformat(), "tz": value.tz and str(value.tz),
            "unit": value.unit}


def _write_timedelta(codec, value):
    return {"t": "Timedelta", "v": value.isoformat(), "unit": value.unit}


def _write_column(codec, column):
    """Write what a column or an index of pandas holds; None if that does not travel."""
    numpy, pandas = sys.modules["numpy"], sys.modules["pandas"]
    array, dtype = column.array, column.dtype
    if isinstance(dtype, numpy.dtype):
        written = _write_array(codec, numpy.asarray(column))
        return written and {"c": "numpy", "v": written}
    if isinstance(dtype, pandas.CategoricalDtype):
        categories = _write_index(codec, dtype.categories)
        return categories and {"c": "category", "ordered": bool(dtype.ordered),
                               "categories": categories,
                               "codes": _write_array(codec, numpy.asarray(array.codes))}
    if isinstance(dtype, pandas.DatetimeTZDtype):
        return {"c": "times", "tz": str(dtype.tz), "unit": dtype.unit,
                "v": _write_array(codec, numpy.asarray(array.asi8))}
    if EXTENSION.fullmatch(dtype.name):
        return {"c": "extension", "dtype": str(dtype),
                "v": [None if pandas.isna(each) else codec._encode(each) for each in array]}
    return None


def _write_index(codec, value):
    pandas = sys.modules["pandas"]
    if type(value) is pandas.RangeIndex:
        content = {"k": "range", "v": [value.start, value.stop, value.step]}
    elif type(value) is pandas.MultiIndex:
        levels = [_write_index(codec, level) for level in value.levels]
        if None in levels:
            return None
        content = {"k": "levels", "levels": levels, "names": _items(codec, value.names),
                   "codes": [list(map(int, codes)) for codes in value.codes]}
    else:
        column = _write_column(codec, value)
        if column is None:
            return None
        content = {"k": "column", "v": column, "freq": getattr(value, "freqstr", None)}
    return {"t": "Index", **content, "name": codec._encode(value.name)}


def _write_series(codec, value):
    column, index = _write_column(codec, value), _write_index(codec, value.index)
    if column is None or index is None:
        return None
    return {"t": "Series", "v": column, "index": index, "name": codec._encode(value.name)}


def _write_frame(codec, value):
    columns = [_write_column(codec, value.iloc[:, place])
               for place in range(value.shape[1])]
    index, names = _write_index(codec, value.index), _write_index(codec, value.columns)
    if None in columns or index is None or names is None:
        return None
    return {"t": "DataFrame", "v": columns, "index": index, "columns": names}


PLAIN = {
    int: _text("int", hex), tuple: _tagged("tuple"), set: _tagged("set"),
    frozenset: _tagged("frozenset"), dict: _write_dict, collections.OrderedDict:
    lambda codec, value: {**_write_dict(codec, value), "t": "OrderedDict"},
    collections.Counter: lambda codec, value: {**_write_dict(codec, value), "t": "Counter"},
    collections.defaultdict: _write_default,
    collections.deque: lambda codec, value: {"t": "deque", "v": _items(codec, value),
                                             "most": value.maxlen},
    bytes: _text("bytes", lambda value: base64.b64encode(value).decode()),
    bytearray: _text("bytearray", lambda value: base64.b64encode(value).decode()),
    complex: lambda codec, value: {"t": "complex", "v": [value.real, value.imag]},
    range: lambda codec, value: {"t": "range", "v": [value.start, value.stop, value.step]},
    slice: lambda codec, value: {"t": "slice", "v": _items(codec, (value.start, value.stop,
                                                                   value.step))},
    type(...): lambda *_: {"t": "Ellipsis"},
    type(NotImplemented): lambda *_: {"t": "NotImplemented"},
    fractions.Fraction: _text("Fraction"), decimal.Decimal: _text("Decimal"),
    datetime.date: lambda codec, value: {"t": "date", "v": [value.year, value.month, value.day]},
    datetime.datetime: lambda codec, value: None if value.tzinfo else {
        "t": "datetime", "v": value.isoformat()},
    datetime.time: lambda codec, value: None if value.tzinfo else {
        "t": "time", "v": value.isoformat()},
    datetime.timedelta: lambda codec, value: {"t": "timedelta", "v": [
        value.days, value.seconds, value.microseconds]},
    re.Pattern: lambda codec, value: {"t": "Pattern", "v": codec._encode(value.pattern),
                                      "flags": value.flags},
    type(pathlib.Path()): _text("Path"),
}


def classes_of(kind):
    """Return the names of a class and of its bases, each as [module, qualified name].

    Parameters
    ----------
    kind : type
    """
    return [[str(each.__module__), each.__qualname__] for each in type.mro(kind)[:20]]


def library_thing(module, name):
    """Return a thing that a loaded library holds, or None; nothing of the examiner's own.

    Parameters
    ----------
    module, name : str
        The name is qualified; empty, it means the module.
    """
    thing = None if str(module).startswith(PRIVATE) else sys.modules.get(module)
    for part in filter(None, str(name).split(".")):
        if not isinstance(thing, (types.ModuleType, type)):  # the methods of an object are its own
            return None
        thing = getattr(thing, part, None)
    return thing


def library_reference(thing):
    """Return a reference to a class, a function or a module of a library; None for others.

    Parameters
    ----------
    thing : object
    """
    if type(thing) is type(sys):
        module, names = thing.__name__, [""]
    else:
        module = getattr(thing, "__module__", None)
        names = [getattr(thing, each, None) for each in ("__qualname__", "__name__")]
    if not isinstance(module, str) or module == "__main__":
        return None
    return next(({"t": "library", "module": module, "name": name} for name in names
                 if isinstance(name, str) and library_thing(module, name) is thing), None)


def _module(name):
    """Return NumPy or pandas, also where only the other side has imported it."""
    return sys.modules.get(name) or importlib.import_module(name)


def _pairs(codec, data):
    return [(codec._decode(key), codec._decode(value)) for key, value in data["v"]]


def _values(codec, data):
    return [codec._decode(each) for each in data["v"]]


def _read_array(codec, data):
    numpy = _module("numpy")
    dtype, shape = numpy.dtype(data["dtype"]), tuple(map(int, data["shape"]))
    content = base64.b64decode(data["v"])
    if dtype.kind not in KINDS or min(shape, default=0) < 0 or math.prod(shape) > MOST_ITEMS \
            or math.prod(shape) * dtype.itemsize != len(content):
        raise OddAnswer("it is no array")
    if not content:
        return numpy.empty(shape, dtype)
    return numpy.frombuffer(content, dtype).reshape(shape).copy()


def _read_objects(codec, data):
    numpy = _module("numpy")
    values, shape = _values(codec, data), tuple(map(int, data["shape"]))
    array = numpy.empty(len(values), object)
    array[:] = values
    return array.reshape(shape)


def _read_view(codec, data):
    return VIEWS[data["t"]](dict(_pairs(codec, data)))


def _read_default(codec, data):
    factory = {None: None, "int": int, "float": float, "list": list, "dict": dict, "set": set,
               "str": str, "tuple": tuple, "bool": bool}[data["factory"]]
    return collections.defaultdict(factory, _pairs(codec, data))


def _read_namedtuple(codec, data):
    kind = collections.namedtuple(str(data["name"]), list(map(str, data["fields"])))
    return kind(*_values(codec, data))


def _read_exception(codec, data):
    kind = exception_class(data["classes"])
    error = kind.__new__(kind)
    error.args = tuple(_values(codec, data))
    return error


_made_classes = {}


def exception_class(classes):
    """Return the class of an exception by the names of it and its bases.

    One of the learner's own becomes a class of that name here, always the same.

    Parameters
    ----------
    classes : list
        See `classes_of`.

    Raises
    ------
    OddAnswer
        If they name no exception.
    """
    for place, (module, name) in enumerate(classes):
        kind = library_thing(module, name)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            if place == 0:
                return kind
            key = (*map(tuple, classes),)
            if key not in _made_classes:
                _made_classes[key] = type(str(classes[0][1]), (kind,), {})
            return _made_classes[key]
    raise OddAnswer("it is no exception")


def _read_column(codec, data):
    numpy, pandas = _module("numpy"), _module("pandas")
    if data["c"] == "numpy":
        return codec._decode(data["v"])
    if data["c"] == "category":
        return pandas.Categorical.from_codes(codec._decode(data["codes"]),
                                             codec._decode(data["categories"]),
                                             ordered=bool(data["ordered"]))
    if data["c"] == "times":
        times = codec._decode(data["v"]).view(f"M8[{data['unit']}]")
        return pandas.DatetimeIndex(times).tz_localize("UTC").tz_convert(data["tz"]).array
    if data["c"] == "extension":
        values = [None if each is None else codec._decode(each) for each in data["v"]]
        return pandas.array(numpy.array(values, object), dtype=str(data["dtype"]))
    raise OddAnswer("it is no column")


def _read_index(codec, data):
    pandas, name = _module("pandas"), codec._decode(data["name"])
    if data["k"] == "range":
        return pandas.RangeIndex(*map(int, data["v"]), name=name)
    if data["k"] == "levels":
        return pandas.MultiIndex([codec._decode(level) for level in data["levels"]],
                                 data["codes"], names=[codec._decode(each)
                                                       for each in data["names"]])
    index = pandas.Index(_read_column(codec, data["v"]), name=name)
    if data.get("freq"):
        index.freq = str(data["freq"])
    return index


def _read_series(codec, data):
    return _module("pandas").Series(_read_column(codec, data["v"]),
                                        index=codec._decode(data["index"]),
                                        name=codec._decode(data["name"]))


def _read_frame(codec, data):
    pandas, index = _module("pandas"), codec._decode(data["index"])
    columns = {place: pandas.Series(_read_column(codec, column), index=index)
               for place, column in enumerate(data["v"])}
    frame = pandas.DataFrame(columns, index=index)
    frame.columns = codec._decode(data["columns"])
    return frame


def _read_timestamp(codec, data):
    stamp = _module("pandas").Timestamp(str(data["v"]))
    return (stamp.tz_convert(str(data["tz"])) if data["tz"] else stamp).as_unit(str(data["unit"]))


READERS = {
    "int": lambda codec, data: int(data["v"], 16),
    "tuple": lambda codec, data: tuple(_values(codec, data)),
    "set": lambda codec, data: set(_values(codec, data)),
    "frozenset": lambda codec, data: frozenset(_values(codec, data)),
    "dict": lambda codec, data: dict(_pairs(codec, data)),
    "OrderedDict": lambda codec, data: collections.OrderedDict(_pairs(codec, data)),
    "Counter": lambda codec, data: collections.Counter(dict(_pairs(codec, data))),
    "defaultdict": _read_default,
    "deque": lambda codec, data: collections.deque(_values(codec, data), data["most"]),
    "bytes": lambda codec, data: base64.b64decode(data["v"]),
    "bytearray": lambda codec, data: bytearray(base64.b64decode(data["v"])),
    "complex": lambda codec, data: complex(*map(float, data["v"])),
    "range": lambda codec, data: range(*map(int, data["v"])),
    "slice": lambda codec, data: slice(*_values(codec, data)),
    "Ellipsis": lambda *_: ..., "NotImplemented": lambda *_: NotImplemented,
    "Fraction": lambda codec, data: fractions.Fraction(str(data["v"])),
    "Decimal": lambda codec, data: decimal.Decimal(str(data["v"])),
    "date": lambda codec, data: datetime.date(*map(int, data["v"])),
    "datetime": lambda codec, data: datetime.datetime.fromisoformat(data["v"]),
    "time": lambda codec, data: datetime.time.fromisoformat(data["v"]),
    "timedelta": lambda codec, data: datetime.timedelta(*map(int, data["v"])),
    "Pattern": lambda codec, data: re.compile(codec._decode(data["v"]), int(data["flags"])),
    "Path": lambda codec, data: pathlib.Path(str(data["v"])),
    "namedtuple": _read_namedtuple, "exception": _read_exception,
    "array": _read_array, "objects": _read_objects,
    "scalar": lambda codec, data: _read_array(codec, data)[()],
    "matrix": lambda codec, data: _module("numpy").matrix(codec._decode(data["v"])),
    "dtype": lambda codec, data: _module("numpy").dtype(str(data["v"])),
    "Index": _read_index, "Series": _read_series, "DataFrame": _read_frame,
    "Timestamp": _read_timestamp,
    "Timedelta": lambda codec, data: _module("pandas").Timedelta(str(data["v"])).as_unit(
        str(data["unit"])),
    "NaT": lambda *_: _module("pandas").NaT, "NA": lambda *_: _module("pandas").NA,
} | dict.fromkeys(VIEWS, _read_view)
