"""The one reader of notebooks: from the bytes of a file to cells, however they were saved.

What a notebook is, its content says and not its name. Outputs are passed over, as nobody who reads
here wants them; so neither time nor memory grows with them.
"""

import codecs
import contextlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from course_utils.notebooks.json_walk import JsonWalk, TooLarge, WalkError

MOST_BYTES = 256 * 2**20  # of a file; nearly all of it can only be outputs and pictures
MOST_SECONDS = 10.0  # of computing time
MOST_TEXT = 20_000_000  # bytes of the text of all cells
MOST_ATTACHED = 40_000_000  # bytes of attached pictures
MOST_CELLS = 5000
MOST_METADATA = 2_000_000  # bytes of all metadata
MOST_ENTRY = 20_000  # bytes of one entry in them
MOST_SMALL = 1000  # bytes of a type, an id, a number
MOST_PICTURES = 100  # attached to one cell
MOST_SHOWN = 5  # omissions that are told one by one
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
TYPES = ("code", "markdown", "raw")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
         (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
         (codecs.BOM_UTF16_BE, "utf-16-be"))  # the longer of two that begin alike comes first
OTHER_FILES = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "an archive (zip) or an office document"),
               (b"\x1f\x8b", "a packed archive (gz)"), (b"Rar!", "an archive (rar)"),
               (b"7z\xbc\xaf", "an archive (7z)"), (b"\x89PNG", "a picture"),
               (b"\xff\xd8\xff", "a picture"), (b"{\\rtf", "a text document (RTF)"))
EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?[\0\s]*+")
WEB_PAGE = re.compile(rb"\s*<(!doctype|html|head|\?xml|!--)", re.IGNORECASE)


class NotANotebook(ValueError):
    """The content is not a notebook; the message is a clause that says why."""


@dataclass
class Notebook:
    """The content of a notebook file, without outputs and without what is absurdly large.

    Attributes
    ----------
    cells : list of dict
        As in nbformat 4: `cell_type`, `source`, `metadata`, and `attachments` and `id` if there
        are any.
    metadata : dict
    omissions : list of str
        What of it could not be read or was too large, apart from outputs.
    """

    cells: list = field(default_factory=list)
    metadata: dict = field(default_factory=dict)
    omissions: list = field(default_factory=list)

    def to_plain(self):
        """Return it as nbformat 4 has it: a dict, in which each cell has an id of its own."""
        cells, ids = [], set()
        for number, cell in enumerate(self.cells):
            name = cell.get("id")
            if not isinstance(name, str) or name in ids or not ID.fullmatch(name):
                name = f"cell-{number}"
            ids.add(name)
            more = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
            cells.append({**cell, "id": name, **more})
        return {"cells": cells, "metadata": self.metadata, "nbformat": 4, "nbformat_minor": 5}

    def to_node(self):
        """Return it as a `nbformat.NotebookNode`."""
        import nbformat

        return nbformat.from_dict(self.to_plain())


