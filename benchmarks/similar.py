"""How long does `course similar` take, how much memory, and how often is it wrong?

    python benchmarks/similar.py                   a class of 500: seconds, CPU seconds, memory
    python benchmarks/similar.py --count 200       another number of submissions
    python benchmarks/similar.py --apart           honest classes in which a pair stands apart, and
                                                   disguised copies that come to the top

The classes are those of the tests: each solves the lab in a way of their own, and some copy and
disguise. CPU seconds say what it takes on a machine that does nothing else.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = {30: 60, 60: 60, 200: 10}  # classes of each size


def main():
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--apart", action="store_true")
    args = parser.parse_args()
    if args.apart:
        for count, rounds in ROUNDS.items():
            judge(count, rounds)
    else:
        measure(args.count)


def measure(count):
    """Run the command on a class, and say what it took."""
    from tests.forkgrade.similar.class_folder import ClassFolder
    from tests.forkgrade.similar.disguise import disguised
    from tests.forkgrade.similar.honest_class import honest

    with tempfile.TemporaryDirectory() as folder:
        room = ClassFolder(Path(folder))
        for number in range(count):
            answers = honest(number) if number % 20 else disguised(honest(number + 1), number)
            room.hand_in(f"s{number}", answers)
        begin = time.perf_counter()
        command = subprocess.Popen([sys.executable, "-m", "course_utils.cli", "similar", "lab01"],
                                   cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
        _, status, used = os.wait4(command.pid, 0)
        print(f"{count} submissions: {time.perf_counter() - begin:.1f} s, "
              f"{used.ru_utime + used.ru_stime:.1f} s of CPU, {used.ru_maxrss / 1024:.0f} MiB, "
              f"exit {os.waitstatus_to_exitcode(status)}")


def judge(count, rounds):
    """Say how many honest classes have a pair that stands apart, and how many copies come first."""
    from tests.forkgrade.similar.class_folder import class_of
    from tests.forkgrade.similar.test_classes import a_class, students

    copies, wrong, first, apart = max(1, count // 20), 0, 0, 0
    for seed in range(1000, 1000 + rounds):
        wrong += any(pair.apart for pair in class_of(a_class(seed, 0, count)[0]).pairs())
        cells, copied = a_class(seed, copies, count)
        pairs = class_of(cells).pairs(copies * 3 // 2)
        first += len(copied & set(students(pairs)))
        apart += len(copied & set(students(pair for pair in pairs if pair.apart)))
    print(f"{count} submissions: a pair stands apart in {wrong} of {rounds} honest classes; of "
          f"{copies} copies in each, {first / rounds / copies:.0%} are among the first "
          f"{copies * 3 // 2} pairs and {apart / rounds / copies:.0%} stand apart", flush=True)


if __name__ == "__main__":
    main()
