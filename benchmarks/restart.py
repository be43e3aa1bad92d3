"""From *Restart Kernel* to the first cell done, in the JupyterLab of `course lab`, cold and warm.

    python benchmarks/restart.py                   lessons 03 and 05, five restarts of each
    python benchmarks/restart.py --rounds 3 --json FILE

Both ways run side by side: two JupyterLabs, one of them with `--cold`, restart their kernels in
turn, so a machine that slows down slows down both. Restarting goes through the address that the
button in JupyterLab uses. The cell is the first one of the lesson as learners get it.
Besides it shows how long JupyterLab takes to answer, how long the first cell takes while the fork
server is importing, and the memory that it holds.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
from jupyter_client import BlockingKernelClient

ROOT = Path(__file__).resolve().parents[1]
LESSONS = ("03_overfitting", "05_transfer_learning")
TOKEN = "for-the-benchmark"
COURSE = (sys.executable, "-c", "import sys; from course_utils.cli import main; sys.exit(main())")
LIMIT = 120  # seconds for anything


class Lab:
    """A running `course lab`.

    Parameters
    ----------
    folder : pathlib.Path
        For its files.
    *options : str
        Further options of `course lab`.

    Attributes
    ----------
    seconds_to_answer : float
        From its start to its first page.
    """

    def __init__(self, folder, *options):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, _free_port()
        environment = {**os.environ, "JUPYTER_TOKEN": TOKEN, "JUPYTER_RUNTIME_DIR": str(folder),
                       "JUPYTERLAB_SETTINGS_DIR": str(folder), "PLAIN_SIGHT_PROGRESS": "off",
                       "JUPYTERLAB_WORKSPACES_DIR": str(folder)}
        begin = time.perf_counter()
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [*COURSE, "lab", "--no-browser", "--port", str(self.port), *options],
                cwd=ROOT, env=environment, stdout=log, stderr=log)
        self._wait()
        self.seconds_to_answer = time.perf_counter() - begin

    def _wait(self):
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                return self.ask("/api")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        sys.exit((self.folder / "log").read_text())

    def ask(self, path, content=None, method=None):
        """Return what the server answers.

        Parameters
        ----------
        path : str
        content : dict, optional
            Is posted, as JSON.
        method : str, optional
            Instead of GET or POST.
        """
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data,
                                         {"Authorization": f"token {TOKEN}"}, method=method)
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            return json.loads(answer.read() or "null")

    def open(self, path):
        """Open a notebook, as JupyterLab does, and return its `Notebook`.

        Parameters
        ----------
        path : str
            Below the course's folder.
        """
        session = self.ask("/api/sessions", {"path": path, "name": Path(path).name,
                                             "type": "notebook", "kernel": {"name": "python3"}})
        return Notebook(self, session["kernel"]["id"])

    def servers(self):
        """End all kernels, and return the processes of the fork server, its branches included."""
        for kernel in self.ask("/api/kernels"):
            self.ask(f"/api/kernels/{kernel['id']}", method="DELETE")
        return [process for process in psutil.Process(self.process.pid).children(recursive=True)
                if "forkgrade.forkserver.server" in process.cmdline()]

    def stop(self):
        """End it, and everything that it started."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(LIMIT)


class Notebook:
    """An open notebook, with its kernel.

    Parameters
    ----------
    lab : Lab
    kernel : str
        The kernel's number.
    """

    def __init__(self, lab, kernel):
        self.lab, self.kernel = lab, kernel
        connection = lab.folder / f"kernel-{kernel}.json"
        self.client = BlockingKernelClient(connection_file=str(connection))
        self.client.load_connection_file()
        self.client.start_channels()
        self._wait()

    def _wait(self):
        """Wait until the kernel answers; one that is starting has no heartbeat yet."""
        deadline = time.monotonic() + LIMIT
        while True:
            try:
                return self.client.wait_for_ready(timeout=LIMIT)
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise

    def run(self, code):
        """Run a cell, and return what it showed as text and what became of it.

        Parameters
        ----------
        code : str
        """
        shown = []

        def note(message):
            content = message["content"]
            shown.append(content.get("text") or content.get("data", {}).get("text/plain")
                         or "\n".join(content.get("traceback", ())))

        reply = self.client.execute_interactive(code, timeout=LIMIT, output_hook=note)
        return "".join(filter(None, shown)), reply["content"]["status"]

    def restart(self):
        """Do what *Restart Kernel* does, and return when the kernel answers."""
        self.lab.ask(f"/api/kernels/{self.kernel}/restart", {})
        self._wait()

    def close(self):
        """Close the client, not the kernel."""
        self.client.stop_channels()


