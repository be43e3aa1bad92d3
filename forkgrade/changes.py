"""The log of a lab's marks: every change, once, with when, why and by which command.

It is a file of one JSON object a line, which only grows: `.plain-sight/grading/LAB.changes.jsonl`.
An entry is written *before* the gradebook's transaction ends, and settled by a line of its own
after it. An entry that is neither settled nor dropped when the log is opened was interrupted:
`forkgrade.record` looks into the gradebook which of the two it was.
"""

import errno
import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime

from course_utils.errors import CourseError

# kinds of entries; the last two change no mark
KINDS = ("grade", "regrade", "zero", "unzero", "mark", "unmark", "elsewhere", "feedback", "open")


@dataclass(frozen=True)
class Change:
    """One mark that changed.

    Attributes
    ----------
    time : datetime.datetime
        For a change made elsewhere (in the Formgrader, say), when it was noticed.
    lab, student, part : str
    old, new : float or None
        Points; None where there was no mark yet, or is none any more.
    kind : str
        ``grade``, ``regrade``, ``zero``, ``unzero``, ``mark``, ``unmark`` or ``elsewhere``.
    because : str
        What the teacher gave as the reason.
    command : str
    """

    time: datetime
    lab: str
    student: str
    part: str
    old: float | None
    new: float | None
    kind: str
    because: str = ""
    command: str = ""


@dataclass(frozen=True)
class Entry:
    """What one command did to one submission.

    Attributes
    ----------
    number : int
        Counts the entries of a log.
    time : str
        ISO 8601, UTC.
    kind : str
        One of `KINDS`.
    student : str
    marks : dict of str to list
        For each part whose points changed ``[old, new]``.
    because, command : str
    parts : list of str
        Those that a zero or its end is about, whether or not their points changed.
    rows : dict of str to dict of str to float
        For each part the rows of its rubric that apply from now on, with their points.
    """

    number: int
    time: str
    kind: str
    student: str = ""
    marks: dict = field(default_factory=dict)
    because: str = ""
    command: str = ""
    parts: list = field(default_factory=list)
    rows: dict = field(default_factory=dict)

    def to_plain(self):
        """Return it as plain data, without what is empty."""
        return {name: value for name, value in vars(self).items() if value not in ("", {}, [])}

    def changes(self, lab):
        """Yield its changes.

        Parameters
        ----------
        lab : str

        Yields
        ------
        Change
        """
        for part, (old, new) in self.marks.items():
            yield Change(datetime.fromisoformat(self.time), lab, self.student, part, old, new,
                         self.kind, self.because, self.command)


