"""A gallery of enrolled faces that asks for consent, keeps no pictures, and forgets.

No message names a person: messages end up in logs and screenshots.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from course_utils.data.arguments import not_negative, whole_number
from course_utils.errors import CourseError
from course_utils.faces import gallery_file
from course_utils.faces.consent import Consent
from course_utils.faces.engine import LENGTH
from course_utils.faces.picture_input import check_picture
from course_utils.faces.pipeline import Decision, align, detect_one, embed

_NOT_ENROLLED = ("Nobody of that name is enrolled, or their time is over. Enrol them first, with "
                 "their consent.")


class Candidate(NamedTuple):
    """Somebody whom a search suggests.

    Attributes
    ----------
    name : str
    distance : float
        Between the face and the nearest of their embeddings.
    """

    name: str
    distance: float


@dataclass
class _Person:
    """What the gallery stores about a person: no picture. On `forget_on` they are erased."""

    embeddings: np.ndarray
    consent: Consent
    enrolled_on: date
    forget_on: date


class Gallery:
    """Faces that may be searched.

    Parameters
    ----------
    path : path-like, optional
        The file that it is kept in, read if it exists; without one it lives in memory only.
    retention_days : int
        How long somebody stays, at most; never longer than their consent.
    today : callable
        Returns the date; replace it to see the gallery forget.

    Raises
    ------
    CourseError
        If the file is damaged or of another version. It is left as it is.
    """

    def __init__(self, path=None, *, retention_days=30, today=date.today):
        self.path = path
        self.retention_days = whole_number("retention_days", retention_days, at_least=1)
        self._today = today
        self._people = gallery_file.read(path, _Person) if path is not None else {}
        self.forget_expired()

    def __len__(self):
        self.forget_expired()
        return len(self._people)

    def __contains__(self, name):
        self.forget_expired()
        return name in self._people

    def __repr__(self):
        return f"<Gallery of {len(self._people)}, kept for {self.retention_days} days>"

    def enrol(self, name, face, *, consent):
        """Add a picture of somebody, or its embedding; the picture is not kept.

        Parameters
        ----------
        name : str
        face : numpy.ndarray
            A picture with exactly one face, shape (height, width, 3), or an embedding, (128,).
        consent : Consent
            It must hold today.

        Raises
        ------
        CourseError
            If consent is missing or over, or no single face is shown. The gallery stays as it was.
        """
        day = self._today()
        if not isinstance(consent, Consent):
            raise CourseError("Nobody is enrolled without a Consent: what for, given by whom, on "
                              "which day and until when. Ask the person first.")
        if not consent.holds_on(day):
            raise CourseError("The consent does not hold today. Ask the person again.")
        if not isinstance(name, str) or not name.strip():
            raise CourseError("name must be a text that is not empty, a pseudonym at best.")
        numbers = _embedding(face)
        self.forget_expired()
        person = self._people.get(name)
        rows = numbers[None] if person is None else np.vstack([person.embeddings, numbers])
        last = min(day + timedelta(days=self.retention_days), consent.until + timedelta(days=1))
        self._save(self._people | {name: _Person(rows, consent, day, last)})
        if person is not None:
            person.embeddings[:] = 0

    def verify(self, name, face, *, threshold):
        """Answer 1:1: is this the person of that name, who must be enrolled?

        Parameters
        ----------
        name : str
        face : numpy.ndarray
            As for `enrol`.
        threshold : float
            The face matches at this distance or below.

        Returns
        -------
        Decision
            With the distance to the nearest of their embeddings.
        """
        threshold, numbers = not_negative("threshold", threshold), _embedding(face)
        self.forget_expired()
        if name not in self._people:
            raise CourseError(_NOT_ENROLLED)
        apart = _nearest(self._people[name].embeddings, numbers)
        return Decision(apart <= threshold, apart)

    def identify(self, face, *, threshold):
        """Answer 1:N: who in the gallery could this be?

        Parameters
        ----------
        face : numpy.ndarray
            As for `enrol`.
        threshold : float
            A person matches at this distance or below.

        Returns
        -------
        list of Candidate
            Everybody within the threshold, the nearest first; empty if it is nobody.
        """
        threshold, numbers = not_negative("threshold", threshold), _embedding(face)
        self.forget_expired()
        candidates = [Candidate(name, _nearest(person.embeddings, numbers))
                      for name, person in self._people.items()]
        return sorted((each for each in candidates if each.distance <= threshold),
                      key=lambda each: each.distance)

    def erase(self, name):
        """Forget a person, who must be enrolled, at once: in memory and on disk.

        Parameters
        ----------
        name : str
        """
        if name not in self._people:
            raise CourseError(_NOT_ENROLLED)
        self._drop([name])

    def forget_expired(self):
        """Erase everybody whose time or consent is over, and return their number."""
        day = self._today()
        over = [name for name, person in self._people.items()
                if day >= person.forget_on or day > person.consent.until]
        if over:
            self._drop(over)
        return len(over)

    def _drop(self, names):
        people = {name: person for name, person in self._people.items() if name not in names}
        gone = [self._people[name] for name in names]
        self._save(people)
        for person in gone:  # whoever still holds the array holds zeros
            person.embeddings[:] = 0

    def _save(self, people):
        """Write first: if that fails, memory and file both stay as they were."""
        if self.path is not None:
            gallery_file.write(self.path, people)
        self._people = people


def _embedding(face):
    if np.ndim(face) != 1:
        picture = check_picture(face)
        return embed(align(picture, detect_one(picture)))
    face = np.asarray(face)
    if face.shape != (LENGTH,) or face.dtype.kind not in "fiu" or not np.isfinite(face).all():
        raise CourseError(f"face is neither a picture nor an embedding of {LENGTH} finite numbers.")
    return face.astype(float)


def _nearest(embeddings, numbers):
    return float(np.linalg.norm(embeddings - numbers, axis=1).min())