def first_cell(lesson):
    """Return the code of the first cell of a lesson.

    Parameters
    ----------
    lesson : str
    """
    notebook = json.loads((ROOT / "lessons" / f"{lesson}.ipynb").read_text("utf-8"))
    return next("".join(cell["source"]) for cell in notebook["cells"]
                if cell["cell_type"] == "code")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _seconds(notebook, code):
    """Return the seconds from *Restart Kernel* to the end of a cell."""
    begin = time.perf_counter()
    notebook.restart()
    _, status = notebook.run(code)
    if status != "ok":
        sys.exit("The first cell failed.")
    return time.perf_counter() - begin


def _is_warm(notebook):
    """Say whether the kernel had TensorFlow before the notebook asked for it."""
    notebook.restart()
    return notebook.run("import sys; 'tensorflow' in sys.modules")[0] == "True"


def _until_warm(notebook):
    deadline = time.monotonic() + LIMIT
    while not _is_warm(notebook):
        if time.monotonic() > deadline:
            sys.exit("The kernels do not start warm here; the log of JupyterLab may say why.")
        time.sleep(0.5)


def measure(lesson, labs, rounds):
    """Return the seconds of each restart, by way.

    Parameters
    ----------
    lesson : str
    labs : dict of str to Lab
    rounds : int
    """
    code, seconds = first_cell(lesson), {way: [] for way in labs}
    notebooks = {way: lab.open(f"lessons/{lesson}.ipynb") for way, lab in labs.items()}
    _until_warm(notebooks["warm"])
    for notebook in notebooks.values():
        notebook.run(code)  # what is restarted has been used
    for _ in range(rounds):
        for way, notebook in notebooks.items():
            seconds[way].append(_seconds(notebook, code))
    for notebook in notebooks.values():
        notebook.close()
    return seconds


def main():
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="where to write the figures too")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        labs = {"cold": Lab(Path(folder, "cold"), "--cold"), "warm": Lab(Path(folder, "warm"))}
        try:
            figures = _figures(labs, args.rounds)
        finally:
            for lab in labs.values():
                lab.stop()
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n")


def _figures(labs, rounds):
    figures = {"seconds to answer": {way: lab.seconds_to_answer for way, lab in labs.items()}}
    print("JupyterLab answers after", *(f"{way} {lab.seconds_to_answer:.1f} s"
                                        for way, lab in labs.items()))
    first = first_cell("01_feature_scaling")
    for way, lab in labs.items():  # the cold one too: the same pages are in memory then
        begin = time.perf_counter()
        notebook = lab.open("lessons/01_feature_scaling.ipynb")
        notebook.run(first)
        print(f"lesson 01 opened and its first cell done, {way}: "
              f"{time.perf_counter() - begin:.1f} s")
        notebook.close()
    for lesson in LESSONS:
        seconds = figures[lesson] = measure(lesson, labs, rounds)
        middle = {way: statistics.median(values) for way, values in seconds.items()}
        print(f"{lesson}: cold {middle['cold']:.2f} s, warm {middle['warm']:.2f} s, "
              f"{middle['cold'] / middle['warm']:.1f} times; each: {_shown(seconds)}")
    figures["memory"] = _memory(labs["warm"].servers())
    return figures


def _shown(seconds):
    return "; ".join(f"{way} {' '.join(f'{value:.2f}' for value in values)}"
                     for way, values in seconds.items())


def _memory(processes):
    """Print and return the MiB of some processes: their own, and their share of what is shared."""
    total = {}
    for process in processes:
        own = process.memory_full_info()
        for name in ("uss", "pss", "rss"):
            total[name] = total.get(name, 0) + getattr(own, name) / 2**20
    print(f"fork server with its branches, {len(processes)} processes:",
          ", ".join(f"{name} {value:.0f} MiB" for name, value in total.items()))
    return total


if __name__ == "__main__":
    main()
