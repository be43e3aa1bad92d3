"""What every test gets: no window, no progress file, no figures or looks left over."""

import os
import sys

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")
# `make test` hands its own flags on, and a make that a test calls would talk about its folders
for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "ARGS", "ONLY", "PYTHON", "PORT"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def leave_no_traces(monkeypatch):
    """Keep the learner's progress file out of the tests, and close what a test drew."""
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", "off")
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
        sys.modules["matplotlib"].rcdefaults()  # the look of one test is not that of the next
