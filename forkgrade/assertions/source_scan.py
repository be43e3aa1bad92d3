"""What to look for where tests are plain assertions, which run in the learner's own process."""

import ast
import base64
import re

MAGIC = re.compile(r"__(eq|ne|lt|le|gt|ge|bool|contains|instancecheck|array_ufunc|"
                   r"array_function|array_priority|class)__")
ANYTHING = ("ANY", "_ANY")  # of unittest.mock
# what these make of a class is as good as written
GENERATED = {"dataclass": {"__eq__", "__lt__", "__le__", "__gt__", "__ge__"},
             "total_ordering": {"__lt__", "__le__", "__gt__", "__ge__"}}


# with these a learner's code could switch off what watches its comparisons, or hide from it
EVASIVE = re.compile(r"\b(_?sys|ctypes|gc|inspect|runpy|importlib|__import__|exec|eval|modules|"
                     r"vars|getattr|setattr|__dict__|__code__|metaclass|currentframe|f_back|"
                     r"tb_frame|__traceback__|get_ipython|run_cell|settrace|setprofile)\b")
# with these a class can come from where nobody reads it
UNREAD = re.compile(r"\b(pickle|marshal|zipimport|mock)\b|^\s*%run\b", re.MULTILINE)
COMPILED = (".pyc", ".pyo", ".so", ".zip", ".egg", ".whl", ".pkl", ".pickle")
ALL_MAGIC = {f"__{name}__" for name in ("eq", "ne", "lt", "le", "gt", "ge", "bool", "contains",
                                        "array_ufunc", "array_function")}
# what honest code does with the same words
USUAL = re.compile(r"\bimport sys\b(?! as)|\bsys\.(setrecursionlimit|getrecursionlimit|maxsize|"
                   r"float_info|getsizeof|argv|stdin|stdout|stderr|version|version_info|platform|"
                   r"executable|exit|path)\b|\b(self|other)\.__dict__|"
                   r"\b(vars|getattr|setattr)\((?=(self|other)\b)")
POSED = re.compile(r"\b(as|import) (self|other)\b|\b(self|other) = ")
IPYTHONS = re.compile(r"^\s*[%!].*", re.MULTILINE)  # no Python, but may hold some


def sources(nb, locked=frozenset(), files=(), given=()):
    """Return the learner's code: of the cells, and of what was handed in beside the notebook.

    Parameters
    ----------
    nb : nbformat.NotebookNode
    locked : set of str
        Cells that are not the learner's.
    files : dict, optional
        What was handed in beside the notebook, in base64.
    given : collection of str, optional
        Cells that the instructor wrote, see `given`.
    """
    found = [cell.source for cell in nb.cells if cell.cell_type == "code"
             and cell.metadata.get("nbgrader", {}).get("grade_id") not in locked
             and cell.source.strip() not in given]
    return found + [base64.b64decode(files[name]).decode("utf-8", "replace") for name in files
                    if name.endswith(".py")]


def given(nb):
    """Return the cells of an instructor's notebook that are no answers, as learners get them."""
    return [cell.source.strip() for cell in nb.cells if cell.cell_type == "code"
            and not cell.metadata.get("nbgrader", {}).get("solution")]


def magic(sources):
    """Return the special methods by which a class can answer every comparison as it likes."""
    return set().union(*map(_magic, sources))


def is_plain(sources):
    """Say whether all those methods are written where and as they usually are.

    Then a call of each can be seen, see `forkgrade.assertions.comparisons`; not so of one that is
    set, decorated, a generator, or in text to be executed.
    """
    return all(map(_is_plain, sources))


def is_read(sources, files):
    """Say whether all classes of a learner stand in the code that is looked at here.

    Parameters
    ----------
    sources : list of str
    files : iterable of str
        Names of what was handed in beside the notebook.
    """
    return not any(map(UNREAD.search, sources)) and not any(
        name.endswith(COMPILED) for name in files)


