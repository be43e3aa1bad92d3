"""What a training leaves behind: its curves, and the file that the course ships."""

import datetime
import json
from pathlib import Path

import numpy as np

from course_utils.errors import CourseError
from course_utils.models import cards, storage
from course_utils.paths import write_whole
from pretraining.pictures import CLASSES
from pretraining.recipe import BATCH
from pretraining.train import LOG

CURVES = "curves.png"
_BATCHES = 16  # held-out ones for the figures on the card


def read_log(folder):
    """Return the rows of a training's log, as dicts.

    Parameters
    ----------
    folder : path-like
        The training's.

    Raises
    ------
    CourseError
        If the log is missing or damaged.
    """
    file = Path(folder) / LOG
    try:
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise CourseError(f"The log {file} is missing or damaged ({error}).") from error


def draw_curves(folder):
    """Draw the accuracy on training pictures and on held-out ones over the steps.

    Parameters
    ----------
    folder : path-like
        The training's; gets `curves.png`.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    rows = read_log(folder)
    figure = Figure(figsize=(6.4, 4))
    FigureCanvasAgg(figure)
    ax = figure.add_subplot(xlabel="steps of 128 pictures", ylabel="share named right",
                            ylim=(0, 1))
    ax.plot([row["step"] for row in rows], [row["accuracy"] for row in rows],
            label="pictures of the step")
    checkpoints = [row for row in rows if "held_out" in row]
    ax.plot([row["step"] for row in checkpoints], [row["held_out"] for row in checkpoints], ".",
            label="held-out pictures")
    ax.legend()
    figure.savefig(Path(folder) / CURVES, dpi=120)


def ship(folder, engine, recipe, engine_name):
    """Pack the weights into the package, measure what packing costs, and write the card's facts.

    Parameters
    ----------
    folder : path-like
        The training's.
    engine : TorchEngine or KerasEngine
        Holds the trained weights; holds the packed ones afterwards.
    recipe : Recipe
    engine_name : str

    Returns
    -------
    dict
        What the card says.
    """
    where, rows = Path(str(cards.FOLDER)), read_log(folder)
    exact = _held_out(engine, recipe)
    digest = storage.save(where / cards.COURSE_FILE, engine.weights())
    engine.set_weights(storage.load(where / cards.COURSE_FILE, digest))
    facts = {
        "sha256": digest, "classes": len(CLASSES), "images": recipe.steps * BATCH,
        "phases": [list(phase[:2]) for phase in recipe.phases], "recipe": recipe.fingerprint(),
        "engine": engine_name, "date": datetime.date.today().isoformat(),
        "hours": round(rows[-1]["seconds"] / 3600, 2), "machine": "one core of a server",
        "held_out_exact": exact, "held_out": _held_out(engine, recipe),
        "held_out_pictures": _BATCHES * BATCH,
        "megabytes": round((where / cards.COURSE_FILE).stat().st_size / 1e6, 1)}
    write_whole(where / cards.COURSE_CARD, json.dumps(facts, indent=1) + "\n")
    write_whole(where / cards.COURSE_LOG, (Path(folder) / LOG).read_bytes())
    return facts


def _held_out(engine, recipe):
    last = recipe.steps - 1
    return round(float(np.mean([engine.accuracy(*recipe.held_out(100 + number, last))
                                for number in range(_BATCHES)])), 4)
