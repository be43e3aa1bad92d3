"""What a test relies on that has to run in the learner's own process, and what changed of it.

Nothing can be proved there. This notices the usual ways, so that a person can look;
docs/grading.md states what remains.
"""

import ast
import builtins
import contextlib
import functools
import os
import re
import sys
import sysconfig
import types
from pathlib import Path

# what runs a cell and says how it went
MACHINERY = ("IPython.core.interactiveshell", "IPython.core.displayhook",
             "IPython.core.async_helpers", "IPython.core.compilerop",
             "IPython.core.inputtransformer2", "IPython.core.ultratb", "ipykernel.zmqshell",
             "traceback", "ast", "codeop", "json", "forkgrade.forkserver.session",
             "forkgrade.forkserver.shell", "forkgrade.forkserver.outputs",
             "forkgrade.forkserver.messages", "forkgrade.examiner.watch")
TOOLS = ("builtins", "math", "operator", "statistics", "unittest", "unittest.case", "numpy",
         "numpy.testing", "numpy.testing._private.utils", "numpy._core.numeric", "pandas",
         "pandas.testing", "pandas._testing.asserters")
INSIDE = ("__code__", "__defaults__", "__kwdefaults__", "__wrapped__")
# IPython puts the first ones into builtins itself; no test relies on input() or print()
HARMLESS = {"display", "get_ipython", "exit", "quit", "input", "print"}
TRUSTED = ("IPython", "ipykernel", "matplotlib_inline", "traitlets", "matplotlib")
MAGIC = frozenset(f"__{name}__" for name in (
    "eq", "ne", "lt", "le", "gt", "ge", "bool", "contains", "array_ufunc", "array_function"))
GRADER = str(Path(__file__).resolve().parents[1])
LIBRARIES = (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), GRADER, "<frozen ",
             "<__array_function__")
BUILTINS = {name: thing for name, thing in vars(builtins).items() if name[0] != "_"}
# what `from numpy import *` makes of builtins, and a test can take for them; not `all` and `any`:
# numpy's are true of every generator
ALIKE = {"abs", "bool", "divmod", "max", "min", "pow", "round", "sum"}
MOST_NAMED = 5
IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE


class Watch:
    """Compares what tests rely on with its state before the learner's first cell.

    Parameters
    ----------
    shell : forkgrade.forkserver.shell.Shell
    modules : iterable of str
        What the instructor's notebook imports, and tests may use.
    instructor_files : set of str
        Names of files that are not the learner's, which may still grow.
    libraries : iterable of str
        Folders of packages that are not the learner's: a course's own.
    """

    def __init__(self, shell, modules=(), instructor_files=frozenset(), libraries=()):
        self._shell, self._instructor_files = shell, instructor_files
        self._libraries = (*LIBRARIES, *libraries)
        self._trusted = {*TRUSTED, *(os.path.basename(os.path.normpath(each))
                                     for each in libraries)}
        self._tools = tuple(dict.fromkeys((*TOOLS, *modules)))
        self._names = dict(shell.user_ns)
        self._before, self._first_hooks = self._state(), self._hooks_of_shell()
        # kept out of reach of a learner who replaces names in sys
        self._hooks = (sys.gettrace, sys.getprofile)

    def changes(self, code, meanings):
        """Return the names of what has changed and a test relies on.

        Parameters
        ----------
        code : str
            The test.
        meanings : dict
            See `shadowed_names`.

        Returns
        -------
        list of str
        """
        words, now = set(re.findall(r"\w+", code)), self._state()
        changed = [name for name, state in self._before.items() if now.get(name) != state]
        changed += [name for name in now if name not in self._before
                    and name.startswith("get_ipython")]
        names = [name for name in changed if name.startswith((*MACHINERY, "get_ipython"))
                 or name.rpartition(".")[2] in words or set(name.split(".")[1:]) & words]
        if any(hook() is not None for hook in self._hooks):
            names.append("a trace or profile function (sys.settrace, sys.setprofile)")
        if getattr(sys, "monitoring", None) and any(
                sys.monitoring.get_tool(number) for number in range(6)):
            names.append("sys.monitoring")
        return sorted({*names, *self._shell_changes(),
                       *shadowed_names(code, self._shell.user_ns, meanings, self._names)})

    def classes(self, usual):
        """Return which classes of the learner's answer comparisons themselves.

        Parameters
        ----------
        usual : iterable of str
            Special methods that the instructor's own classes have.

        Returns
        -------
        list of str
            As ``Class.__eq__``.
        """
        found, usual = [], set(usual)
        for kind in _all_classes():
            space = type.__getattribute__(kind, "__dict__")
            methods = MAGIC & set(space) - usual
            if methods and "__dataclass_fields__" not in space:
                found += [f"{kind.__qualname__}.{name}" for name in sorted(methods)
                          if self._is_learners(kind, space[name])]
        return found[:MOST_NAMED]

    def _is_learners(self, kind, method):
        if type(method) is not types.FunctionType:  # compiled, or an object that can be called
            return kind.__module__ == "__main__" and not hasattr(method, "__objclass__")
        file = method.__code__.co_filename
        return file not in self._instructor_files and not file.startswith(self._libraries)

    def _state(self):
        state = {}
        for module in (*self._tools, *MACHINERY):
            space = getattr(sys.modules.get(module), "__dict__", None)
            for name, thing in list((space or {}).items()):
                if name != "_" and not (module == "builtins" and name in HARMLESS):
                    # into the classes of large libraries it would look for a tenth of a second
                    _note(state, f"{module}.{name}", thing, module in (*TOOLS, *MACHINERY))
        for name, thing in list(vars(self._shell).items()):
            if callable(thing):
                _note(state, f"get_ipython().{name}", thing)
        for name in ("compile", "input_transformer_manager", "displayhook", "display_pub",
                     "InteractiveTB", "events", "display_formatter"):
            part = getattr(self._shell, name, None)
            _note(state, f"get_ipython().{name} (its class)", type(part), inside=True)
            for inner, thing in list(getattr(part, "__dict__", {}).items()):
                if callable(thing) and inner not in ("_", "__", "___"):  # the last results
                    _note(state, f"get_ipython().{name}.{inner}", thing)
        return state

    def _hooks_of_shell(self):
        manager = self._shell.input_transformer_manager
        groups = (self._shell.ast_transformers, self._shell.input_transformers_post,
                  manager.cleanup_transforms, manager.line_transforms, manager.token_transformers)
        hooks = [hook for group in groups for hook in group]
        return hooks + [hook for each in self._shell.events.callbacks.values() for hook in each]

    def _shell_changes(self):
        names, hooks = [], self._hooks_of_shell()
        if any(hook not in hooks for hook in self._first_hooks) or any(
                hook not in self._first_hooks and _package(hook) not in self._trusted
                for hook in hooks):
            names.append("the hooks of get_ipython()")
        if self._shell.custom_exceptions:
            names.append("get_ipython().set_custom_exc")
        return names


