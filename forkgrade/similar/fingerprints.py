"""Fingerprints of what an answer says: its statements, what links them, and winnowed passages."""

import hashlib
import re
from dataclasses import dataclass

GRAM, WINDOW = 6, 2  # tokens; a passage of GRAM + WINDOW - 1 in a statement is always found
LEAST_LINE = 6  # tokens of a statement that counts as a whole
LEAST_USE = 4  # tokens of a statement that counts where it uses what another one made
# A link says most, for it joins two statements; the passages of a statement overlap.
STATEMENT, LINK, PASSAGE = 1.0, 2.0, 0.5
WORDS = 4  # of a written answer, side by side
MOST_WORDS = 10_000  # of a written answer
WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Fingerprint:
    """One passage of an answer.

    Attributes
    ----------
    key : int
        The same for the same passage.
    place : int
        The statement in which it ends, or the word with which it begins; from 0.
    weight : float
        How much it says, besides its rarity.
    """

    key: int
    place: int
    weight: float = 1.0


def of_code(statements):
    """Return the fingerprints of a cell of code.

    A statement as a whole stays what it is where it changes its place. So does a link: a statement
    that uses a value with the one that made it, whatever the value's name and whatever stands
    between them. Winnowed passages within a statement are what is left where it was rewritten.

    Parameters
    ----------
    statements : list of forkgrade.similar.statements.Statement

    Returns
    -------
    list of Fingerprint
    """
    found, makers = [], {}
    for place, statement in enumerate(statements):
        words = statement.tokens
        if len(words) >= LEAST_LINE:
            found.append(Fingerprint(_key("statement", *words), place, STATEMENT))
        if len(words) >= LEAST_USE:
            found += [Fingerprint(_key("link", *makers[name], str(number), *words), place, LINK)
                      for name, number in statement.reads if name in makers]
        makers.update({name: (*words, str(number)) for name, number in statement.makes})
        found += [Fingerprint(key, place, PASSAGE) for key in _winnowed(words)]
    return found


def _winnowed(words):
    """Return the least key of each window of passages."""
    words = ["v" if word[:1] == "v" and word[1:].isdecimal() else word for word in words]
    grams = [_key(*words[begin:begin + GRAM]) for begin in range(len(words) - GRAM + 1)]
    windows = range(max(1, len(grams) - WINDOW + 1)) if grams else ()
    return {min(grams[begin:begin + WINDOW]) for begin in windows}


def of_words(words):
    """Return the fingerprints of a written answer: a few words side by side.

    Parameters
    ----------
    words : list of str

    Returns
    -------
    list of Fingerprint
    """
    folded = [word.casefold().replace("’", "'") for word in words]
    return [Fingerprint(_key(*folded[begin:begin + WORDS]), begin)
            for begin in range(len(folded) - WORDS + 1)]


def words_of(text):
    """Return where the words of a text stand, the first `MOST_WORDS` of them.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of re.Match
    """
    return [match for _, match in zip(range(MOST_WORDS), WORD.finditer(text), strict=False)]


def _key(*words):
    digest = hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
