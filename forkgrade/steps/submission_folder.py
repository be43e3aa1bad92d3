"""What lies in a submission's folder, and a digest that tells whether it is still the same."""

import hashlib
import os
import stat
from pathlib import Path

from course_utils.paths import is_litter

MOST_WALKED = 200_000  # files and folders that are looked at
MOST_HASHED = 2**30  # bytes; of what is more, only the size counts
PART = 2**20


def walk(folder):
    """Return ordinary files and all others below a folder, without following links.

    What programs leave behind is passed over.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    files, irregular : list of pathlib.Path
        Links, pipes and the like are irregular.
    """
    files, irregular, count = [], [], 0
    for place, folders, names in os.walk(folder, followlinks=False):
        here = Path(place)
        names = sorted(name for name in names if not is_litter(name))
        folders[:] = sorted(name for name in folders if not is_litter(name))
        links = [name for name in folders if (here / name).is_symlink()]
        irregular += [here / name for name in links]
        folders[:] = [name for name in folders if name not in links]
        for name in names:
            path = here / name
            (files if stat.S_ISREG(path.lstat().st_mode) else irregular).append(path)
        count += len(names) + len(folders)
        if count > MOST_WALKED:
            break
    return files, irregular


def digest(folder):
    """Return a text that changes with what was handed in, whatever the times of the files.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    str
    """
    for part in (folder.parent, folder):
        if part.is_symlink():  # nobody follows it
            return hashlib.sha256(os.fsencode(os.readlink(part))).hexdigest()[:32]
    whole, left = hashlib.sha256(), MOST_HASHED
    files, irregular = walk(folder)
    for path in sorted(files, key=os.fsencode):
        name = os.fsencode(path.relative_to(folder))
        content = hashlib.sha256()
        size = path.stat().st_size
        if size <= left:
            left -= size
            with path.open("rb") as file:
                while part := file.read(PART):
                    content.update(part)
        whole.update(b"%d %s %d %s" % (len(name), name, size, content.digest()))
    for path in sorted(irregular, key=os.fsencode):
        whole.update(os.fsencode(path.relative_to(folder)) + b"\0")
    return whole.hexdigest()[:32]
