"""What `course build` wrote last: the only proof that a notebook is ours to replace."""

import hashlib
import json
from pathlib import Path

from course_utils.paths import is_litter

MANIFEST = "source/built.json"


def same(content, other):
    """Tell whether two files are equal apart from their line ends, which git may change.

    Parameters
    ----------
    content, other : bytes
    """
    return content.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def fingerprint(content):
    """Return a digest of what a person can change in a notebook.

    Jupyter adds the language merely on opening and saving a notebook; that does not count.

    Parameters
    ----------
    content : bytes
        Of a notebook.
    """
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content):
    try:
        notebook = json.loads(content)
        notebook["metadata"].pop("language_info", None)
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return content.replace(b"\r\n", b"\n")
    return json.dumps(notebook, sort_keys=True).encode()


def file_fingerprint(path):
    """Return the fingerprint of a file, or None if there is none.

    Parameters
    ----------
    path : path-like
    """
    try:
        return fingerprint(Path(path).read_bytes())
    except FileNotFoundError:
        return None


def read_manifest(root):
    """Return by path the fingerprint of each notebook as it was last written.

    A damaged or missing manifest counts as empty: no notebook then counts as ours or is replaced.

    Parameters
    ----------
    root : path-like
        The course's folder.
    """
    try:
        entries = json.loads((Path(root) / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    if not isinstance(entries, dict):
        return {}
    return {str(path): value for path, value in entries.items() if isinstance(value, str)}


def edited_files(root, folder):
    """Return the files in a folder of generated notebooks that differ from what was last written.

    Parameters
    ----------
    root : path-like
        The course's folder.
    folder : str
        For example ``labs``.

    Returns
    -------
    list of str
        Notebooks in which someone worked, and files that no build wrote; relative to `root`.
        Hidden files and what programs leave behind do not count.
    """
    root, entries = Path(root), read_manifest(root)
    names = {path.relative_to(root).as_posix(): path
             for path in sorted((root / folder).rglob("*")) if path.is_file()}
    # Jupyter's own checkpoints are no work
    names = {name: path for name, path in names.items()
             if "/." not in name and not is_litter(name)}
    return [name for name, path in names.items() if file_fingerprint(path) != entries.get(name)]


def manifest_bytes(entries):
    """Return the manifest's content: sorted, one notebook to a line.

    Parameters
    ----------
    entries : dict of str to str
    """
    return (json.dumps(entries, indent=1, sort_keys=True) + "\n").encode()
