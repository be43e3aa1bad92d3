"""How long a learner waits for the picture after moving a slider.

    python benchmarks/slider.py [--json FILE] [--moves N]

Runs JupyterLab and Chromium on this machine and compares the course's interactive figure with
plain `ipywidgets.interact`, on the contour plot of lesson 01 (640 x 400 pixels, recomputed for
each move). The course promises at most 150 ms at the 95th percentile on 2 idle cores.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
import numpy as np
from notebook_page import NO_CHROMIUM, NotebookPage, browser_page, copy_course, find_chromium
from notebook_page import jupyterlab as start_jupyterlab
from stopwatch import drag, frames_after_the_end, stale_frames, steps

PROMISE = 150  # ms

SETUP = '''
import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from course_utils import plots, widgets

plots.use_style()

def draw(ax, ratio):
    curvature = np.array([1, ratio])
    path = [np.zeros(2)]
    for _ in range(50):
        path.append(path[-1] - 2 / (1 + ratio) * curvature * (path[-1] - 1))
    plots.plot_descent(lambda w: (w - 1) ** 2 @ curvature, path, ax=ax)
'''
OURS = 'widgets.interactive_figure(draw, alt="Contours.", ratio=(1.0, 100.0, 0.1, 1.0))'
PLAIN = '''
@ipywidgets.interact(ratio=ipywidgets.FloatSlider(1, min=1, max=100, step=0.1))
def picture(ratio):
    figure, ax = plt.subplots()
    draw(ax, ratio)
    plots.describe(figure, f"{ratio}")
    plt.show()
'''
WAYS = {"interactive_figure": OURS, "ipywidgets.interact": PLAIN}


def main():
    options = _options()
    if find_chromium() is None:
        sys.exit(NO_CHROMIUM)
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder))
        results = measure(course, options.moves)
    _print(results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1) + "\n")


def measure(course, moves):
    """Return medians, 95th percentiles and maxima in milliseconds for each way."""
    with start_jupyterlab(course) as address, browser_page() as page:
        return {"cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
                else os.cpu_count(),
                "load before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
                "promise ms": PROMISE,
                "ways": {name: _measure_way(page, address, course, name, moves) for name in WAYS}}


def _measure_way(page, address, course, name, moves):
    file = f"{name}.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source.strip()) for source in (SETUP, WAYS[name])],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nbformat.write(notebook, course / file)
    NotebookPage(page, address, file).run_all()
    handle = page.locator(".noUi-handle")
    handle.wait_for()
    steps(page, handle, 5)  # the first pictures load fonts and code
    waits = steps(page, handle, moves)
    seen = drag(page, handle, 150)
    return {"step": _summary(waits), "drag": _summary(seen["ages"]) | {
        "events": len(seen["moves"]), "frames": len(seen["frames"]),
        "stale": len(stale_frames(seen)), "after the end": frames_after_the_end(seen)}}


def _summary(milliseconds):
    median, high, most = np.percentile(milliseconds, [50, 95, 100])
    return {"count": len(milliseconds), "median": round(median, 1), "p95": round(high, 1),
            "max": round(most, 1)}


def _print(results):
    print(f"{results['cores']} cores, load {results['load before']}; milliseconds")
    print(f"{'':22}{'moves':>7}{'median':>8}{'p95':>8}{'max':>8}{'p95 / promise':>15}")
    for name, way in results["ways"].items():
        for kind in ("step", "drag"):
            row = way[kind]
            print(f"{name + ', ' + kind:28}{row['count']:>4}{row['median']:>8}{row['p95']:>8}"
                  f"{row['max']:>8}{row['p95'] / PROMISE:>12.2f}")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    parser.add_argument("--moves", type=int, default=120, help="single moves for each way")
    return parser.parse_args()


if __name__ == "__main__":
    main()
