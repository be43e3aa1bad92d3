"""How fast is `course grade`, beside `nbgrader autograde` and beside the cells alone?

    python benchmarks/grading.py                   both labs, 40 submissions each
    python benchmarks/grading.py --json FILE       also writes the ratios
    python benchmarks/grading.py --count 8         fewer submissions

Both graders take copies of the same submissions with differing answers. `nbgrader autograde` runs
over a part of them (`--stock`), because its time for each submission is all that is needed.
Each way is measured once in every round, and its best time counts: a machine that slows down for
a minute then slows down no way in particular.
The floor is the cells alone, without kernel, sandbox, gradebook or files, in a process that is
forked for each submission from one that has imported everything: no two students' code may share
a process. The repeated floor runs one submission after the other in one process, which from the
second one on has run the same cells before; no grader that keeps students apart can reach it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SKLEARN, TENSORFLOW = "lab01_feature_scaling", "lab_tensorflow"

TENSORFLOW_LAB = {
    "set-up": "import numpy as np\nimport tensorflow as tf\nimport keras",
    "model": "### BEGIN SOLUTION\ndef model():\n    keras.utils.set_random_seed(0)\n    net = "
             "keras.Sequential([keras.layers.Dense(8, activation='relu'), keras.layers.Dense(1)])\n"
             "    net.compile(optimizer=keras.optimizers.SGD(0.1), loss='mse', run_eagerly=True)\n"
             "    return net\n### END SOLUTION",
    "test_model": "X = np.linspace(-1, 1, 32)[:, None]\nnet = model()\n"
                  "losses = net.fit(X, 2 * X, epochs=3, verbose=0).history['loss']\n"
                  "assert losses[-1] < losses[0]",
    "double": "### BEGIN SOLUTION\ndef double(x):\n    return 2 * x\n### END SOLUTION",
    "test_double": "assert float(tf.reduce_sum(double(tf.ones(3)))) == 6",
}
# What runs the cells of submissions: their files, how many, the folder of solutions, and "fork".
CELLS_ALONE = (
    "import contextlib, gc, glob, io, json, nbformat, os, sys, time\n"
    "from importlib import import_module\n"
    "from pathlib import Path\n"
    "from IPython.core.interactiveshell import InteractiveShell\n"
    "from forkgrade.forkserver.preload import Preload\n"
    "def run(nb):\n"
    "    begin = time.perf_counter()\n"
    "    with contextlib.redirect_stdout(io.StringIO()):\n"
    "        for cell in nb.cells:\n"
    "            if cell.cell_type == 'code': shell.run_cell(cell.source)\n"
    "    return time.perf_counter() - begin\n"
    "def forked(nb):\n"
    "    ours, theirs = os.pipe()\n"
    "    if os.fork() == 0:\n"
    "        os.write(theirs, json.dumps(run(nb)).encode())\n"
    "        os._exit(0)\n"
    "    os.wait()\n"
    "    return json.loads(os.read(ours, 100))\n"
    "[import_module(name) for name in Preload(Path(sys.argv[3])).imported()]\n"
    "gc.freeze()\n"
    "shell, times = InteractiveShell.instance(), []\n"
    "for path in sorted(glob.glob(sys.argv[1]))[:int(sys.argv[2]) + 1]:\n"
    "    shell.reset()\n"
    "    times.append((forked if sys.argv[4:] else run)(nbformat.read(path, 4)))\n"
    "print(sum(times[1:]) / len(times[1:]))\n")  # the first warms the process up
# What prints the memory of eight kernels over that of one; its word is the folder of solutions.
MEMORY = (
    "import sys, psutil, nbformat\nfrom pathlib import Path\n"
    "from forkgrade.forkserver.preload import Preload\n"
    "source = Path(sys.argv[1])\n"
    "nb = nbformat.read(next(source.glob('*.ipynb')), 4)\n"
    "def pss():\n"
    "    return sum(each.memory_full_info().pss for each in\n"
    "               psutil.Process().children(recursive=True))\n"
    "with Preload(source) as preload:\n"
    "    with preload.server.kernel() as kernel:\n"
    "        for cell in nb.cells:\n"
    "            if cell.cell_type == 'code':\n"
    "                kernel.ask({'do': 'execute', 'code': cell.source})\n"
    "        preload.learn(kernel.ask({'do': 'modules'})['modules'])\n"
    "    kernels, sums = [], []\n"
    "    for number in range(8):\n"
    "        kernels.append(preload.server.kernel())\n"
    "        for cell in nb.cells:\n"
    "            if cell.cell_type == 'code':\n"
    "                kernels[-1].ask({'do': 'execute', 'code': cell.source})\n"
    "        sums.append(pss())\n"
    "    print(sums[7] / sums[0])\n"
    "    [kernel.close() for kernel in kernels]\n")


def main():
    """Measure, print the table, and write the ratios if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=40, help="submissions of each lab")
    parser.add_argument("--stock", type=int, default=6, help="of them graded by nbgrader itself")
    parser.add_argument("--rounds", type=int, default=2, help="how often each way is measured")
    parser.add_argument("--json", type=Path, help="write the ratios there")
    args = parser.parse_args()
    rows, ratios = [], {}
    with tempfile.TemporaryDirectory(prefix="grading-benchmark-") as folder:
        for name, lab in (("sklearn", SKLEARN), ("tensorflow", TENSORFLOW)):
            times = measure(Path(folder) / name, lab, args.count, args.stock, args.rounds)
            ratios |= compare(name, times, Path(folder) / name / "course")
            rows += [(name, way, seconds) for way, seconds in times.items()]
    print(f"{'lab':<12}{'way':<38}{'seconds a submission':>22}")
    for row in rows:
        print(f"{row[0]:<12}{row[1]:<38}{row[2]:>22.3f}")
    for name, value in ratios.items():
        print(f"{name:<28}{value:8.2f}")
    if args.json:
        args.json.write_text(json.dumps(ratios, indent=1) + "\n", encoding="utf-8")


