"""Tell a person whose kernel started warm when their notebook's settings come too late.

The settings of a notebook are read from its file before its kernel is forked. What is changed
there and not saved is known only when the cell runs, after TensorFlow was loaded.
"""

import os
import re
import sys

# Libraries read these when they are loaded, and not again
READ_ONCE = ("TF_ENABLE_", "TF_CPP_", "TF_USE_", "TF_XLA_FLAGS", "XLA_FLAGS", "KERAS_BACKEND",
             "KERAS_HOME", "OMP_", "OPENBLAS_", "MKL_", "BLIS_", "NUMEXPR_", "JAX_")
LOADS = re.compile(r"^\s*(import|from)\s+(tensorflow|keras)\b", re.MULTILINE)
INSTALLS = re.compile(r"\b(pip3?|uv|conda|mamba)\b.*\binstall\b")


class LateSettings:
    """Compares the environment with that in which the libraries were loaded.

    Parameters
    ----------
    loaded_with : dict of str to str
        The fork server's environment before it imported anything.
    origins : forkgrade.forkserver.origins.Origins, optional
        The files of what it loaded.
    """

    def __init__(self, loaded_with, origins=None):
        self._loaded_with, self._origins = _read_once(loaded_with), origins
        self._before, self._told = None, set()

    def watch(self, shell):
        """Look after each cell.

        Parameters
        ----------
        shell : IPython.core.interactiveshell.InteractiveShell
        """
        self._before = _read_once(os.environ)
        shell.events.register("post_run_cell", self.look)

    def look(self, result):
        """Say once what came too late.

        Parameters
        ----------
        result : IPython.core.interactiveshell.ExecutionResult
            Of the cell that has just run.
        """
        code = getattr(result.info, "raw_cell", None) or ""
        for name in sorted(self._differing(code) - self._told):
            self._told.add(name)
            _say(f"{name} is {os.environ.get(name, 'not set')}, but the libraries of this kernel "
                 f"were loaded with {self._loaded_with.get(name, 'no value')} before the cell ran. "
                 "Save the notebook and restart the kernel; it then starts with your setting.")
        if self._origins and INSTALLS.search(code) and "install" not in self._told \
                and self._origins.have_changed():
            self._told.add("install")
            _say("Installed packages have changed. Restart the kernel before you import them: "
                 "this one had loaded what was there before.")

    def _differing(self, code):
        """Return the variables whose value is not the one that counted."""
        now = _read_once(os.environ)
        names = {name for name in now.keys() | self._before.keys()
                 if now.get(name) != self._before.get(name)}
        if LOADS.search(code):
            names |= now.keys() | self._loaded_with.keys()
        return {name for name in names if now.get(name) != self._loaded_with.get(name)}


def _read_once(environment):
    return {name: value for name, value in environment.items() if name.startswith(READ_ONCE)}


def _say(sentence):
    print(sentence, file=sys.stderr)
