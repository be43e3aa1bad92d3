"""`course pretrain`: train the course's own ResNet50 again."""

from pathlib import Path

from course_utils.errors import CourseError

HELP = "train the course's ResNet50 again, from its seed: hours, and it can be interrupted"


def add_arguments(parser):
    """Declare the arguments of `course pretrain`.

    Parameters
    ----------
    parser : argparse.ArgumentParser
    """
    parser.add_argument("folder", type=Path, metavar="FOLDER",
                        help="for checkpoint, log, curves and weights; a started one goes on")
    parser.add_argument("--steps", type=int, metavar="N", help="stop after this step")
    parser.add_argument("--engine", choices=("keras", "torch"), default="keras",
                        help="torch needs PyTorch, which the course does not install, and may take "
                             "two thirds of the time")
    parser.add_argument("--threads", type=int, metavar="N", help="all cores by default")
    parser.add_argument("--ship", action="store_true",
                        help="put weights, card and log of a finished training into the package")


def run(args):
    """Train, then write curves and weights.

    Parameters
    ----------
    args : argparse.Namespace

    Raises
    ------
    CourseError
        If an option does not fit, or PyTorch is asked for and missing.
    """
    for name in ("steps", "threads"):
        if getattr(args, name) is not None and getattr(args, name) < 1:
            raise CourseError(f"--{name} is {getattr(args, name)}, but it must be at least 1.")
    from course_utils.models.pretraining import finish, train
    from course_utils.models.pretraining.recipe import Recipe

    recipe = Recipe()
    if args.ship and (args.steps or recipe.steps) < recipe.steps:
        raise CourseError(f"--ship needs a finished training of {recipe.steps} steps: leave "
                          "--steps out.")
    engine = _engine(args, recipe)
    train.pretrain(args.folder, engine, recipe=recipe, steps=args.steps,
                   say=lambda line: print(line, flush=True))
    finish.draw_curves(args.folder)
    print(f"curves: {args.folder / finish.CURVES}")
    if args.ship:
        facts = finish.ship(args.folder, engine, recipe, args.engine)
        print(f"shipped {facts['megabytes']} MB; {facts['held_out']:.1%} of "
              f"{facts['held_out_pictures']:,} held-out pictures named right")


def _engine(args, recipe):
    if args.engine == "keras":
        from course_utils import models

        models.quiet(args.threads, onednn=True)
        from course_utils.models.pretraining.keras_engine import KerasEngine

        return KerasEngine(recipe)
    try:
        from course_utils.models.pretraining.torch_engine import TorchEngine
    except ModuleNotFoundError:
        raise CourseError("PyTorch is not installed. Install it into .venv (pip install torch), "
                          "or leave --engine out to train with Keras.") from None
    return TorchEngine(recipe, args.threads)
