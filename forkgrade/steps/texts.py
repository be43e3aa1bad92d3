"""Texts of cells, compared as a person would who sees them."""

import re

# A text without end reaches to the end of its line, or of all; so each sign is looked at once
SIGN = re.compile(r"""
    "{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: "{3} | \Z )
    | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?: '{3} | \Z )
    | " (?: [^"\\\n] | \\. )*+ (?: " | (?=\n) | \Z )
    | ' (?: [^'\\\n] | \\. )*+ (?: ' | (?=\n) | \Z )
    | \#[^\n]*+ | \w++ | [^\w\s]
    """, re.DOTALL | re.VERBOSE)
LINE_ENDS = re.compile(r"[ \t\f\v]*+(?:\r\n|\r|\n)")


def bare(text):
    """Return a text without blanks at the ends of lines, and with line ends of one character.

    Parameters
    ----------
    text : str
    """
    return LINE_ENDS.sub("\n", text).rstrip()


def same_text(text, other):
    """Say whether two texts are the same but for line ends and blanks at the ends of lines.

    Parameters
    ----------
    text, other : str
    """
    return text == other or bare(text) == bare(other)


def code_size(code):
    """Return roughly how many words and signs a parser finds in some code.

    A text counts as one, however long it is, but a formatted one by its length.

    Parameters
    ----------
    code : str

    Returns
    -------
    int
    """
    size = 0
    for match in SIGN.finditer(code):
        begin, end = match.span()
        size += 1
        if code[begin] in "\"'" and code[max(begin - 2, 0):begin].lower().strip("r").endswith("f"):
            size += (end - begin) // 2
    return size
