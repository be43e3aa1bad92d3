"""A check judged from outside: the learner's process only answers.

`recipe` writes down what the learner's process has to know: the names it must define and the code
that turns a drawn case into arguments. Neither judgement nor expected answers are among it.
"""

import inspect
import types

from course_utils.checks.calling import Fields, answer_of

NOTE = "This check is judged when the notebook is graded."


def recipe(check):
    """Return as plain data how a learner's object answers a check.

    Parameters
    ----------
    check : course_utils.checks.check.Check

    Returns
    -------
    dict
        `needs`, the names, and `arguments`: the keys of a case, or the source of `build` with all
        that it uses, or None.
    """
    return {"needs": list(check.needs), "arguments": _described(check.build)}


def _described(build):
    if build is None:
        return None
    if isinstance(build, Fields):
        return list(build.keys)
    pieces = {}
    _collect(build, pieces)
    return "\n\n".join([*pieces.values(), f"build = {build.__name__}\n"])


def answer(recipe, defined, inputs):
    """Return the plain answer of the learner's objects to the inputs of a check.

    Parameters
    ----------
    recipe : dict
        What the function `recipe` returned.
    defined : dict
        The names that the learner defined, with what they hold.
    inputs : list
        The drawn cases, plain data.
    """
    return answer_of(recipe["needs"], _built(recipe["arguments"]), defined, inputs)


def _built(arguments):
    if arguments is None:
        return None
    if isinstance(arguments, list):
        return Fields(arguments)
    space = {"__name__": "course_utils.checks.built"}
    exec(compile(arguments, "<check>", "exec"), space)
    return space["build"]


def _collect(thing, pieces):
    """Add the source of a function or class, and before it that of whatever it uses."""
    if thing.__name__ in pieces:
        return
    pieces[thing.__name__] = ""  # a promise, for functions that call each other
    module = inspect.getmodule(thing)
    for name in sorted(_names(thing)):
        if name in vars(module) and name not in pieces:
            _add(name, vars(module)[name], pieces)
    del pieces[thing.__name__]
    pieces[thing.__name__] = inspect.getsource(thing)


def _add(name, used, pieces):
    if isinstance(used, types.ModuleType):
        pieces[name] = f"import {used.__name__} as {name}"
    elif isinstance(used, (type, types.FunctionType)):
        if used.__module__.startswith("course_utils.checks.lab"):
            _collect(used, pieces)
        else:
            pieces[name] = f"from {used.__module__} import {used.__name__} as {name}"
    else:
        pieces[name] = f"{name} = {used!r}"


def _names(thing):
    if isinstance(thing, type):
        bases = {base.__name__ for base in thing.__bases__}
        return bases.union(*(_names(part) for part in vars(thing).values()
                             if isinstance(part, types.FunctionType)))
    return _of_code(thing.__code__)


def _of_code(code):
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return set(code.co_names).union(*map(_of_code, inner))


class _StandIn:
    def __init__(self, name):
        self.__name__ = name

    def __call__(self, *_, **__):
        print(NOTE)

    def __repr__(self):
        return f"<check {self.__name__}, judged from outside>"


def stand_in(name):
    """Return what takes the place of a check, or of `points_so_far`, where students' code runs.

    Parameters
    ----------
    name : str
    """
    if name.startswith("__"):
        raise AttributeError(name)
    return _StandIn(name)