def _note(state, name, thing, inside=False):
    """Note what a function or a class is, and what is in it."""
    if isinstance(thing, types.ModuleType):
        state[name] = id(thing)
        return
    if not callable(thing):
        return
    parts = []
    if type(thing) is types.FunctionType:
        parts = [id(getattr(thing, part, None)) for part in INSIDE]
        with contextlib.suppress(ValueError):  # a cell that is empty yet
            parts += [id(cell.cell_contents) for cell in thing.__closure__ or ()]
    state[name] = (id(thing), *parts)
    if inside and issubclass(type(thing), type) and not thing.__flags__ & IMMUTABLE:
        for each, part in list(vars(thing).items()):
            part = getattr(part, "__func__", part)
            if type(part) in (types.FunctionType, functools.cached_property, property):
                _note(state, f"{name}.{each}", getattr(part, "fget", part))


def _all_classes():
    """Yield all classes that there are and were made in Python."""
    seen, queue = set(), [object]
    while queue:
        for kind in type.__subclasses__(queue.pop()):
            if kind not in seen:
                seen.add(kind)
                queue.append(kind)
                yield kind


def shadowed_names(code, names, lab, initial_names):
    """Return the names in a test that no longer mean what they meant when it was written.

    Parameters
    ----------
    code : str
        The test.
    names : dict
        What the learner's names hold.
    lab : dict
        Of the instructor's notebook: `imports`, for each name ``[module, attribute or None]``, for
        a star the attribute ``*``; and `assigned`, the names that it gives a meaning of its own.
    initial_names : dict
        What names held when the kernel was forked.

    Returns
    -------
    list of str
    """
    try:
        words = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # a magic command, for example
        words = set(re.findall(r"\w+", code))
    stars = [module for module, attribute in lab["imports"].values() if attribute == "*"]
    shadowed = []
    for name in sorted(words & set(names)):
        if name in lab["imports"]:
            module, attribute = lab["imports"][name]
            thing = sys.modules.get(module)
            thing = getattr(thing, attribute, thing) if attribute else thing
            if thing is not None and names[name] is not thing:
                shadowed.append(name)
        elif name in BUILTINS and name not in HARMLESS and name not in lab["assigned"] \
                and not any(names[name] is each for each in _meanings(name, stars, initial_names)):
            shadowed.append(name)
    return shadowed


def _meanings(name, stars, initial_names):
    """Yield what the name of a builtin may legitimately hold."""
    yield BUILTINS[name]
    if name in initial_names:  # IPython has `open`, `exit` and `quit` of its own
        yield initial_names[name]
    for module in (*stars, *(("numpy", "math") if name in ALIKE else ())):
        if hasattr(sys.modules.get(module), name):
            yield getattr(sys.modules[module], name)


def _package(hook):
    # where it was defined, which is harder to forge than what it says of itself
    space = getattr(getattr(hook, "__func__", hook), "__globals__", None)
    module = space.get("__name__") if isinstance(space, dict) else type(hook).__module__
    return str(module).split(".")[0]
