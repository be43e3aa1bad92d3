"""Read what one learner handed in: whatever it is, it becomes a job or a clear reason."""

import base64
import fnmatch
import json
import os
from dataclasses import dataclass, field

from course_utils.notebooks.notebook_file import NotANotebook
from forkgrade.job import Submitted
from forkgrade.steps import timestamp
from forkgrade.steps.misnamed import Candidates, described, is_notebook
from forkgrade.steps.sanitize import printable
from forkgrade.steps.submission_folder import walk
from forkgrade.steps.texts import bare

MOST_FILES, MOST_NAME = 50 * 2**20, 1000  # bytes of all files, and of a name
MOST_COUNT = 2000  # files
MOST_COMPARED = 10  # further notebooks
MOST_FLAGS = 100
PART = 2**24  # characters of a file in one message; a multiple of 4, as base64 has to be cut


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
    paths, irregular = walk(folder)
    flags = [f"not followed: {_relative(path, folder)} is no ordinary file" for path in irregular]
    expected = {folder / f"{name}.ipynb" for name in released}
    candidates, notebooks, used = Candidates(paths), {}, {}
    for name, notebook in released.items():
        path, content, said = _choose(folder, name, notebook, paths, candidates,
                                      {*expected, *used})
        notebooks[name] = Submitted(None, said) if content is None else \
            Submitted(json.dumps(content.to_plain()))
        if content is not None:
            used[path] = name
            flags += [said] if said else []
            flags += [f"left out: {each}" for each in content.omissions]
    spare = [path for path in paths if is_notebook(path) and path not in {*expected, *used}]
    flags += [f"extra: {_relative(path, folder)[:80]} {_extra(path, used, released, candidates)}"
              for path in spare]
    reserved = {path.name for path in expected}
    beside = [path for path in paths if not is_notebook(path) and path not in used
              and (path == folder / timestamp.NAME
                   or not _is_ignored(path.relative_to(folder), ignore))]
    flags += [f"not used: {_relative(path, folder)} lies where a notebook belongs"
              for path in beside if path.relative_to(folder).parts[0] in reserved]
    files = _files(flags, folder, [path for path in beside
                                   if path.relative_to(folder).parts[0] not in reserved])
    return Submission(notebooks, tuple(map(printable, flags[:MOST_FLAGS])), files)


def _is_ignored(path, patterns):
    """Say whether nbgrader leaves out a file: like a shell, it finds no hidden one by a star."""
    return any(fnmatch.fnmatchcase(part, pattern) and (part[0] != "." or pattern[0] == ".")
               for part in path.parts for pattern in filter(None, patterns))


def _choose(folder, name, notebook, paths, candidates, others):
    """Return the path of a notebook, its content, and a flag; without content, why there is none.
    """
    expected, why = folder / f"{name}.ipynb", ""
    if expected.is_symlink():
        return None, None, f"{name}.ipynb is a symbolic link, which may point anywhere; it was " \
                           "not followed."
    try:
        if expected in paths:
            return expected, candidates.read(expected), None
    except NotANotebook as error:
        why = str(error)
    best = candidates.best(name, {cell.name for cell in notebook.cells}, others)
    if best:
        which = f"{name}.ipynb" + (f", which cannot be read: {why}" if why else "")
        return best, candidates.read(best), f"renamed: {_relative(best, folder)} is graded as " \
                                            f"{which}"
    if why:
        return None, None, printable(f"{name}.ipynb cannot be read as a notebook: {why}.")
    likely = [path for path in candidates.likely(name) if path not in others]
    known = {*likely, *others, folder / timestamp.NAME}
    rest = [path for path in paths if path not in known]
    said = described(candidates, likely + rest, folder)
    return None, None, printable(f"No notebook of this lab was handed in{said}. Expected: "
                                 f"{name}.ipynb.")


def _extra(path, used, released, candidates):
    """Return what is to be said of a notebook that is none of the lab's."""
    for chosen, name in list(used.items())[:MOST_COMPARED]:
        blank = {cell.name: hash(bare(cell.source)) for cell in released[name].cells
                 if not cell.locked}
        graded = candidates.texts(chosen)
        there = {key: text for key, text in candidates.texts(path).items() if key in blank}
        more = [key for key, text in there.items()
                if text != blank[key] and graded.get(key, blank[key]) == blank[key]]
        if more:
            return (f"has answers that {chosen.name} lacks ({', '.join(sorted(more)[:3])}"
                    f"{', ...' if len(more) > 3 else ''}); only {chosen.name} is graded")
    return "is not part of the lab"


def _files(flags, folder, paths):
    """Return the content of files by name.

    Read the timestamp first, so that large files cannot crowd it out.
    """
    files, size = {}, 0
    stamp = folder / timestamp.NAME
    paths = sorted(paths, key=lambda path: (path != stamp, len(path.parts), path))
    if len(paths) > MOST_COUNT:
        flags.append(f"not used: {len(paths) - MOST_COUNT:,} of {len(paths):,} files; at most "
                     f"{MOST_COUNT:,} are taken")
    for path in paths[:MOST_COUNT]:
        name = str(path.relative_to(folder))
        if len(os.fsencode(name)) > MOST_NAME:
            flags.append(f"not used: {_relative(path, folder)[:80]}..., whose name is too long")
            continue
        try:
            size += path.stat().st_size
            if path == stamp and size > timestamp.MOST_BYTES:
                flags.append(timestamp.UNKNOWN)
                size = 0
                continue
            if size > MOST_FILES:
                flags.append(f"not used: {_relative(path, folder)} and what follows is more than "
                             f"{MOST_FILES / 1e6:.0f} MB")
                break
            content = path.read_bytes()
        except OSError as error:
            flags.append(f"not used: {_relative(path, folder)} cannot be read "
                         f"({error.strerror or type(error).__name__})")
            continue
        if path == stamp and content.strip():
            content = _time(content, flags)
        if content is not None:
            files[_writable(name)] = base64.b64encode(content).decode()
    return files


def _time(content, flags):
    """Return a time stamp as nbgrader reads it, or None if it is no text; flag what is doubtful."""
    said = timestamp.text(content)
    flag = timestamp.flag(said)
    if flag and not (said and flag == timestamp.UNKNOWN):  # of that the gradebook's writer tells
        flags.append(flag)
    return said.encode() if said else None


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
