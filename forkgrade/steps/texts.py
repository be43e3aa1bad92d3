"""Texts of cells, compared as a person would who sees them."""

import re

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
