"""The command `course`: one thin verb per capability."""

import argparse
import atexit
import gc
import sys
from importlib import import_module
from importlib.util import find_spec

from course_utils.errors import CourseError

# Each verb is a module of this package with `HELP`, `add_arguments(parser)` and `run(args)`.
VERBS = ("lab", "doctor", "build", "run", "reset", "bundle", "prepare")
# Those of other packages; what students get has no grader, and what is not there is not offered.
OTHER_PACKAGES = {"pretraining": ("pretrain",),
                  "forkgrade": ("grade", "report", "similar", "kernel")}


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
    atexit.register(gc.freeze)  # else the interpreter looks for cycles before it ends, for 0.4 s
    parser = argparse.ArgumentParser(prog="course", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, module in _verbs():
        child = verbs.add_parser(verb, help=module.HELP, description=module.HELP)
        module.add_arguments(child)
        child.set_defaults(run=module.run)
    args = parser.parse_args(argv)
    try:
        return args.run(args) or 0
    except CourseError as error:
        return _fail(error)
    except PermissionError as error:
        return _fail(f"No permission for {error.filename}. Make it writable "
                     "(for example with chmod u+w), or copy the course to a folder of your own.")
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _fail(f"{error.strerror or error}{where}.")
    except KeyboardInterrupt:
        return 130


def _verbs():
    names = [(verb, f"course_utils.cli.{verb}") for verb in VERBS]
    names += [(verb, f"{package}.cli.{verb}") for package, verbs in OTHER_PACKAGES.items()
              if find_spec(package) for verb in verbs]
    return [(verb, import_module(name)) for verb, name in names]


def _fail(message):
    print(f"course: {message}", file=sys.stderr)
    return 1
