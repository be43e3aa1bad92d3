"""`course reset`: the original of a notebook, and a copy of your own."""

from course_utils.paths import project_root

HELP = "restore the original of a lab or lesson, after saving a copy of yours"


def add_arguments(parser):
    """Declare the arguments of `course reset`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("name", metavar="LAB", help="for example lab01, or the path of a lesson")


def run(args):
    """Restore one notebook.

    Parameters
    ----------
    args : argparse.Namespace
    """
    from course_utils.notebooks.reset import reset

    root = project_root()
    path, copy = reset(root, args.name)
    label = path.relative_to(root)
    if copy is None:
        print(f"{label} is the original.")
    else:
        print(f"{label} is the original again. Yours is saved as {copy.relative_to(root)}. "
              "Reload the notebook if it is open in JupyterLab.")
