"""`course comments`: comments that are written once, and marks by the rows of a rubric."""

import argparse
import shlex

from course_utils.errors import CourseError
from course_utils.paths import grading_root, write_whole
from forkgrade.cli.grade import say_where
from forkgrade.cli.zero import counted, reason_apart, say_changes

HELP = "write reused comments into the gradebook; mark written answers by rows of a rubric"


def add_arguments(parser):
    """Declare the words after `course comments`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("lab", metavar="LAB", help="for example lab01")
    parser.add_argument("--template", action="store_true",
                        help="make comments/LAB.toml with all misconceptions and rubric rows; if "
                             "it is there, say what it lacks")
    parser.add_argument("--because", metavar="TEXT", default="",
                        help="with --mark: why, for the record and for the learner")
    parser.add_argument("--mark", nargs=argparse.REMAINDER, metavar="WORD",
                        help="STUDENT CELL ROW ...: give a written answer the points and the "
                             "comments of these rows; without a row, take the mark back")


def run(args):
    """Write the template, a mark, or the comments of everybody.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.
    """
    from forkgrade.forkserver.preload import import_nbformat

    import_nbformat()
    root = grading_root()
    say_where(root)
    if args.template:
        _template(root, args.lab)
    elif args.mark is not None:
        _mark(root, args)
    else:
        _comments(root, args.lab)


def _template(root, lab):
    from forkgrade import api

    path, text, missing = api.comments_template(root, lab)
    if missing is None:
        write_whole(path, text)
        print(f"wrote {path}. Fill in what you want to say; an empty text is no comment. Then: "
              f"course comments {lab}")
    elif missing:
        print(f"{path} is there and stays. It lacks:")
        print("\n".join(f"  {name}" for name in missing))
    else:
        print(f"{path} is there and has all names of the lab.")


def _mark(root, args):
    from forkgrade import api

    words, because = reason_apart(args.mark, args.because)
    if len(words) < 2:
        raise CourseError("--mark needs a student and the cell of a written answer, then rows of "
                          f"its rubric: course comments {args.lab} --mark STUDENT CELL ROW ROW")
    command = shlex.join(["course", "comments", args.lab, "--mark", *words])
    student, part, *rows = words
    say_changes(api.mark(root, args.lab, student, part, *rows, because=because, command=command),
                f"{part} of {student} has these points already; the comments are written.")


def _comments(root, lab):
    from forkgrade import api

    done = api.comments(root, lab, command=f"course comments {lab}")
    print(f"{counted(done.comments, 'comment')} in {counted(done.submissions, 'submission')}.")
    if done.by_hand:
        print(f"{done.by_hand} of them are not shown, because a comment by hand stands there.")
    if done.marks:
        print("Rows of the rubric have other points now:")
        say_changes(done.marks, "")
