"""`course grade LAB --zero STUDENT PART`: what a teacher decides after a flag."""

import argparse
import shlex

from course_utils.errors import CourseError

REASON = "--because"


def add_arguments(parser):
    """Declare the options on single marks.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument(REASON, metavar="TEXT", default="",
                        help="with --regrade, --zero and --unzero: why, for the record and for "
                             "learners whose marks change")
    # all words that follow, since a student's id may begin with a dash
    parser.add_argument("--zero", nargs=argparse.REMAINDER, metavar="WORD",
                        help="STUDENT PART ...: set these tests of one submission to 0, and keep "
                             "them there; the last option")
    parser.add_argument("--unzero", nargs=argparse.REMAINDER, metavar="WORD",
                        help="STUDENT PART ...: give them back what they earned")


def run(root, args):
    """Set tests to 0, or take that back.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.
    args : argparse.Namespace
        What `add_arguments` declared, and the lab.
    """
    from forkgrade import api

    option, work, given = ("--zero", api.zero, args.zero) if args.zero is not None \
        else ("--unzero", api.unzero, args.unzero)
    words, because = reason_apart(given, args.because)
    if len(words) < 2:
        raise CourseError(f"{option} needs a student and at least one test: course grade "
                          f"{args.lab} {option} STUDENT PART")
    command = shlex.join(["course", "grade", args.lab, option, *words])
    student, *parts = words
    changes = work(root, args.lab, student, *parts, because=because, command=command)
    say_changes(changes, f"{', '.join(parts)} of {student}: the points are the same as before; "
                         + ("they stay 0 until --unzero." if option == "--zero" else "free again."))


def reason_apart(words, because):
    """Return the words after an option without the reason at their end, and the reason.

    Parameters
    ----------
    words : list of str
        The first two are taken as they are.
    because : str
        The reason that stands before the option, if any.

    Returns
    -------
    words : list of str
    because : str

    Raises
    ------
    CourseError
        If a word is an option that does not belong there.
    """
    first, rest = words[:2], words[2:]
    for number, word in enumerate(rest):
        name, equals, value = word.partition("=")
        if name == REASON:
            reason = [value] * bool(equals) + rest[number + 1:]
            if len(reason) != 1:
                raise CourseError(f'{REASON} is followed by one text: {REASON} "copied from bo"')
            return first + rest[:number], reason[0]
        if word.startswith("--"):
            raise CourseError(f"{word} has to stand before the option with the student.")
    return words, because


def say_changes(changes, otherwise):
    """Print changed marks, one a line.

    Parameters
    ----------
    changes : iterable of forkgrade.changes.Change
    otherwise : str
        What to say if there are none.
    """
    for each in changes:
        print(f"{each.student}, {each.part}: {points(each.old)} -> {points(each.new)}")
    if not changes:
        print(otherwise)


def counted(number, noun):
    """Return a number with its noun.

    Parameters
    ----------
    number : int
    noun : str
        In the singular.
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def points(value):
    """Return points as a person reads them.

    Parameters
    ----------
    value : float or None
    """
    return "none" if value is None else f"{value:g}"