def generated(sources):
    """Return the special methods that decorators make for the classes in some code."""
    return set().union(*(made for name, made in GENERATED.items()
                         if any(name in source for source in sources)))


def _is_plain(source):
    nodes = _parsed(source)
    if nodes is None:  # no Python, or not yet
        return not (MAGIC.search(source) or _evades(source))
    commands = "\n".join(IPYTHONS.findall(source))
    if _evades(ast.unparse(nodes[0]) + commands) or MAGIC.search(commands):
        return False
    written = {each for node in nodes if isinstance(node, ast.ClassDef) for each in node.body
               if isinstance(each, ast.FunctionDef) and MAGIC.fullmatch(each.name)}
    odd = any(each.decorator_list or any(isinstance(node, (ast.Yield, ast.YieldFrom))
                                         for node in ast.walk(each)) for each in written)
    return not odd and not _named([node for node in nodes if node not in written])


def _evades(source):
    return EVASIVE.search(USUAL.sub("", source)) or POSED.search(source)


def _magic(source):
    nodes = _parsed(source)
    if nodes is None:  # no Python, or not yet
        return {found[0] for found in MAGIC.finditer(source)}
    return _named(nodes) | {found[0] for line in IPYTHONS.findall(source)
                            for found in MAGIC.finditer(line)}


def _named(nodes):
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # of documentation
    found = set()
    for node in nodes:
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and id(node) not in said and _acts(node.value):
                found |= {each[0] for each in MAGIC.finditer(node.value)}  # setattr, type or exec
        elif isinstance(node, ast.Attribute) and node.attr == "__class__" \
                and isinstance(node.ctx, ast.Load):
            continue  # to ask for a class bends nothing
        else:
            found |= {word for word in _words(node) if MAGIC.fullmatch(word)}
        if isinstance(node, ast.alias) and node.name in ANYTHING \
                or isinstance(node, ast.Attribute) and node.attr in ANYTHING \
                or isinstance(node, ast.ImportFrom) and (node.module or "").endswith("mock") \
                and any(each.name == "*" for each in node.names):
            found.add("unittest.mock.ANY")
    return found


def _words(node):
    """Return the names that stand in a node itself."""
    values = [value for _, value in ast.iter_fields(node)]
    return [word for value in values for word in (value if isinstance(value, list) else [value])
            if isinstance(word, str)]


def _acts(text):
    """Say whether a text could be a method's name or code, and not only speak of one."""
    return MAGIC.fullmatch(text.split(".")[0]) or any(sign in text
                                                      for sign in ("def ", "lambda", "="))


def imports(nb):
    """Return what the names in a notebook's own imports stand for.

    Returns
    -------
    dict
        For each name ``[module, attribute or None]``; for ``from m import *`` the attribute ``*``
        of a key that is no name.
    """
    found, assigned = {}, set()
    for cell in nb.cells:
        for node in _statements(cell):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                assigned.add(node.id)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    whole = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or whole] = [whole, None]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    star = f"* of {node.module}" if alias.name == "*" else None
                    found[star or alias.asname or alias.name] = [node.module, alias.name]
    return {name: meaning for name, meaning in found.items() if name not in assigned}


def assigned(nb):
    """Return the names to which a notebook gives a meaning of its own, outside of functions."""
    found, inner = set(), (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in nb.cells:
        nodes = _statements(cell)[:1]
        for node in nodes:  # grows meanwhile
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            if isinstance(node, inner[:3]):
                found.add(node.name)
            if not isinstance(node, inner):
                nodes += ast.iter_child_nodes(node)
    return found


def _statements(cell):
    return (cell.cell_type == "code" and _parsed(cell.source)) or []


def _parsed(source):
    """Return the nodes of a cell's code without its magic commands, or None if it is no Python."""
    code = "\n".join("" if line.lstrip().startswith(("%", "!")) else line
                     for line in source.splitlines())
    try:
        return list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
