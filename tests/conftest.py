"""What every test gets: no window, no progress file, no figures or looks left over."""

import os
import sys

import pytest

from tests import scheduling

# Two workers on two cores: threads of NumPy's libraries would only wait for one another, and on
# arrays as small as the labs' they cost more than they bring even where a test is alone
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ.setdefault("MPLBACKEND", "Agg")
os.environ["COLUMNS"] = "200"  # no table breaks a sentence because this copy has a long path
# `make test` hands its own flags on, and a make that a test calls would talk about its folders
for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "ARGS", "ONLY", "PYTHON", "PORT",
             "WORKERS"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def leave_no_traces(monkeypatch):
    """Keep the learner's progress file out of the tests, and close what a test drew."""
    monkeypatch.setenv("PLAIN_SIGHT_PROGRESS", "off")
    yield
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
        sys.modules["matplotlib"].rcdefaults()  # the look of one test is not that of the next


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests among the workers of pytest-xdist in our groups."""
    return scheduling.make_scheduler(config, log)


def pytest_collection_modifyitems(config, items):
    """Tell the workers what begins first."""
    if hasattr(config, "workerinput"):
        scheduling.arrange(items)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Give a test the machine, for itself if it measures; waiting does not count as its time."""
    with scheduling.share_of_the_machine(item):
        return (yield)
