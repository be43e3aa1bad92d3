"""How long a learner waits for the picture after moving a slider.

    python benchmarks/slider.py [--json FILE] [--moves N] [--lessons 01 02 ...]

Runs JupyterLab and Chromium on this machine and compares the course's interactive figure with
plain `ipywidgets.interact`, on the contour plot of lesson 01 (640 x 400 pixels, recomputed for
each move). Then it opens the lessons, runs all their cells, and moves every slider, uses every
menu and presses every button of their interactive figures.
The course promises at most 150 ms at the 95th percentile for single steps on 2 idle cores.
The last column, CPU time of the kernel for each step, hardly depends on what else is running.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

import nbformat
import numpy as np
import psutil
from notebook_page import NO_CHROMIUM, NotebookPage, browser_page, copy_course, find_chromium
from notebook_page import jupyterlab as start_jupyterlab
from stopwatch import drag, frames_after_the_end, stale_frames, steps, uses

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
INTERACTIVE = 'widgets.interactive_figure(draw, alt="Contours.", ratio=(1.0, 100.0, 0.1, 1.0))'
PLAIN = '''
@ipywidgets.interact(ratio=ipywidgets.FloatSlider(1, min=1, max=100, step=0.1))
def picture(ratio):
    figure, ax = plt.subplots()
    draw(ax, ratio)
    plots.describe(figure, f"{ratio}")
    plt.show()
'''
WAYS = {"interactive_figure": INTERACTIVE, "ipywidgets.interact": PLAIN}



FIGURE = "widgets.interactive_figure("


def main():
    options = _options()
    if find_chromium() is None:
        sys.exit(NO_CHROMIUM)
    with tempfile.TemporaryDirectory() as folder:
        course = copy_course(Path(folder))
        with start_jupyterlab(course) as address, browser_page() as page:
            results = measure(page, address, course, options)
    _print(results)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=1) + "\n")


def measure(page, address, course, options):
    """Return medians, 95th percentiles and maxima in milliseconds, by figure and control."""
    results = {"cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
               else os.cpu_count(),
               "promise ms": PROMISE}
    ways = {} if options.lessons else WAYS
    results["ways"] = {name: _measure_way(page, address, course, name, options.moves)
                       for name in ways}
    results["lessons"] = {path.stem: _measure_lesson(page, address, course, path, options.moves)
                          for path in sorted(course.glob("lessons/*.ipynb"))
                          if FIGURE in path.read_text("utf-8")
                          and (not options.lessons or path.name[:2] in options.lessons)}
    return results


def _measure_way(page, address, course, name, moves):
    file = f"{name}.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source.strip()) for source in (SETUP, WAYS[name])],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    nbformat.write(notebook, course / file)
    return _measure_notebook(page, address, file, moves)


def _measure_lesson(page, address, course, path, moves):
    return _measure_notebook(page, address, path.relative_to(course).as_posix(), moves)


def _measure_notebook(page, address, path, moves):
    """Run a notebook's cells and use each slider, menu and button of its interactive figure."""
    NotebookPage(page, address, path).run_all()
    page.locator(".noUi-handle").first.wait_for(state="attached")
    figure = page.locator(".widget-vbox", has=page.locator(".noUi-handle")).last
    results = {_label(handle): _measure_slider(page, handle, moves)
               for handle in figure.locator(".noUi-handle").all()}
    results |= {_label(menu): _measure_use(page, menu, moves, _choose_next(menu))
                for menu in figure.locator("select").all()}
    return results | {button.text_content().strip():
                      _measure_use(page, button, moves, lambda number, it=button: it.click())
                      for button in figure.locator("button").all()}


def _label(control):
    return control.evaluate("node => node.closest('.jupyter-widgets')"
                            ".querySelector('.widget-label').textContent.trim()")


def _choose_next(menu):
    def choose(number):
        now, options = menu.evaluate("node => [node.selectedIndex, node.length]")
        menu.select_option(index=(now + 1) % options)

    return choose


def _measure_use(page, control, moves, act):
    return _measure_one_by_one(page, control, lambda count: uses(page, control, count, act), moves)


def _measure_slider(page, handle, moves):
    start = handle.get_attribute("aria-valuetext")
    result = _measure_one_by_one(page, handle, lambda count: steps(page, handle, count), moves)
    record = drag(page, handle, 150)
    _go_back(page, handle, float(start))
    return result | {"drag": _summary(record["ages"]) | {
        "events": len(record["moves"]), "frames": len(record["frames"]),
        "stale": len(stale_frames(record)), "after the end": frames_after_the_end(record)}}


def _measure_one_by_one(page, control, use, moves):
    load = round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
    control.scroll_into_view_if_needed()
    page.wait_for_timeout(2_000)  # JupyterLab may still put outputs into the page
    use(5)  # the first pictures load fonts and code
    before = _kernels_cpu_time()
    waits = use(moves)
    cpu = 1000 * (_kernels_cpu_time() - before) / len(waits)
    return {"load before": load, "kernel CPU": round(cpu, 1), "step": _summary(waits)}


def _go_back(page, handle, start):
    """Leave a slider where it was, so that the next one is measured from the lesson's start."""
    handle.focus()
    for _ in range(1_000):
        now = float(handle.get_attribute("aria-valuetext"))
        if abs(now - start) < 0.006:
            break
        page.keyboard.press("ArrowRight" if now < start else "ArrowLeft")
    page.wait_for_timeout(1_500)


def _kernels_cpu_time():
    """Return the seconds of CPU that the kernels have used; those that wait add nothing."""
    kernels = [process for process in psutil.Process().children(recursive=True)
               if any("ipykernel" in word for word in process.cmdline())]
    return sum(sum(kernel.cpu_times()[:2]) for kernel in kernels)


def _summary(milliseconds):
    if not milliseconds:  # a drag over a slider of few values may show none in between
        return {"count": 0, "median": None, "p95": None, "max": None}
    median, high, most = np.percentile(milliseconds, [50, 95, 100])
    return {"count": len(milliseconds), "median": round(median, 1), "p95": round(high, 1),
            "max": round(most, 1)}


def _print(results):
    print(f"{results['cores']} cores; milliseconds")
    print(f"{'':42}{'moves':>6}{'median':>8}{'p95':>8}{'max':>8}{'p95/promise':>13}"
          f"{'kernel CPU':>12}{'load':>6}")
    for name, sliders in (results["ways"] | results["lessons"]).items():
        for slider, result in sliders.items():
            for kind in ("step", "drag"):
                row = result.get(kind)  # a menu and a button are not dragged
                if row and row["count"]:
                    print(f"{f'{name}, {slider}, {kind}':42}{row['count']:>6}{row['median']:>8}"
                          f"{row['p95']:>8}{row['max']:>8}{row['p95'] / PROMISE:>13.2f}"
                          f"{result['kernel CPU'] if kind == 'step' else '':>12}"
                          f"{result['load before']:>6}")


def _options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", metavar="FILE", help="write the figures there, too")
    parser.add_argument("--moves", type=int, default=60, help="single moves for each slider")
    parser.add_argument("--lessons", nargs="*", metavar="NN",
                        help="only the sliders of these lessons, and no comparison")
    return parser.parse_args()


if __name__ == "__main__":
    main()
