"""The archive that a teacher gives to students: all they need, and no answers."""

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.notebooks.build import generate
from course_utils.notebooks.reset import ORIGINALS
from course_utils.paths import is_litter, write_whole

TOP = "plain-sight"
# What students get is listed here, so that a new file does not reach them by accident.
TOP_FILES = ("LICENSE", "Makefile", "pyproject.toml", "requirements.lock",
             "environment.yml", "nbgrader_config.py")
CODE = ("course_utils", "pretraining", "tools")  # not the grader
README = "docs/learners.md"  # becomes the archive's README: the course's own is for all readers
DOCS = ("docs/debate.md", "docs/**/*.png", "docs/**/*.svg", "docs/**/*.gif", "docs/**/*.jpg",
        "docs/**/*.webp")
EXCLUSIONS = ("__pycache__",)
DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the oldest date that a zip can hold


def bundle(root, file):
    """Write the archive for students.

    Parameters
    ----------
    root : path-like
        The course's folder.
    file : path-like
        Ends in ``.zip``, ``.tar.gz`` or ``.tgz``.

    Returns
    -------
    list of str
        The files in it.

    Raises
    ------
    CourseError
        If the ending is not one of these, a file of the course is missing, or a source is faulty.
    """
    root, file = Path(root), Path(file)
    pack = _packer(file)
    if not file.absolute().parent.is_dir():
        raise CourseError(f"There is no folder {file.absolute().parent} for the archive; make it, "
                          "or name another place.")
    if file.is_dir():
        raise CourseError(f"{file} is a folder; give the archive a name of its own.")
    content = collect(root)
    write_whole(file, pack(content))
    return list(content)


def collect(root):
    """Return what students get: for each path its content and whether it is executable.

    Labs and lessons are freshly built, even if someone has edited those of this copy.

    Parameters
    ----------
    root : path-like
        The course's folder.

    Returns
    -------
    dict of str to (bytes, bool)

    Raises
    ------
    CourseError
        If a file that students need is missing.
    """
    root = Path(root)
    missing = [name for name in (*TOP_FILES, README) if not (root / name).is_file()]
    if missing:
        raise CourseError(f"This copy of the course is not complete: {', '.join(missing)} is "
                          "missing. Get it again, for example with git checkout.")
    content = {path.relative_to(root).as_posix(): (path.read_bytes(), _can_run(path))
               for path in _files(root)}
    content["README.md"] = ((root / README).read_bytes(), False)
    for path, notebook in generate(root).items():
        if path.startswith(("lessons/", "labs/")):
            content[path] = content[f"{ORIGINALS}/{path}"] = (notebook, False)
    return dict(sorted(content.items()))


def _files(root):
    yield from (root / name for name in TOP_FILES)
    for path in (path for folder in CODE for path in (root / folder).rglob("*")):
        if path.is_file() and not _is_by_product(path.relative_to(root)):
            yield path
    for pattern in DOCS:
        yield from (path for path in root.glob(pattern)
                    if path.is_file() and not is_litter(path.relative_to(root)))


def _is_by_product(path):
    return (any(part in EXCLUSIONS or part.startswith(".") for part in path.parts)
            or path.suffix == ".pyc" or is_litter(path))


def _can_run(path):
    return bool(path.stat().st_mode & stat.S_IXUSR)


def _packer(file):
    name = file.name.lower()
    if name.endswith(".zip"):
        return _zip
    if name.endswith((".tar.gz", ".tgz")):
        return _tar
    raise CourseError(f"{file.name} does not say which kind of archive; end the name in .zip or "
                      ".tar.gz.")


def _mode(can_run):
    return 0o755 if can_run else 0o644


def _zip(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, (data, can_run) in content.items():
            entry = zipfile.ZipInfo(f"{TOP}/{path}", DAY_ONE)
            entry.create_system = 3  # Unix: the mode below is read on every machine
            entry.external_attr = (stat.S_IFREG | _mode(can_run)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return packed.getvalue()


def _tar(content):
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as zipped, \
            tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, (data, can_run) in content.items():
            entry = tarfile.TarInfo(f"{TOP}/{path}")
            entry.size, entry.mode = len(data), _mode(can_run)
            archive.addfile(entry, io.BytesIO(data))
    return packed.getvalue()