def compare(name, times, root):
    """Return the ratios of one lab from the seconds of each way of grading it."""
    ratios = {f"ratio_{name}": times["nbgrader, stock"] / times["course grade --jobs 2"]}
    if name == "tensorflow":
        one_job = times["course grade --jobs 1"]
        for floor in ("floor", "repeated floor"):
            ratios[f"{floor.replace(' ', '_')}_ratio_1_job"] = one_job / times[floor]
        ratios["sandbox_overhead"] = one_job / times["course grade --jobs 1 --no-sandbox"] - 1
        ratios["memory_ratio_8_kernels"] = memory_ratio(root, TENSORFLOW)
    return ratios


def measure(folder, lab, count, stock, rounds):
    """Return the best seconds for each submission, by way of grading."""
    root = make_course(folder, lab)
    hand_in(root, lab, count)
    fewer = folder / "nbgrader"
    shutil.copytree(root, fewer)
    for number in range(stock, count):  # what is not there is not graded
        shutil.rmtree(fewer / f"submitted/s{number:03d}")
    ours = (fewer / "nbgrader_config.py").read_text("utf-8")
    grade, autograde = ("course", "grade", lab, "--regrade"), ("nbgrader", "autograde", lab)
    ways = {
        "floor": lambda: cells_alone(root, lab, min(count, 10), fork=True),
        "repeated floor": lambda: cells_alone(root, lab, min(count, 10)),
        "course grade --jobs 1": lambda: timed(root, *grade, "--jobs", "1") / count,
        "course grade --jobs 1 --no-sandbox":
            lambda: timed(root, *grade, "--jobs", "1", "--no-sandbox") / count,
        "course grade --jobs 2": lambda: timed(root, *grade, "--jobs", "2") / count,
        "nbgrader, our settings":
            lambda: with_settings(fewer, ours, *autograde, "--force") / stock,
        "nbgrader, stock":
            lambda: with_settings(fewer, stock_settings(fewer), *autograde, "--force") / stock,
    }
    times = [{way: run() for way, run in ways.items()} for _ in range(rounds)]
    return {way: min(each[way] for each in times) for way in ways}


