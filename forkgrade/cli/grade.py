"""`course grade`: nbgrader's autograde, in parallel, in a sandbox, and resumable."""

import argparse
import contextlib
import os
import re
import shlex
import signal
import sys
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import grading_root
from forkgrade.cli import zero
from forkgrade.forkserver.client import LIMITS, THREADS, can_fork
from forkgrade.forkserver.preload import STATE, Preload, import_nbformat
from forkgrade.suite import check_registered

SOURCES = re.compile(r"""^c\.CourseDirectory\.source_directory = ["']([^"'\\]+)["']\s*$""",
                     re.MULTILINE)  # a line of `nbgrader_config.py`
MOST_SAID = 500  # characters about one submission
LEAST_MEMORY = 256  # MiB; with less not even what the course imports can work
HELP = "grade what was handed in for a lab, several at once, in a sandbox"


def add_arguments(parser):
    """Declare the words after `course grade`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("lab", metavar="LAB", help="for example lab01")
    parser.add_argument("--jobs", type=_positive, default=0, metavar="N",
                        help="submissions at the same time; one for each core by default")
    parser.add_argument("--student", action="append", default=[], metavar="ID",
                        help="only this one; may be given several times")
    parser.add_argument("--regrade", action="store_true",
                        help="grade again what is graded already")
    parser.add_argument("--no-sandbox", action="store_true",
                        help="run students' code with your rights, if bubblewrap is missing")
    parser.add_argument("--timeout", type=_positive, metavar="SECONDS",
                        help="for one cell; by default that of nbgrader_config.py")
    parser.add_argument("--memory", type=_memory, default=2048, metavar="MIB",
                        help="for one submission, all its processes together (default 2048, at "
                             f"least {LEAST_MEMORY})")
    parser.add_argument("--processes", type=_positive, default=LIMITS["processes"], metavar="N",
                        help="of one submission at the same time, their threads included (default "
                             f"{LIMITS['processes']})")
    parser.add_argument("--scheduler", metavar="ADDRESS",
                        help="run on the Dask cluster with this scheduler")
    parser.add_argument("--even-so", action="store_true",
                        help="grade although your own solution does not earn its points here")
    zero.add_arguments(parser)


def run(args):
    """Grade, and return 0 if every submission has its record.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.
    """
    root = grading_root()
    say_where(root)
    if args.zero is not None or args.unzero is not None:
        import_nbformat()
        return zero.run(root, args)
    if args.no_sandbox:
        say("WARNING: without a sandbox students' code has your rights: it can read and change "
             "your files, the gradebook and the other submissions.")
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.default_int_handler)  # tidy up, as after Ctrl-C
    try:
        with contextlib.ExitStack() as started:
            guess = _guess(root, args.lab)
            preload = guess and _started(started, guess, root, args)
            return _grade(root, args, preload, started)
    except KeyboardInterrupt:
        say("Stopped. What is graded stays; the same command goes on with the rest.")
        raise


def say_where(root):
    """Say which course it is about if the current folder lies outside of it.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    """
    if root not in (Path.cwd(), *Path.cwd().parents):
        say(f"No nbgrader_config.py here or above; this is about the course in {root}.")


def _guess(root, word):
    """Return where the instructor's notebooks of a lab seem to be, or None.

    It takes nbgrader half a second to say for certain, in which the fork server can start.
    """
    from course_utils.notebooks.names import find

    line = None
    with contextlib.suppress(OSError):
        line = SOURCES.search((root / "nbgrader_config.py").read_text("utf-8", "replace"))
    sources = root / (line[1] if line else "source")
    with contextlib.suppress(CourseError, OSError):
        return sources / find(word, sorted(path.name for path in sources.iterdir()
                                           if path.is_dir()), "lab")
    return None


def _started(stack, source, root, args):
    """Return the fork server of a lab; it ends with a stack of contexts."""
    preload = stack.enter_context(Preload(source, root / STATE, sandbox=not args.no_sandbox))
    if can_fork() and not args.scheduler:
        with contextlib.suppress(CourseError):  # whatever needs it later says why it did not start
            preload.start()  # at once, before anything heavy is imported here
    return preload


def _grade(root, args, preload, started):
    for name in THREADS:  # several judges at once, as well as several kernels
        os.environ.setdefault(name, "1")
    # takes a second, in which the fork server imports what the lab needs
    check_registered(root)
    import_nbformat()
    from forkgrade import api
    from forkgrade.course import course

    here = course(root)
    for warning in here.settings.warnings:
        say(f"nbgrader: {warning}")
    lab = here.find(args.lab)
    if preload is None or not _is_same(preload.source, here.source(lab)) \
            or not _is_same(root, here.root):
        started.close()
        preload = _started(started, here.source(lab), here.root, args)
    with _Display() as display:
        graded = api.grade(here, lab, on_event=display.event, preload=preload, **options(args))
    display.summary(lab, len(graded))
    return 0


def options(args):
    """Return what `forkgrade.api.grade` gets of what was typed.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.

    Returns
    -------
    dict
    """
    return {"students": args.student, "jobs": args.jobs, "regrade": args.regrade,
            "because": args.because, "command": _command(args), "sandbox": not args.no_sandbox,
            "timeout": args.timeout, "even_so": args.even_so, "scheduler": args.scheduler,
            "limits": {"memory": args.memory * 2**20, "processes": args.processes}}


def _is_same(path, other):
    return os.path.realpath(path) == os.path.realpath(other)


def _command(args):
    """Return what was typed, as the record of changed marks keeps it."""
    words = ["course", "grade", args.lab, *["--regrade"] * args.regrade]
    return shlex.join([*words, *(f"--student={student}" for student in args.student)])


def _positive(text):
    return _number(text, 1)


def _memory(text):
    return _number(text, LEAST_MEMORY)


def _number(text, least):
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
    return int(text)


def say(text):
    """Write a line to where it disturbs no output.

    Parameters
    ----------
    text : str
    """
    print(text, file=sys.stderr)


def _some(sentences):
    """Return as many of some sentences as one can read at a glance, and how many more there are."""
    first, rest = sentences[:1], list(sentences[1:])
    while rest and len(" · ".join([*first, rest[0]])) < MOST_SAID:
        first.append(rest.pop(0))
    more = [f"and {len(rest)} more, see `course report`"] if rest else []
    return " · ".join([*(each[:MOST_SAID] for each in first), *more])


class _Display:
    """The progress bar, and what is said at the end."""

    def __init__(self):
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        # no thread of its own: the grader forks
        self._bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                             TimeElapsedColumn(), TimeRemainingColumn(), auto_refresh=False,
                             console=console, transient=True, disable=not console.is_terminal)
        self._task = self._bar.add_task("starting", total=None)
        self._odd, self._skipped, self._warnings = [], [], []

    def __enter__(self):
        self._bar.start()
        self._bar.refresh()
        return self

    def __exit__(self, *_):
        self._bar.stop()

    def event(self, kind, data):
        """Record an event."""
        if kind == "total":
            self._bar.update(self._task, total=data, description="grading")
        elif kind == "skipped":
            self._skipped.append(data)
        elif kind == "warning":
            self._warnings.append(data)
        elif kind == "note":
            self._bar.update(self._task, description=data)
        else:
            if data.flags or data.reasons:
                self._odd.append(data)
            flagged = f", {len(self._odd)} to look at" if self._odd else ""
            self._bar.update(self._task, advance=1, description="grading" + flagged)
        self._bar.refresh()

    def summary(self, lab, count):
        """Say what was done, and what a person should look at."""
        print(f"{lab}: {count} graded, {len(self._odd)} to look at." if count
              else f"{lab}: nothing to do." if self._skipped
              else f"{lab}: nothing to do, all is graded. --regrade grades again.")
        for outcome in sorted(self._odd, key=lambda outcome: outcome.student):
            sentences = [*outcome.reasons, *(flag for flag in outcome.flags
                                             if not flag.startswith("stopped"))]
            print(f"  {outcome.student}: {_some(sentences)}")
        for sentence in self._warnings:
            print(f"  WARNING: {sentence}")
        for each in self._skipped:
            print(f"  not graded: submitted/{each['student']}: {each['reason']}")
        if count:
            print("Next: written answers in the Formgrader, then "
                  f"`nbgrader generate_feedback {lab}`.")
