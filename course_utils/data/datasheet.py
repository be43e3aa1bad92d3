"""What a reader should know of a data set before using it."""

import html
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Datasheet:
    """A data set's card; shown as a table in a notebook.

    After Gebru et al., "Datasheets for Datasets", Communications of the ACM 64 (12), 2021.
    """

    name: str
    source: str
    licence: str
    consent: str
    who: str
    collected: str
    known_gaps: str

    def _repr_html_(self):
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{each.name.replace("_", " ")}</th>'
            f'<td style="text-align:left">{html.escape(getattr(self, each.name))}</td></tr>'
            for each in fields(self))
        return f"<table>{rows}</table>"
