"""Patterns in a learner's code that make an assertion test untrustworthy."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from forkgrade.assertions.learner_code import MAGIC

# what honest code does with the words below
USUAL = re.compile(r"\bimport sys\b(?! as)|\bsys\.(setrecursionlimit|getrecursionlimit|maxsize|"
                   r"float_info|getsizeof|argv|stdin|stdout|stderr|version|version_info|platform|"
                   r"executable|exit|path)\b|\b(self|other)\.__dict__|"
                   r"\b(vars|getattr|setattr)\((?=(self|other)\b)")
POSED = re.compile(r"\b(as|import) (self|other)\b|\b(self|other) = ")
COMPILED = (".pyc", ".pyo", ".so", ".zip", ".egg", ".whl", ".pkl", ".pickle")


@dataclass(frozen=True)
class Rule:
    """One thing that code may do.

    Attributes
    ----------
    name : str
    matches : callable
        Says of a `forkgrade.assertions.learner_code.Code` whether it does that; for `UNREAD_FILE`,
        of a file's name.
    because : str
        What such code does; a flag quotes it after "code that".
    """

    name: str
    matches: Callable
    because: str


def _says(words):
    """Return a function that says whether code has one of some words, used in an unusual way."""
    pattern = re.compile(rf"\b({words})\b")
    return lambda code: bool(pattern.search(USUAL.sub("", code.text)))


def _is_odd(method):
    return bool(method.decorator_list) or any(isinstance(node, (ast.Yield, ast.YieldFrom))
                                              for node in ast.walk(method))


# where one of these matches, a special method can be called unseen
HIDING = (
    Rule("interpreter", _says("_?sys|ctypes|gc|inspect|modules|currentframe|f_back|tb_frame|"
                              "__traceback__|__code__|settrace|setprofile"),
         "reaches into the interpreter, where what watches comparisons can be switched off"),
    Rule("text as code", _says("runpy|importlib|__import__|exec|eval"),
         "runs code that does not stand there"),
    Rule("IPython", _says("get_ipython|run_cell"), "gives orders to IPython"),
    Rule("attributes by name", _says("vars|getattr|setattr|__dict__|metaclass"),
         "changes classes or attributes without writing their names"),
    Rule("posed", lambda code: bool(POSED.search(code.text)),
         "gives the name self or other to something else"),
    Rule("no Python", lambda code: code.nodes is None and bool(MAGIC.search(code.source)),
         "names a comparison in a cell that is no Python"),
    Rule("in a command", lambda code: code.nodes is not None and bool(MAGIC.search(code.commands)),
         "names a comparison in a command of IPython"),
    Rule("decorated", lambda code: any(map(_is_odd, code.methods)),
         "decorates a comparison, or makes a generator of it"),
    Rule("from outside", lambda code: bool(code.magic_elsewhere()),
         "sets or names a comparison outside of its class"),
)
# where one of these matches, a class can come from code that is not scanned
UNREAD = (
    Rule("stored", lambda code: bool(re.search(r"\b(pickle|marshal|zipimport)\b", code.source)),
         "loads objects that were stored"),
    Rule("mock", lambda code: bool(re.search(r"\bmock\b", code.source)),
         "uses objects that are equal to everything"),
    Rule("%run", lambda code: bool(re.search(r"^\s*%run\b", code.source, re.MULTILINE)),
         "runs a file"),
)
UNREAD_FILE = Rule("compiled", lambda name: name.endswith(COMPILED),
                   "was handed in compiled, packed or stored")
