"""The command `course`: one thin verb per capability."""

import argparse
import atexit
import gc
import sys
from importlib import import_module
from importlib.util import find_spec

from course_utils.cli.surroundings import shield
from course_utils.errors import CourseError

# Each verb is a module of this package with `HELP`, `add_arguments(parser)` and `run(args)`.
VERBS = ("lab", "doctor", "build", "run", "reset", "bundle", "prepare")
# Those of other packages; what students get has no grader, and what is not there is not offered.
OTHER_PACKAGES = {"pretraining": ("pretrain",),
                  "forkgrade": ("grade", "report", "comments", "similar", "kernel")}


def main(argv=None):
    """Run one verb and return its exit code.

    Parameters
    ----------
    argv : list of str, optional
        The words after `course`; those of the process by default.

    Returns
    -------
    int
        0 when all went well, 1 after a fault that the message names, 130 after Ctrl-C.
        Words that do not parse end with exit code 2, as argparse does it.
    """
    _speak_any_encoding()
    if argv is None:  # a process of its own, whose variables and path are ours to change
        shield()
    atexit.register(gc.freeze)  # else the interpreter looks for cycles before it ends, for 0.4 s
    parser = argparse.ArgumentParser(prog="course", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, module in _verbs():
        child = verbs.add_parser(verb, help=module.HELP, description=module.HELP)
        module.add_arguments(child)
        child.set_defaults(run=module.run)
    args = parser.parse_args(argv)
    if sys.flags.optimize and args.verb != "doctor":
        return _fail("Python was told to skip assertions (PYTHONOPTIMIZE or -O), and tests are "
                     "assertions. Type: unset PYTHONOPTIMIZE, then the same again.")
    try:
        return args.run(args) or 0
    except CourseError as error:
        return _fail(error)
    except ImportError as error:
        return _fail(f"{error}. Something is missing in this environment, or comes from another "
                     "one. Type: course doctor")
    except PermissionError as error:
        return _fail(f"No permission for {error.filename or 'a file'}. Make it writable "
                     "(for example with chmod u+w), or copy the course to a folder of your own.")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or str(error) or type(error).__name__}{where}.")
    except KeyboardInterrupt:
        return 130


def _speak_any_encoding():
    """Print a question mark where a terminal's or a file's encoding lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _verbs():
    names = [(verb, f"course_utils.cli.{verb}") for verb in VERBS]
    names += [(verb, f"{package}.cli.{verb}") for package, verbs in OTHER_PACKAGES.items()
              if find_spec(package) for verb in verbs]
    return [(verb, import_module(name)) for verb, name in names]


def _fail(message):
    print(f"course: {message}", file=sys.stderr)
    return 1
