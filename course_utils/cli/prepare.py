"""`course prepare`: fetch in advance what a lesson may use and the course does not ship."""

HELP = "fetch Keras's ImageNet weights ahead, for the part of lesson 05 that can use them"


def add_arguments(parser):
    """Declare the arguments of `course prepare`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("--imagenet", action="store_true", required=True,
                        help="the ImageNet weights of ResNet50 (95 MB), into Keras's cache")
    parser.add_argument("--top", action="store_true", help="those that name 1,000 classes (103 MB)")


def run(args):
    """Fetch them, or say that they are there.

    Parameters
    ----------
    args : argparse.Namespace
    """
    from course_utils import models

    models.quiet()
    path = models.fetch_imagenet(include_top=args.top)
    print(f"The ImageNet weights are in {path}.")
