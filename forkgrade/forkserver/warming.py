"""What a warm parent has to import for a lab: found out once, by running the instructor's notebook
in a kernel of its own and looking at the modules that are loaded then."""

import contextlib

import nbformat

from forkgrade.forkserver import preload
from forkgrade.forkserver.client import ForkServer
from forkgrade.forkserver.messages import Closed, NotPlain
from forkgrade.steps.instructor_notebook import imports
from forkgrade.steps.submission import parts

ALWAYS = ("numpy", "course_utils.checks.remote", "course_utils.progress_file")
NOT_FOR_ALL = ("__main__", "__mp_main__", "course_utils.checks.lab", "forkgrade",
               "antigravity", "this", "idlelib")
SECONDS = 60  # for a cell of the rehearsal, as `nbgrader_config.py` gives to one that is graded


def warm_parent(source, sandbox, state=None, parent=None, files=()):
    """Start a warm parent that has imported what a lab needs.

    Parameters
    ----------
    source : pathlib.Path
        The folder with the instructor's notebooks.
    sandbox : bool
    state : pathlib.Path, optional
        Where to keep what was found out, for the next time.
    parent : forkgrade.forkserver.client.ForkServer, optional
        One that was started already, with what `kept.modules` or `modules_of` says.
    files : dict, optional
        What lies beside the notebooks, see `forkgrade.steps.submission.given`.

    Returns
    -------
    forkgrade.forkserver.client.ForkServer
    """
    modules = preload.modules(source, state)
    if modules:
        return parent or ForkServer(modules, sandbox=sandbox)
    notebooks = _read(source)
    parent = parent or ForkServer([*ALWAYS, *_imported(notebooks)], sandbox=sandbox)
    modules = [*ALWAYS, *_rehearse(parent, notebooks, dict(files))]
    parent.more(modules)
    if state:
        preload.keep(source, state, modules)
    return parent


def modules_of(source):
    """Return the modules that the notebooks of a folder import, without running them."""
    return [*ALWAYS, *_imported(_read(source))]


def _read(source):
    return [nbformat.read(path, 4) for path in sorted(source.glob("*.ipynb"))]


def _imported(notebooks):
    return sorted({module for nb in notebooks for module, _ in imports(nb).values()
                   if not module.startswith(NOT_FOR_ALL)})


def _rehearse(parent, notebooks, files):
    """Return the names of the modules that running the notebooks loads."""
    found = set()
    for nb in notebooks:
        with parent.kernel() as kernel, contextlib.suppress(Closed, NotPlain, TimeoutError):
            for part in parts(files):
                kernel.ask(part, timeout=SECONDS)
            for cell in nb.cells:
                if cell.cell_type == "code":
                    kernel.ask({"do": "execute", "code": cell.source}, timeout=SECONDS)
            found |= set(kernel.ask({"do": "modules"}, timeout=SECONDS)["modules"])
    beside = {name.removesuffix(".py").split("/")[0] for name in files}
    return sorted(name for name in found if not name.startswith(NOT_FOR_ALL)
                  and name.split(".")[0] not in beside)
