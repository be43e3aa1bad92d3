"""`course similar`: pairs of submissions that are alike beyond what the task makes alike."""

import argparse
from pathlib import Path

from course_utils.paths import grading_root, write_whole
from forkgrade.cli.grade import say_where

FIRST = 5  # pairs that the terminal shows
HELP = "show which answers of a lab are alike beyond what the task makes alike"


def add_arguments(parser):
    """Declare the words after `course similar`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("lab", metavar="LAB", help="for example lab01")
    parser.add_argument("--top", type=_positive, default=15, metavar="N",
                        help="how many pairs the page shows; 15 by default, at most 500")
    parser.add_argument("--names", action="store_true",
                        help="with students' ids instead of anonymous ones")
    parser.add_argument("--out", type=Path, metavar="FOLDER",
                        help="where to write; reports/LAB by default")


def run(args):
    """Compare the submissions, write the page and say what is at its top.

    Parameters
    ----------
    args : argparse.Namespace
        What `add_arguments` declared.
    """
    from forkgrade.forkserver.preload import import_nbformat

    import_nbformat()
    from forkgrade import course as courses
    from forkgrade.report import alias
    from forkgrade.similar import comparison as comparisons
    from forkgrade.similar.page import to_html
    from forkgrade.steps.sanitize import printable

    root = grading_root()
    say_where(root)
    course = courses.course(root)
    lab = course.find(args.lab)

    secret = course.secret()

    def name_of(student):
        return printable(student) if args.names else alias(student, secret)

    comparison = comparisons.compare(course, lab)
    recurring = comparisons.recurring(course, comparison)
    path = (args.out or root / "reports" / lab) / "similar.html"
    write_whole(path, to_html(comparison, recurring, args.top, name_of))
    _say(path, comparison, recurring, name_of, args)


def _say(path, comparison, recurring, name_of, args):
    """Say which pairs are the most alike, and what that does not mean."""
    from forkgrade.similar.likeness import FEW

    compared = comparison.handed_in - len(comparison.left_out)
    print(f"{comparison.lab}: {compared} of {comparison.handed_in} submissions compared.")
    for title, each in (("Code", comparison.code), ("Written answers", comparison.text)):
        pairs = each.pairs(min(FIRST, args.top))
        print(f"{title}:" if pairs else f"{title}: no two share enough to be shown.")
        for pair in pairs:
            print("  " + _sentence(pair, each.count(), recurring, name_of))
    if compared < FEW:
        print(f"Below {FEW} submissions ranks and percentages mean next to nothing.")
    print(f"Side by side: {path}")
    print("It says where to look, and not what happened: pair work, a common source or a common "
          "tutor make answers alike, too.")
    if not args.names:
        print("Ids are anonymous; --names shows who it is.")


def _sentence(pair, count, recurring, name_of):
    from forkgrade.similar.page import ordered, percent

    labs = sorted(recurring.get(frozenset((pair.first, pair.second)), ()))
    notes = ["stands apart"] * pair.apart + ["also alike in " + ", ".join(labs)] * bool(labs)
    return "; ".join([f"{pair.rank}. {' and '.join(map(name_of, ordered(pair, name_of)))}: "
                      f"likeness {pair.likeness:.2f}, more alike than {percent(pair.percentile)} % "
                      f"of {count:,} pairs", *notes])


def _positive(text):
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 500 and len(text) < 4):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 500")
    return int(text)
