"""`course build`: notebooks from `source/`."""

from course_utils.paths import project_root

HELP = "make lessons/, solutions/ and labs/ from source/"


def add_arguments(parser):
    """Declare the arguments of `course build`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("--check", action="store_true",
                        help="write nothing; fail and name the notebooks that are not as built")


def run(args):
    """Build, or compare with what a build would write.

    Parameters
    ----------
    args : argparse.Namespace

    Returns
    -------
    int or None
        1 if the comparison shows a difference.
    """
    return _check(project_root()) if args.check else _build(project_root())


def _build(root):
    from course_utils.notebooks.build import build

    report = build(root)
    for path in report.written_paths:
        print(f"wrote {path}")
    for path in report.removed_paths:
        print(f"removed {path}: no source makes it any more")
    for path in report.edited_paths:
        print(f"kept {path}: someone worked in it. {_original(path)}")
    if not (report.written_paths or report.removed_paths or report.edited_paths):
        print(f"All {len(report.unchanged_paths)} notebooks are as built.")


def _original(path):
    if path.startswith("solutions/"):
        return ("Answers are edited in source/labs/; move this file away and build again to get "
                "the built one.")
    name = path.rpartition("/")[2].removesuffix(".ipynb")
    return f"To get the original back (a copy is saved first): course reset {name}"


def _check(root):
    from course_utils.notebooks.build import check

    faults = check(root)
    for path, reason in faults:
        print(f"{reason:8} {path}" + (f": {_original(path)}" if reason == "edited" else ""))
    if any(reason != "edited" for _, reason in faults):
        print("These are not what `course build` makes. Run it, then commit what it wrote.")
    if not faults:
        print("All notebooks are as built.")
    return 1 if faults else 0
