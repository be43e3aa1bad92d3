"""How long does a class of 100, 1,000 or 10,000 take on 1 to 64 workers?

    python benchmarks/grading_cluster.py --count 200

Grades a real class with one and two jobs, takes from the run with one job the seconds of each
submission and those of the writer, and prints what the simulation makes of them: for the two real
runs beside the measured time, and for larger classes and more workers.
"""

import argparse
import tempfile
import time
from pathlib import Path

from grading import SKLEARN, environment, hand_in, make_course

WORKERS = (1, 2, 4, 8, 16, 32, 64)


def main():
    """Measure, simulate, and print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200, help="submissions of the real class")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="grading-cluster-") as folder:
        root = make_course(Path(folder), SKLEARN)
        hand_in(root, SKLEARN, args.count)
        runs = {jobs: grade(root, jobs) for jobs in (1, 2)}
    from benchmarks.simulate import simulate, table

    seconds, writing, starting, _ = runs[1]
    for jobs, (*_, total) in runs.items():
        simulation = simulate(seconds, args.count, jobs, writing=writing, starting=starting)
        print(f"{args.count} submissions, {jobs} worker(s): measured {total:.1f} s, simulated "
              f"{simulation:.1f} s ({simulation / total - 1:+.0%})")
    print("\nseconds, simulated" + "".join(f"{number:>10}" for number in WORKERS) + "  workers")
    for count, row in zip((100, 1_000, 10_000), table(seconds, writing=writing, starting=starting,
                                                      workers=WORKERS), strict=True):
        print(f"{count:>11} submissions" + "".join(f"{value:>10.0f}" for value in row)[3:])


def grade(root, jobs):
    """Grade with so many jobs; return seconds of each, of writing one, before all, and in all."""
    import os

    from forkgrade.grade import Grading, Options
    from forkgrade.steps import gradebook

    os.environ.update(environment(root))
    seconds, saving, first = [], [], []
    save = gradebook.Writer.save

    def timed_save(self, outcome, files):
        first.append(time.perf_counter() - outcome.seconds)
        begin = time.perf_counter()
        save(self, outcome, files)
        saving.append(time.perf_counter() - begin)
        seconds.append(outcome.seconds)

    gradebook.Writer.save, begin = timed_save, time.perf_counter()
    try:
        Grading(root, SKLEARN, Options(jobs=jobs, regrade=True)).run()
    finally:
        gradebook.Writer.save = save
    total = time.perf_counter() - begin
    return seconds, sum(saving) / len(saving), first[0] - begin, total


if __name__ == "__main__":
    main()
