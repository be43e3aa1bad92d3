"""Read what one learner handed in: whatever it is, it becomes a job or a clear reason."""

import base64
import contextlib
import fnmatch
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.utils import parse_utc

from forkgrade.job import Submitted
from forkgrade.steps.misnamed import MOST_NOTEBOOK, grade_ids
from forkgrade.steps.sanitize import printable

MOST_FILES, MOST_NAME, MOST_TIME = 50 * 2**20, 1000, 1000  # bytes; the last two of a name, a time
PART = 2**24  # characters of a file in one message; a multiple of 4, as base64 has to be cut
TIME = "timestamp.txt"


@dataclass(frozen=True)
class Submission:
    """What one learner handed in for a lab.

    Attributes
    ----------
    notebooks : dict of str to forkgrade.job.Submitted
        For each notebook of the lab.
    flags : tuple of str
        What was odd about it.
    files : dict
        For each other file its content in base64.
    """

    notebooks: dict
    flags: tuple = ()
    files: dict = field(default_factory=dict)

    @classmethod
    def unreadable(cls, released, reason):
        """Return a submission from which nothing can be read.

        Parameters
        ----------
        released : dict
            As for `take`.
        reason : str
        """
        return cls({name: Submitted(None, reason) for name in released})


def take(folder, released, ignore=()):
    """Read a submission.

    Parameters
    ----------
    folder : pathlib.Path
        ``submitted/STUDENT/LAB``.
    released : dict
        What `forkgrade.steps.released.read` returned.
    ignore : iterable of str
        Patterns of names that nbgrader leaves out, see `CourseDirectory.ignore`.

    Returns
    -------
    Submission
    """
    reason = next((f"The folder {part.name} is a symbolic link, which may point anywhere; it was "
                   "not followed." for part in (folder.parent, folder) if part.is_symlink()), None)
    if reason:
        return Submission.unreadable(released, reason)
    paths, irregular = _walk(folder)
    flags = [f"not followed: {_relative(path, folder)} is no ordinary file" for path in irregular]
    expected = {folder / f"{name}.ipynb" for name in released}
    spare = [path for path in paths if _is_notebook(path) and path not in expected]
    notebooks = {}
    for name, notebook in released.items():
        cells = {cell.name for cell in notebook.cells}
        path, flag, reason = _choose(folder, name, cells, paths, spare)
        notebooks[name] = Submitted(None, reason) if reason else Submitted(*_read(path))
        flags += [flag] if flag else []
    flags += [f"extra: {path.name[:80]} is not part of the lab" for path in spare
              if f"renamed: {_relative(path, folder)} " not in " ".join(flags)]
    reserved = {path.name for path in expected}
    beside = [path for path in paths if not _is_notebook(path)
              and (path == folder / TIME or not _is_ignored(path.relative_to(folder), ignore))]
    flags += [f"not used: {_relative(path, folder)} lies where a notebook belongs"
              for path in beside if path.relative_to(folder).parts[0] in reserved]
    files = _files(flags, folder, [path for path in beside
                                   if path.relative_to(folder).parts[0] not in reserved])
    return Submission(notebooks, tuple(map(printable, flags)), files)


def _walk(folder):
    """Return ordinary files and all others below a folder, without following links."""
    files, irregular = [], []
    for place, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in sorted(folders) if name != ".ipynb_checkpoints"]
        for name in [*folders]:
            if (Path(place) / name).is_symlink():
                irregular.append(Path(place) / name)
                folders.remove(name)
        for name in sorted(names):
            path = Path(place) / name
            (files if stat.S_ISREG(path.lstat().st_mode) else irregular).append(path)
    return files, irregular


def _is_ignored(path, patterns):
    """Say whether nbgrader leaves out a file: like a shell, it finds no hidden one by a star."""
    return any(fnmatch.fnmatchcase(part, pattern) and (part[0] != "." or pattern[0] == ".")
               for part in path.parts for pattern in filter(None, patterns))


def _is_notebook(path):
    return path.suffix.lower() == ".ipynb"


