"""Restore the original of a notebook, after saving a copy of the current one."""

from datetime import datetime
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.notebooks.build import COPY_MARK, generate
from course_utils.notebooks.manifest import (
    MANIFEST,
    fingerprint,
    manifest_bytes,
    read_manifest,
    same,
)
from course_utils.notebooks.names import find
from course_utils.paths import is_litter, write_whole

ORIGINALS = ".originals"  # where a bundle for students carries the untouched notebooks


def reset(root, name):
    """Restore a lab or a lesson.

    Parameters
    ----------
    root : path-like
        The course's folder.
    name : str
        For example ``lab01``, ``01`` (the lab before the lesson), or a path.

    Returns
    -------
    path, copy : pathlib.Path, pathlib.Path or None
        The restored notebook, and the copy of what was there (None if nothing was lost).

    Raises
    ------
    CourseError
        If there is no such notebook or no original of it.
    """
    root = Path(root)
    originals = _originals(root)
    path = _find(name, originals)
    target, content = root / path, originals[path]
    copy = None
    if target.exists():
        current = target.read_bytes()
        if same(current, content):
            return target, None
        copy = _save_copy(target, current)
    write_whole(target, content)
    _note(root, path, content)
    return target, copy


def _originals(root):
    if (root / "source").is_dir():
        notebooks = generate(root)
    else:
        folder = root / ORIGINALS
        notebooks = {path.relative_to(folder).as_posix(): path.read_bytes()
                     for path in sorted(folder.rglob("*.ipynb"))
                     if not is_litter(path.relative_to(folder))}
    # labs first: a bare number means the lab, in which people work
    paths = sorted(path for path in notebooks if path.startswith(("labs/", "lessons/")))
    if not paths:
        raise CourseError(f"{root} has neither source/ nor {ORIGINALS}/, so the originals are "
                          "lost. Get the course again and copy your notebooks into it.")
    return {path: notebooks[path] for path in paths}


def _find(name, originals):
    stems = {Path(path).stem: path for path in originals}
    if "lessons" in Path(str(name).replace("\\", "/")).parts:
        stems = {stem: path for stem, path in stems.items() if path.startswith("lessons/")}
    return stems[find(name, stems)]


def _save_copy(target, content):
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    number = 1
    while True:
        repeat = f"-{number}" if number > 1 else ""
        copy = target.with_name(f"{target.stem}{COPY_MARK}{stamp}{repeat}{target.suffix}")
        try:
            with open(copy, "xb") as file:  # x: an earlier copy is never overwritten
                file.write(content)
            return copy
        except FileExistsError:
            number += 1


def _note(root, path, content):
    """Record in the manifest that this notebook is as built again."""
    manifest = read_manifest(root)
    if (root / MANIFEST).exists() and manifest.get(path) != fingerprint(content):
        write_whole(root / MANIFEST, manifest_bytes({**manifest, path: fingerprint(content)}))
