"""JupyterLab as `make lab` starts it, in a headless Chromium. For the tests and benchmarks."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "for-this-run-only"
NO_CHROMIUM = ("No Chromium is installed, so nothing was tried in a browser. Install one: "
               "apt-get install chromium (Debian), brew install --cask chromium (macOS).")
_PARTS = ("nbgrader_config.py", "course_utils", "lessons", "labs")
_ARGUMENTS = ("--disable-gpu", "--disable-background-networking", "--disable-component-update",
              "--no-first-run")


def find_chromium():
    """Return the path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    mac = "/Applications/Chromium.app/Contents/MacOS/Chromium"
    return next(filter(None, map(shutil.which, (*names, mac))), None)


def copy_course(folder):
    """Copy what a learner works with, so that the checkout stays as it is."""
    for part in _PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part,
                            ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        elif source.is_file():
            shutil.copy(source, folder / part)
    return folder


@contextmanager
def jupyterlab(course):
    """Start `course lab` in a copy of the course; give its address, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # A test run may have set a backend that shows no figures in notebooks.
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    environment["PLAIN_SIGHT_PROGRESS"] = str(course / "progress.json")
    command = "import sys; from course_utils.cli import main; sys.exit(main())"
    with open(course / "jupyterlab.log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", command, "lab", "--no-browser", f"--port={port}"],
            cwd=course, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            env=environment | {"JUPYTER_TOKEN": TOKEN, "PYTHONPATH": str(course)})
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server, course / "jupyterlab.log")
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(address, server, log):
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1).close()
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not answer within a minute:\n{log.read_text()[-2000:]}")


@contextmanager
def browser_page():
    """Give a page of a fresh headless Chromium."""
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(),
                                             args=[*_ARGUMENTS, *root])
        try:
            yield browser.new_page(viewport={"width": 1280, "height": 900})
        finally:
            browser.close()


class NotebookPage:
    """The steps of a person at a notebook.

    Parameters
    ----------
    page : playwright.sync_api.Page
    address : str
        Where JupyterLab listens.
    path : str
        The notebook in the course's folder.
    """

    def __init__(self, page, address, path):
        from playwright.sync_api import TimeoutError as timeout

        self.page, self._timeout = page, timeout
        contents = page.request.get(f"{address}/api/contents/{path}?token={TOKEN}").json()
        self._code_cells = sum(cell["cell_type"] == "code" and bool("".join(cell["source"]).strip())
                               for cell in contents["content"]["cells"])
        # A workspace of its own, so that no other notebook is open in the page.
        name = path.replace("/", "-").replace(".", "-")
        page.goto(f"{address}/lab/workspaces/{name}/tree/{path}?token={TOKEN}")
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        self.cells.first.wait_for(timeout=90_000)
        self.wait_until_idle()

    def wait_until_idle(self):
        """Wait for the kernel to have nothing to do."""
        self.page.locator('.jp-NotebookPanel [data-status="idle"]').first.wait_for(
            state="attached", timeout=120_000)

    def run_all(self):
        """Choose Run All Cells, wait for the last one, and look at each."""
        self._choose_run_all()
        # JupyterLab adds far cells to the page bit by bit, so none may be missing from the count.
        self.page.wait_for_function(
            """count => {
                const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
                return prompts.filter(p => /\\[\\d+\\]/.test(p.textContent)).length >= count;
            }""", arg=self._code_cells, timeout=180_000)
        self.wait_until_idle()
        for cell in self.cells.all():
            cell.evaluate("node => node.scrollIntoView()")

    def _choose_run_all(self):
        def choose():
            self.page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
            self.page.get_by_text("Run All Cells", exact=True).click()

        self._ask(choose, """() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
            .some(p => /[*\\d]/.test(p.textContent))""")

    def _ask(self, do, is_heard, arg=None):
        """Do something until JupyterLab hears it.

        On a busy machine a menu or a key may come before the kernel's connection.
        """
        for _ in range(4):
            do()
            try:
                self.page.wait_for_function(is_heard, arg=arg, timeout=20_000)
                return
            except self._timeout:
                self.page.keyboard.press("Escape")
        raise RuntimeError("JupyterLab runs no cell, though it was asked four times")

    def cell(self, text):
        """Return the code cell whose source holds `text`."""
        return self.page.locator(".jp-Notebook .jp-CodeCell",
                                 has=self.page.locator(".jp-InputArea", has_text=text)).first

    def write(self, cell, source):
        """Replace a cell's source."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(source)

    def run(self, cell):
        """Run one cell and return its output."""
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.text_content()

        def press():
            cell.locator(".cm-content").click()
            self.page.keyboard.press("ControlOrMeta+Enter")

        handle = [prompt.element_handle(), before]
        self._ask(press, "([node, before]) => node.textContent !== before", arg=handle)
        self.page.wait_for_function(
            "([node, before]) => /\\d/.test(node.textContent) && node.textContent !== before",
            arg=handle, timeout=180_000)
        self.wait_until_idle()
        return cell.locator(".jp-OutputArea").first