def _choose(folder, name, cells, paths, spare):
    """Return the notebook, a flag if it has another name, or the reason why it is missing."""
    expected = folder / f"{name}.ipynb"
    if expected in paths:
        return expected, None, None
    if expected.is_symlink():
        return None, None, f"{name}.ipynb is a symbolic link, which may point anywhere; it was " \
                           "not followed."
    if not spare:
        return None, None, f"No notebook was handed in; expected {name}.ipynb."
    best = max(spare, key=lambda path: len(grade_ids(path) & cells))
    if not grade_ids(best) & cells:
        return None, None, f"{name}.ipynb was not handed in, only: " \
                           f"{', '.join(path.name for path in spare)[:200]}."
    return best, f"renamed: {_relative(best, folder)} is graded as {name}.ipynb", None


def _read(path):
    try:
        size = path.stat().st_size
        text = path.read_bytes() if size <= MOST_NOTEBOOK else b""
    except OSError as error:
        return None, f"{path.name} cannot be read ({error.strerror})."
    if size == 0:
        return None, f"{path.name} is empty."
    if size > MOST_NOTEBOOK:
        return None, f"{path.name} has {size / 1e6:.0f} MB; at most {MOST_NOTEBOOK / 1e6:.0f} MB " \
                     "are read. Clearing the outputs makes a notebook small."
    try:
        content = json.loads(text.decode("utf-8-sig"))
        if isinstance(content, dict) and isinstance(
                content.get("cells", content.get("worksheets")), list):
            return _without_outputs(content), None
    except UnicodeDecodeError:
        return None, f"{path.name} is not a notebook: it is not text in UTF-8."
    except RecursionError:
        return None, f"{path.name} is not a notebook: it is nested without end."
    except ValueError as error:
        why = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"{path.name} is not a notebook: it is not JSON{why}."[:300]
    return None, f"{path.name} is not a notebook: it has no cells."


def _without_outputs(content):
    """Return the notebook as text, without outputs: they count for nothing and may be huge."""
    for cell in content.get("cells", []):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
    content.pop("attachments", None)
    return json.dumps(content)


def _files(flags, folder, paths):
    """Return the content of files by name.

    Read the timestamp first, so that large files cannot crowd it out.
    """
    files, size = {}, 0
    for path in sorted(paths, key=lambda path: path != folder / TIME):
        name = str(path.relative_to(folder))
        if len(os.fsencode(name)) > MOST_NAME:
            flags.append(f"not used: {_relative(path, folder)[:80]}..., whose name is too long")
            continue
        try:
            length = path.stat().st_size
            if path == folder / TIME and length > MOST_TIME:
                flags.append(f"{TIME} holds no time; lateness is unknown")
                continue
            size += length
            if size > MOST_FILES:
                flags.append(f"not used: {_relative(path, folder)} and what follows is more than "
                             f"{MOST_FILES / 1e6:.0f} MB")
                break
            content = path.read_bytes()
        except OSError as error:
            flags.append(f"not used: {_relative(path, folder)} cannot be read ({error.strerror})")
            continue
        files[_writable(name)] = base64.b64encode(content).decode()
    return files


def handed_in_at(folder):
    """Return when a submission was handed in.

    Parameters
    ----------
    folder : pathlib.Path
        Of the submission.

    Returns
    -------
    datetime.datetime or None
        None if there is no time that can be read.
    """
    path = folder / TIME
    with contextlib.suppress(OSError, ValueError, OverflowError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MOST_TIME:
            return parse_utc(path.read_text("utf-8").strip())
    return None


def parts(files):
    """Yield the requests with which a kernel writes files.

    Parameters
    ----------
    files : dict
        For each file its content in base64.

    Yields
    ------
    dict
        See `forkgrade.forkserver.session.Session.do_file`.
    """
    for name, content in files.items():
        for begin in range(0, len(content) or 1, PART):
            yield {"do": "file", "name": name, "begins": begin == 0,
                   "content": content[begin:begin + PART]}


def _writable(name):
    """Return a name, made writable if not every program could write it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return printable(name)
    return name


def _relative(path, folder):
    return printable(path.relative_to(folder))
