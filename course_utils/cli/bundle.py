"""`course bundle`: the archive for students."""

from course_utils.paths import project_root

HELP = "make the archive that students get: everything but answers, sources, tests and the grader"


def add_arguments(parser):
    """Declare the arguments of `course bundle`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("file", metavar="FILE", help="ends in .zip or .tar.gz")


def run(args):
    """Write the archive.

    Parameters
    ----------
    args : argparse.Namespace
    """
    from course_utils.notebooks.bundle import TOP, bundle

    content = bundle(project_root(), args.file)
    labs = sum(path.startswith("labs/") for path in content)
    lessons = sum(path.startswith("lessons/") for path in content)
    print(f"wrote {args.file}: {lessons} lessons, {labs} labs, {len(content)} files in {TOP}/. "
          "It holds no answers. Students unpack it, change into the folder and type: make lab")
