"""The steps that this course adds to nbgrader's own; `nbgrader_config.py` puts them in place."""

import sys


def _load_nbformat():
    """Import nbformat without the grammar of web addresses, which takes a second to build.

    jsonschema imports it for two formats that nothing in a notebook has, and does without it too.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[grammar] = None
    try:
        import nbformat  # noqa: F401
    finally:
        del sys.modules[grammar]


_load_nbformat()