class Log:
    """The log of one lab. One process at a time may write it.

    Parameters
    ----------
    path : pathlib.Path
        Need not exist yet.

    Attributes
    ----------
    entries : list of Entry
        Those that are settled, in order.
    pending : list of Entry
        Those that were interrupted.
    known : dict of str to dict of str to float
        By student and part, the points that the log has led to.
    zeros : dict of str to dict of str to Entry
        By student and part, the zeros that are kept.
    rows : dict of str to dict of str to dict of str to float
        By student and part, the rows of a rubric that apply, with their points.
    shown : dict of str to int
        By student, the number of the entry that says that feedback was there.

    Raises
    ------
    CourseError
        If a line is not one of a log.
    """

    def __init__(self, path):
        self.path = path
        self.entries, self.known, self.zeros, self.rows, self.shown = [], {}, {}, {}, {}
        self._open, self._count, self._size = {}, 0, 0
        self._by_student = {}
        self._read()

    @property
    def pending(self):
        """Those that were interrupted."""
        return list(self._open.values())

    def _read(self):
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return
        # a last line without its end was being written when the grader was killed, before what it
        # announces had happened
        self._size = content.rfind(b"\n") + 1
        for number, line in enumerate(content[:self._size].splitlines(), 1):
            try:
                self._take(json.loads(line))
            except (ValueError, TypeError, KeyError, AttributeError):
                raise CourseError(f"Line {number} of {self.path}, the record of changed marks, "
                                  "cannot be read. Put the file back from a copy, or move it away "
                                  "to begin a new record.") from None

    def _take(self, data):
        if "dropped" in data:
            del self._open[data["dropped"]]
        elif "settled" in data and "kind" not in data:
            self._settle(self._open.pop(data["settled"]))
        else:
            settled = data.pop("settled", False)
            entry = Entry(**data)
            self._count = entry.number
            if settled:
                self._settle(entry)
            else:
                self._open[entry.number] = entry

    def _settle(self, entry):
        self.entries.append(entry)
        student = entry.student
        self._by_student.setdefault(student, []).append(entry)
        known = self.known.setdefault(student, {}) if entry.marks else {}
        for part, (_, new) in entry.marks.items():
            known[part] = new
            if new is None:
                del known[part]
        if entry.kind == "feedback":
            self.shown.setdefault(student, entry.number)
        if entry.kind == "zero":
            self.zeros.setdefault(student, {}).update(dict.fromkeys(entry.parts, entry))
        if entry.kind == "unzero":
            for part in entry.parts:
                self.zeros.get(student, {}).pop(part, None)
        for part, rows in entry.rows.items():
            self.rows.setdefault(student, {})[part] = rows

    def of(self, student):
        """Return the settled entries on a student, in order.

        Parameters
        ----------
        student : str
            Empty for entries on nobody in particular.
        """
        return self._by_student.get(student, [])

    def announce(self, kind, student, marks, **more):
        """Write an entry ahead of the transaction that it is about, and return it.

        Parameters
        ----------
        kind, student : str
        marks : dict
        **more
            Further fields of an `Entry`.
        """
        entry = self._entry(kind, student, marks, more)
        # what a teacher decided stands nowhere else; results that a power cut takes out of the log
        # are still in the gradebook, and noted from there
        self._append(entry.to_plain(), durable=bool(entry.parts or entry.rows))
        self._open[entry.number] = entry
        return entry

    def settle(self, entry):
        """Say that the transaction of an entry has ended well.

        Parameters
        ----------
        entry : Entry
        """
        self._append({"settled": entry.number})
        self._settle(self._open.pop(entry.number))

    def drop(self, entry):
        """Say that what an entry announced has not happened.

        Parameters
        ----------
        entry : Entry
        """
        self._append({"dropped": entry.number})
        del self._open[entry.number]

    def note(self, kind, student="", marks=None, **more):
        """Write an entry about something that has happened already, and return it.

        Parameters
        ----------
        kind : str
        student : str, optional
        marks : dict, optional
        **more
            Further fields of an `Entry`.
        """
        entry = self._entry(kind, student, marks or {}, more)
        self._append({**entry.to_plain(), "settled": True})
        self._settle(entry)
        return entry

    def _entry(self, kind, student, marks, more):
        self._count += 1
        time = datetime.now(UTC).isoformat(timespec="seconds")
        return Entry(self._count, time, kind, student, marks, **more)

    def _append(self, data, durable=False):
        line = (json.dumps(data, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "ab", buffering=0) as file:
            if file.tell() != self._size:
                file.truncate(self._size)
            try:
                if file.write(line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
            except OSError:
                file.truncate(self._size)
                raise
            self._size += len(line)
            if durable:
                os.fdatasync(file.fileno())

    def told(self, student, pending=None):
        """Return what a learner should read about changed marks.

        A zero is told while it is kept. Any other change is told if it came after the learner's
        first feedback; a first mark is no change.

        Parameters
        ----------
        student : str
        pending : Entry, optional
            One that is about to be settled.

        Returns
        -------
        list of (Entry, str, float or None, float or None)
            Entry, part, old and new points.
        """
        shown = self.shown.get(student)
        lines = []
        for entry in [*self.of(student), *([pending] if pending else [])]:
            for part in dict.fromkeys([*entry.marks, *entry.parts]):
                old, new = entry.marks.get(part, (0.0, 0.0))
                is_kept = entry.kind == "zero" and self._is_kept(student, part, entry, pending)
                is_later = shown is not None and entry.number > shown and part in entry.marks
                if is_kept or (is_later and old is not None):
                    lines.append((entry, part, old, new))
        return lines

    def _is_kept(self, student, part, entry, pending):
        if pending and part in pending.parts:
            return entry is pending
        return self.zeros.get(student, {}).get(part) is entry
