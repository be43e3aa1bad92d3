"""What somebody agreed to before their face is enrolled."""

from dataclasses import dataclass
from datetime import date

from course_utils.errors import CourseError

GIVEN_BY = ("the person", "a guardian", "nobody: drawn")


@dataclass(frozen=True)
class Consent:
    """A record of consent.

    Attributes
    ----------
    purpose : str
        What the face may be used for, in words that the person saw.
    given_by : str
        One of `GIVEN_BY`; the last is for faces that the course draws.
    given_on : datetime.date
    until : datetime.date
        From the day after, it no longer holds.
    """

    purpose: str
    given_by: str
    given_on: date
    until: date

    def __post_init__(self):
        if not isinstance(self.purpose, str) or len(self.purpose.strip()) < 10:
            raise CourseError("purpose must say in a sentence what the face may be used for; "
                              "people cannot agree to what they are not told.")
        if self.given_by not in GIVEN_BY:
            raise CourseError(f"given_by must be one of: {'; '.join(GIVEN_BY)}. Nobody else can "
                              "agree for a person.")
        for name in ("given_on", "until"):
            if type(getattr(self, name)) is not date:
                raise CourseError(f"{name} must be a date, such as datetime.date(2026, 1, 31).")
        if self.until < self.given_on:
            raise CourseError("until lies before given_on: this consent never held.")

    def holds_on(self, day):
        """Tell whether it holds on a day.

        Parameters
        ----------
        day : datetime.date
        """
        return self.given_on <= day <= self.until