def read(path):
    """Return the notebook in a file.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    Notebook

    Raises
    ------
    NotANotebook
    OSError
        If the file cannot be read.
    """
    path = Path(path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise NotANotebook(f"it has {size / 1e6:.0f} MB, and at most {MOST_BYTES / 1e6:.0f} MB are "
                           "read; what makes a notebook so large are outputs or pictures")
    return parse(path.read_bytes())


def parse(data):
    """Return the notebook in the content of a file.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    Notebook

    Raises
    ------
    NotANotebook
    """
    if EMPTY.fullmatch(data):
        raise NotANotebook("it is empty")
    for begin, kind in OTHER_FILES:
        if data.startswith(begin):
            raise NotANotebook(f"it is {kind}")
    if WEB_PAGE.match(data):
        raise NotANotebook("it is a web page; a notebook is saved with File, Download")
    try:
        return _Reading(*_in_utf8(data)).notebook()
    except UnicodeDecodeError:
        raise NotANotebook("it is not text in UTF-8 or UTF-16") from None
    except TooLarge as error:  # a name of a member
        raise NotANotebook(f"it holds a name that is no notebook's ({error})") from None
    except WalkError as error:
        raise NotANotebook(str(error)) from None


def text_of(data):
    """Return the text in the content of a file, whatever its byte-order mark and its line ends.

    Parameters
    ----------
    data : bytes
        In UTF-8, or in UTF-16 or UTF-32 with a mark.

    Returns
    -------
    str
        Without the mark, with line ends of one character.

    Raises
    ------
    UnicodeDecodeError
    """
    begin, coding = _coding(data)
    return data[begin:].decode(coding).replace("\r\n", "\n").replace("\r", "\n")


def _coding(data):
    """Return where the text begins, and its coding."""
    return next(((len(mark), coding) for mark, coding in MARKS if data.startswith(mark)),
                (0, "utf-8"))


def _in_utf8(data):
    """Return the data in UTF-8, and where in it the text begins: a copy costs as much again."""
    begin, coding = _coding(data)
    if not begin:  # the text is not marked, but JSON begins with a sign of ASCII
        coding = json.detect_encoding(data[:4])
    if coding == "utf-8":
        return data, begin
    if len(data) > MOST_BYTES // 4:
        raise NotANotebook(f"it is in {coding.upper()} and has {len(data) / 1e6:.0f} MB; save it "
                           "in UTF-8")
    return data[begin:].decode(coding).encode("utf-8", "replace"), 0


class _Reading:
    """Reads one notebook, and counts what it has read."""

    def __init__(self, data, begin):
        self._data = data
        self._walk = JsonWalk(data, begin, MOST_SECONDS)
        self._text = self._attached = self._metadata = self._omitted = 0
        self._omissions = []

    def notebook(self):
        walk, cells, metadata = self._walk, None, {}
        if walk.sign() != b"{":
            self._no_object()
        for key in walk.members():
            if key == "cells" and walk.sign() == b"[":
                cells = self._cells()
            elif key == "worksheets" and walk.sign() == b"[":  # nbformat 3
                cells = [cell for _ in walk.elements() for cell in self._worksheet()]
            elif key == "metadata":
                metadata = self._entries("metadata of the notebook")
            elif key == "nbformat" and isinstance(number := self._small(), int) and number > 4:
                self._omit(f"what nbformat {number} has and nbformat 4 has not")
        if walk.sign():
            raise WalkError("it is not JSON (something follows after its end)")
        if cells is None:
            raise NotANotebook("it has no cells")
        metadata.pop("widgets", None)  # the state of what outputs show
        return Notebook(cells, metadata, self._told())

    def _no_object(self):
        try:
            with contextlib.suppress(TooLarge):
                self._walk.load()
        except WalkError as error:
            if b"\0" in self._data[:2000]:
                raise NotANotebook("it is not text in UTF-8 or UTF-16") from None
            raise error
        raise NotANotebook("it is not JSON" if self._walk.sign() else "it has no cells")

    def _worksheet(self):
        cells = []
        if self._walk.sign() == b"{":
            for key in self._walk.members():
                if key == "cells" and self._walk.sign() == b"[":
                    cells = self._cells()
        return cells

    def _cells(self):
        cells = []
        for number in self._walk.elements():
            cell = self._cell(number + 1) if self._walk.sign() == b"{" else None
            if cell:
                cells.append(cell)
            else:
                self._omit(f"cell {number + 1}, which is of no known kind")
            if number >= MOST_CELLS:
                raise NotANotebook(f"it has more than {MOST_CELLS:,} cells")
        return cells

    def _cell(self, number):
        walk, raw, metadata, attachments = self._walk, {}, {}, {}
        for key in walk.members():
            if key in ("source", "input"):
                raw["source"] = self._source(number)
            elif key == "metadata":
                metadata = self._entries(f"metadata of cell {number}")
            elif key == "attachments":
                attachments = self._attachments(number)
            elif key in ("cell_type", "id", "level"):
                raw[key] = self._small()
            elif key in ("outputs", "execution_count", "prompt_number"):
                raw.setdefault("cell_type", "code")
        return _typed(raw, metadata, attachments)

    def _source(self, number):
        before = self._walk.at
        try:
            source = self._walk.load(most=MOST_TEXT - self._text, depth=1)
        except TooLarge:
            if self._walk.depth > 1:
                self._omit(f"the text of cell {number}, which is none")
                return ""
            raise NotANotebook(f"its cells hold more than {MOST_TEXT:,} characters") from None
        self._text += self._walk.at - before
        lines = source if isinstance(source, list) else [source]
        text = "".join(str(line) for line in lines if line is not None)
        return text.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be written

    def _entries(self, where):
        """Return what an object of metadata holds, without what is large."""
        entries = {}
        if self._walk.sign() != b"{":
            return entries
        for key in self._walk.members():
            before = self._walk.at
            try:
                value = self._walk.load(min(MOST_ENTRY, MOST_METADATA - self._metadata), depth=20)
            except TooLarge:
                if key != "widgets":
                    self._omit(f"{key[:40]!r} in the {where}, which is too large")
                continue
            self._metadata += self._walk.at - before + len(key)
            entries[key] = value
        return entries

    def _attachments(self, number):
        attachments = {}
        if self._walk.sign() != b"{":
            return attachments
        for key in self._walk.members():
            before = self._walk.at
            bundle = self._bundle()
            if bundle is not None and len(attachments) < MOST_PICTURES:
                attachments[key] = bundle
            else:
                self._omit(f"the attachment {key[:40]!r} of cell {number}, which has "
                           f"{(self._walk.at - before) / 1e6:.1f} MB: all attachments together "
                           f"may have {MOST_ATTACHED / 1e6:.0f} MB")
        return attachments

    def _bundle(self):
        """Return the texts of an attachment by type, or None if they are too large or none."""
        bundle, before = {}, self._walk.at
        if self._walk.sign() != b"{":
            return None
        for kind in self._walk.members():
            try:
                if bundle is not None and self._walk.sign() == b'"':
                    bundle[kind] = self._walk.load(MOST_ATTACHED - self._attached)
                elif bundle is not None:
                    bundle[kind] = "".join(map(str, self._walk.load(MOST_ENTRY, depth=1)))
            except (TooLarge, TypeError):
                bundle = None
        self._attached += self._walk.at - before if bundle is not None else 0
        return bundle

    def _small(self):
        try:
            return self._walk.load(MOST_SMALL, depth=1)
        except TooLarge:
            return None

    def _omit(self, what):
        self._omitted += 1
        if self._omitted <= MOST_SHOWN:
            self._omissions.append(what)

    def _told(self):
        more = self._omitted - MOST_SHOWN
        return self._omissions + ([f"{more:,} more parts"] if more > 0 else [])


def _typed(raw, metadata, attachments):
    """Return a cell as nbformat 4 has it; None if it is of no known type."""
    kind, source = raw.get("cell_type"), raw.get("source", "")
    if kind == "heading":  # the last two are of nbformat 3
        level = raw.get("level") if raw.get("level") in (1, 2, 3, 4, 5, 6) else 1
        kind, source = "markdown", f"{'#' * level} {source}"
    elif kind == "html":
        kind = "markdown"
    if kind not in TYPES:
        return None
    cell = {"cell_type": kind, "metadata": metadata, "source": source}
    if attachments and kind != "code":
        cell["attachments"] = attachments
    return {**cell, "id": raw["id"]} if "id" in raw else cell
