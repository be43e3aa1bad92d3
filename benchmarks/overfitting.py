"""The table of lesson 03: what seven ways out of overfitting do to the test error.

    python benchmarks/overfitting.py [--json FILE] [--seeds N] [--jobs N]

Runs the lesson's own cells, from its source, up to the one that loads this table: once for each
seed with one training label in five wrong, and for half as many seeds with all labels right.
A seed draws the pictures, the wrong labels and the first weights anew. 16 seeds take about five
minutes with two jobs on two cores. To renew the table that the lesson shows:

    python benchmarks/overfitting.py --json course_utils/data/results/overfitting.json
"""

import argparse
import ast
import contextlib
import datetime
import io
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import jupytext

ROOT = Path(__file__).resolve().parents[1]
LESSON = ROOT / "source" / "lessons" / "03_overfitting.py"
WRONG = "WRONG = 0.2"
STOP = "data.load_overfitting()"
FIRST_SEED = 101  # a lesson is run with small seeds, which therefore stay unseen here


def main(argv=None):
    options = _options(argv)
    runs = [(share, seed) for share, count in ((0.2, options.seeds), (0.0, options.seeds // 2))
            for seed in range(FIRST_SEED, FIRST_SEED + count)]
    results = []
    # TensorFlow does not survive a fork once it has run
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        for (share, seed), errors in zip(runs, pool.map(errors_of, runs), strict=True):
            results.append({"wrong_labels": share, "seed": seed, "test_error": errors})
            print(f"{share:.0%} wrong, seed {seed}:", "  ".join(
                f"{way} {error:.1%}" for way, error in errors.items()), flush=True)
    if options.json:
        command = " ".join(["python benchmarks/overfitting.py", *(argv or sys.argv[1:])])
        report = _report(results, command)
        Path(options.json).write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def errors_of(run):
    """Return the test error of each way, as the lesson computes it for one (share, seed)."""
    share, seed = run
    os.environ |= {"COURSE_SEED": str(seed), "MPLBACKEND": "Agg", "PLAIN_SIGHT_PROGRESS": "off"}
    source = LESSON.read_text("utf-8")
    if source.count(WRONG) != 1 or source.count(STOP) != 1:
        raise SystemExit(f"{LESSON.name} needs {WRONG!r} and {STOP!r} once each.")
    space = {"__name__": "lesson"}
    for cell in jupytext.reads(source.replace(WRONG, f"WRONG = {share}"), "py:percent").cells:
        if STOP in cell.source:
            break
        if cell.cell_type == "code" and not _only_shows(cell.source):
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(cell.source, "lesson", "exec"), space)
    return {way: round(error, 5) for way, error in space["test_error"].items()}


def _only_shows(code):
    """Tell whether a cell states claims or draws, on which nothing in the table depends."""
    last = ast.parse(code).body[-1]
    called = ast.unparse(last.value.func) if _is_call(last) else ""
    return called in ("claim", "quiz", "progress", "widgets.interactive_figure",
                      "plots.plot_errors_by_size")


def _is_call(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _report(results, command):
    from course_utils import models

    models.quiet()
    import keras
    import sklearn
    import tensorflow

    return {
        "command": command,
        "date": datetime.date.today().isoformat(),
        "versions": {package.__name__: package.__version__
                     for package in (tensorflow, keras, sklearn)},
        "runs": results,
    }


def _options(argv):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", help="write the results here")
    parser.add_argument("--seeds", type=int, default=16)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(argv)
    if options.seeds < 2 or options.jobs < 1:
        parser.error("--seeds must be at least 2 and --jobs at least 1")
    return options


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.path.insert(0, str(ROOT))
    main()
