"""Turn `source/` into `lessons/`, `solutions/` and `labs/`: the same bytes each time."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.notebooks.graded_cells import load_checks
from course_utils.notebooks.manifest import (
    MANIFEST,
    file_fingerprint,
    fingerprint,
    manifest_bytes,
    read_manifest,
    same,
)
from course_utils.notebooks.markers import expand
from course_utils.notebooks.release import generate_labs
from course_utils.notebooks.source import read_source
from course_utils.paths import is_litter, write_whole

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
FOLDERS = ("lessons", "solutions", "labs")
COPY_MARK = ".before-reset-"  # in the names of the copies that `course reset` saves


@dataclass
class BuildReport:
    """What a build did with each notebook; paths are relative to the course's folder.

    Attributes
    ----------
    written_paths, removed_paths, unchanged_paths : list of str
    edited_paths : list of str
        Notebooks in which someone has worked; they were left alone.
    """

    written_paths: list = field(default_factory=list)
    removed_paths: list = field(default_factory=list)
    edited_paths: list = field(default_factory=list)
    unchanged_paths: list = field(default_factory=list)


def build(root):
    """Write the notebooks, except those that someone has edited.

    Parameters
    ----------
    root : path-like
        The course's folder.

    Returns
    -------
    BuildReport

    Raises
    ------
    CourseError
        If a source is faulty; then nothing is written.
    """
    root = Path(root)
    notebooks = generate(root)
    manifest, report = read_manifest(root), BuildReport()
    for path, content in notebooks.items():
        state = _state(root / path, content, manifest.get(path))
        if state in ("missing", "stale"):
            write_whole(root / path, content)
            state = "written"
        getattr(report, f"{state}_paths").append(path)
    _remove_orphans(root, notebooks, manifest, report)
    _write_manifest(root, notebooks, manifest, report)
    return report


def check(root):
    """Return what differs from what `build` would write, as pairs of path and reason.

    Writes nothing. Reasons are ``missing``, ``stale``, ``edited`` and ``extra``.

    Parameters
    ----------
    root : path-like
        The course's folder.
    """
    root = Path(root)
    notebooks, manifest = generate(root), read_manifest(root)
    faults = [(path, _state(root / path, content, manifest.get(path)))
              for path, content in notebooks.items()]
    faults = [(path, reason) for path, reason in faults if reason != "unchanged"]
    faults += [(path, "extra") for path in _notebooks(root) if path not in notebooks]
    entries = {path: fingerprint(content) for path, content in notebooks.items()}
    if manifest != entries:
        faults.append((MANIFEST, "stale" if (root / MANIFEST).exists() else "missing"))
    return sorted(faults)


def generate(root):
    """Return the content of each generated notebook.

    Parameters
    ----------
    root : path-like
        The course's folder.

    Returns
    -------
    dict of str to bytes
        For paths like ``lessons/01_feature_scaling.ipynb``.

    Raises
    ------
    CourseError
        If there is no `source/`, or a source is faulty.
    """
    root = Path(root)
    if not (root / "source").is_dir():
        raise CourseError(f"{root} has no folder source/, from which notebooks are built. A copy "
                          "for students has none; `course reset LAB` restores a notebook.")
    lessons = {f"lessons/{source.name}.ipynb": _to_bytes(expand(source, lab=False))
               for source in _sources(root, "lessons")}
    answers = {source.name: _to_bytes(expand(source, checks=load_checks(source)))
               for source in _sources(root, "labs")}
    labs = generate_labs(answers, root)
    return {**lessons,
            **{f"solutions/{lab}/{lab}.ipynb": content for lab, content in answers.items()},
            **{f"labs/{lab}/{lab}.ipynb": content for lab, content in labs.items()}}


def _to_bytes(source):
    """Return a notebook file without outputs, with fixed cell ids and only a kernelspec."""
    import nbformat

    cells = source.cells
    ids = {cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata}
    for cell in cells:
        cell.id = _cell_id(cell, ids)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC})
    nbformat.validate(notebook)
    return (nbformat.writes(notebook) + "\n").encode()


def _cell_id(cell, ids):
    """Name a cell after its content, so that inserting a cell above it renames no other."""
    if "nbgrader" in cell.metadata and len(cell.metadata.nbgrader.grade_id) <= 64:
        return cell.metadata.nbgrader.grade_id
    name = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
    candidate, repeat = name, 1
    while candidate in ids:
        repeat += 1
        candidate = f"{name}-{repeat}"
    ids.add(candidate)
    return candidate


def _sources(root, kind):
    return [read_source(path, root) for path in sorted((root / "source" / kind).glob("*.py"))
            if not is_litter(path.name)]


def _state(path, content, last):
    try:
        current = path.read_bytes()
    except FileNotFoundError:
        return "missing"
    if same(current, content):
        return "unchanged"
    return "stale" if fingerprint(current) in (last, fingerprint(content)) else "edited"


def _notebooks(root):
    paths = [path.relative_to(root) for folder in FOLDERS
             for path in (root / folder).rglob("*.ipynb")]
    return sorted(path.as_posix() for path in paths if COPY_MARK not in path.name
                  and not is_litter(path)
                  and not any(part.startswith(".") for part in path.parts))


def _remove_orphans(root, notebooks, manifest, report):
    """Remove what an earlier build wrote and no source makes any more."""
    for path in sorted(set(manifest) - set(notebooks)):
        if path not in _notebooks(root):
            continue
        if file_fingerprint(root / path) != manifest[path]:
            report.edited_paths.append(path)
            continue
        (root / path).unlink()
        report.removed_paths.append(path)
        folder = (root / path).parent
        if folder.name not in FOLDERS and not any(folder.iterdir()):
            folder.rmdir()


def _write_manifest(root, notebooks, manifest, report):
    """Record what was written; an edited notebook keeps the entry of its last unedited state."""
    entries = {path: fingerprint(content) for path, content in notebooks.items()}
    for path in report.edited_paths:
        entries.pop(path, None)
        if path in manifest:
            entries[path] = manifest[path]
    if read_manifest(root) != entries:
        write_whole(root / MANIFEST, manifest_bytes(entries))
