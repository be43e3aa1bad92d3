"""Python's tokens, from any text: code that does not parse has some too."""

import builtins
import keyword
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r'''
    (?P<comment>\#[^\n]*)
  | (?P<string>[rRbBuUfFtT]{0,2}(?:
        """(?:[^\\]|\\.)*?(?:"""|\Z) | \'\'\'(?:[^\\]|\\.)*?(?:\'\'\'|\Z)
      | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'? ))
  | (?P<number>(?:\d|\.\d)(?:[eE][+-]|[\w.])*)
  | (?P<name>[^\W\d]\w*)
  | (?P<newline>\n)
  | (?P<space>\\\n|\s)
  | (?P<operator>\*\*=|//=|>>=|<<=|\.\.\.|!=|->|:=|[-+*/%@&|^=<>]=|\*\*|//|<<|>>|.)
''', re.VERBOSE | re.DOTALL)
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
BLOCKS = frozenset("if elif else for while def class with try except finally async match case"
                   .split())
# words that no bracket can hold: one of them ends a bracket that was never closed
FRESH = frozenset("def class return import while raise try with".split())
GIVEN = frozenset(keyword.kwlist) | frozenset(dir(builtins))  # what a name means by itself
MAGIC = re.compile(r"^[ \t]*(?:%{1,2}\w+[ \t]?|[!?].*|.*\?{1,2}[ \t]*$)", re.MULTILINE)


@dataclass
class Line:
    """A statement, or the head of a compound one.

    Attributes
    ----------
    tokens : list of (str, str)
        Kind (``name``, ``string``, ``number`` or ``operator``) and text.
    first, last : int
        The lines of the source on which it stands, from 0.
    """

    tokens: list = field(default_factory=list)
    first: int = 0
    last: int = 0


def lines_of(source, most=10**9):
    """Return the logical lines of some code; comments and blank lines are left out.

    Parameters
    ----------
    source : str
        Whatever it holds, it becomes lines.
    most : int, optional
        How many tokens to read.

    Returns
    -------
    list of Line
    """
    lines, line, depth, row, count = [], Line(), 0, 0, 0
    for match in TOKEN.finditer(source):
        kind, text = match.lastgroup, match[0]
        if kind not in ("comment", "space", "newline"):
            if text in FRESH and depth:
                lines.append(line)
                line, depth = Line(), 0
            if not line.tokens:
                line.first = row
            if not (text == ";" and not depth):
                line.tokens.append((kind, text))
            depth = max(0, depth + (text in OPEN) - (text in CLOSE))
            line.last = row + text.count("\n")
            count += 1
        row += text.count("\n")
        if not depth and line.tokens and (kind == "newline" or text == ";" or _ends(line, text)):
            lines.append(line)
            line = Line()
            if count >= most:
                return lines
    return [*lines, line] if line.tokens else lines


def _ends(line, text):
    """Say whether a colon ends the head of a compound statement."""
    return text == ":" and line.tokens[0][1] in BLOCKS and \
        ("name", "lambda") not in line.tokens


def without_magics(source):
    """Return code without IPython's magics, shell commands and questions.

    Parameters
    ----------
    source : str

    Returns
    -------
    str
        With as many lines.
    """
    return MAGIC.sub("", source)


def normalised(tokens, meanings, chosen=frozenset()):
    """Return the tokens of a line in which only what does not depend on taste is left.

    Values become ``0`` and ``S``. A name that the learner chose becomes ``v0``, ``v1``, ... in the
    order of the line; attributes, builtins, keywords of calls and imported names stay.

    Parameters
    ----------
    tokens : list of (str, str)
    meanings : dict of str to str
        What imported names and those of the task stand for.
    chosen : set of str, optional
        Names that the learner chose, whatever else they mean elsewhere.

    Returns
    -------
    words : tuple of str
    names : tuple of str
        What ``v0``, ``v1``, ... stand for.
    """
    numbers, result, depth = {}, [], 0
    definition = tokens[0][1] in ("def", "async", "class", "lambda")
    for position, (kind, text) in enumerate(tokens):
        if kind == "string":
            result += ["S"] if result[-1:] != ["S"] else []  # texts side by side are one
            continue
        if kind == "number":
            text = "0"
        elif kind == "operator":
            depth += (text in OPEN) - (text in CLOSE)
            if text in CLOSE and result[-1:] == [","]:
                result.pop()  # a comma at the end changes nothing but a tuple of one
        elif result[-1:] != ["."] and text not in keyword.kwlist:
            is_keyword = depth and not definition and result[-1] in ("(", ",") and \
                [each for _, each in tokens[position + 1:position + 2]] == ["="]
            if text in chosen and not is_keyword:
                text = numbers.setdefault(text, f"v{len(numbers)}")
            elif text in meanings:
                text = meanings[text]
            elif text not in GIVEN and not is_keyword:
                text = numbers.setdefault(text, f"v{len(numbers)}")
        result.append(text)
    return tuple(result), tuple(numbers)


