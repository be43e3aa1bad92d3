"""What a cell of code says, statement by statement, however it is written down."""

import ast
from dataclasses import dataclass

from forkgrade.similar import tokens

MOST_CODE = 40_000  # characters of a cell; what follows is not compared
MOST_TOKENS = 10_000  # of a cell
# what is parsed: with more in one statement, Python's parser may need much memory or depth
MOST_DEPTH, MOST_LINE = 30, 400
BODIES = ("body", "orelse", "handlers", "finalbody", "cases")


@dataclass(frozen=True)
class Statement:
    """A statement, or the head of a compound one, normalised.

    Attributes
    ----------
    tokens : tuple of str
        Of names that the learner chose only the order is left: ``v0``, ``v1``, ...
    first, last : int
        The lines of the cell on which it stands, from 0.
    reads, makes : tuple of (str, int)
        The learner's names of which it uses the value, and to which it gives one, with the number
        that stands for each.
    """

    tokens: tuple
    first: int
    last: int
    reads: tuple = ()
    makes: tuple = ()


def statements(source, meanings):
    """Return the statements of a cell, without what only decorates them.

    Comments, docstrings, annotations, imports, ``pass`` and redundant brackets vanish; ``x += 1``
    and ``x = x + 1`` become the same, and so do ``a > b`` and ``b < a``. A cell that does not parse
    is taken by its tokens.

    Parameters
    ----------
    source : str
    meanings : dict of str to str
        What imported names and those of the task stand for.

    Returns
    -------
    list of Statement
    """
    source = source[:MOST_CODE].replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    lines = tokens.lines_of(source, MOST_TOKENS)
    if any(line.tokens[0][1] in ("%", "!", "?") or line.tokens[-1][1] == "?" for line in lines):
        source = tokens.without_magics(source)
        lines = tokens.lines_of(source, MOST_TOKENS)
    meanings = dict(meanings)
    kept = []
    for line in lines:
        names = tokens.imported(line.tokens)
        meanings.update(names or {})
        kept += [line] if names is None else []
    parsed = _parsed(source, lines)
    plain = [tokens.Line(words, line.first, line.last)
             for line in (kept if parsed is None else parsed)
             if (words := tokens.without_annotations(line.tokens)) and not _is_idle(words)]
    chosen = set().union(*(tokens.assigned(line.tokens) | tokens.inner_names(line.tokens)
                           for line in plain))
    return [_statement(line, meanings, chosen) for line in plain]


def _is_idle(words):
    return all(kind == "string" for kind, _ in words) or words == [("name", "pass")]


def _statement(line, meanings, chosen):
    words, names = tokens.normalised(line.tokens, meanings, chosen)
    made, texts = tokens.assigned(line.tokens), [text for _, text in line.tokens]
    numbered = [(name, number) for number, name in enumerate(names)]
    return Statement(words, line.first, line.last,
                     tuple(each for each in numbered
                           if each[0] not in made or texts.count(each[0]) > 1),
                     tuple(each for each in numbered if each[0] in made))


def _parsed(source, lines):
    """Return the lines of code that parses, in one canonical form; None if it does not."""
    if sum(len(line.tokens) for line in lines) >= MOST_TOKENS or any(map(_is_deep, lines)):
        return None
    try:
        tree = _Canonical().visit(ast.parse(source))
        return [line for node in _walk(tree) for line in _as_lines(node)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _is_deep(line):
    if len(line.tokens) > MOST_LINE:
        return True
    depth = deepest = 0
    for _, text in line.tokens:
        depth += (text in tokens.OPEN) - (text in tokens.CLOSE)
        deepest = max(depth, deepest)
    return deepest > MOST_DEPTH


def _walk(tree):
    """Yield the statements below a node in their order, each without its own body."""
    stack = [tree]
    while stack:
        node = stack.pop()
        bodies = [getattr(node, name, None) or [] for name in BODIES]
        stack += [child for body in reversed(bodies) for child in reversed(body)]
        if not isinstance(node, ast.Module):
            for name in BODIES:
                if hasattr(node, name):
                    setattr(node, name, [])
            yield node, any(bodies)


def _as_lines(found):
    node, is_head = found
    if not hasattr(node, "lineno"):  # a case of `match`
        return
    last = node.end_lineno if not is_head else max(
        (getattr(part, "end_lineno", 0) for part in ast.walk(node) if part is not node), default=0)
    for line in tokens.lines_of(ast.unparse(node)):
        yield tokens.Line(line.tokens, node.lineno - 1, max(node.lineno, last) - 1)


class _Canonical(ast.NodeTransformer):
    """Bring code into one form of those that mean the same."""

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_AnnAssign(self, node):
        if node.value is None:
            return None
        return self.visit(ast.copy_location(ast.Assign([node.target], node.value), node))

    def visit_AugAssign(self, node):
        read = ast.parse(ast.unparse(node.target), mode="eval").body
        value = ast.copy_location(ast.BinOp(read, node.op, node.value), node)
        return self.visit(ast.copy_location(ast.Assign([node.target], value), node))

    def visit_Compare(self, node):
        turned = {ast.Gt: ast.Lt, ast.GtE: ast.LtE}.get(type(node.ops[0]))
        if turned and len(node.ops) == 1:
            node.left, node.comparators, node.ops = node.comparators[0], [node.left], [turned()]
        return self.generic_visit(node)

    def visit_Call(self, node):
        node.keywords.sort(key=lambda each: (each.arg is None, each.arg or ""))
        return self.generic_visit(node)

    def visit_JoinedStr(self, node):
        return ast.copy_location(ast.Constant("S"), node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            return node.operand
        return self.generic_visit(node)

    def visit_Expr(self, node):
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def _dropped(self, _node):
        return None

    visit_Import = visit_ImportFrom = visit_Pass = visit_Global = visit_Nonlocal = _dropped
