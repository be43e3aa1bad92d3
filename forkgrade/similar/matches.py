"""Two submissions side by side: which of their lines say the same."""

from dataclasses import dataclass, field

from forkgrade.similar import fingerprints
from forkgrade.similar.statements import statements

MOST_ROWS, MOST_WIDTH, MOST_TEXT = 200, 300, 6000  # lines, characters of one, of a written answer
HALF = 0.5  # of the passages of two statements are the same: one was rewritten
MOST_STATEMENTS = 2000  # of a cell, in which counterparts are looked for
TAB = 4


@dataclass
class Row:
    """A line of code, or a piece of a written answer.

    Attributes
    ----------
    text : str
        Printable.
    match : int or None
        The number of the statement on the other side that says the same.
    is_first : bool
        Whether a statement with a match begins here.
    writers : int
        How many of the class write it.
    """

    text: str
    match: int | None = None
    is_first: bool = False
    writers: int = 0


@dataclass
class Part:
    """One exercise on both sides.

    Attributes
    ----------
    name : str
    is_code : bool
    first, second : list of Row
    more_first, more_second : int
        Lines that are not shown, for code, or characters.
    matches : int
    """

    name: str
    is_code: bool
    first: list = field(default_factory=list)
    second: list = field(default_factory=list)
    more_first: int = 0
    more_second: int = 0
    matches: int = 0


def side_by_side(first, second, comparison):
    """Return the exercises in which two submissions have something in common, and the others.

    Parameters
    ----------
    first, second : list of forkgrade.similar.answers.Answer
    comparison : forkgrade.similar.comparison.Comparison

    Returns
    -------
    parts : list of Part
    others : list of str
        Names of the parts without a match.
    """
    names = list(dict.fromkeys(answer.part for answer in [*first, *second]))
    parts = [_part(name, *([answer for answer in side if answer.part == name]
                           for side in (first, second)), comparison) for name in names]
    return [part for part in parts if part.matches], \
        [part.name for part in parts if not part.matches]


def _part(name, first, second, comparison):
    is_code = all(answer.is_code for answer in [*first, *second])
    sources = ["\n".join(answer.source for answer in side) for side in (first, second)]
    part = Part(name, is_code)
    if is_code:
        _match_code(part, *sources, comparison)
    else:
        _match_text(part, *sources, comparison.text)
    return part


def _match_code(part, first, second, comparison):
    ours, theirs = (statements(source, comparison.task.meanings)[:MOST_STATEMENTS]
                    for source in (first, second))
    pairs = _counterparts(ours, theirs, comparison.code)
    part.matches = len(pairs)
    part.first, part.more_first = _rows(first, ours, pairs, 0)
    part.second, part.more_second = _rows(second, theirs, pairs, 1)


def _counterparts(ours, theirs, code):
    """Return (our place, their place, writers) of the statements that say the same."""
    left, right = _keys(ours, code), _keys(theirs, code)
    taken, pairs = set(), {}
    for alike in (_same, _half_the_same, _linked_alike):
        for here, key in enumerate(left):
            there = None if here in pairs else next(
                (there for there, other in enumerate(right)
                 if there not in taken and alike(key, other)), None)
            if there is not None:
                taken.add(there)
                pairs[here] = there
    for here in range(len(ours)):  # what is too short for a fingerprint, between what has one
        for step in (-1, 1):
            there = pairs.get(here + step, -9) - step
            if here not in pairs and there not in taken and 0 <= there < len(theirs) \
                    and ours[here].tokens == theirs[there].tokens \
                    and len(ours[here].tokens) < fingerprints.LEAST_LINE:
                taken.add(there)
                pairs[here] = there
    return [(here, there, code.writers(left[here][0] or 0))
            for here, there in sorted(pairs.items())]


def _same(key, other):
    return key[0] != 0 and key[0] == other[0]


def _half_the_same(key, other):
    return bool(key[1]) and len(key[1] & other[1]) >= HALF * max(len(key[1]), len(other[1]))


def _linked_alike(key, other):
    """Say whether two statements, which many may write, make or use a value in the same way."""
    return bool(key[2] & other[2])


def _keys(statements_, code):
    """Return for each statement its key, those of its passages, and those of its links.

    Only of what counts for something.
    """
    found = [(0, set(), set()) for _ in statements_]
    for each in fingerprints.of_code(statements_):
        if code.writers(each.key):
            if each.weight == fingerprints.STATEMENT:
                found[each.place] = each.key, *found[each.place][1:]
            else:
                found[each.place][1 if each.weight == fingerprints.PASSAGE else 2].add(each.key)
    return found


def _rows(source, found, pairs, side):
    """Return the lines of some code with their matches, and how many more there are."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    rows = [Row(shown(line)) for line in lines[:MOST_ROWS]]
    for number, pair in enumerate(pairs, 1):
        statement = found[pair[side]]
        for row in rows[statement.first:statement.last + 1]:
            row.match, row.writers = number, pair[2]
        if statement.first < len(rows):
            rows[statement.first].is_first = True
    return rows, len(lines) - len(rows)


def _match_text(part, first, second, text):
    keys = [{each.key for each in _shingles(source)[1] if text.writers(each.key)}
            for source in (first, second)]
    shared = keys[0] & keys[1]
    part.matches = len(shared)
    part.first, part.more_first = _pieces(first, shared)
    part.second, part.more_second = _pieces(second, shared)


def _shingles(source):
    words = fingerprints.words_of(source)
    return words, fingerprints.of_words([word[0] for word in words])


def _pieces(source, shared):
    """Return a text in pieces, those that both have marked, and how much more there is."""
    words, shingles = _shingles(source)
    covered = set().union(*(range(each.place, each.place + fingerprints.WORDS)
                            for each in shingles if each.key in shared))
    pieces, end = [], 0
    for place in sorted(covered):
        begin = words[place].start()
        if place - 1 in covered:  # what stands between two words belongs to them
            pieces[-1] = (pieces[-1][0], words[place].end())
        else:
            pieces += [(None, (end, begin)), (begin, words[place].end())]
        end = words[place].end()
    return _cut([*_texts(source, pieces), Row(source[end:])])


def _texts(source, pieces):
    for begin, end in pieces:
        yield Row(source[slice(*end)]) if begin is None else Row(source[begin:end], 1, True)


def _cut(rows):
    left, result = MOST_TEXT, []
    for row in rows:
        if row.text and left > 0:
            result.append(Row(shown(row.text[:left], left, "\n"), row.match, row.is_first))
        left -= len(row.text)
    return result, max(0, -left)


def shown(text, width=MOST_WIDTH, kept=""):
    """Return a text as a page may show it: cut, and with signs for what cannot be seen.

    What changes the direction of writing would make a line look like another one.

    Parameters
    ----------
    text : str
    width : int, optional
    kept : str, optional
        Signs that stay, though they are not printable.

    Returns
    -------
    str
    """
    cut = text[:width].expandtabs(TAB)
    cut = "".join(sign if sign.isprintable() or sign in kept else "\N{REPLACEMENT CHARACTER}"
                  for sign in cut)
    more = len(text) - width
    return f"{cut} … {more:,} more characters" if more > 0 else cut
