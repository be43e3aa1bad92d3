"""Clean the HTML and Markdown that a learner's code made, before a teacher's browser shows it.

nh3 decides what is harmless. It cannot be interrupted, and its parser, as any of HTML, repeats
``<b>`` or ``<a>`` in each block after one in which they were left open: 90 kB can become 250 MB.
So only plain tags reach it, and only so many of them inside each other.
"""

import html
import re

import nh3

MOST_MARKUP = 2_000_000  # characters
MOST_NESTED = 100  # elements inside each other
MOST_REPEATED = 2_000_000  # characters that the parser may add by repeating tags
MARKUP = re.compile(r"<[a-zA-Z!/?]")
SCRIPT = re.compile(r"(java|vb)script\s*:|data\s*:\s*((text|application)/\w|image/svg)"
                    r"|\\href|\\require", re.IGNORECASE)
HIDDEN = re.compile(r"[\x00-\x1f\x7f]+|\\(?=:)")  # what a browser or Markdown skips in an address
ANY_TAG = re.compile(r"<[^<>]*>?")
DROPPED = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1\s*>|$)",
                     re.IGNORECASE | re.DOTALL)
# a tag that leaves no doubt where it ends, with at most 50 attributes; or any other sign <
TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s"'<>/=]*+)
                     (?:[ \t\n\f\r]++[^\s"'<>/=]++
                        (?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+){0,50}+
                     [ \t\n\f\r]*+/?> | <[!?][^<>]*+> | (?P<sign><)""", re.VERBOSE)
VOID = {"br", "col", "hr", "img"}
REPEATED = {"a", "b", "code", "em", "i", "s", "small", "strong", "u"}  # "formatting" in HTML
TAGS = set("a abbr b blockquote br caption code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i "
           "img ins kbd li ol p pre s small span strong sub summary sup table tbody td tfoot th "
           "thead tr u ul".split())
ATTRIBUTES = {"*": {"class", "title", "align", "colspan", "rowspan", "scope"}, "a": {"href"},
              "img": {"src", "alt", "width", "height"}, "table": {"border"}}
SCHEMES = {"http", "https", "mailto", "data"}  # of data only pictures are left by SCRIPT


def clean_text(text):
    """Return HTML or Markdown without anything that a browser would execute.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Without any tags if they are nested too deep, or left open too often.
    """
    for _ in range(3):
        text = _clean_tags(_clean_addresses(text))
        if not SCRIPT.search(_bare(text)):
            return text
    return html.escape(SCRIPT.sub("(removed)", _bare(text)))  # no honest text is escaped so often


class Cleaner:
    """Cleans several texts together, for a time that is bounded: 2 s for a million characters.

    Parameters
    ----------
    budget : int, optional
        Characters of markup; texts beyond that many lose their tags.
    """

    def __init__(self, budget=MOST_MARKUP):
        self.budget = budget

    def clean(self, text):
        """Return HTML or Markdown without anything that a browser would execute.

        Parameters
        ----------
        text : str

        Returns
        -------
        str
        """
        if MARKUP.search(text):
            self.budget -= len(text)
        return clean_text(text if self.budget >= 0 else ANY_TAG.sub("", text))


def _clean_addresses(text):
    text = SCRIPT.sub("(removed)", text)
    bare = _bare(text)
    # written in entities, which an address may be
    return SCRIPT.sub("(removed)", bare) if SCRIPT.search(bare) else text


def _bare(text):
    return HIDDEN.sub("", html.unescape(html.unescape(text)))


def _clean_tags(text):
    if not MARKUP.search(text):
        return text  # cleaning would escape what Markdown needs, such as the > of a quotation
    text = TAG.sub(_plain, DROPPED.sub("", text))
    if not _is_bounded(text):
        return ANY_TAG.sub("", text)
    return nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _plain(tag):
    if tag["sign"]:
        return "&lt;"
    return tag[0] if (tag["name"] or "").lower() in TAGS else ""


def _is_bounded(text):
    """Say whether the parser's work is in proportion to a text of plain tags.

    An end tag here closes the innermost element or nothing, unlike in a parser. So at least as many
    elements are open here as in the parser.
    """
    opened, repeated, length = [], 0, 0
    for tag in TAG.finditer(text):
        name, size = tag["name"].lower(), len(tag[0])
        if name in VOID:
            size = 0
        elif not tag["end"]:
            opened.append((name, size if name in REPEATED else 0))
            length += opened[-1][1]
        elif opened and opened[-1][0] == name:
            length -= opened.pop()[1]
        repeated += length
        if len(opened) > MOST_NESTED or repeated > MOST_REPEATED:
            return False
    return True
