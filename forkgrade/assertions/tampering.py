"""What a test of plain assertions relies on, and whether a learner's code changed it.

Such a test runs in the learner's own process, where nothing can be proved. This looks for the
usual ways; docs/grading.md states what remains.
"""

import ast
import builtins
import os
import re
import sys
import types

MODULES = ("builtins", "math", "operator", "unittest.case", "numpy", "numpy.testing",
           "numpy.testing._private.utils", "numpy._core.numeric", "pandas.testing",
           "pandas._testing.asserters", "IPython.core.interactiveshell", "IPython.core.displayhook",
           "IPython.core.async_helpers", "IPython.core.compilerop", "traceback", "ast", "codeop",
           "forkgrade.forkserver.session", "forkgrade.forkserver.shell",
           "forkgrade.forkserver.outputs", "forkgrade.assertions.tampering",
           "forkgrade.forkserver.messages", "json")
SHELL = ("run_cell", "run_cell_async", "_run_cell", "run_code", "run_ast_nodes", "showtraceback",
         "_showtraceback", "transform_cell", "displayhook", "display_pub", "compile", "events",
         "trio_runner", "loop_runner", "loop_runner_map", "should_run_async")
INSIDE = ("__code__", "__defaults__", "__kwdefaults__")
# IPython puts the first ones into builtins itself; no test relies on input() or print()
HARMLESS = ("display", "get_ipython", "exit", "quit", "input", "print")
TRUSTED = ("IPython", "ipykernel", "matplotlib_inline", "traitlets", "matplotlib")

BUILTINS = {name: thing for name, thing in vars(builtins).items() if name[0] != "_"}
# what `from numpy import *` makes of builtins, and a test can take for them; not `all` and `any`:
# numpy's are true of every generator
ALIKE = {"abs", "bool", "divmod", "max", "min", "pow", "round", "sum"}


class Watch:
    """Compares what tests rely on with its state when the kernel was forked.

    Parameters
    ----------
    shell : forkgrade.forkserver.shell.Shell

    Attributes
    ----------
    names : dict
        What names held then.
    """

    def __init__(self, shell):
        self._shell = shell
        self.names = dict(shell.user_ns)
        self._modules = MODULES
        self._snapshot = dict(_parts(self._modules))
        self._classes = {name: getattr(type(shell), name, None) for name in SHELL}
        self._overrides = {name: shell.__dict__.get(name) for name in SHELL}
        self._displays = _display_attributes(shell)
        self._transformers = [id(each) for each in _transformers(shell)]
        # kept out of reach of a learner who replaces names in builtins or sys
        self._gettrace, self._getprofile, self._isinstance = (
            sys.gettrace, sys.getprofile, builtins.isinstance)

    def also(self, modules):
        """Watch these modules too, as they are now.

        Parameters
        ----------
        modules : iterable of str
        """
        self._modules = (*self._modules, *modules)
        self._snapshot |= dict(_parts(modules))

    def changes(self, libraries=()):
        """Return the names of what has changed, sorted.

        Parameters
        ----------
        libraries : iterable of str
            Folders of packages whose hooks in the shell do not count: a course's own.
        """
        now = dict(_parts(self._modules))
        names = [name for name, parts in self._snapshot.items() if now.get(name, parts) != parts]
        if self._gettrace() is not None or self._getprofile() is not None:
            names.append("sys.settrace")
        if getattr(sys, "monitoring", None) and any(
                sys.monitoring.get_tool(number) for number in range(6)):
            names.append("sys.monitoring")
        return sorted(names + self._shell_changes(libraries))[:20]

    def _shell_changes(self, libraries):
        shell, names = self._shell, []
        trusted = {*TRUSTED, *(os.path.basename(os.path.normpath(path)) for path in libraries)}
        for name in SHELL:
            if getattr(type(shell), name, None) is not self._classes[name] \
                    or shell.__dict__.get(name) is not self._overrides[name]:
                names.append(f"get_ipython().{name}")
        if _display_attributes(shell) != self._displays:
            names.append("get_ipython()'s display of results")
        if [id(each) for each in _transformers(shell)] != self._transformers:
            names.append("get_ipython() transformers")
        if any(_package(hook) not in trusted for hooks in shell.events.callbacks.values()
               for hook in hooks):
            names.append("get_ipython().events")
        if shell.custom_exceptions:
            names.append("get_ipython().set_custom_exc")
        return names


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
    except SyntaxError:  # a magic command
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


def _display_attributes(shell):
    """Return which methods of the objects that show results were overridden on the instance."""
    return [(type(part).__name__, name, id(thing))
            for part in (shell.displayhook, shell.display_pub, shell.InteractiveTB,
                         shell.displayhook.session)
            for name, thing in sorted(vars(part).items())
            if callable(thing) and name not in ("_", "__", "___")]  # these are the last results


def _transformers(shell):
    manager = shell.input_transformer_manager
    return [*shell.ast_transformers, *shell.input_transformers_post, *manager.cleanup_transforms,
            *manager.line_transforms, *manager.token_transformers]


def _package(hook):
    # where it was defined, which is harder to forge than what it says of itself
    space = getattr(getattr(hook, "__func__", hook), "__globals__", None)
    module = space.get("__name__") if isinstance(space, dict) else type(hook).__module__
    return str(module).split(".")[0]


def _parts(modules):
    """Yield (name, ids of it and of its code and defaults) for functions and classes."""
    for module in modules:
        if module not in sys.modules:
            continue
        for name, thing in list(vars(sys.modules[module]).items()):
            if name == "_" or not callable(thing):
                continue
            if module == "builtins" and name in HARMLESS:
                continue
            yield f"{module}.{name}", (
                id(thing), *(id(getattr(thing, part, None)) for part in INSIDE))
            if isinstance(thing, type) and module in ("unittest.case",):
                yield from ((f"{module}.{name}.{each}",
                             (id(part), *(id(getattr(part, inner)) for inner in INSIDE)))
                            for each, part in vars(thing).items()
                            if isinstance(part, types.FunctionType))
