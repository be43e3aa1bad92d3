"""What somebody does to a copied answer so that it looks like their own."""

import ast
import random
import re

FRESH = ("alpha", "foo", "temp", "value_1", "blub", "mine", "data_x", "zz", "helper_var", "qq",
         "thing", "number", "my_list", "stuff", "xyz", "item", "current", "abc", "store", "res_2")
CHATTER = ("my own idea", "step by step", "compute it", "here we go", "this took me an hour",
           "thanks to the book", "final version", "TODO nicer")
DEAD = ("debug = False", "unused = 0", "tmp = None", "count_of_steps = 1", "pass",
        "check = len('abc')", "version = 'v2'")


def disguised(cells, seed):
    """Return copied cells with other names, order, comments, literals, form and dead statements.

    Parameters
    ----------
    cells : dict of str to str
    seed : int or str
    """
    rng = random.Random(seed)
    return {name: _code(source, rng) if name not in ("choose", "advice") else source
            for name, source in cells.items()}


def _code(source, rng):
    tree = ast.parse(source)
    _Rename(tree, rng).visit(tree)
    _Literals(rng).visit(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.For, ast.If, ast.While)):
            node.body = _reordered(node.body, rng)
        if isinstance(node, ast.FunctionDef):
            if ast.get_docstring(node):
                node.body[0] = ast.Expr(ast.Constant(rng.choice(CHATTER)))
            node.body.insert(min(1, len(node.body) - 1), ast.parse(rng.choice(DEAD)).body[0])
            if rng.random() < 0.5:
                node.returns = ast.Name("object")
                node.args.args[0].annotation = ast.parse("list[float]", mode="eval").body
    return _reformatted(ast.unparse(ast.fix_missing_locations(tree)), rng)


class _Rename(ast.NodeTransformer):
    def __init__(self, tree, rng):
        names = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)
                        and isinstance(node.ctx, ast.Store)}
                       | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)})
        self.new = dict(zip(names, rng.sample(FRESH, len(names)), strict=True))

    def visit_Name(self, node):
        node.id = self.new.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.new.get(node.arg, node.arg)
        return node


class _Literals(ast.NodeTransformer):
    def __init__(self, rng):
        self.rng = rng

    def visit_Constant(self, node):
        if type(node.value) is int and self.rng.random() < 0.4:
            return ast.copy_location(ast.Constant(node.value + self.rng.choice([0.0, 1])), node)
        return node


def _reordered(body, rng):
    """Swap neighbours that do not depend on one another."""
    body = list(body)
    for place in range(len(body) - 1):
        first, second = body[place:place + 2]
        if rng.random() < 0.8 and all(isinstance(each, ast.Assign) for each in (first, second)):
            (made, read), (made_2, read_2) = _names(first), _names(second)
            if not (made & read_2 or made_2 & read or made & made_2):
                body[place:place + 2] = second, first
    return body


def _names(node):
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    roots = {each.value.id for each in ast.walk(node) if isinstance(each, ast.Subscript)
             and isinstance(each.ctx, ast.Store) and isinstance(each.value, ast.Name)}
    return ({each.id for each in names if isinstance(each.ctx, ast.Store)} | roots,
            {each.id for each in names if isinstance(each.ctx, ast.Load)})


def _reformatted(code, rng):
    lines = []
    for line in code.splitlines():
        if rng.random() < 0.3 and line.strip():
            lines.append(re.match(r"\s*", line)[0] + "# " + rng.choice(CHATTER))
        if rng.random() < 0.2:
            lines.append("")
        if rng.random() < 0.3 and "'" not in line:
            line = re.sub(r" ([-+*/=]) ", r"\1", line)
        lines.append(line.replace("'", '"') if rng.random() < 0.5 else line)
    return "\n".join(lines) + "\n"
