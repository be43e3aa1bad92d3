"""`course report`: a page and tables on a graded lab, for the instructor."""

import csv
import subprocess
import sys
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import grading_root
from forkgrade.cli.grade import say_where

HELP = "show how a graded lab went: points, difficulty, misconceptions, oddities"


def add_arguments(parser):
    """Declare the words after `course report`."""
    parser.add_argument("lab", metavar="LAB", help="for example lab01")
    parser.add_argument("--names", action="store_true",
                        help="the page and its table with students' ids instead of "
                             "anonymous ones")
    parser.add_argument("--out", type=Path, metavar="FOLDER",
                        help="where to write; reports/LAB by default")
    parser.add_argument("--canvas", action="store_true", help="also the table that Canvas imports")
    parser.add_argument("--moodle", action="store_true", help="also the table that Moodle imports")
    parser.add_argument("--feedback", action="store_true",
                        help="also nbgrader's feedback page for each student, in feedback/")


def run(args):
    """Write the report and say where it is."""
    from course_utils.notebooks.names import find
    from forkgrade.forkserver.preload import import_nbformat

    import_nbformat()
    from forkgrade import report as reports
    from forkgrade.course import course

    root = grading_root()
    say_where(root)
    found = course(root)
    sources = Path(root, found.coursedir.source_directory)
    lab = find(args.lab, sorted(path.name for path in sources.glob("*")), "lab")
    report = reports.read(found.coursedir, lab)

    def name_of(student):
        return student if args.names else reports.alias(student, found.secret())

    out = args.out or root / "reports" / lab
    out.mkdir(parents=True, exist_ok=True)
    shown = report.in_order_of(name_of)
    (out / "report.html").write_text(reports.to_html(shown, name_of), encoding="utf-8")
    _table(out / "report.csv", reports.to_rows(shown, name_of))
    if args.canvas:  # these two go to a system that has to know who it is
        _table(out / "canvas.csv", reports.canvas_rows(report))
    if args.moodle:
        _table(out / "moodle.csv", reports.moodle_rows(report))
    if args.feedback:
        _feedback(root, lab)
    print(f"{len(report.rows)} submissions: {out / 'report.html'} and {out / 'report.csv'}")
    if not args.names:
        print("Ids in these two are anonymous; --names shows who it is.")
    for name in ("canvas", "moodle"):
        if getattr(args, name):
            print(f"For {name.title()}, with real ids: {out / name}.csv")
    if (args.canvas or args.moodle) and report.unread():
        print(f"WARNING: {report.unread()} written answers have no points yet and count as 0 "
              "there. Grade them in the Formgrader first.")


def _feedback(root, lab):
    done = subprocess.run([sys.executable, "-m", "nbgrader", "generate_feedback", lab, "--force"],
                          cwd=root, capture_output=True, text=True)
    if done.returncode:
        raise CourseError(f"nbgrader cannot make the feedback pages of {lab}: "
                          f"{done.stderr.strip().splitlines()[-1:]}. Try it yourself: nbgrader "
                          f"generate_feedback {lab}")


def _table(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
