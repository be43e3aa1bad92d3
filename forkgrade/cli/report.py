"""`course report`: a page and tables on a graded lab, for the instructor."""

import csv
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.paths import grading_root
from forkgrade.cli.grade import say, say_where
from forkgrade.cli.zero import counted, points

MOST_NAMED = 20  # learners in one message
HELP = "show how a graded lab went: points, difficulty, misconceptions, oddities"


def add_arguments(parser):
    """Declare the words after `course report`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
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
    parser.add_argument("--changes", action="store_true",
                        help="print every mark that changed, when, why and by which command, and "
                             "nothing else")
    parser.add_argument("--student", metavar="ID", help="with --changes: only this one")


def run(args):
    """Write the report and say where it is.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.
    """
    from forkgrade.forkserver.preload import import_nbformat

    import_nbformat()
    from forkgrade import api
    from forkgrade import course as courses
    from forkgrade import report as reports
    from forkgrade.steps.gradebook import patiently

    root = grading_root()
    say_where(root)
    if vars(args).get("student") and not args.changes:
        raise CourseError("--student goes with --changes: the report is about everybody.")
    if vars(args).get("changes"):
        return _changes(api.changes(root, args.lab, args.student), args)
    course = courses.course(root)
    report = patiently(lambda: api.report(course, args.lab), say)
    lab = report.lab

    def name_of(student):
        return student if args.names else reports.alias(student, course.secret())

    out = args.out or root / "reports" / lab
    _write(out, report, name_of, args)
    _say(out, report, args)
    if args.feedback:
        api.note_changes(course, lab)  # so that the pages tell of them
        _feedback(course.coursedir, lab, report)
        api.note_changes(course, lab)  # what changes from now on is news to learners


def _changes(changes, args):
    """Print the record: first marks too, since they are what later ones are compared with."""
    for each in changes:
        time = each.time.astimezone().strftime("%Y-%m-%d %H:%M")
        why = f"; {each.because}" if each.because else ""
        by = f" ({each.command})" if each.command else ""
        print(f"{time}  {each.student}  {each.part}: {points(each.old)} -> {points(each.new)}  "
              f"{each.kind}{why}{by}")
    if not changes:
        whose = f" of {args.student}" if args.student else ""
        print(f"No mark{whose} in {args.lab} is on record.")


def _write(out, report, name_of, args):
    from forkgrade import report_formats as formats

    out.mkdir(parents=True, exist_ok=True)
    ordered = report.in_order_of(name_of)
    (out / "report.html").write_text(formats.to_html(ordered, name_of), encoding="utf-8")
    _table(out / "report.csv", formats.to_rows(ordered, name_of))
    if args.canvas:  # these two go to a system that has to know who it is
        _table(out / "canvas.csv", formats.canvas_rows(report))
    if args.moodle:
        _table(out / "moodle.csv", formats.moodle_rows(report))


def _say(out, report, args):
    """Say what was written, and what to watch out for."""
    print(f"{counted(len(report.rows), 'submission')}: {out / 'report.html'} and "
          f"{out / 'report.csv'}")
    if not args.names:
        print("Ids in these two are anonymous; --names shows who it is.")
    for name in ("canvas", "moodle"):
        if getattr(args, name):
            print(f"For {name.title()}, with real ids: {out / name}.csv")
    if (args.canvas or args.moodle) and report.unread():
        print(f"WARNING: {report.unread()} written answers have no points yet and count as 0 "
              "there. Grade them in the Formgrader first.")


def _feedback(coursedir, lab, report):
    from forkgrade import feedback
    from forkgrade.steps.sanitize import printable

    missing = feedback.make(coursedir, lab, [row.student for row in report.rows])
    if missing:
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        names = ", ".join(map(printable, missing[:MOST_NAMED]))
        raise CourseError(f"nbgrader made no feedback page of {lab} for {names}{more}; all others "
                          "have theirs. What stopped it, it says if you ask for one of them: "
                          f"nbgrader generate_feedback {lab} --force --student=ID")


def _table(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
