"""`course run`: lessons from top to bottom, with seconds, memory and result."""

import argparse
import json
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import is_litter, project_root

HELP = "run lessons from top to bottom and show time, memory and result"
MEMORY_MIB = 1228.8  # 1.2 GiB: a Binder user has between 1 and 2
SECONDS = 60


def add_arguments(parser):
    """Declare the arguments of `course run`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("lessons", nargs="*", metavar="LESSON",
                        help="for example 01, or the path of a notebook; all lessons by default")
    parser.add_argument("--seed", type=_seed, metavar="N", help="for the lessons' random numbers")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the results as JSON")
    parser.add_argument("--budget", type=_seconds, metavar="SECONDS",
                        help="fail a lesson that takes longer; without this, more than "
                             f"{SECONDS} s is only a warning, as machines differ. More than "
                             f"{MEMORY_MIB:g} MiB always fails")


def run(args):
    """Run the lessons and return 1 if one of them failed.

    Parameters
    ----------
    args : argparse.Namespace
    """
    paths = _paths(project_root(), args.lessons)
    rows = []
    _report(args.report, rows)  # before the long work: a file that cannot be written
    with _progress() as progress:
        for number, path in enumerate(paths, start=1):
            task = progress.add_task(f"{path.stem} ({number} of {len(paths)})")
            rows.append(_row(path, args, progress, task))
            progress.remove_task(task)
            _report(args.report, rows)
    _show(rows)
    return 0 if all(row["ok"] for row in rows) else 1


def _seed(text):
    seed = int(text)
    if seed < 0:
        raise argparse.ArgumentTypeError("a seed is 0 or above")
    return seed


def _seconds(text):
    seconds = float(text)
    if not seconds > 0:
        raise argparse.ArgumentTypeError("seconds are above 0")
    return seconds


def _paths(root, names):
    from course_utils.notebooks.names import find

    lessons = {path.stem: path for path in sorted((root / "lessons").glob("*.ipynb"))
               if ".before-reset-" not in path.name and not is_litter(path.name)}
    if not names and not lessons:
        raise CourseError(f"There are no lessons in {root / 'lessons'}. Make them: course build")
    paths = [Path(name) if name.endswith(".ipynb") and Path(name).is_file()
             else lessons[find(name, lessons, "lesson")] for name in names]
    return list(dict.fromkeys(path.resolve() for path in paths)) or list(lessons.values())


def _row(path, args, progress, task):
    from course_utils.notebooks.execute import execute

    def on_cell(count, total):
        progress.update(task, completed=count, total=total)

    row = {"lesson": path.stem, "seconds": 0.0, "peak_mib": 0.0, "ok": False, "error": ""}
    try:
        result = execute(path, seed=args.seed, on_cell=on_cell)
    except (CourseError, OSError) as error:
        return {**row, "error": str(error), "slow": False}
    row.update(seconds=round(result.seconds, 2), peak_mib=round(result.peak_mib, 1))
    error = result.error or _over_budget(row, args.budget)
    return {**row, "ok": not error, "error": error, "slow": row["seconds"] > SECONDS}


def _over_budget(row, seconds):
    if row["peak_mib"] > MEMORY_MIB:
        return (f"its kernel had {row['peak_mib']:.0f} MiB at the peak; on Binder a lesson may "
                f"have {MEMORY_MIB:g}")
    if seconds is not None and row["seconds"] > seconds:
        return f"it took {row['seconds']:.0f} s; the budget is {seconds:g}"
    return ""


def _report(path, rows):
    if path is None:
        return
    try:  # in place: a path like /dev/stdout must not be replaced
        path.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise CourseError(f"The report cannot be written to {path}: name a file in a folder that "
                          "exists, for example --report report.json") from None


def _progress():
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(),
                    TimeElapsedColumn(), console=Console(stderr=True), transient=True)


def _show(rows):
    from rich.console import Console
    from rich.table import Table

    table = Table("lesson")
    for heading in ("seconds", "peak MiB"):
        table.add_column(heading, justify="right")
    table.add_column("result")
    for row in rows:
        table.add_row(row["lesson"], f"{row['seconds']:.1f}", f"{row['peak_mib']:.0f}",
                      _result(row))
    console = Console()
    console.print(table)
    for row in rows:
        if not row["ok"]:
            console.print(f"{row['lesson']}: {row['error']}", soft_wrap=True, markup=False,
                          highlight=False)


def _result(row):
    if not row["ok"]:
        return "[red]failed[/red]"
    return f"[yellow]ok, over {SECONDS} s[/yellow]" if row["slow"] else "[green]ok[/green]"
