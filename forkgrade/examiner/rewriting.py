"""Rewrite a test so that it asks for the names that are the learner's.

`f(3) == 9` becomes ``__names__.callee("f")(3) == 9``; what is Python's own or the instructor's
stays. A test that looks at its own process is left to the learner's.
"""

import ast
import builtins

NAMES = "__names__"
BUILTINS = frozenset(dir(builtins))
# what means something else in the examiner's process than in the learner's
SELF_EXAMINING = {"globals", "locals", "vars", "dir", "eval", "exec", "compile", "__import__",
                  "get_ipython", "In", "Out", "_", "__", "___", "gc", "inspect", "input"}
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp,
          ast.SetComp, ast.DictComp, ast.GeneratorExp)
COMPREHENSIONS = SCOPES[4:]


def bound_names(nodes):
    """Return the names that some nodes bind in their own scope.

    Parameters
    ----------
    nodes : iterable of ast.AST

    Returns
    -------
    set of str
    """
    names, others = set(), set()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            queue += node.decorator_list
            continue
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            others |= set(node.names)
        elif isinstance(node, COMPREHENSIONS):  # of it only `:=` binds out here
            names |= {each.target.id for each in ast.walk(node) if isinstance(each, ast.NamedExpr)}
            continue
        elif isinstance(node, ast.Lambda):
            continue
        else:
            names |= {value for field in ("name", "rest") if isinstance(
                node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping))
                and isinstance(value := getattr(node, field, None), str)}
        queue += ast.iter_child_nodes(node)
    return names - others


def loaded_names(tree):
    """Return all names that a module reads.

    Parameters
    ----------
    tree : ast.Module

    Returns
    -------
    set of str
    """
    return {node.id for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


def examines_itself(tree):
    """Say whether a test looks at the process in which it runs.

    Parameters
    ----------
    tree : ast.Module
    """
    return bool((loaded_names(tree) - bound_names(tree.body)) & SELF_EXAMINING) or any(
        isinstance(node, ast.Attribute) and node.attr in ("modules", "getsource", "_getframe")
        for node in ast.walk(tree))


class Rewriter(ast.NodeTransformer):
    """Rewrites modules; IPython calls `visit` for each cell.

    Parameters
    ----------
    assigned : iterable of str
        Names that the lab gives a meaning of its own, though Python has them too.

    Attributes
    ----------
    own : set of str
        Names of the instructor's, which are never the learner's.
    """

    def __init__(self, assigned=()):
        self._foreign_builtins = frozenset(assigned)
        self.own, self._local = set(), [frozenset()]

    def visit_Name(self, node):
        """Rewrite a name that is read.

        Parameters
        ----------
        node : ast.Name
        """
        if not isinstance(node.ctx, ast.Load) or not self._is_foreign(node.id):
            return node
        return ast.copy_location(ast.Subscript(_names(node), ast.copy_location(
            ast.Constant(node.id), node), ast.Load()), node)

    def visit_Call(self, node):
        """Rewrite a call; one of a name asks for both at once.

        Parameters
        ----------
        node : ast.Call
        """
        if isinstance(node.func, ast.Name) and self._is_foreign(node.func.id):
            function = ast.copy_location(ast.Attribute(_names(node), "callee", ast.Load()), node)
            name = ast.copy_location(ast.Constant(node.func.id), node)
            node.func = ast.copy_location(ast.Call(function, [name], []), node.func)
            node.args = [self.visit(each) for each in node.args]
            node.keywords = [self.visit(each) for each in node.keywords]
            return node
        return self.generic_visit(node)

    def visit_AugAssign(self, node):
        """Rewrite ``x += 1`` for a name that may be the learner's as ``x = x + 1``.

        Parameters
        ----------
        node : ast.AugAssign
        """
        if isinstance(node.target, ast.Name) and self._is_foreign(node.target.id):
            before = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
            value = ast.copy_location(ast.BinOp(before, node.op, node.value), node)
            return self.visit(ast.copy_location(ast.Assign([node.target], value), node))
        return self.generic_visit(node)

    def _is_foreign(self, name):
        if name == NAMES or name in self.own or any(name in names for names in self._local):
            return False
        return name not in BUILTINS or name in self._foreign_builtins

    def _in_scope(self, node, names):
        self._local.append(frozenset(names))
        try:
            return self.generic_visit(node)
        finally:
            self._local.pop()

    def _visit_function(self, node):
        for field in ("decorator_list", "returns"):
            value = getattr(node, field, None)
            if isinstance(value, list):
                setattr(node, field, [self.visit(each) for each in value])
            elif value is not None:
                setattr(node, field, self.visit(value))
        given = node.args
        given.defaults = [self.visit(each) for each in given.defaults]
        given.kw_defaults = [each and self.visit(each) for each in given.kw_defaults]
        arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs,
                     *filter(None, (given.vararg, given.kwarg))]
        for argument in arguments:
            argument.annotation = argument.annotation and self.visit(argument.annotation)
        body = node.body if isinstance(node.body, list) else [node.body]
        names = {each.arg for each in arguments} | bound_names(body)
        self._local.append(frozenset(names))
        try:
            body = [self.visit(each) for each in body]
        finally:
            self._local.pop()
        node.body = body if isinstance(node.body, list) else body[0]
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _visit_function

    def visit_ClassDef(self, node):
        """Rewrite a class, whose body has names of its own.

        Parameters
        ----------
        node : ast.ClassDef
        """
        return self._in_scope(node, bound_names(node.body))

    def _visit_comprehension(self, node):
        return self._in_scope(node, bound_names(each.target for each in node.generators))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension


def _names(node):
    return ast.copy_location(ast.Name(NAMES, ast.Load()), node)
