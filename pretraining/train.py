"""Train by the recipe, with checkpoints and a log that survive an interruption."""

import io
import json
import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from zipfile import BadZipFile

import numpy as np

from course_utils.errors import CourseError
from course_utils.paths import write_whole
from pretraining.recipe import Recipe, first_weights

PREFETCH = 3  # batches drawn before they are needed
CHECKPOINT, LOG = "checkpoint.npz", "log.jsonl"


def pretrain(folder, engine, *, recipe=None, steps=None, every=100, say=print):
    """Train until the recipe ends, or go on with what an earlier call left in `folder`.

    Parameters
    ----------
    folder : path-like
        Gets `checkpoint.npz` and `log.jsonl`.
    engine : TorchEngine or KerasEngine
    recipe : Recipe, optional
    steps : int, optional
        Stop after this step; the checkpoint lets a later call go on.
    every : int
        Steps between two checkpoints.
    say : callable
        Called with a line of text from time to time.

    Returns
    -------
    dict of str to numpy.ndarray
        The weights by their Keras names.
    """
    folder, recipe = Path(folder), recipe or Recipe()
    folder.mkdir(parents=True, exist_ok=True)
    begin = _begin(folder, engine, recipe)
    end = min(recipe.steps, steps or recipe.steps)
    start, results = time.monotonic() - _seconds_so_far(folder / LOG), []
    for step, (images, labels) in _batches(recipe, begin, end):
        results.append(engine.step(images, labels, recipe.rate_at(step)))
        count = step + 1
        if count % 20 == 0 or count == end:
            row = {"step": count, "size": recipe.phase_at(step)[0],
                   "loss": round(float(np.mean([loss for loss, _ in results])), 4),
                   "accuracy": round(float(np.mean([right for _, right in results])), 4),
                   "seconds": round(time.monotonic() - start, 1)}
            if count % every == 0 or count == end:
                row["held_out"] = round(float(np.mean([
                    engine.accuracy(*recipe.held_out(number, step))
                    for number in range(4)])), 4)
            _append(folder / LOG, row)
            say("  ".join(f"{key} {value}" for key, value in row.items()))
            results = []
        if count % every == 0 or count == end:
            _save(folder, engine, recipe, count)
    return engine.weights()


def _batches(recipe, begin, end):
    """Yield (step, batch); another process draws them in advance."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_end_with_parent) as artist:
        queue = [artist.submit(recipe.batch, step)
                 for step in range(begin, min(begin + PREFETCH, end))]
        for step in range(begin, end):
            batch = queue.pop(0).result()
            if step + PREFETCH < end:
                queue.append(artist.submit(recipe.batch, step + PREFETCH))
            yield step, batch


def _end_with_parent():
    """End this process when its parent is killed, instead of waiting for work forever."""
    def wait():
        parent_process().join()
        os._exit(1)
    Thread(target=wait, daemon=True).start()


def _begin(folder, engine, recipe):
    """Load the checkpoint, or the first weights; return the step to begin with."""
    file = folder / CHECKPOINT
    if not file.exists():
        engine.set_weights(first_weights(engine.shapes(), recipe.seed))
        return 0
    try:
        with np.load(file) as content:
            arrays = {name: content[name] for name in content.files}
        step, mark = int(arrays.pop("step")), str(arrays.pop("recipe"))
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise CourseError(f"The checkpoint {file} is damaged ({error}). Remove it to begin "
                          "again.") from error
    if mark != recipe.fingerprint():
        raise CourseError(f"The checkpoint {file} belongs to another recipe. Name another folder, "
                          "or remove it to begin again.")
    state = {name[6:]: value for name, value in arrays.items() if name.startswith("state:")}
    engine.set_weights({name: value for name, value in arrays.items() if ":" not in name})
    engine.set_state(state)
    _forget_after(folder / LOG, step)
    return step


def _save(folder, engine, recipe, step):
    stream = io.BytesIO()
    state = {f"state:{name}": value for name, value in engine.state().items()}
    np.savez(stream, step=step, recipe=recipe.fingerprint(), **engine.weights(), **state)
    write_whole(folder / CHECKPOINT, stream.getvalue())


def _seconds_so_far(file):
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return json.loads(lines[-1])["seconds"] if lines else 0.0


def _append(file, row):
    with open(file, "a", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")


def _forget_after(file, step):
    """Drop what was logged after the checkpoint: those steps are repeated."""
    if file.exists():
        lines = [line for line in file.read_text("utf-8").splitlines()
                 if json.loads(line)["step"] <= step]
        write_whole(file, "".join(line + "\n" for line in lines))
