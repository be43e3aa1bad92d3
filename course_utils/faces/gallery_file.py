"""The gallery's file: JSON with a version, written whole or not at all."""

import json
from datetime import date
from pathlib import Path

import numpy as np

from course_utils.errors import CourseError
from course_utils.faces.consent import Consent
from course_utils.faces.engine import LENGTH, MODEL
from course_utils.paths import write_whole

VERSION = 1
_UNTOUCHED = "The file is left as it was. Move it away to start a new gallery."


def read(path, make):
    """Return the people in a gallery's file, none if there is no such file.

    Parameters
    ----------
    path : path-like
    make : callable
        Takes embeddings, consent, enrolled_on and forget_on, and returns a person.

    Returns
    -------
    dict of str to what `make` returns

    Raises
    ------
    CourseError
        If the file is damaged, of another version, or of another embedding model.
    """
    if not Path(path).exists():
        return {}
    try:
        content = json.loads(Path(path).read_text("utf-8"))
        version, model = content["version"], content["model"]
    except (OSError, ValueError, KeyError, TypeError):
        raise CourseError(f"The gallery's file is damaged or no gallery. {_UNTOUCHED}") from None
    if version != VERSION or model != MODEL:
        raise CourseError(f"The gallery's file has version {version!r} and model {model!r}, but "
                          f"version {VERSION} and model {MODEL!r} are read here. {_UNTOUCHED}")
    try:
        return {name: _person(entry, make) for name, entry in content["people"].items()}
    except (CourseError, ValueError, KeyError, TypeError, AttributeError):
        # no detail: it could name the person whose entry is damaged
        raise CourseError(f"An entry in the gallery's file is damaged. {_UNTOUCHED}") from None


def write(path, people):
    """Replace a gallery's file in one step; on an error the old one stays as it was.

    Parameters
    ----------
    path : path-like
    people : dict of str to the people of a `Gallery`

    Raises
    ------
    CourseError
        If the file cannot be written.
    """
    content = {"version": VERSION, "model": MODEL, "people": {
        name: {"embeddings": person.embeddings.tolist(),
               "consent": {"purpose": person.consent.purpose, "given_by": person.consent.given_by,
                           "given_on": person.consent.given_on.isoformat(),
                           "until": person.consent.until.isoformat()},
               "enrolled_on": person.enrolled_on.isoformat(),
               "forget_on": person.forget_on.isoformat()}
        for name, person in people.items()}}
    try:
        # faces are personal data: only the owner may read them, and an erasure must last
        write_whole(path, json.dumps(content), mode=0o600, durable=True)
    except OSError as error:
        raise CourseError(f"The gallery could not be written ({error.strerror}). It is as it was "
                          "before; make room, or choose another folder.") from None


def _person(entry, make):
    numbers = np.array(entry["embeddings"], float)
    if numbers.ndim != 2 or numbers.shape[1] != LENGTH or not np.isfinite(numbers).all():
        raise ValueError("no embeddings")
    consent = entry["consent"]
    return make(numbers, Consent(consent["purpose"], consent["given_by"],
                                 date.fromisoformat(consent["given_on"]),
                                 date.fromisoformat(consent["until"])),
                date.fromisoformat(entry["enrolled_on"]), date.fromisoformat(entry["forget_on"]))
