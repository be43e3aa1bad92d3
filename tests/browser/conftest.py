"""One JupyterLab and one Chromium for all tests in a real browser."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The steps of a person at a notebook are shared with the benchmark of the slider.
sys.path.insert(0, str(ROOT / "benchmarks"))

import notebook_page  # noqa: E402


@pytest.fixture(scope="package")
def course(tmp_path_factory):
    """A copy of the course, with JupyterLab running in it."""
    if notebook_page.find_chromium() is None:
        pytest.skip(notebook_page.NO_CHROMIUM)
    return notebook_page.copy_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="package")
def address(course):
    with notebook_page.jupyterlab(course) as address:
        yield address


@pytest.fixture(scope="package")
def page(address):
    with notebook_page.browser_page() as page:
        yield page


@pytest.fixture
def screenshot(page):
    """A function that keeps a picture of the page in `screenshots/`."""
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    return lambda name: page.screenshot(path=folder / f"{name}.png")