def without_annotations(tokens):
    """Return the tokens of a line without the types that it declares.

    Parameters
    ----------
    tokens : list of (str, str)

    Returns
    -------
    list of (str, str)
    """
    texts = [text for _, text in tokens]
    if texts[:1] == ["def"] or texts[:2] == ["async", "def"]:
        return _plain_head(tokens)
    if len(texts) > 2 and texts[1] == ":" and tokens[0][0] == "name" and texts[0] not in BLOCKS:
        end = texts.index("=") if "=" in texts else None
        return [] if end is None else [tokens[0], *tokens[end:]]
    return tokens


def _plain_head(tokens):
    result, depth, skipping = [], 0, False
    for token in tokens:
        text = token[1]
        depth += text in OPEN
        if depth == 1 and text == ":" or depth == 0 and text == "->":
            skipping = True
        elif skipping and (depth == 1 and text in (",", "=", ")") or depth == 0 and text == ":"):
            skipping = False
        if not skipping:
            result.append(token)
        depth -= text in CLOSE
    return result


def assigned(tokens):
    """Return the names to which a line gives a value.

    Parameters
    ----------
    tokens : list of (str, str)

    Returns
    -------
    set of str
    """
    texts = [text for _, text in tokens]
    head = texts[1:] if texts[0] == "async" else texts
    if head[:1] == ["def"]:
        return _parameters(head)
    if head[:1] == ["for"]:
        part = head[1:head.index("in")] if "in" in head else []
    elif head[:1] in (["with"], ["except"]):
        part = head[head.index("as") + 1:] if "as" in head else []
    else:
        part = head[:_last_equals(head)]
    return set() if {"[", "."} & set(part) else {text for text in part if _is_name(text)}


def _parameters(texts):
    """Return the names of a function's parameters."""
    names, depth = set(), 0
    for before, text in zip(texts, texts[1:], strict=False):
        depth += (text in OPEN) - (text in CLOSE)
        if depth == 1 and before in ("(", ",", "*", "**") and _is_name(text):
            names.add(text)
    return names


def _is_name(text):
    return text.isidentifier() and text not in keyword.kwlist


def _last_equals(texts):
    """Return where the last equals sign outside of brackets stands, 0 if nowhere."""
    depth = place = 0
    for number, text in enumerate(texts):
        depth += (text in OPEN) - (text in CLOSE)
        if text == "lambda":
            break
        if not depth and text == "=":
            place = number
    return place


def inner_names(tokens):
    """Return the names that comprehensions and lambdas of a line introduce.

    Parameters
    ----------
    tokens : list of (str, str)

    Returns
    -------
    set of str
    """
    names, inside = set(), None
    for _, text in tokens:
        if text in ("for", "lambda"):
            inside = {"for": "in", "lambda": ":"}[text]
        elif text == inside:
            inside = None
        elif inside and _is_name(text):
            names.add(text)
    return names


def imported(tokens):
    """Return what the names mean that a line imports.

    Parameters
    ----------
    tokens : list of (str, str)

    Returns
    -------
    dict of str to str or None
        None if it is no import.
    """
    texts = [text for _, text in tokens]
    if texts[0] not in ("import", "from"):
        return None
    parts = texts[texts.index("import") + 1:] if "import" in texts else []
    meanings, part = {}, []
    for text in [*parts, ","]:
        if text == "," and part:
            original = part[part.index("as") - 1] if "as" in part else part[-1]
            meanings[part[-1] if "as" in part or texts[0] == "from" else part[0]] = original
            part = []
        elif text not in "(),":
            part.append(text)
    return meanings
