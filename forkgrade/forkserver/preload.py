"""What a lab imports, imported before it is needed: the fork server of `course grade`.

Which modules a lab needs shows when the instructor's notebooks are run, see `forkgrade.rehearsal`;
the next time the fork server starts with them at once. Nothing heavy is imported here: whoever
grades starts it before anything else.
"""

import contextlib
import hashlib
import json
import sys
from pathlib import Path

from course_utils.notebooks.notebook_file import read
from course_utils.paths import is_litter, write_whole
from forkgrade.forkserver.client import ForkServer
from forkgrade.suite import is_hidden, registered

STATE = Path(".plain-sight") / "grading"  # below the course's folder
NEVER_PRELOADED = ("__main__", "__mp_main__", "forkgrade", "antigravity", "this", "idlelib")


class Preload:
    """The fork server of a lab, with what its notebooks import.

    Parameters
    ----------
    source : pathlib.Path
        The folder with the instructor's notebooks.
    state : pathlib.Path, optional
        Where to remember what they load, for the next time.
    sandbox : bool
        Whether learners' code is shut in.
    """

    def __init__(self, source, state=None, *, sandbox=True):
        self.source, self.sandbox = source, sandbox
        self._path = state and state / f"{source.name}.modules.json"
        self._loaded, self._server = None, None

    @property
    def modules(self):
        """What the fork server imports when it starts."""
        if self._loaded is None:
            self._loaded = self._remembered()
        return self.imported() if self._loaded is None else self._loaded

    def imported(self):
        """Return what the notebooks import by name, found without running them."""
        from forkgrade.steps.instructor_notebook import imports

        modules = {module for nb in self._notebooks() for module, _ in imports(nb).values()}
        return ["numpy", *_needed_with(modules), *sorted(filter(_may_preload, modules))]

    def start(self):
        """Start the fork server, which imports while the caller goes on; return this object.

        Raises
        ------
        CourseError
            If there is no fork or no bubblewrap.
        """
        self._server = ForkServer(self.modules, sandbox=self.sandbox)
        return self

    @property
    def server(self):
        """The running fork server; a new one if the first is gone."""
        if self._server is None or self._server.process.poll() is not None:
            self.stop()
            self.start()
        return self._server

    def learn(self, names, files=()):
        """Import what running the notebooks has loaded, and remember it for the next start.

        Parameters
        ----------
        names : iterable of str
            The modules; those that each kernel has to import by itself are left out.
        files : iterable of str
            Names of what lies beside the notebooks.
        """
        beside = {name.removesuffix(".py").split("/")[0] for name in files}
        modules = sorted(name for name in names if _may_preload(name)
                         and name.split(".")[0] not in beside)
        if modules == self._loaded:
            return
        self._loaded = modules
        self.server.more(modules)
        if self._path:
            write_whole(self._path, json.dumps({"of": self._digest(), "modules": modules}))

    def _notebooks(self):
        import_nbformat()
        return [read(path).to_node() for path in sorted(self.source.glob("*.ipynb"))
                if not is_litter(path.name)]

    def _remembered(self):
        """Return the modules remembered for these notebooks, or None."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            memory = json.loads(self._path.read_text("utf-8"))
            return memory["modules"] if memory["of"] == self._digest() else None
        return None

    def _digest(self):
        """Return a text that changes with the notebooks and the modules beside them."""
        digest = hashlib.sha256()
        for path in sorted([*self.source.glob("*.ipynb"), *self.source.glob("*.py")]):
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def stop(self):
        """End the fork server and with it every kernel."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def _needed_with(modules):
    """Return what the courses that these modules belong to need in a kernel besides."""
    packages = {module.split(".")[0] for module in modules}
    return [name for suite in registered() for name in suite.preload
            if name.split(".")[0] in packages]


def _may_preload(module):
    return not module.startswith(NEVER_PRELOADED) and not is_hidden(module)


def import_nbformat():
    """Import nbformat without the grammar of web addresses, which takes a second to build.

    jsonschema imports it for two formats that notebooks do not use, and works without it too.
    Worth it only before anything else imports jsonschema.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        import nbformat

        return nbformat
    sys.modules[grammar] = None
    try:
        import nbformat
    finally:
        del sys.modules[grammar]
    return nbformat