def make_course(folder, lab):
    """Make a course with one lab and enter the lab into its gradebook."""
    root = folder / "course"
    for package in ("course_utils", "forkgrade"):
        shutil.copytree(ROOT / package, root / package,
                        ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "solutions" / lab).mkdir(parents=True)
    path = root / "solutions" / lab / f"{lab}.ipynb"
    if lab == SKLEARN:
        shutil.copy(ROOT / "solutions" / lab / f"{lab}.ipynb", path)
    else:
        write_tensorflow_lab(path)
    timed(root, "nbgrader", "generate_assignment", lab)
    return root


def write_tensorflow_lab(path):
    """Write the fixed lab with TensorFlow, whose tests are assertions."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    nb = new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3",
                                               "language": "python"}})
    for name, source in TENSORFLOW_LAB.items():
        test = name.startswith("test")
        marks = {"grade_id": name, "schema_version": 3, "task": False, "solution": not test,
                 "grade": test, "locked": test} | ({"points": 2} if test else {})
        nb.cells.append(new_code_cell(source, id=name, metadata={} if name == "set-up"
                                      else {"nbgrader": marks}))
    nbformat.write(nb, path)


def hand_in(root, lab, count):
    """Hand in solved copies, each a little different; every fifth leaves one part out."""
    import nbformat

    solved = nbformat.read(root / f"solutions/{lab}/{lab}.ipynb", 4)
    sources = [(cell.id, cell.source) for cell in solved.cells if cell.cell_type == "code"
               and cell.metadata.get("nbgrader", {}).get("solution")]
    for number in range(count):
        nb = nbformat.read(root / f"labs/{lab}/{lab}.ipynb", 4)
        cells = {cell.id: cell for cell in nb.cells}
        for place, (name, source) in enumerate(sources):
            if number % 5 or place != number // 5 % len(sources):
                cells[name].source = f"{source}\n# answer {number}"
        folder = root / f"submitted/s{number:03d}" / lab
        folder.mkdir(parents=True)
        nbformat.write(nb, folder / f"{lab}.ipynb")


def stock_settings(root):
    """Return a configuration without our settings, all but the directories."""
    return ("import os, sys\nc = get_config()\n"
            f"c.CourseDirectory.root = {str(root)!r}\n"
            "c.CourseDirectory.course_id = 'plain-sight'\n"
            "c.CourseDirectory.source_directory = 'solutions'\n"
            "c.CourseDirectory.release_directory = 'labs'\n")


def with_settings(root, settings, *words):
    """Run a program with a configuration and return its seconds."""
    (root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    return timed(root, *words)


def cells_alone(root, lab, count, fork=False):
    """Return the seconds of one submission's cells in a process that has imported everything."""
    words = [str(root / f"submitted/*/{lab}/*.ipynb"), str(count), str(root / "solutions" / lab)]
    words += ["fork"] if fork else []
    process = subprocess.run([sys.executable, "-c", CELLS_ALONE, *words],
                             env=environment(root), cwd=root, capture_output=True, text=True,
                             check=True)
    return float(process.stdout.strip().splitlines()[-1])


def memory_ratio(root, lab):
    """Return the memory (PSS) of eight kernels, fork server included, over that of one."""
    process = subprocess.run([sys.executable, "-c", MEMORY, str(root / "solutions" / lab)],
                             cwd=root, env=environment(root), capture_output=True, text=True,
                             check=True)
    return float(process.stdout.strip().splitlines()[-1])


def environment(root):
    """Return the environment of everything that is measured."""
    return {**os.environ, "PYTHONPATH": str(root), "OMP_NUM_THREADS": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3", "PLAIN_SIGHT_PROGRESS": "off",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}


def timed(root, program, *words):
    """Run a program of this environment and return its seconds."""
    begin = time.perf_counter()
    process = subprocess.run([str(Path(sys.executable).with_name(program)), *words], cwd=root,
                             env=environment(root), capture_output=True, text=True)
    if process.returncode:
        raise SystemExit(f"{program} {' '.join(words)} failed:\n{process.stderr[-2000:]}")
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
