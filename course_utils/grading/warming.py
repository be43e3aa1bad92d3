"""What a warm parent has to import for a lab: found out once, by running the instructor's notebook
in a kernel of its own and looking at the modules that are loaded then."""

import contextlib
import hashlib
import json
import os

import nbformat

from course_utils.grading import suspicion
from course_utils.kernels import bubblewrap
from course_utils.kernels.frames import Closed, NotPlain
from course_utils.kernels.warm import WarmParent, can_fork

ALWAYS = ("numpy", "course_utils.checks.outside", "course_utils.checks.progress")
NOT_FOR_ALL = ("__main__", "__mp_main__", "course_utils.checks.lab", "course_utils.kernels",
               "antigravity", "this", "idlelib")
SECONDS = 60  # for a cell of the rehearsal, as `nbgrader_config.py` gives to one that is graded


def warm_parent(source, sandbox, state=None, parent=None):
    """Start a warm parent that has imported what a lab needs.

    Parameters
    ----------
    source : pathlib.Path
        The folder with the instructor's notebooks.
    sandbox : bool
    state : pathlib.Path, optional
        Where to keep what was found out, for the next time.
    parent : course_utils.kernels.warm.WarmParent, optional
        What `early_parent` returned.

    Returns
    -------
    course_utils.kernels.warm.WarmParent
    """
    notebooks, name, kept, modules = _known(source, state)
    if modules:
        return parent or WarmParent(modules, sandbox=sandbox)
    parent = parent or WarmParent([*ALWAYS, *_imported(notebooks)], sandbox=sandbox)
    modules = [*ALWAYS, *_rehearse(parent, notebooks)]
    parent.more(modules)
    if kept:
        fresh = kept.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(json.dumps({"of": name, "modules": modules}), "utf-8")
        fresh.replace(kept)
    return parent


def early_parent(source, sandbox, state):
    """Start a warm parent at once, to be handed to `warm_parent` later; return it, or None."""
    if not can_fork() or sandbox and not bubblewrap.available() or not source.is_dir():
        return None  # whoever needs the parent then says why there is none
    notebooks, _, _, modules = _known(source, state)
    return WarmParent(modules or [*ALWAYS, *_imported(notebooks)], sandbox=sandbox)


def modules_of(source):
    """Return the modules that the notebooks of a folder import, without running them."""
    return [*ALWAYS, *_imported(_known(source, None)[0])]


def _known(source, state):
    """Return the notebooks of a folder, a name that changes with them, where what was found out
    about them is kept, and the modules if it was."""
    notebooks = [nbformat.read(path, 4) for path in sorted(source.glob("*.ipynb"))]
    name = hashlib.sha256(json.dumps(notebooks, sort_keys=True).encode()).hexdigest()
    kept = state / f"{source.name}.modules.json" if state else None
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        found = json.loads(kept.read_text("utf-8"))
        return notebooks, name, kept, found["modules"] if found["of"] == name else None
    return notebooks, name, kept, None


def _imported(notebooks):
    return sorted({module for nb in notebooks for module, _ in suspicion.imports(nb).values()
                   if not module.startswith(NOT_FOR_ALL)})


def _rehearse(parent, notebooks):
    """Return the names of the modules that running the notebooks loads."""
    found = set()
    for nb in notebooks:
        with parent.kernel() as kernel, contextlib.suppress(Closed, NotPlain, TimeoutError):
            for cell in nb.cells:
                if cell.cell_type == "code":
                    kernel.ask({"do": "execute", "code": cell.source}, timeout=SECONDS)
            found |= set(kernel.ask({"do": "modules"}, timeout=SECONDS)["modules"])
    return sorted(name for name in found if not name.startswith(NOT_FOR_ALL))
