"""What a reader should know about a data set before using it."""

import html
from dataclasses import dataclass, fields

from course_utils.errors import CourseError


class Card:
    """A dataclass of texts that a notebook shows as a table."""

    def _repr_html_(self):
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{each.name.replace("_", " ")}</th>'
            f'<td style="text-align:left">{html.escape(getattr(self, each.name))}</td></tr>'
            for each in fields(self))
        return f"<table>{rows}</table>"


@dataclass(frozen=True)
class Datasheet(Card):
    """A data set's card; shown as a table in a notebook.

    After Gebru et al., "Datasheets for Datasets", Communications of the ACM 64 (12), 2021.

    Attributes
    ----------
    name, source, licence : str
        What the data set is called, where it comes from, and on what terms.
    consent : str
        Whether the people in it agreed.
    who, collected : str
        Who is in it, and when and how it was collected.
    known_gaps : str
        Who or what is missing.
    kept : str
        How long it is stored.
    """

    name: str
    source: str
    licence: str
    consent: str
    who: str
    collected: str
    known_gaps: str
    kept: str = "as long as the course's folder"

    def __str__(self):
        return "\n".join(f"{each.name.replace('_', ' ')}: {getattr(self, each.name)}"
                         for each in fields(self))


def require_datasheet(datasheet):
    """Raise a `CourseError` unless real faces come with a datasheet that is filled in.

    Parameters
    ----------
    datasheet : Datasheet
    """
    if not isinstance(datasheet, Datasheet):
        raise CourseError("Real faces are loaded only with a Datasheet that says where they come "
                          "from, who is in them, and whether those people agreed: without it "
                          "nobody can tell whether you may use them. Pass "
                          "datasheet=Datasheet(...).")
    empty = [each.name for each in fields(datasheet)
             if not str(getattr(datasheet, each.name)).strip()]
    if empty:
        raise CourseError(f"The datasheet says nothing about {', '.join(empty)}. Find out, or do "
                          "without these faces.")
